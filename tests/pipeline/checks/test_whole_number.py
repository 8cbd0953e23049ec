from collections.abc import Callable

from pipeline.checks.whole_number import whole_number
from pipeline.model import Finding, Report

Run = Callable[..., list[Finding]]


def test_a_fraction_of_a_case_fails(report: Callable[..., Report], run: Run) -> None:
    (finding,) = run(whole_number, report({("licensing.decisions", None): "37.2"}))
    assert (finding.passed, finding.item) == (False, "licensing.decisions")
    assert finding.message == "“行政许可·本年处理决定数量”印为37.2，件数应为整数。"


def test_amounts_may_have_decimals_and_counts_may_be_printed_with_zeros(
    report: Callable[..., Report], run: Run
) -> None:
    this = report({("fees.amount", None): "314.4765", ("licensing.decisions", None): "12000.0"})
    assert [one.passed for one in run(whole_number, this)] == [True]


def test_a_report_without_counts_is_not_asked(report: Callable[..., Report], run: Run) -> None:
    assert [one.passed for one in run(whole_number, report(facts=()))] == [None]
