"""The rule `in_force_continuity`."""

from decimal import Decimal

from pipeline.checks.context import Amounts, Neighbourhood
from pipeline.checks.registry import neighbour_check
from pipeline.checks.verdict import NO_FORM, NO_LAST_YEAR, Flaw, NotApplicable, Verdict, number, over_places
from pipeline.forms import Continuity


@neighbour_check(version=1)
def in_force_continuity(context: Neighbourhood) -> Verdict:
    """Documents in force are last year's in force, plus those issued, minus those repealed this year."""
    form, last_year = context.form, context.amounts_last_year
    if form is None:
        return NO_FORM
    if not form.continuity:
        return NotApplicable(f"{form.name_zh}不填报现行有效件数。")
    if last_year is None:
        return NO_LAST_YEAR
    return over_places(_stock(context, last_year, one) for one in form.continuity)


def _stock(context: Neighbourhood, last_year: Amounts, one: Continuity) -> Flaw | NotApplicable | None:
    label = context.labels[one.stock]
    before, now = last_year.get((one.stock, None)), context.amount(one.stock)
    plus, minus = _total(context, one.plus), _total(context, one.minus)
    if before is None:
        return NotApplicable(f"{context.year - 1}年度报告没有印出“{label}”。")
    if now is None or plus is None or minus is None:
        return NotApplicable(f"本年度报告没有印全“{label}”和本年制发、废止件数。")
    expected = before + plus - minus
    if now == expected:
        return None
    return Flaw(
        f"“{label}”印为{number(now)}，而{context.year - 1}年度现行有效{number(before)}＋本年制发{number(plus)}"
        f"－本年废止{number(minus)}＝{number(expected)}。二者应当一致。",
        one.stock,
        None,
        expected,
        now,
    )


def _total(context: Neighbourhood, items: tuple[str, ...]) -> Decimal | None:
    amounts = [context.amount(item) for item in items]
    printed = [amount for amount in amounts if amount is not None]
    return sum(printed, start=Decimal(0)) if len(printed) == len(amounts) else None
