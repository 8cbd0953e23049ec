"""Section 4: an item is a column, the numbers stand in a single row."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from pipeline.extract.crossing import Crossing, settled
from pipeline.extract.facts import Collected, Trust, fact_of
from pipeline.extract.labels import label_likeness
from pipeline.extract.raster import Raster, Row, is_label
from pipeline.forms import Form, Item, Table
from pipeline.model import Cell, Fact

_ALIKE = 0.75
_SAME = 0.95
_BY_ORDER = Trust(0.97)
_NO_HEADER = Trust(0.7, "numbers without a header, placed by order")
_SEVERAL_ROWS = Trust(0.7, "several rows of numbers under one header")
_UNSETTLED = Trust(0.8, "the header does not name every column")


def read(rasters: Sequence[Raster], table: Table, form: Form) -> list[Fact]:
    """A grid may hold several such tables one under the other: each row of numbers has the labels right above it."""
    items = form.items_of(table.id)
    collected = Collected()
    heads: tuple[Item, ...] = ()
    for raster in rasters:
        crossed = settled(raster, items) if raster.grid.exact else []
        if _is_whole(raster, crossed):
            for crossing in crossed:
                collected.add(fact_of(raster, crossing.cell, crossing.item, None, crossing.trust))
            continue
        heads, placed = _read_in_order(raster, heads, items)
        placed = placed or _read_downwards(raster, items)
        for item, cell, trust in placed or [(found.item, found.cell, found.trust & _UNSETTLED) for found in crossed]:
            collected.add(fact_of(raster, cell, item, None, trust))
    return collected.facts()


def _is_whole(raster: Raster, crossed: Sequence[Crossing]) -> bool:
    """Whether labels name every figure of the grid, each group in one piece: else cells have slipped."""
    named = {(crossing.cell.row, crossing.cell.column) for crossing in crossed}
    printed = {(cell.row, cell.column) for cell in raster.grid.cells if cell.text and not is_label(cell)}
    lines: dict[int, list[tuple[str, ...]]] = {}
    for crossing in crossed:
        lines.setdefault(crossing.cell.row, []).append(crossing.item.column_path[:-1])
    in_pieces = any(len([*groupby(groups)]) > len(set(groups)) for groups in lines.values())
    return bool(crossed) and printed <= named and not in_pieces


def _read_in_order(
    raster: Raster, heads: tuple[Item, ...], items: Sequence[Item]
) -> tuple[tuple[Item, ...], list[tuple[Item, Cell, Trust]]]:
    """Rows of numbers by the order in which the labels above them stand; `heads` are those of the grid before."""
    below = 0
    figures: list[str] = []
    placed: list[tuple[Item, Cell, Trust]] = []
    begun = 0  # how many were placed before this header
    several = False
    for row in raster.rows:
        if not row.cells or not row.holds_values or _is_named(row, items):
            continue
        found = _heads(raster, range(below, row.index), row, items)
        here = [cell.text for cell in row.values if cell.text]
        if found:
            heads, figures, begun, several = found, [], len(placed), False
        several = several or bool(figures and here and here != figures)
        figures = here
        below = row.index + 1
        placed += _pair(row, heads, items)
        if several:  # which of them is the report's is not said
            placed[begun:] = [(item, cell, _SEVERAL_ROWS) for item, cell, _ in placed[begun:]]
    return heads, placed


def _is_named(row: Row, items: Sequence[Item]) -> bool:
    """A row of numbers has no name. Where cells stand one a line, the last column's label seems to be one."""
    if row.raster.grid.exact:
        return bool(row.labels)
    return any(not _leaf_score(cell.text, items) for cell in row.labels)


def _heads(raster: Raster, above: range, row: Row, items: Sequence[Item]) -> tuple[Item, ...]:
    """What the rows above a row of numbers name, in order; with inexact cells its own last label belongs to them."""
    labels = [Cell(caption, 0, 0) for caption in raster.captions]
    labels += [cell for place in above for cell in raster.rows[place].cells if is_label(cell)]
    labels += [] if raster.grid.exact else list(row.labels)
    if len(labels) == len(raster.captions):
        return ()
    groups = _groups_printed(labels, items)
    wanted = [item for item in items if not groups or item.column_path[:-1] in groups]
    leaves = [cell for cell in labels if _leaf_score(cell.text, wanted) and not _is_group(cell.text, items)]
    ordered = _in_printed_order(labels, wanted)
    return tuple(ordered) if _same_order(leaves, ordered) else ()


def _groups_printed(labels: Sequence[Cell], items: Sequence[Item]) -> set[tuple[str, ...]]:
    """The groups of items whose innermost label is printed."""
    groups = {item.column_path[:-1] for item in items}
    return {
        group for group in groups if group and any(label_likeness(cell.text, group[-1:]) >= _ALIKE for cell in labels)
    }


def _is_group(text: str, items: Sequence[Item]) -> bool:
    return any(label_likeness(text, (label,)) >= _ALIKE for item in items for label in item.column_path[:-1])


def _leaf_score(text: str, items: Sequence[Item]) -> float:
    return max((_alike(text, item) for item in items), default=0.0) >= _ALIKE


def _same_order(leaves: Sequence[Cell], items: Sequence[Item]) -> bool:
    return len(leaves) == len(items) and all(
        _alike(cell.text, item) >= _ALIKE for cell, item in zip(leaves, items, strict=True)
    )


def _in_printed_order(labels: Sequence[Cell], items: Sequence[Item]) -> list[Item]:
    """The items with their groups in the order in which those are printed, level by level."""

    def rank(item: Item) -> list[int]:
        return [_first(labels, label) for label in item.column_path[:-1]]

    return sorted(items, key=rank)


def _first(labels: Sequence[Cell], label: str) -> int:
    """Where a label is first printed; labels that are not come first, in the form's order."""
    return next((place for place, cell in enumerate(labels) if label_likeness(cell.text, (label,)) >= _SAME), -1)


def _read_downwards(raster: Raster, items: Sequence[Item]) -> list[tuple[Item, Cell, Trust]]:
    """One figure a row, behind its label, where cells are inexact: the group is the last one printed."""
    placed: list[tuple[Item, Cell, Trust]] = []
    group = ""
    for row in raster.rows:
        groups = [label for cell in row.labels for label in _known_groups(cell.text, items)]
        group = groups[-1] if groups else group
        figures = [cell for cell in row.values if cell.text]
        if len(figures) > 1:
            return []
        named = [item for item in items if group in item.column_path[-2:-1] and _alike(row.leaf, item) >= _SAME]
        if len(named) == 1 and figures:
            placed.append((named[0], figures[0], _BY_ORDER))
    return placed


def _known_groups(text: str, items: Sequence[Item]) -> list[str]:
    labels = dict.fromkeys(label for item in items for label in item.column_path[:-1])
    return [label for label in labels if label_likeness(text, (label,)) >= _SAME]


def _alike(text: str, item: Item) -> float:
    return label_likeness(text, (item.column_path[-1], *item.also))


def _pair(row: Row, in_order: Sequence[Item], items: Sequence[Item]) -> list[tuple[Item, Cell, Trust]]:
    values = [cell for cell in row.cells if not is_label(cell)]
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
