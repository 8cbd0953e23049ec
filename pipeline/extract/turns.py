"""Whose result a label is: results that come in turns, one turn for every group that is named around them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from pipeline.extract.facts import CERTAIN, Trust
from pipeline.extract.plan import Group, Label, Plan
from pipeline.forms import Item

_BY_ORDER = Trust(0.97, "its column is told by its order alone")
_LEFT_OVER = Trust(0.95, "its label is unknown, taken for the one result that is left")
_IN_PART = Trust(0.85, "its group is not printed whole")
_GROUPS_UNNAMED = Trust(0.85, "not every group is named, taken in the form's order")

Place = tuple[Item, Trust]


def places_of(labels: Sequence[Label], named: Sequence[tuple[Group, ...]], plan: Plan) -> list[Place | None]:
    """What each label stands for, given the labels of groups around them: nothing where that cannot be told."""
    turns = _turns([label.result for label in labels], plan)
    groups, sure = _groups(len(turns), named, plan)
    if not groups:
        return [None] * len(labels)
    return [place for group, turn in zip(groups, turns, strict=True) for place in _of_turn(group, turn, sure, plan)]


def _of_turn(group: Group, turn: Sequence[str], sure: Trust, plan: Plan) -> Iterator[Place | None]:
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
