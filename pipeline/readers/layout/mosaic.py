"""Cells that are drawn as filled areas side by side, with rules in the colour of the paper or none between them: their
edges are as good as ruling lines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from pipeline.model import BBox
from pipeline.readers.layout.marks import Ruling

_NEAR = 3.0  # points: areas so near to each other are neighbours
_SMALLEST = 5.0  # points
_FEWEST = 6  # areas
_MOST = 2_000  # on a page: with more it is a drawing
_GROUND = 0.5  # of the box around all: an area as large lies under the others
_COVERED = (0.85, 1.05)  # of the box around them: tiles leave no gaps and do not lie on each other
_SHELF = 64.0  # points: areas are looked up by the shelf of the page they reach


def rulings_between(areas: Iterable[BBox], drawn: Sequence[Ruling]) -> list[Ruling]:
    """The edges of areas that tile a part of the page in which no line is drawn."""
    tiles = sorted({area for area in areas if min(area[2] - area[0], area[3] - area[1]) >= _SMALLEST})
    if not _FEWEST <= len(tiles) <= _MOST:
        return []
    return [
        ruling
        for group in map(_without_ground, _groups(_without_ground(tiles)))
        if _is_mosaic(group) and not any(_crosses(ruling, _around(group)) for ruling in drawn)
        for tile in group
        for ruling in _edges(tile)
    ]


def _groups(tiles: Sequence[BBox]) -> list[list[BBox]]:
    """Tiles that hang together."""
    shelves: defaultdict[int, list[int]] = defaultdict(list)
    for place, tile in enumerate(tiles):
        for shelf in range(int(tile[1] // _SHELF), int((tile[3] + _NEAR) // _SHELF) + 1):
            shelves[shelf].append(place)
    left = set(range(len(tiles)))
    groups: list[list[BBox]] = []
    while left:
        edge = [left.pop()]
        group: list[BBox] = []
        while edge:
            tile = tiles[edge.pop()]
            group.append(tile)
            first, last = int((tile[1] - _NEAR) // _SHELF), int((tile[3] + _NEAR) // _SHELF)
            beside = {
                other
                for shelf in range(first, last + 1)
                for other in shelves.get(shelf, ())
                if other in left and _touch(tile, tiles[other])
            }
            left -= beside
            edge += beside
        groups.append(group)
    return groups


def _without_ground(tiles: Sequence[BBox]) -> list[BBox]:
    largest = _GROUND * _area(_around(tiles))
    return [tile for tile in tiles if _area(tile) <= largest]


def _touch(one: BBox, other: BBox) -> bool:
    return (
        one[0] - other[2] <= _NEAR
        and other[0] - one[2] <= _NEAR
        and one[1] - other[3] <= _NEAR
        and other[1] - one[3] <= _NEAR
    )


def _is_mosaic(group: Sequence[BBox]) -> bool:
    if len(group) < _FEWEST:
        return False
    return _COVERED[0] <= sum(map(_area, group)) / _area(_around(group)) <= _COVERED[1]


def _area(box: BBox) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _around(group: Sequence[BBox]) -> BBox:
    return (
        min(tile[0] for tile in group),
        min(tile[1] for tile in group),
        max(tile[2] for tile in group),
        max(tile[3] for tile in group),
    )


def _crosses(ruling: Ruling, box: BBox) -> bool:
    """Whether the line runs inside of the box; along its edge it frames the whole."""
    x, y = (ruling.x0 + ruling.x1) / 2, (ruling.top + ruling.bottom) / 2
    return box[0] + _NEAR < x < box[2] - _NEAR and box[1] + _NEAR < y < box[3] - _NEAR


def _edges(tile: BBox) -> list[Ruling]:
    x0, top, x1, bottom = tile
    return [
        Ruling(x0, top, x1, top),
        Ruling(x0, bottom, x1, bottom),
        Ruling(x0, top, x0, bottom),
        Ruling(x1, top, x1, bottom),
    ]
