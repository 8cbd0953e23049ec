from collections.abc import Callable
from decimal import Decimal

import pytest

from pipeline.checks import PreviousYear
from pipeline.checks.outlier import outlier
from pipeline.model import Finding, Report

Run = Callable[..., list[Finding]]


@pytest.mark.parametrize(
    ("before", "now", "passed"),
    [(3000, 3500, True), (3000, 300, False), (3000, 30000, False), (0, 90, True), (0, 100, False), (1, 9, True)],
)
def test_ten_times_as_much_or_a_tenth_stands_out(
    report: Callable[..., Report], run: Run, before: int, now: int, passed: bool
) -> None:
    last_year = PreviousYear({("licensing.decisions", None): Decimal(before)}, {})
    (finding,) = run(outlier, report({("licensing.decisions", None): now}), last_year=last_year)
    assert (finding.passed, finding.severity) == (passed, "warning")
    if not passed:
        assert (finding.item, finding.expected, finding.actual) == ("licensing.decisions", before, now)


def test_it_cannot_be_applied_without_last_year(report: Callable[..., Report], run: Run) -> None:
    assert [one.passed for one in run(outlier, report())] == [None]
    assert [one.passed for one in run(outlier, report(), last_year=PreviousYear({}, {}))] == [None]
