"""Units that a table prints apart from its figures: in a column of their own, in a header, behind a label."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.extract.labels import plain
from pipeline.extract.raster import Raster, Row, is_label
from pipeline.extract.words import words
from pipeline.forms import Item
from pipeline.model import Cell

_LONGEST = 80  # what is longer is prose


def is_unit(cell: Cell) -> bool:
    return plain(cell.text) in words().units and not any(letter.isdigit() for letter in cell.text)  # 1.2万元 is none


def unit_beside(printed: str, item: Item) -> str:
    """The unit of a money item that is printed beside it, where it is another than the form's."""
    unit = plain(printed)
    return unit if unit in words().money_units and item.unit in words().money_units and unit != item.unit else ""


def unit_named(labels: Iterable[str], item: Item) -> str:
    """The same, named within one of its labels: 本年收费金额（单位：元）."""
    if item.unit not in words().money_units:
        return ""
    return next((unit_beside(unit, item) for label in labels if (unit := money_named(label))), "")


def money_named(label: str) -> str:
    """The unit of amounts that a label or a line names, '' where it names none."""
    found = words().unit_named.search(label) if len(label) <= _LONGEST else None
    return found[1] if found else ""


def labels_over(raster: Raster, cell: Cell) -> Iterator[str]:
    """Every label right above a cell, the nearest first, up to the figures of what is printed before."""
    begun = False
    last: Cell | None = None
    for row in range(cell.row - 1, -1, -1):
        other = _title(raster.rows[row]) or raster.at(row, cell.column)
        if other is None or other is last:
            continue
        last = other
        if other.text and is_label(other):
            begun = True
            yield other.text
        elif begun and other.text:
            return


def _title(row: Row) -> Cell | None:
    """The only label of a row that prints nothing else: it speaks of all columns, spanning them or not."""
    printed = [cell for cell in row.cells if cell.text]
    return printed[0] if len(printed) == 1 and is_label(printed[0]) else None
