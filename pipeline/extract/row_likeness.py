"""How alike printed rows and the form's items are, and how sure a row's label makes that it is one of them."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.facts import CERTAIN, Trust
from pipeline.extract.labels import label_likeness, marker, plain, without_remark
from pipeline.extract.raster import Row, is_label
from pipeline.forms import Item

_ALIKE = 0.6  # labels less alike than this are not the same
_OWN = 1.0
_CLEAR = 0.9  # labels at least this alike are
_UNCLEAR = 0.5
_NEARER = 0.1  # an item less alike by more than this is no rival for a misprinted label
_TELLING = 0.3  # groups are told apart by this much
_GROUP_BONUS = 0.2
_MARKER_BONUS = 0.1
_MISPRINT = Trust(0.97, "its label is misprinted")  # under the right number, in the right place
_OUT_OF_ORDER = Trust(0.95, "its row stands out of the form's order")
_MISNUMBERED = Trust(0.85, "its row stands out of the form's order, under another number")


class Likenesses:
    """Of every row to every item."""

    def __init__(self, rows: Sequence[Row], items: Sequence[Item]) -> None:
        self.rows = rows
        self.items = items
        self.groups = _groups(rows)
        self.alike = [[_likeness(row, item) for item in items] for row in rows]
        self.scores = [[self._score(i, j) for j in range(len(items))] for i in range(len(rows))]

    def _score(self, i: int, j: int) -> float:
        alike = self.alike[i][j]
        if alike < _ALIKE or alike < max(self.alike[i]) == _OWN:
            return 0.0  # what is another item's very label is not this one's, whatever its number says
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
