"""The rule `hierarchy_sum`."""

from pipeline.checks.context import CheckContext
from pipeline.checks.registry import check
from pipeline.checks.verdict import NO_FORM, Flaw, NotApplicable, Verdict, number


@check(version=1, severity="warning")
def hierarchy_sum(context: CheckContext) -> Verdict:
    """A government's figure, which covers its departments, is not less than the sum of its departments' held here."""
    form = context.form
    if context.report.authority.department != "government":
        return NotApplicable("本报告不是一级政府的汇总报告。")
    if form is None:
        return NO_FORM
    if not context.departments:
        return NotApplicable("库中没有该政府所属部门同一年度的报告。")
    pairs = [
        (item, own, departments)
        for item in form.items
        for key in ((item.item, form.sum_applicant if form.per_applicant(item) else None),)
        if (own := context.amount(*key)) is not None and (departments := context.departments.get(key)) is not None
    ]
    if not pairs:
        return NotApplicable("政府和部门的报告没有可比的数字。")
    return [
        Flaw(
            f"“{item.label_zh}”印为{number(own)}，少于库中所属部门之和{number(departments)}。",
            item.item,
            None,
            departments,
            own,
        )
        for item, own, departments in pairs
        if own < departments
    ]
