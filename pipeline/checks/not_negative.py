"""The rule `not_negative`."""

from pipeline.checks.context import CheckContext
from pipeline.checks.registry import check
from pipeline.checks.verdict import Flaw, NotApplicable, Verdict, number

_CHANGE = "增/减"  # in the label of an item that may fall below zero


@check(version=1)
def not_negative(context: CheckContext) -> Verdict:
    """No printed number is negative, except changes against last year (增/减)."""
    labels = context.labels
    numbers = [
        (fact, fact.value)
        for fact in context.report.facts
        if fact.value is not None and _CHANGE not in labels.get(fact.item, "")
    ]
    if not numbers:
        return NotApplicable("报告中没有印出数字。")
    return [
        Flaw(f"{context.place(fact)}印为{number(value)}，数量不应为负数。", fact.item, fact.applicant, None, value)
        for fact, value in numbers
        if value < 0
    ]
