from collections.abc import Callable
from decimal import Decimal

from pipeline.checks import PreviousYear
from pipeline.checks.carried_over import carried_over
from pipeline.model import Finding, Report

Run = Callable[..., list[Finding]]


def last_year(carried_out: int) -> PreviousYear:
    return PreviousYear({("requests.carried_out", "total"): Decimal(carried_out)}, {})


def test_what_comes_in_is_what_went_out(report: Callable[..., Report], run: Run) -> None:
    this = report({("requests.carried_in", "total"): 2})
    assert [one.passed for one in run(carried_over, this, last_year=last_year(2))] == [True]


def test_another_number_fails_with_both_numbers(report: Callable[..., Report], run: Run) -> None:
    (finding,) = run(carried_over, report(), last_year=last_year(2))
    assert (finding.passed, finding.expected, finding.actual) == (False, 2, 0)
    assert (finding.item, finding.applicant) == (None, None)


def test_it_cannot_be_applied_without_last_year_or_its_number(report: Callable[..., Report], run: Run) -> None:
    assert [one.passed for one in run(carried_over, report())] == [None]
    assert [one.passed for one in run(carried_over, report(), last_year=PreviousYear({}, {}))] == [None]
