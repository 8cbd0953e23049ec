from collections.abc import Callable

import pytest

from pipeline.checks.litigation_direct_sum import litigation_direct_sum
from pipeline.model import Finding, Report

Run = Callable[..., list[Finding]]


@pytest.mark.parametrize("form", ["2021", "2019"])
def test_results_that_add_up_pass(report: Callable[..., Report], run: Run, form: str) -> None:
    values = {
        ("litigation_direct.upheld", None): 7,
        ("litigation_direct.pending", None): 2,
        ("litigation_direct.total", None): 9,
    }
    assert [one.passed for one in run(litigation_direct_sum, report(values, form=form))] == [True]


def test_a_total_of_zero_beside_results_fails_without_an_applicant(report: Callable[..., Report], run: Run) -> None:
    (finding,) = run(
        litigation_direct_sum,
        report({("litigation_direct.upheld", None): 10, ("litigation_direct.corrected", None): 1}),
    )
    assert (finding.passed, finding.item, finding.applicant) == (False, None, None)
    assert (finding.expected, finding.actual) == (11, 0)
    assert finding.message.startswith("“行政诉讼·未经复议直接起诉·总计”印为0，各分项相加为11")


def test_without_the_table_the_reason_names_the_cells(report: Callable[..., Report], run: Run) -> None:
    (finding,) = run(litigation_direct_sum, report(facts=()))
    assert finding.passed is None
    assert "行政诉讼·未经复议直接起诉·总计" in finding.message
