"""Section 4 where columns tell nothing: its groups, results and figures in the order in which they are printed.

A group prints each of its results once, so a result that comes again begins the next group, whichever way the labels
and the figures lie.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from pipeline.extract.facts import Trust
from pipeline.extract.plan import Group, Label, Line, Plan
from pipeline.extract.raster import Raster
from pipeline.extract.turns import Place, places_of
from pipeline.forms import Item, SumRule
from pipeline.model import Cell
from pipeline.numerals import parse_cell

_NO_HEADER = Trust(0.7, "numbers without a header, placed by order")
_MORE = Trust(0.85, "columns besides the form's, told apart by the sums")
_SEVERAL_ROWS = Trust(0.7, "several rows of numbers under one header")
_SLIPPED = Trust(0.85, "most of the sums do not hold: the figures may have slipped")
_FEWEST_SUMS = 2
_MOST_LABELS = 100  # that stand over one row of figures; the form has 19


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell with the item that it stands for by its place."""

    raster: Raster
    cell: Cell
    item: Item
    trust: Trust


def in_reading_order(rasters: Sequence[Raster], items: Sequence[Item], sums: Sequence[SumRule]) -> list[Placed]:
    plan = Plan(items, sums)
    lines = list(plan.lines(rasters))
    return _weighed(_downwards(lines, plan) if _are_downwards(lines) else list(_across(lines, plan)), plan)


# --- one result a line -----------------------------------------------------------------------------------


def _are_downwards(lines: Sequence[Line]) -> bool:
    """Results whose figures are not there may stand in one line, where each figure has its result beside it."""
    printing = [line for line in lines if line.figures]
    if any(len(line.results) > 1 or len(line.figures) > 1 for line in printing):
        return False
    return all(line.results for line in printing) or all(len(line.results) < 2 for line in lines)


def _downwards(lines: Sequence[Line], plan: Plan) -> list[Placed]:
    """The figure stands behind its result or on a line below. The label of a group may stand at any of its lines. A
    result whose figure is not there, cut off as a blank, keeps its place among the others."""
    rows: list[tuple[Label, Line | None]] = []
    groups: list[tuple[Group, ...]] = []
    waiting: Label | None = None
    is_result = False  # of the waiting one: known as one, or behind its group's label
    for line in lines:
        of_line = [label.groups for label in line.labels if label.groups]
        groups += of_line
        named = [label for label in line.labels if not label.groups]
        if named and waiting is not None and is_result:
            rows.append((waiting, None))
        rows += [(label, None) for label in named[:-1] if label.result]
        if named:
            waiting, is_result = named[-1], bool(named[-1].result or (of_line and line.labels[-1] is named[-1]))
        if waiting is not None and line.run and (line.figures or waiting in line.results):
            rows.append((waiting, line))
            waiting = None
    if waiting is not None and is_result:
        rows.append((waiting, None))
    places = places_of([label for label, _ in rows], groups, plan)
    return [
        Placed(line.raster, _value(line), *place)
        for (_, line), place in zip(rows, places, strict=True)
        if line is not None and place is not None
    ]


def _value(line: Line) -> Cell:
    printed = [cell for cell in line.run if cell.text]
    return next(iter(line.figures or printed or line.run))


# --- results in a line, their figures in one below -------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Block:
    """A header's results and the rows of figures below it, each with the groups that were named for it."""

    results: Sequence[Label]
    rows: Sequence[tuple[Sequence[tuple[Group, ...]], Line]]


def _across(lines: Sequence[Line], plan: Plan) -> Iterator[Placed]:
    for block in _blocks(lines):
        printed = [row for row in block.rows if _texts(row[1])]
        rows = printed or block.rows[:1]  # a row without any print is nobody's beside one of figures
        alternatives: dict[int, set[tuple[str, ...]]] = {}  # by what names their groups
        for groups, line in rows:
            alternatives.setdefault(id(groups), set()).add(_texts(line))
        for groups, line in rows:
            several = len(alternatives[id(groups)]) > 1
            for cell, (item, trust) in _matched(block.results, groups, line, plan):
                yield Placed(line.raster, cell, item, _SEVERAL_ROWS if several else trust)


def _blocks(lines: Sequence[Line]) -> Iterator[_Block]:
    results: list[Label] = []
    groups: list[tuple[Group, ...]] = []
    rows: list[tuple[Sequence[tuple[Group, ...]], Line]] = []
    used = False  # the groups, by a row above
    for line in lines:
        for label in line.labels:
            begins_anew = bool(rows) and (bool(label.result) or not line.figures)
            if used and (label.groups or begins_anew):
                groups, used = [], False
            if label.groups:
                groups.append(label.groups)
                continue
            if begins_anew:
                yield _Block(results, rows)
                results, rows = [], []
            results.append(label)
        del groups[:-_MOST_LABELS], results[:-_MOST_LABELS]
        if line.figures or (results and line.run and not line.labels):
            rows.append((groups, line))
            used = True
    yield _Block(results, rows)


def _texts(line: Line) -> tuple[str, ...]:
    return tuple(cell.text for cell in line.run if cell.text)


def _matched(
    results: Sequence[Label], groups: Sequence[tuple[Group, ...]], line: Line, plan: Plan
) -> list[tuple[Cell, Place]]:
    """The cells of a row with what the labels above them name, one by one; where a header was printed twice, the last
    of them. Without labels by the order of the groups alone."""
    known = [label for label in results if label.result]
    again = results[-len(line.run) :] if len(line.run) % len(plan.results) == 0 else []
    for labels in (results, known, again):
        cells = _as_many(line, len(labels))
        places = places_of(labels, groups, plan) if cells else []
        if cells and all(places):
            return [(cell, place) for cell, place in zip(cells, places, strict=True) if place]
    if among_more := _among_more(known, groups, line, plan):
        return among_more
    named = list(dict.fromkeys(one for one in groups if len(one) == 1))
    for order in ([one[0] for one in named], plan.groups):
        items = [plan.of[group, result] for group in order for result in plan.results if (group, result) in plan.of]
        cells = _as_many(line, len(items))
        if cells:
            return [(cell, (item, _NO_HEADER)) for cell, item in zip(cells, items, strict=True)]
    return []


def _among_more(
    known: Sequence[Label], groups: Sequence[tuple[Group, ...]], line: Line, plan: Plan
) -> list[tuple[Cell, Place]]:
    """Beside columns that are none of the form's, as of a sum over all groups, the cells that make its sums hold."""
    more = len(known) % len(plan.results)
    cells = _as_many(line, len(known)) if more else []
    for labels in (known[more:], known[:-more]) if cells else ():
        places = [place for place in places_of(labels, groups, plan) if place]
        for part in (cells[more:], cells[:-more]) if len(places) == len(labels) else ():
            amounts = _amounts((cell, item) for cell, (item, _) in zip(part, places, strict=True))
            telling, bad = _sums(amounts, plan.sums)
            if telling and not bad:
                return [(cell, (item, _MORE)) for cell, (item, _) in zip(part, places, strict=True)]
    return []


def _as_many(line: Line, count: int) -> list[Cell]:
    """As many cells of a row as are wanted: without empty ones at the ends, as a table padded to its widest row has,
    or with words before the figures that stand for one. None where that leaves another number."""
    cells = list(line.run)
    while len(cells) > count and not cells[-1].text:
        cells.pop()
    while len(cells) > count and not cells[0].text:
        cells.pop(0)
    words = [label.cell for label in line.labels if not label.groups and not label.result]
    if cells and 0 < count - len(cells) <= len(words) == len(line.labels):
        cells = [*words[len(cells) - count :], *cells]
    return cells if len(cells) == count else []


# --- what the sums say -----------------------------------------------------------------------------------


def _weighed(placed: Sequence[Placed], plan: Plan) -> list[Placed]:
    """One sum that does not hold is the office's own; where most do not, or figures are missing, those that are there
    were not placed right."""
    telling, bad = _sums(_amounts((one.cell, one.item) for one in placed), plan.sums)
    are_all = len(placed) >= len(plan.of)
    if not bad or (are_all and (bad < _FEWEST_SUMS or bad * 2 <= telling)):
        return list(placed)
    return [replace(one, trust=one.trust & _SLIPPED) for one in placed]


def _amounts(pairs: Iterable[tuple[Cell, Item]]) -> dict[str, Decimal]:
    amounts: dict[str, Decimal] = {}
    for cell, item in pairs:
        _, value = parse_cell(cell.text, item.unit)
        amounts.setdefault(item.item, value or Decimal())
    return amounts


def _sums(amounts: Mapping[str, Decimal], rules: Sequence[SumRule]) -> tuple[int, int]:
    """How many sums have something to say, and how many of those do not hold."""
    known = [rule for rule in rules if amounts.keys() >= {*rule.left, *rule.right}]
    telling = [rule for rule in known if any(amounts[item] for item in (*rule.left, *rule.right))]
    bad = [rule for rule in telling if sum(amounts[item] for item in rule.left) != sum(amounts[i] for i in rule.right)]
    return len(telling), len(bad)
