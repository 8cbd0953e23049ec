"""Rows of numbers that are told apart by the year they begin with: the report's own, and those of other years."""

from __future__ import annotations

from pipeline.extract.labels import plain
from pipeline.extract.printed_years import is_of_another_year, is_of_this_year
from pipeline.extract.raster import Raster, Row
from pipeline.extract.words import words
from pipeline.model import Cell

_FEWEST = 3  # printed cells of a row that holds figures of a year


def without_rows_of_other_years(raster: Raster, own: frozenset[str], year: int | None) -> Raster:
    """Where rows of numbers are told apart by their year, only the report's."""
    if year is None:
        return raster
    of_row = {row.index: named for row in raster.rows if (named := _row_year(row, own, year))}
    if "this" not in of_row.values():
        return raster
    dropped = {index for index, named in of_row.items() if named == "other"}
    column = _year_column(raster)
    years = {id(_first_printed(row)) for row in raster.rows if row.index in of_row}
    kept = [
        cell
        for cell in raster.grid.cells
        if cell.row not in dropped
        and not (cell.column == column and cell.row in of_row if raster.grid.exact else id(cell) in years)
    ]
    return raster.with_cells(kept)


def _row_year(row: Row, own: frozenset[str], year: int) -> str:
    """'this' or 'other' where a row of numbers begins with a year."""
    first = _first_printed(row)
    if first is None or sum(1 for cell in row.cells if cell.text) < _FEWEST:
        return ""
    if is_of_this_year(first.text, year) or plain(first.text) in {word + "度" for word in words().this_year}:
        return "this"
    return "other" if is_of_another_year(first.text, year, own) else ""


def _first_printed(row: Row) -> Cell | None:
    return next((cell for cell in row.cells if cell.text), None)


def _year_column(raster: Raster) -> int | None:
    heads = [cell for cell in raster.grid.cells if plain(cell.text) in words().year_columns]
    return heads[0].column if len(heads) == 1 else None
