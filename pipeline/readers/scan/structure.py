"""Tables from ruling lines: the raster that the lines span, and which raster fields have no line between them and so
are one merged cell. Knows nothing of text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.readers.scan.pose import Rect
from pipeline.readers.scan.raster import Gray, PageImage
from pipeline.readers.scan.ruling import Rulings

Flags = NDArray[np.bool_]

# Lengths in inches.
_JOINED = 0.04  # lines nearer than this hang together
_SAME_LINE = 0.035  # lines nearer than this are one line, unevenly printed
_SMALLEST_TABLE = (0.8, 0.15)
_OPEN_END = 0.12  # lines that go on so far beyond the last crossing have a row or column there
_LOWEST_ROW = 0.08  # of print: what lies between nearer lines is the shadow of a line, or the gap of a double one
_JUNCTION = 0.034  # where an edge leaves another line; a character keeps away from there
_WHOLE_EDGE = 0.88  # of an edge's length bears a line
_BROKEN_EDGE = 0.70  # enough where the line goes on at both ends
_AT_JUNCTION = 0.8  # of the junction is dark
_SHORT_EDGE = 0.2
_COLUMN_EDGE = 0.6
_CLEAN_SIDE = 0.15  # at most, of what lies along a short edge on one side, is ink
_MOST_RASTER_LINES = 200


@dataclass(frozen=True, slots=True)
class Field:
    """One cell of a ruled table: where it is on the raster, and on the page from the middle of line to line."""

    row: int
    column: int
    rowspan: int
    colspan: int
    rect: Rect


@dataclass(frozen=True, slots=True)
class RuledTable:
    rect: Rect
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Lines:
    """The page as seen along one direction of lines, which run along its rows."""

    seeds: Gray
    strokes: Gray
    dark: Gray
    reach: int  # pixels that a line may stray to either side
    junction: int
    short: int  # an edge of less than this may be one character's stroke
    column: int  # one of less than this may be the strokes of characters one below another


def find_tables(page: PageImage, rulings: Rulings) -> list[RuledTable]:
    """Every ruled table from the top down. A frame around text is no table."""
    tables = [_table(page, rulings, region) for region in _regions(page, rulings)]
    return sorted((table for table in tables if table is not None), key=lambda table: table.rect[1])


def _regions(page: PageImage, rulings: Rulings) -> list[Rect]:
    """Where lines hang together over an area that could be a table."""
    gap = page.pixels(_JOINED) | 1
    lines = cv2.dilate(rulings.horizontal_seeds | rulings.vertical_seeds, np.ones((gap, gap), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(lines)
    width, height = (page.pixels(side) for side in _SMALLEST_TABLE)
    return [(int(x), int(y), int(x + w), int(y + h)) for x, y, w, h, _ in stats[1:] if w >= width and h >= height]


def _table(page: PageImage, rulings: Rulings, region: Rect) -> RuledTable | None:
    x0, y0, x1, y1 = region
    place = np.s_[y0:y1, x0:x1]
    tolerance = page.pixels(_SAME_LINE)
    reach, junction = tolerance // 2 + 1, page.pixels(_JUNCTION)
    short = page.pixels(_SHORT_EDGE), page.pixels(_COLUMN_EDGE)
    dark = rulings.dark[place]
    level = _Lines(rulings.horizontal_seeds[place], rulings.horizontal_strokes[place], dark, reach, junction, 0, 0)
    upright = _Lines(
        rulings.vertical_seeds[place].T, rulings.vertical_strokes[place].T, dark.T, reach, junction, *short
    )
    ys, xs = _positions(level, tolerance), _positions(upright, tolerance)
    if max(len(xs), len(ys)) > _MOST_RASTER_LINES:
        return None
    ys, xs = _firm(level, upright, ys, xs)
    if len(ys) < 2 or len(xs) < 2:
        return None
    open_end = page.pixels(_OPEN_END)
    all_ys, all_xs = _with_open_ends(upright, xs, ys, open_end), _with_open_ends(level, ys, xs, open_end)
    across, down = _edges(level, all_ys, all_xs), _edges(upright, all_xs, all_ys).T
    across[[0, -1]] = True  # a cell that a page break has cut may have no border there
    down[:, [0, -1]] = True
    _drop_shadows(across, all_ys, page.pixels(_LOWEST_ROW))
    _drop_loose_ends(across, down)
    fields = _fields([x + x0 for x in all_xs], [y + y0 for y in all_ys], across, down)
    if len(fields) < 2:
        return None
    return RuledTable((all_xs[0] + x0, all_ys[0] + y0, all_xs[-1] + x0, all_ys[-1] + y0), fields)


def _positions(lines: _Lines, tolerance: int) -> list[int]:
    """Rows in which lines run; pieces of one line are averaged by their length."""
    _, _, stats, centers = cv2.connectedComponentsWithStats(np.ascontiguousarray(lines.seeds))
    pieces = sorted(
        (float(center[1]), int(stat[cv2.CC_STAT_WIDTH])) for stat, center in zip(stats[1:], centers[1:], strict=True)
    )
    groups: list[list[tuple[float, int]]] = []
    for piece in pieces:
        if groups and piece[0] - groups[-1][-1][0] <= tolerance:
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return [
        round(sum(center * length for center, length in group) / sum(length for _, length in group)) for group in groups
    ]


def _firm(level: _Lines, upright: _Lines, ys: list[int], xs: list[int]) -> tuple[list[int], list[int]]:
    """The lines that bear at least one whole edge; what goes may have parted edges that are whole without it."""
    while len(ys) > 1 and len(xs) > 1:
        kept_ys = [y for y, edges in zip(ys, _whole_edges(level, ys, xs), strict=True) if edges.any()]
        kept_xs = [x for x, edges in zip(xs, _whole_edges(upright, xs, ys), strict=True) if edges.any()]
        if kept_ys == ys and kept_xs == xs:
            break
        ys, xs = kept_ys, kept_xs
    return ys, xs


def _whole_edges(lines: _Lines, rows: list[int], posts: list[int]) -> Flags:
    coverage, junctions = _measure(lines, rows, posts, lines.column)
    whole: Flags = (coverage >= _WHOLE_EDGE) & (junctions == 2)
    return whole


def _edges(lines: _Lines, rows: list[int], posts: list[int]) -> Flags:
    """For each row and each stretch between two neighbouring posts: is there a line? A character's stroke reaches
    neither end of the stretch; a broken line reaches one of them and goes on beyond both."""
    coverage, junctions = _measure(lines, rows, posts, lines.short)
    whole = (coverage >= _WHOLE_EDGE) & (junctions == 2)
    goes_on = np.pad(whole, ((0, 0), (1, 1)), constant_values=True)
    broken = (coverage >= _BROKEN_EDGE) & (junctions >= 1) & goes_on[:, :-2] & goes_on[:, 2:]
    edges: Flags = whole | broken
    return edges


def _measure(
    lines: _Lines, rows: list[int], posts: list[int], alone_below: int
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """The share of each edge that bears a line, and at how many of its ends it reaches the post. An edge shorter than
    `alone_below` counts only if it is no stroke amid text."""
    coverage = np.zeros((len(rows), len(posts) - 1))
    junctions = np.zeros(coverage.shape, dtype=np.int64)
    for index, row in enumerate(rows):
        band = np.s_[max(0, row - lines.reach) : row + lines.reach + 1]
        borne, dark = _any_across(lines.strokes[band]), _any_across(lines.dark[band])
        for column, (start, stop) in enumerate(pairwise(posts)):
            if stop - start < alone_below and not _stands_alone(lines, row, start, stop):
                continue
            inset = min(lines.reach, (stop - start) // 4)
            coverage[index, column] = borne[start + inset : stop - inset].mean()
            near = dark[start + 1 : start + 1 + lines.junction].mean(), dark[stop - lines.junction : stop].mean()
            junctions[index, column] = sum(share >= _AT_JUNCTION for share in near)
    return coverage, junctions


def _stands_alone(lines: _Lines, row: int, start: int, stop: int) -> bool:
    """Is it clean on one side of the edge? Beside a stroke amid text there are other strokes on both."""
    near, far = lines.reach + 1, 2 * lines.reach + 3
    before, after = lines.dark[max(0, row - far) : max(0, row - near)], lines.dark[row + near : row + far]
    shares = [_share_inked(side[:, start + lines.junction : stop - lines.junction]) for side in (before, after)]
    return min(shares) <= _CLEAN_SIDE


def _share_inked(dark: Gray) -> float:
    return float(_any_across(dark).mean()) if dark.size else 0.0


def _any_across(mask: Gray) -> Flags:
    """For each place along the lines, is there any ink across them?"""
    return np.asarray(mask.any(axis=0), dtype=np.bool_)


def _with_open_ends(crossing: _Lines, outer: list[int], positions: list[int], least: int) -> list[int]:
    """The positions and, where the first and the last of the crossing lines both go on beyond them, an end for the row
    or column that is open there: a page break leaves rows without their border."""
    first, last = (
        _any_across(crossing.seeds[max(0, at - crossing.reach) : at + crossing.reach + 1])
        for at in (outer[0], outer[-1])
    )
    reached = np.flatnonzero(first & last)
    if len(reached) == 0:
        return positions
    before = [int(reached[0])] if positions[0] - reached[0] >= least else []
    after = [int(reached[-1])] if reached[-1] - positions[-1] >= least else []
    return [*before, *positions, *after]


def _drop_shadows(across: Flags, ys: Sequence[int], lowest: int) -> None:
    """Of two edges that leave no room for print between them, the one of the line that bears fewer parts nothing: what
    shines through from the back would cut a cell into a blank and its figure."""
    for upper, lower in pairwise(range(len(ys))):
        if ys[lower] - ys[upper] >= lowest:
            continue
        weaker = upper if lower == len(ys) - 1 or (upper and across[upper].sum() < across[lower].sum()) else lower
        across[weaker] &= ~(across[upper] & across[lower])


def _drop_loose_ends(across: Flags, down: Flags) -> None:
    """An edge that no other edge meets at one of its ends parts nothing: it is a row of characters' strokes."""
    while True:
        meeting = np.zeros((across.shape[0], down.shape[1]), dtype=np.int64)
        meeting[:, :-1] += across
        meeting[:, 1:] += across
        meeting[:-1] += down
        meeting[1:] += down
        held_across = across & (meeting[:, :-1] > 1) & (meeting[:, 1:] > 1)
        held_down = down & (meeting[:-1] > 1) & (meeting[1:] > 1)
        if (held_across == across).all() and (held_down == down).all():
            return
        across[:], down[:] = held_across, held_down


def _fields(xs: list[int], ys: list[int], across: Flags, down: Flags) -> tuple[Field, ...]:
    """Cells as rectangles of raster fields that no line parts, from the top left on."""
    rows, columns = len(ys) - 1, len(xs) - 1
    taken = np.zeros((rows, columns), dtype=bool)
    fields = []
    for row in range(rows):
        for column in range(columns):
            if taken[row, column]:
                continue
            right = column + 1
            while right < columns and not down[row, right] and not taken[row, right]:
                right += 1
            bottom = row + 1
            while (
                bottom < rows
                and not across[bottom, column:right].any()
                and not down[bottom, column + 1 : right].any()
                and not taken[bottom, column:right].any()
            ):
                bottom += 1
            taken[row:bottom, column:right] = True
            rect = (xs[column], ys[row], xs[right], ys[bottom])
            fields.append(Field(row, column, bottom - row, right - column, rect))
    return _without_idle_lines(fields)


def _without_idle_lines(fields: Sequence[Field]) -> tuple[Field, ...]:
    """Numbered over the lines at which some cell begins or ends: a double line's second half is no row of its own."""
    rows = sorted({f.row for f in fields} | {f.row + f.rowspan for f in fields})
    columns = sorted({f.column for f in fields} | {f.column + f.colspan for f in fields})
    numbered = []
    for f in fields:
        top, bottom = rows.index(f.row), rows.index(f.row + f.rowspan)
        left, right = columns.index(f.column), columns.index(f.column + f.colspan)
        numbered.append(Field(top, left, bottom - top, right - left, f.rect))
    return tuple(numbered)
