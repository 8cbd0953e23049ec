"""The sums of the forms (勾稽关系) against the print. Which cells make a sum is data: `sums` in `config/forms`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from pipeline.checks.context import CheckContext
from pipeline.checks.verdict import NO_FORM, Flaw, NotApplicable, Verdict, listed, number, over_places
from pipeline.forms import Form, SumRule

Terms = Sequence[tuple[str, Decimal]]  # label and amount; blank, dash and 无 count as zero


def printed_sums(context: CheckContext, rule: str) -> Verdict:
    """The verdict over every sum of that rule in the report's form, for each applicant where it is per applicant."""
    form = context.form
    if form is None:
        return NO_FORM
    sums = [one for one in form.sums if one.rule == rule]
    if not sums:
        return NotApplicable(f"{form.name_zh}没有这项勾稽关系。")
    return over_places(_place(context, form, one, applicant) for one in sums for applicant in _applicants(form, one))


def _applicants(form: Form, one: SumRule) -> Iterator[str | None]:
    yield from (applicant.code for applicant in form.applicants) if one.per_applicant else (None,)


def _place(context: CheckContext, form: Form, one: SumRule, applicant: str | None) -> Flaw | NotApplicable | None:
    left, missing_left = _terms(context, one.left, applicant)
    right, missing_right = _terms(context, one.right, applicant)
    if missing_left or missing_right:
        column = f"“{context.applicant_labels[applicant]}”一栏" if applicant else "表中"
        return NotApplicable(f"{column}{listed(missing_left + missing_right)}没有印出可用的数字，无法核对。")
    stated, reckoned = sum(amount for _, amount in left), sum(amount for _, amount in right)
    if stated == reckoned:
        return None
    column = f"“{context.applicant_labels[applicant]}”一栏：" if applicant else ""
    doubt = context.doubt((item, applicant) for item in (*one.left, *one.right))
    if len(left) > 1:
        return Flaw(column + _two_sides(left, right) + doubt, None, applicant, Decimal(stated), Decimal(reckoned))
    several = sum(other.rule == one.rule for other in form.sums) > 1
    item = one.left[0] if several else None
    message = column + _total_and_parts(left[0], right) + doubt
    return Flaw(message, item, applicant, Decimal(reckoned), Decimal(stated))


def _terms(
    context: CheckContext, items: Sequence[str], applicant: str | None
) -> tuple[list[tuple[str, Decimal]], list[str]]:
    """The amounts that are printed, and the labels of those that are not."""
    terms, missing = [], []
    for item in items:
        if item in context.spared(applicant):
            continue
        amount = context.amount(item, applicant)
        if amount is None:
            missing.append(context.labels[item])
        else:
            terms.append((context.labels[item], amount))
    return terms, missing


def _added(terms: Terms) -> str:
    return "＋".join(f"“{label}”{number(amount)}" for label, amount in terms)


def _two_sides(left: Terms, right: Terms) -> str:
    one, two = sum(amount for _, amount in left), sum(amount for _, amount in right)
    label, amount = right[0]
    message = f"{_added(left)}＝{number(Decimal(one))}，而{_added(right)}＝{number(Decimal(two))}，两边应当相等。"
    balancing = amount + one - two
    return message + (f"若“{label}”为{number(balancing)}，则两边相等。" if balancing >= 0 else "")


def _total_and_parts(total: tuple[str, Decimal], parts: Terms) -> str:
    label, printed = total
    reckoned = number(Decimal(sum(amount for _, amount in parts)))
    nonzero = [part for part in parts if part[1]]
    shown = f"（{_added(nonzero[:8])}{'等' if len(nonzero) > 8 else ''}）" if nonzero else "（各分项均为零）"
    return (
        f"“{label}”印为{number(printed)}，各分项相加为{reckoned}{shown}。总数为{reckoned}，"
        f"或分项合计为{number(printed)}，方能相符。"
    )
