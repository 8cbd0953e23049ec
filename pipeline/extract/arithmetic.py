"""What the form's sums say about cells that OCR has read: they choose between OCR's own readings of a doubtful cell,
confirm it, or make a sure one doubtful. Clear prints and documents without OCR are left as they are."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from itertools import product
from math import prod

from pipeline.extract.facts import SURE
from pipeline.forms import Form
from pipeline.model import Cell, Document, Fact, Grid, ValueKind
from pipeline.numerals import parse_cell
from pipeline.resources import CONFIG

Key = tuple[str, str | None]  # item, applicant

_CHOSEN = 0.85  # one sum tells which reading it is
_CONFIRMED = 0.95  # two sums that share nothing but this cell do
_CONTRADICTED = 0.85  # at most, for a sure cell that a sum contradicts while a near digit would fit
_MOST_READINGS = 2_000  # combinations tried in one knot of sums; more prove nothing


@dataclass(frozen=True, slots=True)
class _Sum:
    """What the cells of `plus` add up to is what those of `minus` do."""

    name: str
    plus: tuple[Key, ...]
    minus: tuple[Key, ...]

    @property
    def keys(self) -> tuple[Key, ...]:
        return self.plus + self.minus

    def lacks(self, amounts: Mapping[Key, Decimal]) -> Decimal:
        """By how much the left side is short."""
        return sum((amounts[key] for key in self.minus), Decimal()) - sum(
            (amounts[key] for key in self.plus), Decimal()
        )


def settled(facts: Sequence[Fact], form: Form, document: Document) -> tuple[Fact, ...]:
    cells = _ocr_cells(document)
    if not cells:
        return tuple(facts)
    by_key = {(fact.item, fact.applicant): fact for fact in facts}
    amounts = {key: fact.amount for key, fact in by_key.items() if fact.amount is not None}
    sums = [one for one in _sums(form, by_key) if all(key in amounts for key in one.keys)]
    doubtful = {key: fact for key, fact in by_key.items() if _cell(fact, cells) and fact.confidence < SURE}
    chosen = _choices(doubtful, cells, amounts, sums, form)
    amounts |= {key: fact.amount for key, fact in chosen.items() if fact.amount is not None}
    after = by_key | chosen
    for key in doubtful.keys() - chosen.keys():
        after[key] = _confirmed(after[key], cells, [one for one in sums if key in one.keys], amounts)
    broken = [one for one in sums if one.lacks(amounts)]
    for key in {key for one in broken for key in one.keys} - doubtful.keys():
        after[key] = _doubted(after[key], cells, [one for one in sums if key in one.keys], amounts)
    return tuple(after[fact.item, fact.applicant] for fact in facts)


def _ocr_cells(document: Document) -> dict[object, Cell]:
    grids = (block for block in document.blocks if isinstance(block, Grid))
    return {(cell.page, cell.bbox): cell for grid in grids for cell in grid.cells if cell.method == "ocr" and cell.bbox}


def _cell(fact: Fact, cells: Mapping[object, Cell]) -> Cell | None:
    return cells.get((fact.page, fact.bbox)) if fact.method == "ocr" else None


def _sums(form: Form, printed: Mapping[Key, Fact]) -> Iterator[_Sum]:
    """Every sum of the form over this document's cells, without what need not be printed."""
    applicants = [applicant.code for applicant in form.applicants]
    for rule in form.sums:
        for applicant in applicants if rule.per_applicant else [None]:
            spare = form.not_expected(printed.keys(), applicant)
            left, right = (
                tuple((item, applicant) for item in side if item not in spare) for side in (rule.left, rule.right)
            )
            yield _Sum(rule.rule, left, right)
    total = form.sum_applicant
    if total is not None:
        parts = [code for code in applicants if code != total]
        for item in form.items:
            if form.per_applicant(item):
                yield _Sum("applicant_sum", ((item.item, total),), tuple((item.item, part) for part in parts))


# --- Choosing -------------------------------------------------------------------------------------------


def _choices(
    doubtful: Mapping[Key, Fact],
    cells: Mapping[object, Cell],
    amounts: Mapping[Key, Decimal],
    sums: Sequence[_Sum],
    form: Form,
) -> dict[Key, Fact]:
    """The doubtful cells for which exactly one set of OCR's readings makes all their sums hold, read so."""
    units = {item.item: item.unit for item in form.items}
    readings = {key: _readings(fact, cells, units[fact.item]) for key, fact in doubtful.items()}
    chosen: dict[Key, Fact] = {}
    for knot in _knots([one for one in sums if one.lacks(amounts)], readings):
        touched = [one for one in sums if any(key in knot for key in one.keys)]
        fitting = _fitting({key: readings[key] for key in knot}, touched, amounts)
        if len(fitting) == 1:
            changed = {key: fact for key, fact in fitting[0].items() if fact.raw != doubtful[key].raw}
            chosen |= {key: _chosen(doubtful[key], fact, key, touched, knot) for key, fact in changed.items()}
    return chosen


def _readings(fact: Fact, cells: Mapping[object, Cell], unit: str) -> list[Fact]:
    """The fact as it was read and as OCR might have read it, each amount once."""
    cell = _cell(fact, cells)
    readings = {fact.amount: fact}
    for other in cell.alternatives if cell else ():
        kind, value = parse_cell(other, unit)
        if kind is not ValueKind.TEXT:
            as_other = replace(fact, kind=kind, value=value, raw=other)
            readings.setdefault(as_other.amount, as_other)
    return [reading for amount, reading in readings.items() if amount is not None]


def _knots(broken: Sequence[_Sum], readings: Mapping[Key, Sequence[Fact]]) -> list[set[Key]]:
    """Doubtful cells with more than one reading that stand in sums that fail, those that share a sum together."""
    knots: list[set[Key]] = []
    for one in broken:
        keys = {key for key in one.keys if len(readings.get(key, ())) > 1}
        joined = [knot for knot in knots if knot & keys]
        knots = [knot for knot in knots if not knot & keys] + ([keys.union(*joined)] if keys else [])
    return [knot for knot in knots if prod(len(readings[key]) for key in knot) <= _MOST_READINGS]


def _fitting(
    readings: Mapping[Key, Sequence[Fact]], sums: Sequence[_Sum], amounts: Mapping[Key, Decimal]
) -> list[dict[Key, Fact]]:
    fitting = []
    for combination in product(*readings.values()):
        tried = dict(zip(readings, combination, strict=True))
        with_them = {**amounts, **{key: fact.amount or Decimal() for key, fact in tried.items()}}
        if not any(one.lacks(with_them) for one in sums):
            fitting.append(tried)
    return fitting


def _chosen(read: Fact, chosen: Fact, key: Key, sums: Sequence[_Sum], knot: set[Key]) -> Fact:
    own = [one for one in sums if key in one.keys]
    alone = [one for one in own if not (knot - {key}) & set(one.keys)]  # no other cell was chosen with it
    confidence = _CONFIRMED if _independent(key, alone) and chosen.value else _CHOSEN
    names = ", ".join(sorted({one.name for one in own}))
    reason = f"OCR read {read.raw!r}; {chosen.raw!r}, its other reading, is what {names} hold with"
    return replace(chosen, confidence=confidence, reason=reason)


def _independent(key: Key, sums: Sequence[_Sum]) -> bool:
    """Do two of them share nothing but this cell?"""
    return any(set(one.keys) & set(other.keys) == {key} for one in sums for other in sums)


# --- Confirming and contradicting -----------------------------------------------------------------------


def _confirmed(fact: Fact, cells: Mapping[object, Cell], sums: Sequence[_Sum], amounts: Mapping[Key, Decimal]) -> Fact:
    """Two independent sums vouch for a number, not for a 0: a blank would add up as well."""
    cell = _cell(fact, cells)
    if cell is None or not fact.value or any(one.lacks(amounts) for one in sums):
        return fact
    if cell.confidence >= _CONFIRMED or not _independent(_key(fact), sums):
        return fact
    others = min(1.0, fact.confidence / max(cell.confidence, 0.01))  # what else is doubtful stays so
    confidence = round(_CONFIRMED * others, 4)
    return replace(fact, confidence=confidence, reason="" if confidence >= SURE else fact.reason)


def _key(fact: Fact) -> Key:
    return fact.item, fact.applicant


def _doubted(fact: Fact, cells: Mapping[object, Cell], sums: Sequence[_Sum], amounts: Mapping[Key, Decimal]) -> Fact:
    """A sure reading for which another would make all its sums hold, if that looks alike."""
    cell = _cell(fact, cells)
    if cell is None or fact.value is None:
        return fact
    key = _key(fact)
    wanted = {amounts[key] + (one.lacks(amounts) if key in one.plus else -one.lacks(amounts)) for one in sums}
    if len(wanted) != 1:
        return fact
    [value] = wanted
    other = f"{value:f}"
    if value == fact.value or not (other in cell.alternatives or _alike(fact.raw, other)):
        return fact
    names = ", ".join(sorted({one.name for one in sums}))
    reason = f"OCR read {fact.raw!r}, but {names} would hold with {other!r}"
    return replace(fact, confidence=min(fact.confidence, _CONTRADICTED), reason=reason)


def _alike(read: str, other: str) -> bool:
    """The same but for one digit, which looks like the other or was lost."""
    read = read.replace(",", "")
    if len(read) == len(other):
        differing = [{one, two} for one, two in zip(read, other, strict=True) if one != two]
        return len(differing) == 1 and any(differing[0] <= set(group) for group in _look_alikes())
    longer, shorter = sorted((read, other), key=len, reverse=True)
    cut = (longer[:place] + longer[place + 1 :] for place in range(len(longer)))
    return len(longer) == len(shorter) + 1 and shorter in cut


@lru_cache(maxsize=1)
def _look_alikes() -> tuple[str, ...]:
    return tuple(tomllib.loads((CONFIG / "look_alikes.toml").read_text(encoding="utf-8"))["digits"])
