"""Section 2: an item is a row label and a column label, over several small tables or one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pipeline.extract.facts import CERTAIN, Collected, Trust, fact_of
from pipeline.extract.labels import label_likeness, plain
from pipeline.extract.raster import Raster, Row
from pipeline.forms import Form, Item, Table
from pipeline.model import Cell, Fact

_ALIKE = 0.7
_BY_ORDER = Trust(0.96)
_NO_HEADER = Trust(0.8, "numbers without a header, placed by order")
_NAMED_TWICE = Trust(0.5, "the header names the same column twice")
_UNIT = re.compile(r"单位\s*[:：]\s*(万元|元|亿元)")


def read(rasters: Sequence[Raster], table: Table, form: Form) -> list[Fact]:
    items = form.items_of(table.id)
    by_row: dict[str, list[Item]] = {}
    for item in items:
        by_row.setdefault(item.row[-1], []).append(item)
    collected = Collected()
    header: Row | None = None
    for raster in rasters:
        for row in raster.rows:
            if _is_header(row, items):
                header = row
            elif row.labels:
                for fact in _read_row(row, header, by_row):
                    collected.add(fact)
    return collected.facts()


def _is_header(row: Row, items: Sequence[Item]) -> bool:
    columns = {label for item in items for label in item.column_path}
    return any(label_likeness(cell.text, (label,)) >= _ALIKE for cell in row.labels for label in columns)


def _read_row(row: Row, header: Row | None, by_row: Mapping[str, list[Item]]) -> list[Fact]:
    label = _label(row, header)
    candidates, alike = _items_of_label(label, by_row)
    if not candidates:
        return []
    trust = CERTAIN if alike >= 0.9 else Trust(0.95 if alike >= 0.8 else 0.85, f"label '{label[:30]}' is unusual")
    facts = []
    for item, cell, placed, unit in _pair(row, header, candidates):
        facts.append(fact_of(row.raster.grid, cell, item, None, trust & placed, unit))
    return facts


def _label(row: Row, header: Row | None) -> str:
    """The label before the first column that the header names, else the last one of the row."""
    if header is not None and row.raster.grid.exact and len(header.labels) > 1:
        before = [cell for cell in row.labels if cell.column < header.labels[1].column]
        return before[-1].text if before else row.leaf
    return row.leaf


def _items_of_label(label: str, by_row: Mapping[str, list[Item]]) -> tuple[list[Item], float]:
    best: tuple[list[Item], float] = ([], 0.0)
    for known, items in by_row.items():
        alike = label_likeness(label, (known, *items[0].also))
        if alike >= _ALIKE and alike > best[1]:
            best = (items, alike)
    return best


def _pair(row: Row, header: Row | None, items: Sequence[Item]) -> list[tuple[Item, Cell, Trust, str]]:
    """Each item with its cell: under its column label where rows and columns are known, in order otherwise."""
    heads = _heads(header, items)
    if not heads:
        return _in_order(row, items, _NO_HEADER)
    if header is not None and _names_twice(header, items):
        return _in_order(row, items, _NAMED_TWICE, first=True)
    if header is not None and row.raster.grid.exact and header.raster is row.raster:
        under = [
            (item, cell, CERTAIN, _unit(head, item))
            for head, item in heads
            if (cell := row.raster.at(row.index, head.column)) is not None and cell.row == row.index
        ]
        if len(under) == len(heads):
            return under
    pairs = _in_order(row, [item for _, item in heads], _BY_ORDER)
    units = {item.item: _unit(head, item) for head, item in heads}
    return [(item, cell, trust, units[item.item]) for item, cell, trust, _ in pairs]


def _heads(header: Row | None, items: Sequence[Item]) -> list[tuple[Cell, Item]]:
    """The header's cells that name a column of these items, in printed order."""
    if header is None:
        return []
    heads = []
    left = list(items)
    for cell in header.labels:
        scored = [(label_likeness(cell.text, item.column_path), place) for place, item in enumerate(left)]
        alike, place = max(scored, default=(0.0, 0), key=lambda pair: (pair[0], -pair[1]))
        if alike >= _ALIKE:
            heads.append((cell, left.pop(place)))
    return heads


def _names_twice(header: Row, items: Sequence[Item]) -> bool:
    """A header with last year's columns beside this year's."""
    labels = [cell.text for cell in header.labels]
    return any(sum(1 for text in labels if label_likeness(text, item.column_path) >= 0.95) > 1 for item in items)


def _in_order(
    row: Row, items: Sequence[Item], trust: Trust, *, first: bool = False
) -> list[tuple[Item, Cell, Trust, str]]:
    values = list(row.values[: len(items)] if first else row.values)
    while len(values) > len(items) and not values[-1].text:
        values.pop()
    if len(values) != len(items):
        return []
    return [(item, cell, trust, "") for item, cell in zip(items, values, strict=True)]


def _unit(head: Cell, item: Item) -> str:
    """The unit that the header prints, when it is another than the form's."""
    printed = _UNIT.search(head.text)
    return printed[1] if printed and plain(printed[1]) != item.unit else ""
