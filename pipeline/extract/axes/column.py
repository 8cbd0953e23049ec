"""Section 4: an item is a column, the numbers stand in a single row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extract.facts import CERTAIN, Collected, Trust, fact_of
from pipeline.extract.labels import label_likeness
from pipeline.extract.raster import Raster, Row, is_label
from pipeline.forms import Form, Item, Table
from pipeline.model import Cell, Fact

_ALIKE = 0.75
_BY_ORDER = Trust(0.97)
_NO_HEADER = Trust(0.7, "numbers without a header, placed by order")


@dataclass(frozen=True, slots=True)
class Heads:
    """The columns of a table as items: by position on the raster, or in their order only."""

    by_column: dict[int, Item]
    in_order: tuple[Item, ...]
    width: int


def read(rasters: Sequence[Raster], table: Table, form: Form) -> list[Fact]:
    """A grid may hold several such tables one under the other: each row of numbers has the labels right above it."""
    items = form.items_of(table.id)
    collected = Collected()
    heads: Heads | None = None
    for raster in rasters:
        below = 0
        for row in raster.rows:
            if not row.cells or not row.holds_values or _is_named(row, items):
                continue
            heads = _heads(raster, range(below, row.index), row, items) or heads
            below = row.index + 1
            for item, cell, trust in _pair(row, heads, items, raster.grid.width):
                collected.add(fact_of(raster.grid, cell, item, None, trust))
    return collected.facts()


def _is_named(row: Row, items: Sequence[Item]) -> bool:
    """A row of numbers has no name. Where cells stand one a line, the last column's label seems to be one."""
    if row.raster.grid.exact:
        return bool(row.labels)
    return any(not _leaf_score(cell.text, items) for cell in row.labels)


def _heads(raster: Raster, above: range, row: Row, items: Sequence[Item]) -> Heads | None:
    """What the rows above a row of numbers name; with inexact cells its own last label belongs to them."""
    labels = [cell for place in above for cell in raster.rows[place].cells if is_label(cell)]
    labels += [] if raster.grid.exact else list(row.labels)
    if not labels:
        return None
    groups = _groups_printed(labels, items)
    wanted = [item for item in items if not groups or item.column_path[:-1] in groups]
    by_column = _by_position(raster, above, wanted) if raster.grid.exact else {}
    leaves = [cell for cell in labels if _leaf_score(cell.text, wanted) and not _is_group(cell.text, items)]
    in_order = tuple(wanted) if _same_order(leaves, wanted) and _groups_in_order(labels, wanted) else ()
    return Heads(by_column, in_order, raster.grid.width) if by_column or in_order else None


def _groups_printed(labels: Sequence[Cell], items: Sequence[Item]) -> set[tuple[str, ...]]:
    """The groups of items whose innermost label is printed."""
    groups = {item.column_path[:-1] for item in items}
    return {
        group for group in groups if group and any(label_likeness(cell.text, group[-1:]) >= _ALIKE for cell in labels)
    }


def _is_group(text: str, items: Sequence[Item]) -> bool:
    return any(label_likeness(text, (label,)) >= _ALIKE for item in items for label in item.column_path[:-1])


def _leaf_score(text: str, items: Sequence[Item]) -> float:
    return max((label_likeness(text, (item.column_path[-1], *item.also)) for item in items), default=0.0) >= _ALIKE


def _same_order(leaves: Sequence[Cell], items: Sequence[Item]) -> bool:
    return len(leaves) == len(items) and all(
        label_likeness(cell.text, (item.column_path[-1], *item.also)) >= _ALIKE
        for cell, item in zip(leaves, items, strict=True)
    )


def _groups_in_order(labels: Sequence[Cell], items: Sequence[Item]) -> bool:
    """Whether the outermost labels stand in the form's order, as far as they are printed."""
    outermost = list(dict.fromkeys(item.column_path[0] for item in items if len(item.column_path) > 1))
    printed = [
        place for cell in labels for place, label in enumerate(outermost) if label_likeness(cell.text, (label,)) >= 0.95
    ]
    return printed == sorted(printed)


def _by_position(raster: Raster, above: range, items: Sequence[Item]) -> dict[int, Item]:
    """Each column's item by group and last label; nothing unless every item has one column of its own."""
    columns: dict[int, Item] = {}
    left = list(items)
    for column in range(raster.grid.width):
        path = raster.column_path(column, above)
        scored = [(_path_score(path, item), -place) for place, item in enumerate(left)]
        best, place = max(scored, default=(0.0, 0))
        if best:
            columns[column] = left.pop(-place)
    return columns if not left and _is_orderly([columns[column] for column in sorted(columns)], items) else {}


def _is_orderly(printed: Sequence[Item], items: Sequence[Item]) -> bool:
    """Whole groups, each in the form's order, whichever group comes first: anything else means that cells slipped."""
    groups = list(dict.fromkeys(item.column_path[:-1] for item in printed))
    regrouped = [item for group in groups for item in items if item.column_path[:-1] == group]
    return list(printed) == regrouped


def _path_score(path: Sequence[str], item: Item) -> float:
    if not path:
        return 0.0
    leaf = label_likeness(path[-1], (item.column_path[-1], *item.also))
    if leaf < _ALIKE:
        return 0.0
    if len(path) == 1:
        return leaf  # no group is printed above: the order decides
    groups = [max(label_likeness(text, (group,)) for text in path[:-1]) for group in item.column_path[:-1]]
    return leaf + sum(groups) if groups and max(groups) >= _ALIKE and groups[-1] >= _ALIKE else 0.0


def _pair(row: Row, heads: Heads | None, items: Sequence[Item], width: int) -> list[tuple[Item, Cell, Trust]]:
    values = [cell for cell in row.cells if not is_label(cell)]
    if heads is not None and heads.by_column and heads.width == width:
        inside = [cell for cell in values if cell.column in heads.by_column]
        if len(inside) == len(heads.by_column) == len(values):
            return [(heads.by_column[cell.column], cell, CERTAIN) for cell in inside]
    in_order = heads.in_order if heads is not None else ()
    printed = _trimmed(values, len(in_order or items))
    if in_order and len(printed) == len(in_order):
        return [(item, cell, _BY_ORDER) for item, cell in zip(in_order, printed, strict=True)]
    if len(printed) == len(items):
        return [(item, cell, _NO_HEADER) for item, cell in zip(items, printed, strict=True)]
    return []


def _trimmed(values: Sequence[Cell], count: int) -> Sequence[Cell]:
    """Without the empty cells at the ends that a table padded to its widest row has."""
    cells = list(values)
    while len(cells) > count and not cells[-1].text:
        cells.pop()
    while len(cells) > count and not cells[0].text:
        cells.pop(0)
    return cells
