"""The rule `outlier`."""

from collections.abc import Sequence
from decimal import Decimal
from statistics import median

from pipeline.checks.context import Neighbourhood
from pipeline.checks.registry import neighbour_check
from pipeline.checks.verdict import NO_FORM, Flaw, NotApplicable, Verdict, number
from pipeline.forms import Item

TIMES = 10  # as much as usual, or the reverse
SMALL = Decimal(10)  # numbers below it jump without meaning anything
YEARS = 5  # how far back


@neighbour_check(version=2, severity="warning")
def outlier(context: Neighbourhood) -> Verdict:
    """No number is ten times, or a tenth, of what the same authority usually prints.

    The usual is the median of the last five years' reports, as far as they are held. A number stands out if it is at
    least ten times that median, or at most a tenth of it, and beyond every one of those years: an authority whose
    numbers jump every year has no usual. Totals only; numbers below ten count as ten, because small numbers jump
    without meaning anything.
    """
    if context.form is None:
        return NO_FORM
    years = sorted(year for year in context.history if context.year - YEARS <= year < context.year)
    if not years:
        return NotApplicable(f"库中没有该机关此前{YEARS}年内的报告。")
    compared = False
    flaws = []
    for item in context.form.items:
        key = context.totals[item.item]
        now = context.amounts.get(key)
        before = [(year, amount) for year in years if (amount := context.history[year].get(key)) is not None]
        if now is not None and before:
            compared = True
            if _stands_out(now, [amount for _, amount in before]):
                flaws.append(_flaw(item, now, before))
    return flaws if compared else NotApplicable("本年度和以前年度的报告没有可比的数字。")


def _stands_out(now: Decimal, before: Sequence[Decimal]) -> bool:
    size, sizes = max(abs(now), SMALL), [max(abs(amount), SMALL) for amount in before]
    usual = median(sizes)
    return (size >= TIMES * usual and size > max(sizes)) or (usual >= TIMES * size and size < min(sizes))


def _flaw(item: Item, now: Decimal, before: Sequence[tuple[int, Decimal]]) -> Flaw:
    usual = Decimal(median(amount for _, amount in before))
    shown = "、".join(f"{year}年度{number(amount)}" for year, amount in before)
    middle = f"（中位数{number(usual)}）" if len(before) > 1 else ""
    share = "十倍或更多" if abs(now) > abs(usual) else "十分之一或更少"
    return Flaw(
        f"“{item.label_zh}”印为{number(now)}，以往印的是：{shown}{middle}。本年为以往的{share}，请核对是否误填或单位有误。",
        item.item,
        None,
        usual,
        now,
    )
