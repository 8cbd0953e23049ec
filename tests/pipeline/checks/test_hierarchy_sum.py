from collections.abc import Callable
from decimal import Decimal

from pipeline.checks.hierarchy_sum import hierarchy_sum
from pipeline.model import Authority, Finding, Report

Run = Callable[..., list[Finding]]
GOVERNMENT = Authority("g", "某某县人民政府", "640423", "county", "government")
DEPARTMENTS = {("requests.new", "total"): Decimal(9), ("licensing.decisions", None): Decimal(5)}


def test_a_government_that_reports_less_than_its_departments_fails_at_that_item(
    report: Callable[..., Report], run: Run
) -> None:
    this = report({("requests.new", "total"): 8, ("licensing.decisions", None): 7}, authority=GOVERNMENT)
    (finding,) = run(hierarchy_sum, this, departments=DEPARTMENTS)
    assert (finding.passed, finding.severity, finding.item) == (False, "warning", "requests.new")
    assert (finding.expected, finding.actual) == (9, 8)


def test_more_than_its_departments_passes_for_not_all_are_held(report: Callable[..., Report], run: Run) -> None:
    this = report({("requests.new", "total"): 20, ("licensing.decisions", None): 5}, authority=GOVERNMENT)
    assert [one.passed for one in run(hierarchy_sum, this, departments=DEPARTMENTS)] == [True]


def test_it_cannot_be_applied_to_a_department_or_without_departments(report: Callable[..., Report], run: Run) -> None:
    assert [one.passed for one in run(hierarchy_sum, report(), departments=DEPARTMENTS)] == [None]
    assert [one.passed for one in run(hierarchy_sum, report(authority=GOVERNMENT))] == [None]
