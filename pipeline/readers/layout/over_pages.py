"""Tables without rulings that go on on the next page: their numbers stand in the columns that the page before shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.model import Block, Cell, Grid
from pipeline.readers.layout.columns import COUNTED, Band
from pipeline.readers.ragged import is_value

_FEWEST_COLUMNS = 3
_FEWEST_NUMBERS = 3  # that show where a column is

Row = Sequence[Cell]


def with_columns_gone_on(blocks: Iterable[Block]) -> list[Block]:
    """Grids right behind one another on successive pages, the second in the first one's columns where they fit."""
    placed: list[Block] = []
    for block in blocks:
        before = placed[-1] if placed else None
        placed.append(_goes_on(before, block) if isinstance(before, Grid) and isinstance(block, Grid) else block)
    return placed


def _goes_on(first: Grid, second: Grid) -> Grid:
    if first.exact or second.exact or first.page is None or second.page != first.page + 1:
        return second
    bands = _bands(first)
    rows = [_in_bands(row, bands) for row in _before_header(second)] if bands else []
    if not rows or not all(rows):
        return second
    rest = [cell for cell in second.cells if cell.row >= len(rows)]
    return replace(second, cells=(*(cell for row in rows for cell in row), *rest))


def _before_header(grid: Grid) -> list[Row]:
    rows: list[Row] = []
    for row in grid.rows():
        if len(row) > 1 and not any(is_value(cell.text) for cell in row):
            break
        rows.append(row)
    return rows


def _numbers(row: Row) -> list[Cell]:
    """What stands behind the labels, blank cells among it."""
    labels = [place for place, cell in enumerate(row) if cell.text and not is_value(cell.text)]
    return list(row[labels[-1] + 1 if labels else 0 :])


def _bands(grid: Grid) -> list[Band]:
    """The columns of the last rows that have as many, where each is shown by several numbers."""
    rows = [_numbers(row) for row in grid.rows()]
    rows = [row for row in rows if row]
    count = len(rows[-1]) if rows else 0
    columns: list[list[Band]] = [[] for _ in range(count)]
    for row in reversed(rows):
        if len(row) != count:
            break
        if any(cell.bbox is None or cell.confidence == COUNTED or cell.method != "text" for cell in row):
            continue
        for column, cell in zip(columns, row, strict=True):
            column += [(cell.bbox[0], cell.bbox[2])] if cell.bbox else []
    if count < _FEWEST_COLUMNS or any(len(column) < _FEWEST_NUMBERS for column in columns):
        return []
    bands = [(min(begin for begin, _ in column), max(end for _, end in column)) for column in columns]
    return bands if all(one[1] <= other[0] for one, other in pairwise(bands)) else []


def _in_bands(row: Row, bands: Sequence[Band]) -> list[Cell]:
    """The row with a blank cell in each column that has no number; nothing where numbers stand otherwise."""
    behind = _numbers(row)
    labels = list(row[: len(row) - len(behind)])
    numbers = [cell for cell in behind if cell.text]
    if any(cell.bbox is None or cell.method != "text" for cell in row):
        return []
    if not numbers:
        return labels
    at = [[place for place, band in enumerate(bands) if _overlap(cell, band)] for cell in numbers]
    places = [found[0] for found in at if len(found) == 1]
    if len(places) < len(numbers) or len(set(places)) < len(places) or any(_overlap(one, bands[0]) for one in labels):
        return []
    by_place = dict(zip(places, numbers, strict=True))
    heights = [cell.bbox for cell in numbers if cell.bbox]
    top, bottom = min(box[1] for box in heights), max(box[3] for box in heights)
    return [
        *labels,
        *(
            _known(by_place[place], column)
            if place in by_place
            else replace(row[0], text="", column=column, bbox=(band[0], top, band[1], bottom), confidence=1.0, doubt="")
            for place, band in enumerate(bands)
            for column in (len(labels) + place,)
        ),
    ]


def _known(cell: Cell, column: int) -> Cell:
    counted = cell.confidence == COUNTED
    return replace(cell, column=column, confidence=1.0, doubt="") if counted else replace(cell, column=column)


def _overlap(cell: Cell, band: Band) -> bool:
    return cell.bbox is not None and cell.bbox[0] < band[1] and band[0] < cell.bbox[2]
