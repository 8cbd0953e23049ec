"""The rule `carried_over`."""

from pipeline.checks.context import CheckContext, PreviousYear
from pipeline.checks.registry import check
from pipeline.checks.verdict import NO_FORM, NO_LAST_YEAR, Flaw, NotApplicable, Verdict, number, over_places
from pipeline.forms import CarriedOver


@check(version=1)
def carried_over(context: CheckContext) -> Verdict:
    """What is carried in from last year, in total, is what the same authority's last report carried out.

    Only the total column is compared: applicants are often sorted anew.
    """
    form = context.form
    if form is None:
        return NO_FORM
    if not form.carried_over:
        return NotApplicable(f"{form.name_zh}不填报上年结转数。")
    if context.last_year is None:
        return NO_LAST_YEAR
    last_year = context.last_year
    return over_places(_link(context, last_year, link, form.sum_applicant) for link in form.carried_over)


def _link(
    context: CheckContext, last_year: PreviousYear, link: CarriedOver, applicant: str | None
) -> Flaw | NotApplicable | None:
    carried_in = context.amount(link.this_year, applicant)
    carried_out = last_year.facts.get((link.last_year, applicant))
    if carried_in is None:
        return NotApplicable(f"本年度报告没有印出“{context.labels[link.this_year]}”总计。")
    if carried_out is None:
        return NotApplicable("上一年度报告没有印出结转下年度的总计。")
    if carried_in == carried_out:
        return None
    return Flaw(
        f"“{context.labels[link.this_year]}”总计印为{number(carried_in)}，"
        f"而上一年度报告结转下年度继续办理的是{number(carried_out)}，二者应当一致。",
        None,
        None,
        carried_out,
        carried_in,
    )
