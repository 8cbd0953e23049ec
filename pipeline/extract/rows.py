"""Which printed row is which item: by label, helped by group labels, printed numbers and the form's order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.extract.align import align
from pipeline.extract.facts import CERTAIN, Trust
from pipeline.extract.labels import label_likeness, marker, plain
from pipeline.extract.raster import Raster, Row
from pipeline.extract.torn import mended
from pipeline.forms import Item

_ALIKE = 0.6  # labels less alike than this are not the same
_CLEAR = 0.9  # labels at least this alike are
_UNCLEAR = 0.5
_GROUP_BONUS = 0.2
_MARKER_BONUS = 0.1


@dataclass(frozen=True, slots=True)
class ItemRow:
    row: Row
    item: Item
    trust: Trust


def find_item_rows(rasters: Sequence[Raster], items: Sequence[Item]) -> list[ItemRow]:
    """The rows of several grids, read as one table in the items' order."""
    rows = mended([row for raster in rasters for row in raster.rows if _may_be_item(row)], items)
    groups = _groups(rows)
    scores = [[_score(row, group, item) for item in items] for row, group in zip(rows, groups, strict=True)]
    if not rows:
        return []
    pairs = align(scores)
    found = [ItemRow(rows[i], items[j], _trust(rows[i], items[j])) for i, j in pairs]
    found += _out_of_order(rows, items, pairs)
    return found + _lost_labels(rows, items, pairs, found)


def _may_be_item(row: Row) -> bool:
    """A row with a label and cells behind it; where cells are inexact, the header's rows look like that too."""
    head = not row.raster.grid.exact and row.index < row.raster.head_height
    return bool(row.labels and row.values) and not head


def _groups(rows: Sequence[Row]) -> list[str]:
    """The label of the group each row stands in: beside it, spanning it from above, or the last one printed."""
    groups = []
    current = ""
    for row in rows:
        above = row.raster.at(row.index, row.labels[-1].column - 1) if row.labels[-1].column else None
        if len(row.labels) > 1:
            current = row.labels[-2].text
        elif above is not None and above.text and above.row < row.index:
            current = above.text
        groups.append(current)
    return groups


def _score(row: Row, group: str, item: Item) -> float:
    alike = _likeness(row, item)
    if alike < _ALIKE:
        return 0.0
    score = alike if alike >= _CLEAR else alike * _UNCLEAR  # so that two half matches never outweigh a whole one
    if len(item.row) > 1 and group:
        score += _GROUP_BONUS * label_likeness(group, (item.row[-2],))
    if item.marker and marker(row.leaf) == marker(item.marker + "x"):
        score += _MARKER_BONUS
    return score


def _likeness(row: Row, item: Item) -> float:
    """Of the last label, or of the last ones together where a label was broken into several cells."""
    variants = (item.row[-1], *item.also)
    alike = label_likeness(row.leaf, variants)
    joined = row.leaf
    for cell in reversed(row.labels[:-1]):
        joined = cell.text + joined
        if len(plain(joined)) > 2 * len(plain(item.row[-1])):
            break
        alike = max(alike, label_likeness(joined, variants))
    return alike


def _trust(row: Row, item: Item) -> Trust:
    alike = _likeness(row, item)
    if alike >= _CLEAR:
        return CERTAIN
    if item.marker and marker(row.leaf) == marker(item.marker + "x"):
        return Trust(0.97)  # a misprint under the right number, in the right place
    return Trust(0.85, f"label '{row.leaf[:30]}' is only like '{item.row[-1][:30]}'")


def _out_of_order(rows: Sequence[Row], items: Sequence[Item], pairs: Sequence[tuple[int, int]]) -> list[ItemRow]:
    """Rows that stand elsewhere than the form has them, under a label that only one item has."""
    matched, taken = {i for i, _ in pairs}, {j for _, j in pairs}
    found = []
    for i, row in enumerate(rows):
        if i in matched or not row.holds_values:
            continue
        fitting = [j for j, item in enumerate(items) if _likeness(row, item) >= _CLEAR]
        if len(fitting) == 1 and fitting[0] not in taken:
            taken.add(fitting[0])
            found.append(ItemRow(row, items[fitting[0]], Trust(0.95)))
    return found


def _lost_labels(
    rows: Sequence[Row], items: Sequence[Item], pairs: Sequence[tuple[int, int]], settled: Sequence[ItemRow]
) -> list[ItemRow]:
    """Rows with numbers whose label says nothing, where just as many items are missing between two known rows."""
    settled_rows = {rows.index(item_row.row) for item_row in settled}
    settled_items = {items.index(item_row.item) for item_row in settled}
    found = []
    bounds = [(-1, -1), *pairs, (len(rows), len(items))]
    for (row_before, item_before), (row_after, item_after) in pairwise(bounds):
        between = [i for i in range(row_before + 1, row_after) if rows[i].holds_values and i not in settled_rows]
        missing = [j for j in range(item_before + 1, item_after) if j not in settled_items]
        inside = row_before >= 0 and row_after < len(rows)
        if inside and between and len(between) == len(missing):
            found += [
                ItemRow(rows[i], items[j], Trust(0.6, f"label '{rows[i].leaf[:30]}' unknown, placed by position"))
                for i, j in zip(between, missing, strict=True)
            ]
    return found
