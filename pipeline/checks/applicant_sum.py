"""The rule `applicant_sum`."""

from collections.abc import Sequence

from pipeline.checks.context import CheckContext
from pipeline.checks.registry import check
from pipeline.checks.verdict import NO_FORM, Flaw, NotApplicable, Verdict, number, over_places
from pipeline.forms import Form


@check(version=1)
def applicant_sum(context: CheckContext) -> Verdict:
    """In every row of table 3 the total equals the sum over the applicants."""
    form = context.form
    if form is None:
        return NO_FORM
    if form.sum_applicant is None:
        return NotApplicable(f"{form.name_zh}不分申请人填报。")
    parts = [applicant.code for applicant in form.applicants if not applicant.sum]
    rows = [item.item for item in form.items if form.per_applicant(item)]
    return over_places(_row(context, form, item, form.sum_applicant, parts) for item in rows)


def _row(context: CheckContext, form: Form, item: str, total: str, parts: Sequence[str]) -> Flaw | NotApplicable | None:
    printed = context.amount(item, total)
    amounts = [amount for part in parts if (amount := context.amount(item, part)) is not None]
    if printed is None or len(amounts) < len(parts):
        return NotApplicable(f"“{context.labels[item]}”一行没有印全各类申请人和总计的数字，无法核对。")
    reckoned = sum(amounts, start=printed * 0)
    if printed == reckoned:
        return None
    shown = "＋".join(
        f"{context.applicant_labels[part]}{number(amount)}" for part, amount in zip(parts, amounts, strict=True)
    )
    return Flaw(
        f"“{context.labels[item]}”一行：{shown}＝{number(reckoned)}，而总计印为{number(printed)}。"
        f"总计为{number(reckoned)}方能相符。" + context.doubt((item, column) for column in (*parts, total)),
        item,
        None,
        reckoned,
        printed,
    )
