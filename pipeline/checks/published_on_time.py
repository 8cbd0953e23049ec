"""The rule `published_on_time`."""

from datetime import date

from pipeline.checks.context import CheckContext
from pipeline.checks.registry import check
from pipeline.checks.verdict import Flaw, NotApplicable, Verdict
from pipeline.model import Report

FIRST_YEAR_OF_EARLY_REPORTS = 2019  # the Regulation in force since May 2019; older reports were due by 31 March
GOVERNMENTS_FROM_COUNTY_UP = ("province", "city", "county")


@check(version=1, severity="warning")
def published_on_time(context: CheckContext) -> Verdict:
    """Departments, townships and streets publish by 31 January, governments from county level up by 31 March.

    Reports on years before 2019 were due by 31 March for all.
    """
    report = context.report
    if report.published_on is None:
        return NotApplicable("不知道报告的公布日期。")
    if report.published_on.year <= report.year:
        return NotApplicable(f"公布日期{report.published_on}早于报告年度结束，日期存疑。")
    due = due_date(report)
    if report.published_on <= due:
        return []
    late = (report.published_on - due).days
    return [Flaw(f"报告公布于{report.published_on}，按规定应在{due}以前公布，晚了{late}天。")]


def due_date(report: Report) -> date:
    authority = report.authority
    government = authority.department == "government" and authority.level in GOVERNMENTS_FROM_COUNTY_UP
    if government or report.year < FIRST_YEAR_OF_EARLY_REPORTS:
        return date(report.year + 1, 3, 31)
    return date(report.year + 1, 1, 31)
