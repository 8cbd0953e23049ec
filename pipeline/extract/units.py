"""Units that a table prints apart from its figures: in a column of their own, in a header, behind a label."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.extract.labels import plain
from pipeline.extract.words import words
from pipeline.forms import Item
from pipeline.model import Cell


def is_unit(cell: Cell) -> bool:
    return plain(cell.text) in words().units


def unit_beside(printed: str, item: Item) -> str:
    """The unit of a money item that is printed beside it, where it is another than the form's."""
    unit = plain(printed)
    return unit if unit in words().money_units and item.unit in words().money_units and unit != item.unit else ""


def unit_named(labels: Iterable[str], item: Item) -> str:
    """The same, named within one of its labels: 本年收费金额（单位：元）."""
    for label in labels:
        found = words().unit_named.search(label)
        if found:
            return unit_beside(found[1], item)
    return ""
