"""The rule `year_matches`."""

from decimal import Decimal

from pipeline.checks.context import CheckContext
from pipeline.checks.registry import check
from pipeline.checks.verdict import Flaw, NotApplicable, Verdict

_NAMES = {"title": "标题", "period": "统计期限", "page": "网页"}


@check(version=1)
def year_matches(context: CheckContext) -> Verdict:
    """The title, the reporting period and the page name the same year."""
    report = context.report
    if not report.year_evidence:
        return NotApplicable("标题、统计期限和网页都没有写明年度。")
    return [
        Flaw(
            f"{_NAMES.get(source, source)}写的是{year}年度，而本报告按{report.year}年度收录。",
            None,
            None,
            Decimal(report.year),
            Decimal(year),
        )
        for source, year in report.year_evidence
        if year != report.year
    ]
