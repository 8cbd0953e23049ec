"""Which printed row is which item: by label, helped by group labels, printed numbers and the form's order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.extract.align import align
from pipeline.extract.facts import CERTAIN, Trust
from pipeline.extract.labels import label_likeness, marker, plain, without_remark
from pipeline.extract.raster import Raster, Row, is_label
from pipeline.extract.torn import mended
from pipeline.forms import Item

_ALIKE = 0.6  # labels less alike than this are not the same
_CLEAR = 0.9  # labels at least this alike are
_UNCLEAR = 0.5
_NEARER = 0.1  # an item less alike by more than this is no rival for a misprinted label
_TELLING = 0.3  # groups are told apart by this much
_GROUP_BONUS = 0.2
_MARKER_BONUS = 0.1
_MISPRINT = Trust(0.97, "its label is misprinted")  # under the right number, in the right place
_OUT_OF_ORDER = Trust(0.95, "its row stands out of the form's order")
_MISNUMBERED = Trust(0.85, "its row stands out of the form's order, under another number")


@dataclass(frozen=True, slots=True)
class ItemRow:
    row: Row
    item: Item
    trust: Trust


def find_item_rows(rasters: Sequence[Raster], items: Sequence[Item]) -> list[ItemRow]:
    """The rows of several grids, read as one table in the items' order."""
    rows = mended([row for raster in rasters for row in raster.rows if _may_be_item(row)], items)
    if not rows:
        return []
    likenesses = _Likenesses(rows, items)
    pairs = align(likenesses.scores)
    trust = {i: likenesses.trust(i, j, pairs) for i, j in pairs}
    out_of_order = _out_of_order(likenesses, pairs)
    placed = _lost_labels(likenesses, pairs, out_of_order)
    repeated = _repeated(likenesses, [*pairs, *out_of_order])
    return [
        ItemRow(rows[i], items[j], (trust.get(i) or likenesses.trust_out_of_order(i, j)) & repeated.get(j, CERTAIN))
        for i, j in (*pairs, *out_of_order)
    ] + placed


def _may_be_item(row: Row) -> bool:
    """A row with a label and cells behind it; where cells are inexact, the header's rows look like that too. A row of
    figures is one even if its label is lost: under a known header, or where an empty cell stands in the label's place
    below other rows."""
    if not row.labels:
        if row.index < row.raster.head_height or not _prints(row):
            return False
        return row.raster.values_from is not None or (row.raster.grid.exact and _begins_empty(row))
    head = not row.raster.grid.exact and row.index < row.raster.head_height
    return bool(row.values) and not head


def _begins_empty(row: Row) -> bool:
    head_height = row.raster.head_height
    if head_height >= row.index or not row.values:
        return False
    return bool(row.raster.rows[head_height].labels) and not row.values[0].text


def _prints(row: Row) -> bool:
    return any(cell.text for cell in row.values)


# --- how alike rows and items are ----------------------------------------------------------------------


class _Likenesses:
    """Of every row to every item."""

    def __init__(self, rows: Sequence[Row], items: Sequence[Item]) -> None:
        self.rows = rows
        self.items = items
        self.groups = _groups(rows)
        self.alike = [[_likeness(row, item) for item in items] for row in rows]
        self.scores = [[self._score(i, j) for j in range(len(items))] for i in range(len(rows))]

    def _score(self, i: int, j: int) -> float:
        alike = self.alike[i][j]
        if alike < _ALIKE:
            return 0.0
        score = alike if alike >= _CLEAR else alike * _UNCLEAR  # so that two half matches never outweigh a whole one
        if alike < _CLEAR and not self.rows[i].holds_values:
            score *= _UNCLEAR  # a title is like an item too
        score += _GROUP_BONUS * self._group_alike(i, j)
        return score + (_MARKER_BONUS if self._same_marker(i, j) else 0.0)

    def _group_alike(self, i: int, j: int) -> float:
        path = self.items[j].row
        return label_likeness(self.groups[i], path[-2:-1]) if len(path) > 1 and self.groups[i] else 0.0

    def _same_marker(self, i: int, j: int) -> bool:
        printed = self.items[j].marker
        return bool(printed) and marker(self.rows[i].leaf) == marker(printed + "x")

    def trust_out_of_order(self, i: int, j: int) -> Trust:
        numbers = marker(self.rows[i].leaf), marker(self.items[j].marker + "x")
        return _MISNUMBERED if all(numbers) and numbers[0] != numbers[1] else _OUT_OF_ORDER

    def clear(self, i: int) -> list[int]:
        """The items whose label a row prints."""
        return [j for j, alike in enumerate(self.alike[i]) if alike >= _CLEAR]

    def clearest(self, i: int) -> list[int]:
        """Those of them that are like it the most: 政务微博 is nearly 政务微信."""
        best = max(self.alike[i], default=0.0)
        return [j for j in self.clear(i) if self.alike[i][j] == best]

    def trust(self, i: int, j: int, pairs: Sequence[tuple[int, int]]) -> Trust:
        label = self.rows[i].leaf[:30]
        if self.alike[i][j] >= _CLEAR:
            rivals = [other for other in self.clear(i) if other != j]
            if all(self._is_elsewhere(i, j, rival, pairs) for rival in rivals):
                return CERTAIN
            return Trust(0.8, f"label '{label}' is that of several items")
        nearest = max(alike for other, alike in enumerate(self.alike[i]) if other != j)
        if self._same_marker(i, j) and nearest + _NEARER < self.alike[i][j]:
            return _MISPRINT
        return Trust(0.85, f"label '{label}' is only like '{self.items[j].row[-1][:30]}'")

    def _is_elsewhere(self, i: int, j: int, rival: int, pairs: Sequence[tuple[int, int]]) -> bool:
        """Whether an item of the same label has a row of its own, or another group than is printed here."""
        if self._group_alike(i, j) - self._group_alike(i, rival) >= _TELLING:
            return True
        return any(other == rival for _, other in pairs)


def _groups(rows: Sequence[Row]) -> list[str]:
    """The label of the group each row stands in: beside it, spanning it from above, or the last one printed."""
    groups = []
    current = ""
    for row in rows:
        above = row.raster.at(row.index, row.labels[-1].column - 1) if row.labels and row.labels[-1].column else None
        if len(row.labels) > 1:
            current = row.labels[-2].text
        elif above is not None and above.text and above.row < row.index:
            current = above.text
        groups.append(current)
    return groups


def _likeness(row: Row, item: Item) -> float:
    """Of the last label, or of the last ones together where a label was broken into several cells."""
    if _names_only_a_group(row):
        return 0.0
    variants = (item.row[-1], *item.also)
    alike = label_likeness(row.leaf, variants)
    if alike == 1.0:
        return alike
    joined = row.leaf
    for cell in reversed(row.labels[:-1]):
        joined = cell.text + joined
        if len(without_remark(joined)) > 2 * len(plain(item.row[-1])):
            break
        alike = max(alike, label_likeness(joined, variants))
    return alike


def _names_only_a_group(row: Row) -> bool:
    """Whether the row's last label is that of rows below which have labels of their own, beside it an empty cell: its
    own label is lost. Where cells are not merged, the rows below repeat the group's label or print none."""
    if not row.labels:
        return False
    group = row.labels[-1]
    column = group.column + group.colspan
    beside = row.raster.at(row.index, column)
    if beside is None or beside.text:
        return False
    if group.rowspan > 1:
        return any(other.labels for other in row.raster.rows[row.index + 1 : group.row + group.rowspan])
    below, label = row.raster.at(row.index + 1, group.column), row.raster.at(row.index + 1, column)
    if below is None or label is None or below is beside or not label.text or not is_label(label):
        return False
    return below.text in {"", group.text} and below is not label


# --- rows that the form's order does not explain -------------------------------------------------------


def _out_of_order(known: _Likenesses, pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Rows that stand elsewhere than the form has them, under a label that only one item has."""
    matched, taken = {i for i, _ in pairs}, {j for _, j in pairs}
    found = []
    for i, row in enumerate(known.rows):
        blank = row.raster.grid.exact and len(row.values) > 1  # whose cells print nothing
        fitting = known.clearest(i) if i not in matched and (row.holds_values or blank) else []
        if len(fitting) == 1 and fitting[0] not in taken:
            taken.add(fitting[0])
            found.append((i, fitting[0]))
    return found


def _repeated(known: _Likenesses, pairs: Sequence[tuple[int, int]]) -> dict[int, Trust]:
    """Items whose label another row prints as well, with other figures."""
    row_of = {j: i for i, j in pairs}
    item_of = dict(pairs)
    doubts: dict[int, Trust] = {}
    for i, row in enumerate(known.rows):
        fitting = known.clearest(i)
        if item_of.get(i) in fitting or not row.holds_values:
            continue
        if len(fitting) == 1 and fitting[0] in row_of and _figures(row) != _figures(known.rows[row_of[fitting[0]]]):
            doubts[fitting[0]] = Trust(0.7, f"label '{row.leaf[:30]}' is printed more than once")
    return doubts


def _figures(row: Row) -> list[str]:
    return [cell.text for cell in row.values if cell.text]


def _printed_in_parts(items: Sequence[Item], printed: Sequence[Item]) -> set[int]:
    """Items whose label is that of a group, of which other items are printed."""
    groups = {item.row[:-1] for item in printed}
    return {j for j, item in enumerate(items) if item.row in groups}


def _may_have_lost(row: Row) -> bool:
    """A header that is printed again on each page is no row of figures."""
    printed = [cell for cell in row.values if cell.text]
    return row.holds_values and not (printed and all(map(is_label, printed)))


def _lost_labels(
    known: _Likenesses, pairs: Sequence[tuple[int, int]], elsewhere: Sequence[tuple[int, int]]
) -> list[ItemRow]:
    """Rows with numbers whose label says nothing, where just as many items are missing between two known rows."""
    settled_rows = {i for i, _ in elsewhere}
    rows, items = known.rows, known.items
    in_parts = _printed_in_parts(items, [items[j] for _, j in (*pairs, *elsewhere)])
    settled_items = {j for _, j in elsewhere} | in_parts
    found = []
    for (row_before, item_before), (row_after, item_after) in pairwise(pairs):
        between = [i for i in range(row_before + 1, row_after) if _may_have_lost(rows[i]) and i not in settled_rows]
        missing = [j for j in range(item_before + 1, item_after) if j not in settled_items]
        if between and len(between) == len(missing):
            found += [
                ItemRow(rows[i], items[j], Trust(0.6, f"label '{rows[i].leaf[:30]}' unknown, placed by position"))
                for i, j in zip(between, missing, strict=True)
            ]
    return found
