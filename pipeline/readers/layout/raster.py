"""The cells that a net of ruling lines makes: its raster of rows and columns, and which of its fields no line parts."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.model import BBox
from pipeline.readers.layout.rulings import TOUCH, Net, Stroke

_OPEN_END = 10.0  # points that lines stand out beyond the last line across them, where a table has no frame
_MOST_FIELDS = 40_000


@dataclass(frozen=True, slots=True)
class Region:
    """Fields of the raster with no line between them."""

    row: int
    column: int
    rowspan: int
    colspan: int
    clear: bool  # its lines leave no doubt


@dataclass(frozen=True, slots=True)
class Raster:
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    regions: tuple[Region, ...]
    owners: tuple[tuple[int, ...], ...]  # by row and column: the region's place in `regions`, -1 outside of the table

    @property
    def box(self) -> BBox:
        return (self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def box_of(self, region: Region) -> BBox:
        return (
            self.xs[region.column],
            self.ys[region.row],
            self.xs[region.column + region.colspan],
            self.ys[region.row + region.rowspan],
        )

    def region_at(self, x: float, y: float) -> int:
        """-1 where no cell is."""
        column, row = bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1
        if 0 <= row < len(self.owners) and 0 <= column < len(self.owners[row]):
            return self.owners[row][column]
        return -1


def raster_of(net: Net) -> Raster | None:
    """None for a net that makes no two columns."""
    xs, ys = _places(net.standing, net.lying), _places(net.lying, net.standing)
    width, height = len(xs) - 1, len(ys) - 1
    if width < 2 or height < 1 or width * height > _MOST_FIELDS:
        return None
    walls = Walls(xs, ys, net)
    owners = [[-1] * width for _ in range(height)]
    taken = [[False] * width for _ in range(height)]
    regions: list[Region] = []
    for row in range(height):
        for column in range(width):
            if taken[row][column]:
                continue
            fields = _together(walls, row, column)
            for r, c in fields:
                taken[r][c] = True
            for region in _rectangles(walls, fields):
                if not _is_outside(walls, region):
                    for r in range(region.row, region.row + region.rowspan):
                        owners[r][region.column : region.column + region.colspan] = [len(regions)] * region.colspan
                    regions.append(region)
    if len({region.column for region in regions}) < 2:
        return None
    return Raster(tuple(xs), tuple(ys), tuple(regions), tuple(map(tuple, owners)))


def _places(across: Sequence[Stroke], along: Sequence[Stroke]) -> list[float]:
    """Where the lines across a direction stand, and where at least two of those along it end beyond them: Word draws
    no line at the end of a page, and some tables have no frame."""
    places = sorted({stroke.at for stroke in across})
    first, last = min(stroke.begin for stroke in along), max(stroke.end for stroke in along)
    if places[0] - first > _OPEN_END and sum(1 for stroke in along if stroke.begin - first <= TOUCH) > 1:
        places.insert(0, first)
    if last - places[-1] > _OPEN_END and sum(1 for stroke in along if last - stroke.end <= TOUCH) > 1:
        places.append(last)
    return places


class Walls:
    """Which sides of the raster's fields have a ruling line. A side of the table that has none at all counts as
    closed: the lines across it end there."""

    def __init__(self, xs: Sequence[float], ys: Sequence[float], net: Net) -> None:
        self.width, self.height = len(xs) - 1, len(ys) - 1
        self.lying = [bytearray(self.width) for _ in ys]  # above each row, and below the last
        self.standing = [bytearray(self.height) for _ in xs]  # before each column, and behind the last
        _draw(self.lying, ys, xs, net.lying)
        _draw(self.standing, xs, ys, net.standing)
        for sides in (self.lying, self.standing):
            for edge in (sides[0], sides[-1]):
                if not any(edge):
                    edge[:] = b"\x01" * len(edge)


def _draw(
    sides: Sequence[bytearray], places: Sequence[float], steps: Sequence[float], strokes: Sequence[Stroke]
) -> None:
    for stroke in strokes:
        side = sides[bisect_left(places, stroke.at)]
        first, last = bisect_left(steps, stroke.begin - TOUCH), bisect_right(steps, stroke.end + TOUCH) - 1
        for step in range(first, last):
            side[step] = 1


def _together(walls: Walls, row: int, column: int) -> set[tuple[int, int]]:
    """All fields that can be reached from this one without crossing a line."""
    fields = {(row, column)}
    edge = [(row, column)]
    while edge:
        r, c = edge.pop()
        for near, walled in (
            ((r - 1, c), walls.lying[r][c]),
            ((r + 1, c), walls.lying[r + 1][c]),
            ((r, c - 1), walls.standing[c][r]),
            ((r, c + 1), walls.standing[c + 1][r]),
        ):
            if not walled and near not in fields and 0 <= near[0] < walls.height and 0 <= near[1] < walls.width:
                fields.add(near)
                edge.append(near)
    return fields


def _rectangles(walls: Walls, fields: set[tuple[int, int]]) -> list[Region]:
    """One region where the fields are a rectangle; where a line is missing, guesses that cross none."""
    rows, columns = [row for row, _ in fields], [column for _, column in fields]
    top, left = min(rows), min(columns)
    height, width = max(rows) - top + 1, max(columns) - left + 1
    if len(fields) == width * height:
        return [Region(top, left, height, width, clear=not _is_parted(walls, top, left, height, width))]
    left_over = set(fields)
    regions = []
    while left_over:
        row, column = min(left_over)
        width = 1
        while (row, column + width) in left_over and not walls.standing[column + width][row]:
            width += 1
        height = 1
        while all((row + height, c) in left_over for c in range(column, column + width)) and not any(
            walls.lying[row + height][column : column + width]
        ):
            height += 1
        left_over -= {(r, c) for r in range(row, row + height) for c in range(column, column + width)}
        regions.append(Region(row, column, height, width, clear=False))
    return regions


def _is_parted(walls: Walls, row: int, column: int, height: int, width: int) -> bool:
    """Whether a line begins inside the rectangle and ends there."""
    return any(any(walls.lying[r][column : column + width]) for r in range(row + 1, row + height)) or any(
        any(walls.standing[c][row : row + height]) for c in range(column + 1, column + width)
    )


def _is_outside(walls: Walls, region: Region) -> bool:
    """Whether two sides or more of the region lie open at the raster's edge, as beside a narrower part of a table."""
    rows = slice(region.row, region.row + region.rowspan)
    columns = slice(region.column, region.column + region.colspan)
    return (
        (not all(walls.lying[0][columns]) and region.row == 0)
        + (not all(walls.lying[-1][columns]) and rows.stop == walls.height)
        + (not all(walls.standing[0][rows]) and region.column == 0)
        + (not all(walls.standing[-1][rows]) and columns.stop == walls.width)
    ) > 1
