"""The rule `carried_over`."""

from pipeline.checks.context import Amounts, Neighbourhood
from pipeline.checks.registry import neighbour_check
from pipeline.checks.verdict import NO_FORM, NO_LAST_YEAR, Flaw, NotApplicable, Verdict, number, over_places
from pipeline.forms import CarriedOver


@neighbour_check(version=1)
def carried_over(context: Neighbourhood) -> Verdict:
    """What is carried in from last year, in total, is what the same authority's last report carried out.

    Only the total column is compared: applicants are often sorted anew.
    """
    form, last_year = context.form, context.amounts_last_year
    if form is None:
        return NO_FORM
    if not form.carried_over:
        return NotApplicable(f"{form.name_zh}不填报上年结转数。")
    if last_year is None:
        return NO_LAST_YEAR
    return over_places(_link(context, last_year, link, form.sum_applicant) for link in form.carried_over)


def _link(
    context: Neighbourhood, last_year: Amounts, link: CarriedOver, applicant: str | None
) -> Flaw | NotApplicable | None:
    carried_in = context.amount(link.this_year, applicant)
    carried_out = last_year.get((link.last_year, applicant))
    label = context.labels[link.this_year]
    if carried_in is None:
        return NotApplicable(f"本年度报告没有印出“{label}”总计。")
    if carried_out is None:
        return NotApplicable(f"{context.year - 1}年度报告没有印出“{context.labels[link.last_year]}”总计。")
    if carried_in == carried_out:
        return None
    return Flaw(
        f"“{label}”总计印为{number(carried_in)}，而{context.year - 1}年度报告“{context.labels[link.last_year]}”总计"
        f"印为{number(carried_out)}。二者应当一致。",
        None,
        None,
        carried_out,
        carried_in,
    )
