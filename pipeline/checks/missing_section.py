"""The rule `missing_section`."""

from pipeline.checks.context import CheckContext
from pipeline.checks.registry import check
from pipeline.checks.verdict import NO_FORM, Flaw, NotApplicable, Verdict


@check(version=1)
def missing_section(context: CheckContext) -> Verdict:
    """Every section of the form is there, by its heading or by its table."""
    form = context.form
    if form is None:
        return NO_FORM
    if not form.sections:
        return NotApplicable(f"{form.name_zh}不规定报告的章节。")
    section_of = {item.item: form.table_of(item).section for item in form.items}
    present = {section.number for section in context.report.sections}
    present |= {section_of[fact.item] for fact in context.report.facts if fact.item in section_of}
    return [
        Flaw(f"报告中没有找到第{'零一二三四五六七八九十'[section.number]}部分“{section.heading}”。")
        for section in form.sections
        if section.number not in present
    ]
