"""The rule `outlier`."""

from decimal import Decimal

from pipeline.checks.context import CheckContext
from pipeline.checks.registry import check
from pipeline.checks.verdict import NO_FORM, NO_LAST_YEAR, Flaw, NotApplicable, Verdict, number

TIMES = 10  # as much as last year, or the reverse
SMALL = Decimal(10)  # numbers below it jump without meaning anything


@check(version=1, severity="warning")
def outlier(context: CheckContext) -> Verdict:
    """No number is ten times last year's, or a tenth of it; totals only, and numbers below ten count as ten."""
    form = context.form
    if form is None:
        return NO_FORM
    if context.last_year is None:
        return NO_LAST_YEAR
    pairs = [
        (item, now, before)
        for item in form.items
        for key in ((item.item, form.sum_applicant if form.per_applicant(item) else None),)
        if (now := context.amount(*key)) is not None and (before := context.last_year.facts.get(key)) is not None
    ]
    if not pairs:
        return NotApplicable("本年度和上一年度的报告没有可比的数字。")
    return [
        Flaw(
            f"“{item.label_zh}”由上一年度的{number(before)}变为{number(now)}，相差{TIMES}倍以上，请核对是否误填或单位有误。",
            item.item,
            None,
            before,
            now,
        )
        for item, now, before in pairs
        if max(abs(now), abs(before)) >= TIMES * max(min(abs(now), abs(before)), SMALL)
    ]
