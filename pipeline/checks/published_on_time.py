"""The rule `published_on_time`."""

from pipeline.checks.context import CheckContext
from pipeline.checks.registry import check
from pipeline.checks.verdict import Flaw, NotApplicable, Verdict
from pipeline.deadlines import due_on


@check(version=1, severity="warning")
def published_on_time(context: CheckContext) -> Verdict:
    """Departments, townships and streets publish by 31 January, governments from county level up by 31 March.

    Reports on years before 2019 were due by 31 March for all. The days stand in `config/deadlines.toml`.
    """
    report = context.report
    if report.published_on is None:
        return NotApplicable("不知道报告的公布日期。")
    if report.published_on.year <= report.year:
        return NotApplicable(f"公布日期{report.published_on}早于报告年度结束，日期存疑。")
    due = due_on(report.year, report.authority.department, report.authority.level)
    if report.published_on <= due:
        return []
    late = (report.published_on - due).days
    return [Flaw(f"报告公布于{report.published_on}，按规定应在{due}以前（含当日）公布，晚了{late}天。")]
