"""Section 2: an item is a row label and a column label, over several small tables or one."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import chain

from pipeline.extract.crossing import settled
from pipeline.extract.facts import CERTAIN, Collected, Trust, fact_of
from pipeline.extract.headed_rows import headed
from pipeline.extract.labels import label_likeness
from pipeline.extract.raster import Raster, Row
from pipeline.extract.units import labels_over, money_named, unit_named
from pipeline.forms import Form, Item, Table
from pipeline.model import Cell, Fact

_ALIKE = 0.7
_CLEAR = 0.9
_SAME = 0.95
_UNUSUAL = 0.85
_BY_ORDER = Trust(0.96, "its column is told by its order alone")
_BY_SOME = Trust(_UNUSUAL, "the header does not name every column, and those that it does unusually")
_NO_HEADER = Trust(0.8, "numbers without a header, placed by order")
_NAMED_TWICE = Trust(0.5, "the header names the same column twice")


def read(rasters: Sequence[Raster], table: Table, form: Form) -> list[Fact]:
    items = form.items_of(table.id)
    by_row: dict[str, list[Item]] = {}
    for item in items:
        by_row.setdefault(item.row[-1], []).append(item)
    collected = Collected()
    under_heads, lines_of_heads = headed(rasters, items)
    header: Row | None = None
    lines: tuple[str, ...] = ()
    for place, raster in enumerate(rasters):
        lines = tuple(line for line in raster.captions if money_named(line)) or lines
        for one in under_heads:
            if one.place == place:
                unit = unit_named((*one.heads, *lines), one.item)
                collected.add(fact_of(raster, one.cell, one.item, None, one.trust, unit))
        read_rows = {row for of_grid, row in lines_of_heads if of_grid == place}
        read_rows |= _read_crossings(raster, lines, items, read_rows, collected)
        for row in raster.rows:
            if _is_header(row, items):
                header = row
            elif row.labels and row.index not in read_rows:
                for fact in _read_row(row, header, by_row, lines):
                    collected.add(fact)
    return collected.facts()


def _read_crossings(
    raster: Raster, lines: Sequence[str], items: Sequence[Item], known: Collection[int], collected: Collected
) -> set[int]:
    """Reads what stands where labels cross, but for rows that are `known`; gives the rows of a grid that are read with
    it. `lines` above the table name the unit of its amounts where no label does."""
    if not raster.grid.exact:
        return set()
    found = [crossing for crossing in settled(raster, items) if crossing.cell.row not in known]
    for crossing in found:
        unit = unit_named(chain(crossing.heads, labels_over(raster, crossing.cell), lines), crossing.item)
        collected.add(fact_of(raster, crossing.cell, crossing.item, None, crossing.trust, unit))
    return {crossing.cell.row for crossing in found}


def _is_header(row: Row, items: Sequence[Item]) -> bool:
    columns = {label for item in items for label in item.column_path}
    return any(label_likeness(cell.text, (label,)) >= _ALIKE for cell in row.labels for label in columns)


def _read_row(row: Row, header: Row | None, by_row: Mapping[str, list[Item]], lines: Sequence[str]) -> list[Fact]:
    """A row whose cells stand under no label: by their order."""
    candidates, alike = _items_of_label(row.leaf, by_row)
    if not candidates:
        return []
    trust = CERTAIN if alike >= _CLEAR else Trust(_UNUSUAL, f"label '{row.leaf[:30]}' is unusual")
    return [
        fact_of(row.raster, cell, item, None, trust & placed, unit_named((*heads, *lines), item))
        for item, cell, placed, heads in _pair(row, header, candidates)
    ]


def _items_of_label(label: str, by_row: Mapping[str, list[Item]]) -> tuple[list[Item], float]:
    best: tuple[list[Item], float] = ([], 0.0)
    for known, items in by_row.items():
        alike = label_likeness(label, (known, *items[0].also))
        if alike >= _ALIKE and alike > best[1]:
            best = (items, alike)
    return best


def _pair(row: Row, header: Row | None, items: Sequence[Item]) -> list[tuple[Item, Cell, Trust, tuple[str, ...]]]:
    """Each item with its cell, in the order of the header's labels, or the form's where it has none."""
    heads = _heads(header, items)
    if not heads or header is None:
        return [(item, cell, _NO_HEADER, ()) for item, cell in _in_order(row.values, items)]
    if _names_twice(header, items):
        printed = _in_order(row.values[: len(items)], items)
        return [(item, cell, _NAMED_TWICE, ()) for item, cell in printed]
    pairs = _in_order(row.values, [item for _, item in heads])
    texts = tuple(head.text for head, _ in heads)
    clear = len(heads) == len(items) or all(
        label_likeness(head.text, item.column_path) >= _CLEAR for head, item in heads
    )
    return [(item, cell, _BY_ORDER if clear else _BY_SOME, texts) for item, cell in pairs]


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
    return any(sum(1 for text in labels if label_likeness(text, item.column_path) >= _SAME) > 1 for item in items)


def _in_order(printed: Sequence[Cell], items: Sequence[Item]) -> list[tuple[Item, Cell]]:
    values = list(printed)
    while len(values) > len(items) and not values[-1].text:
        values.pop()
    return list(zip(items, values, strict=True)) if len(values) == len(items) else []
