"""Section 4 where columns tell nothing: its groups, results and figures in the order in which they are printed.

A group prints each of its results once, so a result that comes again begins the next group, whichever way the labels
and the figures lie.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby

from pipeline.extract.facts import CERTAIN, Trust
from pipeline.extract.plan import Group, Label, Line, Plan
from pipeline.extract.raster import Raster
from pipeline.forms import Item, SumRule
from pipeline.model import Cell
from pipeline.numerals import parse_cell

_BY_ORDER = Trust(0.97, "its column is told by its order alone")
_LEFT_OVER = Trust(0.95, "its label is unknown, taken for the one result that is left")
_IN_PART = Trust(0.85, "its group is not printed whole")
_GROUPS_UNNAMED = Trust(0.85, "not every group is named, taken in the form's order")
_NO_HEADER = Trust(0.7, "numbers without a header, placed by order")
_SEVERAL_ROWS = Trust(0.7, "several rows of numbers under one header")
_SLIPPED = Trust(0.85, "most of the sums do not hold: the figures may have slipped")
_FEWEST_SUMS = 2

Place = tuple[Item, Trust]


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell with the item that it stands for by its place."""

    raster: Raster
    cell: Cell
    item: Item
    trust: Trust


def in_reading_order(rasters: Sequence[Raster], items: Sequence[Item], sums: Sequence[SumRule]) -> list[Placed]:
    plan = Plan(items)
    lines = list(plan.lines(rasters))
    downwards = all(len(line.results) < 2 and len(line.figures) < 2 for line in lines)
    return _weighed(_downwards(lines, plan) if downwards else list(_across(lines, plan)), sums)


# --- one result a line -----------------------------------------------------------------------------------


def _downwards(lines: Sequence[Line], plan: Plan) -> list[Placed]:
    """The figure stands behind its result or on a line below. The label of a group may stand at any of its lines."""
    rows: list[tuple[Label, Line]] = []
    groups: list[tuple[Group, ...]] = []
    waiting: Label | None = None
    for line in lines:
        groups += [label.groups for label in line.labels if label.groups]
        waiting = next((label for label in reversed(line.labels) if not label.groups), waiting)
        if waiting is not None and line.run and (line.figures or waiting in line.results):
            rows.append((waiting, line))
            waiting = None
    places = _places([label for label, _ in rows], groups, plan)
    return [
        Placed(line.raster, _value(line), *place)
        for (_, line), place in zip(rows, places, strict=False)
        if place is not None
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
        printed = [row for row in block.rows if any(cell.text for cell in row[1].run)]
        rows = printed or block.rows[:1]  # a row without any print is nobody's beside one of figures
        for groups, line in rows:
            others = [other for named, other in rows if named == groups]
            several = any(_texts(other) != _texts(line) for other in others)
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
        if line.figures or (results and line.run and not line.labels):
            rows.append((groups, line))
            used = True
    yield _Block(results, rows)


def _texts(line: Line) -> list[str]:
    return [cell.text for cell in line.run if cell.text]


def _matched(
    results: Sequence[Label], groups: Sequence[tuple[Group, ...]], line: Line, plan: Plan
) -> list[tuple[Cell, Place]]:
    """The cells of a row with what the labels above them name, one by one; where a header was printed twice, the last
    of them. Without labels by the order of the groups alone."""
    known = [label for label in results if label.result]
    again = results[-len(line.run) :] if len(line.run) % len(plan.results) == 0 else []
    for labels in (results, known, again):
        cells = _as_many(line, len(labels))
        places = _places(labels, groups, plan) if cells else []
        if cells and all(places):
            return [(cell, place) for cell, place in zip(cells, places, strict=True) if place]
    named = list(dict.fromkeys(one for one in groups if len(one) == 1))
    for order in ([one[0] for one in named], plan.groups):
        items = [plan.of[group, result] for group in order for result in plan.results if (group, result) in plan.of]
        cells = _as_many(line, len(items))
        if cells:
            return [(cell, (item, _NO_HEADER)) for cell, item in zip(cells, items, strict=True)]
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


# --- whose result it is ----------------------------------------------------------------------------------


def _places(labels: Sequence[Label], named: Sequence[tuple[Group, ...]], plan: Plan) -> list[Place | None]:
    """What each label stands for, given the labels of groups around them: nothing where that cannot be told."""
    turns = _turns([label.result for label in labels], plan)
    groups, sure = _groups(len(turns), named, plan)
    if not groups:
        return [None] * len(labels)
    return [place for group, turn in zip(groups, turns, strict=True) for place in _places_of(group, turn, sure, plan)]


def _places_of(group: Group, turn: Sequence[str], sure: Trust, plan: Plan) -> Iterator[Place | None]:
    """An unknown label is that of the one result that the others leave, where it stands in that one's place."""
    results = list(plan.results)
    whole = len(turn) == len(results)
    left = [result for result in results if result not in turn]
    for place, label in enumerate(turn):
        result = label or (left[0] if whole and len(left) == 1 and results.index(left[0]) == place else "")
        item = plan.of.get((group, result))
        trust = (_BY_ORDER if label else _LEFT_OVER) & (CERTAIN if whole else _IN_PART) & sure
        yield (item, trust) if item else None


def _turns(results: Sequence[str], plan: Plan) -> list[list[str]]:
    """Cut where a result comes again, or when all of them have come."""
    turns: list[list[str]] = []
    for result in results:
        if not turns or (result and result in turns[-1]) or len(turns[-1]) == len(plan.results):
            turns.append([])
        turns[-1].append(result)
    return turns


def _groups(count: int, named: Sequence[tuple[Group, ...]], plan: Plan) -> tuple[list[Group], Trust]:
    """As many groups as are wanted: those that labels name one by one, in their order below the labels over them, or
    over and over, as in tables of two years; else all that labels may mean, in the form's order."""
    one_by_one = [groups[0] for groups, _ in groupby(named) if len(groups) == 1]
    distinct = sorted(set(one_by_one), key=lambda group: _first_named(group, named))
    for order in (distinct, one_by_one):
        if len(order) == count:
            return order, CERTAIN
    meant = {group for groups in named for group in groups} if named else set(plan.groups)
    if count == len(plan.groups):
        meant = set(plan.groups)
    in_order = [group for group in plan.groups if group in meant]
    known = [group for group in in_order if group in distinct]
    return (in_order, _GROUPS_UNNAMED) if len(in_order) == count and known == distinct else ([], CERTAIN)


def _first_named(group: Group, named: Sequence[tuple[Group, ...]]) -> tuple[int, int]:
    """Where a label that means the group is first printed, and where its own is."""
    return next(at for at, groups in enumerate(named) if group in groups), list(named).index((group,))


# --- what the sums say -----------------------------------------------------------------------------------


def _weighed(placed: Sequence[Placed], sums: Sequence[SumRule]) -> list[Placed]:
    """One sum that does not hold is the office's own; where most do not, the figures were not placed right."""
    amounts: dict[str, Decimal] = {}
    for one in placed:
        _, value = parse_cell(one.cell.text, one.item.unit)
        amounts.setdefault(one.item.item, value or Decimal())
    known = [rule for rule in sums if amounts.keys() >= {*rule.left, *rule.right}]
    telling = [rule for rule in known if any(amounts[item] for item in (*rule.left, *rule.right))]
    bad = [rule for rule in telling if sum(amounts[item] for item in rule.left) != sum(amounts[i] for i in rule.right)]
    if len(bad) < _FEWEST_SUMS or len(bad) * 2 <= len(telling):
        return list(placed)
    return [replace(one, trust=one.trust & _SLIPPED) for one in placed]
