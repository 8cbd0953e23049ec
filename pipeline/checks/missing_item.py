"""The rule `missing_item`."""

from pipeline.checks.context import CheckContext
from pipeline.checks.registry import check
from pipeline.checks.verdict import NO_FORM, Flaw, Verdict
from pipeline.forms import Form, Item


@check(version=1)
def missing_item(context: CheckContext) -> Verdict:
    """Every cell of the form is printed; where a form has two ways to print the same, one of them is."""
    if context.form is None:
        return NO_FORM
    form = context.form
    return [flaw for item in form.items if (flaw := _lacking(context, form, item)) is not None]


def _lacking(context: CheckContext, form: Form, item: Item) -> Flaw | None:
    columns = [applicant.code for applicant in form.applicants] if form.per_applicant(item) else [None]
    lacking = [
        column
        for column in columns
        if (item.item, column) not in context.facts and item.item not in context.spared(column)
    ]
    if not lacking:
        return None
    if len(lacking) == len(columns):
        return Flaw(f"没有找到“{item.label_zh}”，也可能印得无法辨认。", item.item)
    names = "、".join(context.applicant_labels[column] for column in lacking if column is not None)
    return Flaw(f"“{item.label_zh}”一行缺少{names}的数字。", item.item)
