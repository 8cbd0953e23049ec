"""Rows whose merged cells were dropped, so that their numbers stand left of their columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from pipeline.extract.raster import Raster, Row, is_label


def slips(raster: Raster) -> Mapping[int, int]:
    """By how many columns such rows have slipped: their numbers follow the label right away where most rows' begin
    farther right, and just as many places at their end are empty."""
    begins = {row.index: place for row in raster.rows if (place := _first_figure(row)) is not None}
    if not begins:
        return {}
    usual, count = Counter(begins.values()).most_common(1)[0]
    if count * 2 <= len(begins):
        return {}
    left = {index: begin for index, begin in begins.items() if begin < usual}
    found = {index: usual - _behind_labels(raster.rows[index], begin) for index, begin in left.items()}
    return {index: by for index, by in found.items() if _is_empty(raster, index, by)}


def _first_figure(row: Row) -> int | None:
    return next((cell.column for cell in row.cells if cell.text and not is_label(cell)), None)


def _behind_labels(row: Row, begin: int) -> int:
    """Where a row's labels end."""
    before = [cell for cell in row.cells if cell.column < begin and cell.text]
    return max((cell.column + cell.colspan for cell in before), default=begin)


def _is_empty(raster: Raster, row: int, last: int) -> bool:
    """Whether nothing is printed in the last columns of a row."""
    cells = [raster.at(row, column) for column in range(raster.grid.width - last, raster.grid.width)]
    return not any(cell.text for cell in cells if cell is not None)
