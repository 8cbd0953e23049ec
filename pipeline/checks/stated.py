"""What section 1 states in words against what the tables print. Which metric meets which cells is data: `narrative` in
`config/forms`."""

from __future__ import annotations

from decimal import Decimal

from pipeline.checks.context import CheckContext
from pipeline.checks.verdict import NO_FORM, Flaw, NotApplicable, Verdict, listed, number
from pipeline.forms import NarrativeRule
from pipeline.model import Mention

OVERVIEW = 1  # 一、总体情况: the section that sums the year up in words


def narrative_against_tables(context: CheckContext, rule: str) -> Verdict:
    """Flawed when section 1 states the metric and no statement agrees with the tables.

    One that agrees is enough: a text may state the whole and, in the same words, a part of it.
    """
    if context.form is None:
        return NO_FORM
    compared = next((one for one in context.form.narrative if one.rule == rule), None)
    if compared is None:
        return NotApplicable(f"{context.form.name_zh}没有规定这项核对。")
    stated = [
        mention
        for mention in context.report.mentions
        if mention.section == OVERVIEW and mention.metric == compared.metric
    ]
    if not stated:
        return NotApplicable("第一部分“总体情况”没有说到这个数字。")
    amounts = [context.amount(item, compared.applicant) for item in compared.items]
    printed = [amount for amount in amounts if amount is not None]
    if len(printed) < len(amounts):
        names = [context.labels[item] for item in compared.items]
        return NotApplicable(f"表中{listed(names)}没有印出可用的数字，无法核对。")
    total = sum(printed, start=Decimal(0))
    if any(_agrees(mention, total) for mention in stated):
        return []
    return [Flaw(_message(context, compared, stated[0], total), None, None, total, stated[0].value)]


def _agrees(mention: Mention, printed: Decimal) -> bool:
    """余, 约 and 近 leave room for one unit of the last digit that is not rounded: 500余 for 500 to 599."""
    if not mention.approximate:
        return mention.value == printed
    digits = f"{mention.value:f}".split(".")[0]
    room = Decimal(10) ** (len(digits) - len(digits.rstrip("0")))
    return abs(mention.value - printed) < room


def _message(context: CheckContext, compared: NarrativeRule, mention: Mention, printed: Decimal) -> str:
    cells = "＋".join(
        f"“{context.labels[item]}”{number(context.amount(item, compared.applicant) or Decimal(0))}"
        for item in compared.items
    )
    sentence = mention.sentence if len(mention.sentence) <= 120 else mention.sentence[:119] + "…"
    doubt = context.doubt((item, compared.applicant) for item in compared.items)
    says = "没有" if not mention.value else f"{number(mention.value)}{mention.unit}"
    return f"第一部分写道：“{sentence}”，即{says}；而表中{cells}，共{number(printed)}。二者应当一致。{doubt}"
