"""Section 2 where no label of its own stands beside a row of figures: what is counted, and of what, are both heads,
over one wide row or before each figure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from pipeline.extract.facts import CERTAIN, Trust
from pipeline.extract.head_names import HeadNames, Named
from pipeline.extract.labels import plain
from pipeline.extract.raster import Raster, Row, is_label
from pipeline.forms import Item
from pipeline.model import Cell

_BY_ORDER = Trust(0.96, "its column is told by its order alone")
_STRANGE = Trust(0.85, "a head among the others is unknown, and columns are told by order alone")
_SLIPPED = Trust(0.85, "the row prints more figures than it has heads")
_NO_HEADER = Trust(0.6, "numbers without a header, placed by order")
_SEVERAL_ROWS = Trust(0.7, "several rows of numbers under one header")
_MOST_HEADS = 60  # over one row; the form of 2019 has 16 figures of 9 groups

Placed = tuple[Cell, Trust]
Line = tuple[int, int]  # the place of a grid among others, and a row of it


@dataclass(frozen=True, slots=True)
class Headed:
    """A cell with the item that its heads name."""

    place: int  # of its grid among the others
    cell: Cell
    item: Item
    trust: Trust
    heads: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Head:
    """The lowest head of a column, what it names, and the label of its group."""

    cell: Cell
    named: Named | None
    group: str = ""


@dataclass(slots=True)
class _Block:
    """Labels and the rows of figures that follow them."""

    labels: list[Cell] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    lines: set[Line] = field(default_factory=set)  # all of these

    def prints_all_of(self, items: Sequence[Item]) -> bool:
        """Whether its one row is as long as the form's tables have figures: then its heads stand elsewhere."""
        return len(self.rows) == 1 and len(self.rows[0].values) == len(items)


def headed(rasters: Sequence[Raster], items: Sequence[Item]) -> tuple[list[Headed], set[Line]]:
    """What is found, and the rows that it is found in or by, which hold nothing else."""
    names = HeadNames(items)
    places = {id(raster): place for place, raster in enumerate(rasters)}
    found: list[Headed] = []
    lines: set[Line] = set()
    group: Cell | None = None
    for block in _blocks(rasters, names):
        labels = _printed_once(_put_together(block.labels, names), names)
        heads = _heads(labels, names, group)
        group = next((cell for cell in reversed(labels) if names.group_of(cell.text)), group)
        unsure = _STRANGE if _holds_strange(labels, names) else _BY_ORDER
        if block.prints_all_of(items) and _may_be_in_order(heads, items):
            heads, unsure = [_Head(Cell("", 0, 0), (item, _NO_HEADER)) for item in items], _BY_ORDER
        for row, head, (cell, trust) in _paired(block, heads, unsure):
            if head.named is not None:
                item, known = head.named
                labelled = (head.cell.text, head.group)
                found.append(Headed(places[id(row.raster)], cell, item, known & trust, labelled))
                lines |= block.lines
    return found, lines


def _blocks(rasters: Sequence[Raster], names: HeadNames) -> Iterator[_Block]:
    """An ordinary row, whose own label stands beside its figures, ends a block and belongs to none."""
    block = _Block()
    for place, raster in enumerate(rasters):
        block.labels += (Cell(caption, -1, 0) for caption in raster.captions)
        for row in raster.rows:
            prints = any(cell.text and not is_label(cell) for cell in row.values)
            ordinary = prints and [bool(names.group_of(cell.text)) for cell in row.labels].count(True) == 1
            ordinary = ordinary and bool(names.group_of(row.leaf))
            if block.rows and row.labels:
                yield block
                block = _Block()
            if ordinary:
                block = _Block()
                continue
            block.labels += row.labels
            block.lines.add((place, row.index))
            del block.labels[:-_MOST_HEADS]
            unlabelled = bool(row.cells) and not row.labels and not block.rows
            blank = raster.grid.exact and (unlabelled or (raster.turned and bool(row.values)))
            if prints or (blank and block.labels):
                block.rows.append(row)
    if block.rows:
        yield block


# --- labels as they were meant -------------------------------------------------------------------------


def _put_together(labels: Sequence[Cell], names: HeadNames) -> list[Cell]:
    """Heads that a page's end tore, their halves one behind the other."""
    whole: list[Cell] = []
    for cell in labels:
        halves = (one for one in reversed(whole) if _ends_over(one, cell) or _ends_beside(one, cell))
        first = next((one for one in halves if _makes_whole(one.text, cell.text, names)), None)
        if first is None:
            whole.append(cell)
        else:
            whole[whole.index(first)] = replace(cell, text=first.text + cell.text)
    return whole


def _makes_whole(first: str, rest: str, names: HeadNames) -> bool:
    own = names.is_label(first) or names.is_label(rest) or not plain(rest)
    return not own and names.is_whole(first + rest)


def _ends_over(one: Cell, cell: Cell) -> bool:
    return (one.column, one.colspan) == (cell.column, cell.colspan) and one.row + one.rowspan == cell.row


def _ends_beside(one: Cell, cell: Cell) -> bool:
    return (one.row, one.rowspan) == (cell.row, cell.rowspan) and one.column + one.colspan == cell.column


def _printed_once(labels: Sequence[Cell], names: HeadNames) -> list[Cell]:
    """Without what repeats the label beside or above it, as a merged cell's does that was parted, and without a header
    that another page prints again."""
    half = len(labels) // 2
    if half and [cell.text for cell in labels[:half]] == [cell.text for cell in labels[half:]]:
        labels = labels[half:]
    return [
        cell
        for place, cell in enumerate(labels)
        if not any(one.text == cell.text and _goes_on(one, cell, names) for one in labels[:place])
    ]


def _goes_on(one: Cell, cell: Cell, names: HeadNames) -> bool:
    """What is counted of several groups may well stand side by side."""
    return _ends_over(one, cell) or (_ends_beside(one, cell) and not names.counts_something(cell.text))


# --- what each head names ------------------------------------------------------------------------------


def _heads(labels: Sequence[Cell], names: HeadNames, before: Cell | None) -> list[_Head]:
    """The lowest heads from left to right: of each group in turn, what is counted of it. Without a group of its own,
    what goes on with the one `before`."""
    groups = [cell for cell in labels if names.group_of(cell.text) or names.item_of(cell.text)]
    counted = [cell for cell in labels if cell not in groups and names.counts_something(cell.text)]
    if not groups and before is not None and counted:
        groups = [before]
    heads: list[_Head] = []
    taken: set[str] = set()
    for group in groups:
        row = names.group_of(group.text)
        if not row:
            named = names.item_of(group.text)
            if named is None or named[0].item not in taken:  # else it is printed again
                heads.append(_Head(group, named))
                taken |= {named[0].item} if named else set()
            continue
        own: list[_Head] = []
        while counted and (named := names.counted_in(row, counted[0].text, taken)):
            own.append(_Head(counted.pop(0), named, group.text))
            taken.add(named[0].item)
        heads += own or [_Head(group, names.only_one_of(row, group.text))]
    return sorted([*heads, *(_Head(cell, None) for cell in counted)], key=_column) if counted else heads


def _may_be_in_order(heads: Sequence[_Head], items: Sequence[Item]) -> bool:
    """Whether heads do not name every figure, and those that are named stand where the form has them."""
    named = [(place, head.named[0]) for place, head in enumerate(heads) if head.named]
    return len(named) < len(items) and all(items[place] is item for place, item in named)


def _column(head: _Head) -> int:
    return head.cell.column


def _holds_strange(labels: Sequence[Cell], names: HeadNames) -> bool:
    """Whether a head between others says nothing; the first of a line may speak of the labels below it."""
    firsts: dict[int, int] = {}
    for cell in labels:
        firsts[cell.row] = min(firsts.get(cell.row, cell.column), cell.column)
    return any(
        cell.column > firsts[cell.row]
        and plain(cell.text)
        and not (names.group_of(cell.text) or names.item_of(cell.text) or names.counts_something(cell.text))
        for cell in labels
    )


# --- which figure stands under which -------------------------------------------------------------------


def _paired(block: _Block, heads: Sequence[_Head], unsure: Trust) -> Iterator[tuple[Row, _Head, Placed]]:
    rows = block.rows
    several = _SEVERAL_ROWS if len(rows) > 1 else CERTAIN
    lines = [(row, cell) for row in rows for cell in row.values if cell.text]
    known = all(head.named for head in heads)
    if len(rows) > 1 and len(lines) == len(heads) and known:  # one figure a line, as their heads are
        for head, (row, cell) in zip(heads, lines, strict=True):
            yield row, head, (cell, unsure)
        return
    for row in rows:
        placed = _by_columns(row, heads) or _by_order(row, heads, unsure)
        for head, (cell, trust) in zip(heads, placed, strict=bool(placed)):
            yield row, head, (cell, trust & several)


def _by_columns(row: Row, heads: Sequence[_Head]) -> list[Placed]:
    """The cell right under each head; nothing where heads and cells do not stand in the same columns."""
    own = {id(cell) for cell in row.raster.grid.cells}
    if not row.raster.grid.exact or any(id(head.cell) not in own for head in heads):
        return []
    if any(one.cell.column >= other.cell.column for one, other in pairwise(heads)):
        return []
    cells = [row.raster.at(row.index, head.cell.column) for head in heads]
    under = [cell for cell, head in zip(cells, heads, strict=True) if cell and cell.column == head.cell.column]
    if len(under) < len(heads) or any(cell not in row.values for cell in under):
        return []
    beside = [cell for cell in row.values if cell.text and not is_label(cell) and cell not in under]
    trust = _SLIPPED if beside else CERTAIN
    return [(cell, trust) for cell in under]


def _by_order(row: Row, heads: Sequence[_Head], unsure: Trust) -> list[Placed]:
    if any(head.named is None for head in heads):
        return []
    values = list(row.values)
    while len(values) > len(heads) and not values[-1].text:
        values.pop()
    return [(cell, unsure) for cell in values] if len(values) == len(heads) else []
