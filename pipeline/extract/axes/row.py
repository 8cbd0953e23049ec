"""The long table of 2014: an item is a row with one number, behind the indicator and its unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.extract.facts import CERTAIN, Collected, Trust, fact_of
from pipeline.extract.labels import plain
from pipeline.extract.layouts import side_by_side
from pipeline.extract.raster import Raster, Row, is_label, is_number
from pipeline.extract.rows import find_item_rows
from pipeline.extract.units import is_unit, unit_beside, unit_named
from pipeline.extract.words import words
from pipeline.forms import Form, Item, Table
from pipeline.model import Cell, Fact

_SEVERAL = Trust(0.6, "the row prints several numbers")


@dataclass(frozen=True, slots=True)
class _Bare:
    """A grid without its units, so that the indicator is the label next to the number."""

    raster: Raster
    units: Mapping[int, Cell]  # by row
    numbers_in: int | None  # the column that the header gives to the numbers
    behind_units: bool  # whether the numbers stand behind their units
    several: bool  # whether several columns hold numbers and nothing says which is meant


def read(rasters: Sequence[Raster], table: Table, form: Form) -> list[Fact]:
    bare = [_without_units(piece) for raster in rasters for piece in side_by_side(raster)]
    by_raster = {id(one.raster): one for one in bare}
    collected = Collected()
    for found in find_item_rows([one.raster for one in bare], form.items_of(table.id)):
        one = by_raster[id(found.row.raster)]
        cell, trust = _number(found.row, one)
        if cell is not None:
            unit = _unit(found.row, found.item, one)
            collected.add(fact_of(one.raster, cell, found.item, None, found.trust & trust, unit))
    return collected.facts()


def _without_units(raster: Raster) -> _Bare:
    units: dict[int, Cell] = {}
    for cell in sorted(filter(is_unit, raster.grid.cells), key=lambda cell: cell.column):
        units.setdefault(cell.row, cell)  # where two rows stand on one line, the second's unit is not the first's
    without = raster.with_cells(cell for cell in raster.grid.cells if not is_unit(cell))
    column = _number_column(without) if raster.grid.exact else None
    return _Bare(
        without.with_values_from(column), units, column, _stand_behind(without, units), _are_several(without, column)
    )


def _are_several(raster: Raster, column: int | None) -> bool:
    """Where columns are not known, most rows with numbers print several: the one of a row may be any of them."""
    numbers = [[cell.column for cell in row.values if is_number(cell)] for row in raster.rows]
    if raster.grid.exact:
        return column is None and len({place for row in numbers for place in row}) > 1
    return sum(len(row) > 1 for row in numbers) * 2 > sum(map(bool, numbers))


def _stand_behind(raster: Raster, units: Mapping[int, Cell]) -> bool:
    sides = [
        cell.column > units[row.index].column
        for row in raster.rows
        if row.index in units
        for cell in row.cells[-1:]
        if cell.text and not is_label(cell)
    ]
    return sum(sides) * 2 > len(sides)


def _number_column(raster: Raster) -> int | None:
    heads = [
        cell.column
        for row in raster.rows[: raster.head_height]
        for cell in row.cells
        if plain(cell.text) in words().number_columns
    ]
    return heads[0] if len(heads) == 1 else None


def _number(row: Row, one: _Bare) -> tuple[Cell | None, Trust]:
    """The cell under the header's number column, else the only value, or the only one behind the unit."""
    if one.numbers_in is not None:
        under = row.raster.at(row.index, one.numbers_in)
        if under is not None and under in row.values:
            return under, CERTAIN
    printed = [cell for cell in row.values if cell.text and not is_label(cell)]
    unit = one.units.get(row.index)
    if unit is not None and one.behind_units:
        printed = [cell for cell in printed if cell.column > unit.column]
    if len(printed) > 1 or (printed and one.several):
        return printed[-1], _SEVERAL
    blank = [cell for cell in row.values if not cell.text]
    return next(iter(printed or blank), None), CERTAIN


def _unit(row: Row, item: Item, one: _Bare) -> str:
    beside = one.units.get(row.index)
    return unit_beside(beside.text, item) if beside else unit_named([row.leaf], item)
