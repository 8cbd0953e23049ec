"""Sections 2 and 4 where rows and columns are known: a figure is what the labels that cross at it say, whichever of
them stand above it and whichever beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from pipeline.extract.facts import CERTAIN, Trust
from pipeline.extract.labels import label_likeness, names
from pipeline.extract.raster import Raster, is_label
from pipeline.extract.sight import ALIKE, Sight, Vocabulary, knows, sight_from, vocabulary_of
from pipeline.forms import Item
from pipeline.model import Cell

_CLEAR = 0.9
_GROUP_ALIKE = 0.75
_IN_PASSING = 0.06  # less for a group that a label only holds: another's own label is better
_RIVAL = 0.05  # scores no farther apart are equal
_NAMED_TWICE = Trust(0.5, "the header names the same column twice")
_UNUSUAL_HEAD = 0.85  # only the column's label is
_UNUSUAL = 0.84
_LEFT_OVER = Trust(0.95, "its label is unknown, taken for the one item that is left")
_TOO_FEW = Trust(0.5, "the row has fewer cells than the table has columns")


@dataclass(frozen=True, slots=True)
class Crossing:
    """A cell with the item that its labels name."""

    cell: Cell
    item: Item
    trust: Trust
    heads: tuple[str, ...]  # the labels that named it


def crossings(raster: Raster, items: Sequence[Item]) -> list[Crossing]:
    """Every cell that stands where an item's labels cross, in reading order. A label of the form that nothing crosses
    is nobody's."""
    vocabulary = vocabulary_of(tuple(items))
    rows = {cell.row for cell in raster.grid.cells if cell.text and not is_label(cell)}
    heads = _rows_of_results(raster, items) - rows
    blanks = _rows_of_blanks(raster, heads)
    rows |= blanks
    columns = {cell.column for cell in raster.grid.cells if cell.text and not is_label(cell)}
    in_rows = any(item.row for item in items)  # a label on either side names what stands between, be it nothing
    found = []
    for cell in sorted(raster.grid.cells, key=lambda cell: (cell.row, cell.column)):
        if cell.text and is_label(cell) and knows(cell.text, vocabulary):
            continue
        if cell.row in heads or (not in_rows and cell.row not in rows and cell.column not in columns):
            continue
        sight = sight_from(cell, raster, vocabulary, blanks, in_rows=in_rows)
        crossing = _best(cell, sight, items)
        if crossing is not None and _may_hold_value(cell, sight, crossing.item, rows, columns):
            found.append(crossing)
    return found


def _rows_of_results(raster: Raster, items: Sequence[Item]) -> set[int]:
    """Rows that print more than one label of figures below them."""
    leaves = _vocabulary_of_results(tuple(items))
    printed = Counter(
        cell.row for cell in raster.grid.cells if cell.text and is_label(cell) and knows(cell.text, leaves)
    )
    return {row for row, count in printed.items() if count > 1}


def _rows_of_blanks(raster: Raster, heads: set[int]) -> set[int]:
    """Rows of nothing but empty cells where a header's figures belong: right below it, none following."""
    height = raster.grid.height
    return {
        row + 1 for row in heads if row + 1 < height and _is_blank(raster, row + 1) and not _figures_in(raster, row + 2)
    }


def _is_blank(raster: Raster, row: int) -> bool:
    cells = raster.rows[row].cells
    return bool(cells) and not any(cell.text for cell in cells)


def _figures_in(raster: Raster, row: int) -> bool:
    cells = raster.rows[row].cells if row < raster.grid.height else ()
    return any(cell.text and not is_label(cell) for cell in cells)


def _may_hold_value(cell: Cell, sight: Sight, item: Item, rows: set[int], columns: set[int]) -> bool:
    """Nothing, or words, in a line that prints no figure at all are a header's, not a figure's."""
    if item.row or (cell.text and not is_label(cell)):
        return True
    leaf = (item.column_path[-1], *item.also)
    from_above = bool(sight.above) and label_likeness(sight.above[0], leaf) >= ALIKE
    if from_above:
        return cell.row in rows
    return cell.column in columns


@lru_cache(maxsize=64)
def _vocabulary_of_results(items: tuple[Item, ...]) -> tuple[str, ...]:
    labels = [label for item in items if not item.row for label in (item.column_path[-1], *item.also)]
    return tuple(dict.fromkeys(labels))


# --- whose labels they are -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Fit:
    """How alike an item's own label in the line of headers is, and the other label that is needed."""

    head: float
    side: float = 1.0

    @property
    def score(self) -> float:
        return min(self.head, self.side)


def _best(cell: Cell, sight: Sight, items: Sequence[Item]) -> Crossing | None:
    fits = [(_crossed(sight, item) if item.row else _headed(sight, item), item) for item in items]
    fitting = [(fit, item) for fit, item in fits if fit.score >= ALIKE - _IN_PASSING]
    if not fitting:
        return None
    best, item = max(fitting, key=lambda pair: pair[0].score)
    trust = CERTAIN
    if sum(1 for fit, _ in fitting if best.score - fit.score < _RIVAL) > 1:
        trust = Trust(0.6, "its labels fit several items")
    elif best.score < _CLEAR:
        label = (sight.above or sight.beside)[0]
        trust = Trust(_UNUSUAL_HEAD if best.side >= _CLEAR else _UNUSUAL, f"label '{label[:30]}' is unusual")
    return Crossing(cell, item, trust, sight.all)


def _crossed(sight: Sight, item: Item) -> _Fit:
    """Section 2: the nearest label on one side is the row's, the nearest on the other the column's."""
    if not sight.above or not sight.beside:
        return _Fit(0.0)
    column, row = item.column_path, (item.row[-1], *item.also)
    upright = _Fit(label_likeness(sight.above[0], column), label_likeness(sight.beside[0], row))
    exchanged = _Fit(label_likeness(sight.beside[0], column), label_likeness(sight.above[0], row))
    best = max(upright, exchanged, key=lambda fit: fit.score)
    return best if best.score >= ALIKE else _Fit(0.0)


def _headed(sight: Sight, item: Item) -> _Fit:
    """Section 4: the nearest label on either side is the result, others name its groups."""
    nearest = [texts[0] for texts in (sight.above, sight.beside) if texts]
    leaf = max((label_likeness(text, (item.column_path[-1], *item.also)) for text in nearest), default=0.0)
    if leaf < ALIKE:
        return _Fit(0.0)
    group = item.column_path[-2:-1]
    if not group or any(label_likeness(text, group) >= _GROUP_ALIKE for text in sight.all):
        return _Fit(leaf)
    return _Fit(leaf - _IN_PASSING if any(names(text, group[0], _GROUP_ALIKE) for text in sight.all) else 0.0)


# --- what a whole line says ----------------------------------------------------------------------------


def settled(raster: Raster, items: Sequence[Item]) -> list[Crossing]:
    """The crossings of a grid, weighed against the others of their line."""
    found = _one_of_each_line(crossings(raster, items))
    short = _short_rows(raster, {crossing.cell.row for crossing in found}, vocabulary_of(tuple(items)))
    return [
        replace(crossing, trust=crossing.trust & _TOO_FEW) if crossing.cell.row in short else crossing
        for crossing in _eliminated(found, items)
    ]


def _short_rows(raster: Raster, rows: set[int], vocabulary: Vocabulary) -> set[int]:
    """Rows without a cell under some label of the header right above them: which cell is missing cannot be told."""
    return {
        row
        for row in rows
        for column in range(raster.grid.width)
        if raster.at(row, column) is None and _is_headed(raster, row, column, vocabulary)
    }


def _is_headed(raster: Raster, row: int, column: int, vocabulary: Vocabulary) -> bool:
    while row > 0 and any(cell.text and not is_label(cell) for cell in raster.rows[row].cells):
        row -= 1
    head = raster.at(row, column)
    return head is not None and bool(head.text) and is_label(head) and knows(head.text, vocabulary)


def _eliminated(found: Sequence[Crossing], items: Sequence[Item]) -> list[Crossing]:
    """An unusual label is sure where all the others of its group are: then it can only be the one that is left."""
    groups: dict[tuple[str, ...], list[Crossing]] = {}
    for crossing in found:
        groups.setdefault(_group(crossing.item), []).append(crossing)
    settled_ones: dict[int, Crossing] = {}
    for group, members in groups.items():
        siblings = {item.item for item in items if _group(item) == group}
        unusual = [crossing for crossing in members if crossing.trust.value < _CLEAR]
        complete = sorted(crossing.item.item for crossing in members) == sorted(siblings)
        if complete and len(unusual) == 1 and unusual[0].trust.value == _UNUSUAL_HEAD:
            settled_ones[id(unusual[0])] = replace(unusual[0], trust=_LEFT_OVER)
    return [settled_ones.get(id(crossing), crossing) for crossing in found]


def _group(item: Item) -> tuple[str, ...]:
    return item.row[-1:] or item.column_path[:-1]


def _one_of_each_line(found: Sequence[Crossing]) -> list[Crossing]:
    """Where one label was repeated over the cells that a merged one left, the one that prints something."""
    lines: dict[tuple[str, int], list[Crossing]] = {}
    for crossing in found:
        lines.setdefault((crossing.item.item, crossing.cell.row), []).append(crossing)
    chosen = []
    for several in lines.values():
        printing = [crossing for crossing in several if crossing.cell.text] or several[:1]
        first = printing[0]
        agree = all(crossing.cell.text == first.cell.text for crossing in printing)
        chosen.append(first if agree else replace(first, trust=first.trust & _NAMED_TWICE))
    return chosen
