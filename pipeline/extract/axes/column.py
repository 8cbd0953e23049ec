"""Section 4: an item is a column, the numbers stand in a single row."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from pipeline.extract.crossing import Crossing, settled
from pipeline.extract.facts import Collected, Trust, fact_of
from pipeline.extract.raster import Raster, is_label
from pipeline.extract.reading_order import in_reading_order
from pipeline.forms import Form, Table
from pipeline.model import Cell, Fact

_UNSETTLED = Trust(0.8, "the header does not name every column")


def read(rasters: Sequence[Raster], table: Table, form: Form) -> list[Fact]:
    """By the labels that cross at a figure where they name every figure of a grid; what is left, by the order in
    which all of the section is printed."""
    items = form.items_of(table.id)
    crossed = [settled(raster, items) if raster.grid.exact else [] for raster in rasters]
    whole = [_is_whole(raster, found) for raster, found in zip(rasters, crossed, strict=True)]
    ordered = [] if all(whole) else in_reading_order(rasters, items, form.sums)
    collected = Collected()
    for raster, found, named in zip(rasters, crossed, whole, strict=True):
        for crossing in found if named else ():
            collected.add(fact_of(raster, crossing.cell, crossing.item, None, crossing.trust))
        for placed in ordered if not named else ():
            if placed.raster is raster:
                collected.add(fact_of(raster, placed.cell, placed.item, None, placed.trust))
    known = {fact.item for fact in collected.facts()}
    for raster, found in zip(rasters, crossed, strict=True):
        for crossing in found:
            if crossing.item.item not in known:
                collected.add(fact_of(raster, crossing.cell, crossing.item, None, crossing.trust & _UNSETTLED))
    return collected.facts()


def _is_headed(raster: Raster, cell: Cell) -> bool:
    above = raster.at(cell.row - 1, cell.column)
    return not cell.text and above is not None and bool(above.text)


def _is_whole(raster: Raster, crossed: Sequence[Crossing]) -> bool:
    """Whether labels name every figure of the grid, and every blank in the place of one, each group in one piece: else
    cells have slipped."""
    named = {(crossing.cell.row, crossing.cell.column) for crossing in crossed}
    printed = {(cell.row, cell.column) for cell in raster.grid.cells if cell.text and not is_label(cell)}
    of_blanks = {row for row, _ in named} - {row for row, _ in printed}
    printed |= {(row, cell.column) for row in of_blanks for cell in raster.rows[row].cells if _is_headed(raster, cell)}
    lines: dict[int, list[tuple[str, ...]]] = {}
    for crossing in crossed:
        lines.setdefault(crossing.cell.row, []).append(crossing.item.column_path[:-1])
    in_pieces = any(len([*groupby(groups)]) > len(set(groups)) for groups in lines.values())
    return bool(crossed) and printed <= named and not in_pieces
