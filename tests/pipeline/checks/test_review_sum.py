from collections.abc import Callable

import pytest

from pipeline.checks.review_sum import review_sum
from pipeline.model import Finding, Report

Run = Callable[..., list[Finding]]


@pytest.mark.parametrize("form", ["2021", "2019"])
def test_results_that_add_up_pass(report: Callable[..., Report], run: Run, form: str) -> None:
    values = {("review.upheld", None): 7, ("review.pending", None): 2, ("review.total", None): 9}
    assert [one.passed for one in run(review_sum, report(values, form=form))] == [True]


def test_a_total_of_zero_beside_results_fails_without_an_applicant(report: Callable[..., Report], run: Run) -> None:
    (finding,) = run(review_sum, report({("review.upheld", None): 10, ("review.corrected", None): 1}))
    assert (finding.passed, finding.item, finding.applicant) == (False, None, None)
    assert (finding.expected, finding.actual) == (11, 0)
    assert finding.message.startswith("“行政复议·总计”印为0，各分项相加为11")


def test_without_the_table_the_reason_names_the_cells(report: Callable[..., Report], run: Run) -> None:
    (finding,) = run(review_sum, report(facts=()))
    assert finding.passed is None
    assert "行政复议·总计" in finding.message
