"""The rule `hierarchy_sum`."""

from pipeline.checks.context import Neighbourhood
from pipeline.checks.registry import neighbour_check
from pipeline.checks.verdict import NO_FORM, Flaw, NotApplicable, Verdict, number


@neighbour_check(version=2, severity="warning")
def hierarchy_sum(context: Neighbourhood) -> Verdict:
    """A government's figure, which covers its departments, is not less than the sum of its departments' held here.

    Departments are the bodies of the same division and level. Left out are townships and streets, committees of
    development zones, and branches of central systems (`vertical` in config/departments.toml): not every government
    counts them in.
    """
    form = context.form
    if context.department != "government":
        return NotApplicable("本报告不是一级政府的汇总报告。")
    if form is None:
        return NO_FORM
    if not context.departments:
        return NotApplicable("库中没有该政府所属部门同一年度的报告。")
    pairs = [
        (item, own, departments)
        for item in form.items
        if (own := context.amounts.get(context.totals[item.item])) is not None
        and (departments := context.departments.get(context.totals[item.item])) is not None
    ]
    if not pairs:
        return NotApplicable("政府和部门的报告没有可比的数字。")
    return [
        Flaw(
            f"“{item.label_zh}”印为{number(own)}，少于本库所存所属部门报告之和{number(departments)}。"
            f"政府的汇总报告应当涵盖所属部门，不应少于部门之和。",
            item.item,
            None,
            departments,
            own,
        )
        for item, own, departments in pairs
        if own < departments
    ]
