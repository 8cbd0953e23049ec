"""The rule `whole_number`."""

from pipeline.checks.context import CheckContext
from pipeline.checks.registry import check
from pipeline.checks.verdict import NO_FORM, Flaw, NotApplicable, Verdict, number

_AMOUNTS = ("元", "万元", "亿元")


@check(version=1)
def whole_number(context: CheckContext) -> Verdict:
    """Whatever is counted rather than paid is printed as a whole number."""
    if context.form is None:
        return NO_FORM
    counted = {item.item for item in context.form.items if item.unit not in _AMOUNTS}
    counts = [(fact, fact.value) for fact in context.report.facts if fact.value is not None and fact.item in counted]
    if not counts:
        return NotApplicable("报告中没有印出件数。")
    return [
        Flaw(f"{context.place(fact)}印为{number(value)}，件数应为整数。", fact.item, fact.applicant, None, value)
        for fact, value in counts
        if value != value.to_integral_value()
    ]
