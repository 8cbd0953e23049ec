"""Which printed row is which item: by label, helped by group labels, printed numbers and the form's order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.extract.align import align
from pipeline.extract.facts import CERTAIN, Trust
from pipeline.extract.raster import Raster, Row, is_label
from pipeline.extract.row_likeness import Likenesses
from pipeline.extract.torn import mended
from pipeline.forms import Item

_SHARED = Trust(0.8, "its label stands beside several rows of figures")


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
    likenesses = Likenesses(rows, items)
    pairs = align(likenesses.scores)
    trust = {i: likenesses.trust(i, j, pairs) for i, j in pairs}
    out_of_order = _out_of_order(likenesses, pairs)
    placed = _lost_labels(likenesses, pairs, out_of_order)
    repeated = _repeated(likenesses, [*pairs, *out_of_order])
    return [
        ItemRow(rows[i], items[j], (trust.get(i) or likenesses.trust_out_of_order(i, j)) & doubts)
        for i, j in (*pairs, *out_of_order)
        for doubts in (repeated.get(j, CERTAIN) & _shared(rows[i]),)
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


# --- rows that the form's order does not explain -------------------------------------------------------


def _out_of_order(known: Likenesses, pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
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


def _repeated(known: Likenesses, pairs: Sequence[tuple[int, int]]) -> dict[int, Trust]:
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


def _shared(row: Row) -> Trust:
    """A label over several rows, of which the others have none, may be that of any of them."""
    label = row.labels[-1] if row.labels else None
    if label is None or label.rowspan == 1:
        return CERTAIN
    below = row.raster.rows[row.index + 1 : label.row + label.rowspan]
    return _SHARED if any(not other.labels and _figures(other) for other in below) else CERTAIN


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
    known: Likenesses, pairs: Sequence[tuple[int, int]], elsewhere: Sequence[tuple[int, int]]
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
