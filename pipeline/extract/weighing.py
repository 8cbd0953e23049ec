"""Sums as evidence of where figures were placed: when many of a table's do not hold at once, its rows or columns have
slipped. One that does not hold is the office's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from pipeline.extract.facts import SURE
from pipeline.forms import Form, SumRule
from pipeline.model import Fact

_Key = tuple[str, str | None]

_FEWEST = 3  # sums that do not hold, and more than half of those that say anything
_MOST_TRUST = 0.89
_REASON = "{bad} of {all} sums of the table do not hold: its rows or columns may have slipped"


def weighed(facts: Sequence[Fact], form: Form) -> list[Fact]:
    """The facts, those lowered below `SURE` that stand in sums of which most do not hold."""
    amounts = {(fact.item, fact.applicant): fact.amount for fact in facts if fact.confidence >= SURE}
    doubted: dict[_Key, str] = {}
    for sums in _families(amounts, form):
        telling = [terms for terms in sums if any(amounts[key] for key in terms)]
        bad = [terms for terms in telling if not _holds(terms, amounts)]
        if len(bad) >= _FEWEST and len(bad) * 2 > len(telling):
            reason = _REASON.format(bad=len(bad), all=len(telling))
            doubted |= {key: reason for terms in bad for key in terms}
    return [_lowered(fact, doubted.get((fact.item, fact.applicant))) for fact in facts]


def _lowered(fact: Fact, reason: str | None) -> Fact:
    if reason is None or fact.confidence < SURE:
        return fact
    return replace(fact, confidence=_MOST_TRUST, reason=reason)


# --- the sums of a form, as signed terms that make nothing ---------------------------------------------

_Terms = Mapping[_Key, int]


def _families(amounts: Mapping[_Key, Decimal | None], form: Form) -> Iterable[list[_Terms]]:
    """Sums that fail together when figures slip: those down the columns of section 3, those along its rows. A sum of
    which a figure is missing, in doubt or no number says nothing; nor do those of other tables, whose figures each
    have a label of their own."""
    applicants = [applicant.code for applicant in form.applicants]
    for rule in form.sums:
        if rule.per_applicant:
            yield _known((_down(rule, code, amounts, form) for code in applicants), amounts)
    total = form.sum_applicant
    if total is not None:
        others = [code for code in applicants if code != total]
        per_applicant = [item.item for item in form.items if form.per_applicant(item)]
        yield _known((_along(item, total, others) for item in per_applicant), amounts)


def _along(item: str, total: str, others: Sequence[str]) -> _Terms:
    terms: dict[_Key, int] = {(item, total): 1}
    terms.update({(item, code): -1 for code in others})
    return terms


def _known(sums: Iterable[_Terms], amounts: Mapping[_Key, Decimal | None]) -> list[_Terms]:
    return [terms for terms in sums if terms and all(amounts.get(key) is not None for key in terms)]


def _down(rule: SumRule, applicant: str, amounts: Mapping[_Key, Decimal | None], form: Form) -> _Terms:
    spare = form.not_expected(set(amounts), applicant)
    terms: dict[_Key, int] = {(item, applicant): 1 for item in rule.left}
    for item in rule.right:
        if item not in spare:
            terms[item, applicant] = -1
    return terms


def _holds(terms: _Terms, amounts: Mapping[_Key, Decimal | None]) -> bool:
    return sum((amounts[key] or Decimal(0)) * sign for key, sign in terms.items()) == 0
