"""The long table of 2014: an item is a row with one number, behind the indicator and its unit."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.facts import Collected, fact_of
from pipeline.extract.raster import Raster, Row, is_label
from pipeline.extract.rows import find_item_rows
from pipeline.forms import Form, Table
from pipeline.model import Cell, Fact

_UNITS = {"条", "件", "次", "篇", "个", "人", "万元", "元"}


def read(rasters: Sequence[Raster], table: Table, form: Form) -> list[Fact]:
    without_units = [_without_units(raster) for raster in rasters]
    collected = Collected()
    for found in find_item_rows(without_units, form.items_of(table.id)):
        cell = _number(found.row)
        if cell is not None:
            collected.add(fact_of(found.row.raster.grid, cell, found.item, None, found.trust))
    return collected.facts()


def _without_units(raster: Raster) -> Raster:
    """The column of units taken out, so that the indicator is the label next to the number."""
    grid = raster.grid
    cells = tuple(cell for cell in grid.cells if cell.text.strip() not in _UNITS)
    return Raster(type(grid)(cells, grid.number, grid.exact, grid.page))


def _number(row: Row) -> Cell | None:
    """The last value: a sequence number stands before it."""
    printed = [cell for cell in row.values if cell.text and not is_label(cell)]
    return printed[-1] if printed else next(reversed(row.values), None)
