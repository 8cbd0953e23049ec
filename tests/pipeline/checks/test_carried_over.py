from collections.abc import Callable
from decimal import Decimal

from pipeline.checks.carried_over import carried_over
from pipeline.model import Finding, Report

Run = Callable[..., list[Finding]]


def last_year(carried_out: int) -> dict[int, dict[tuple[str, str], Decimal]]:
    return {2023: {("requests.carried_out", "total"): Decimal(carried_out)}}


def test_what_comes_in_is_what_went_out(report: Callable[..., Report], run: Run) -> None:
    this = report({("requests.carried_in", "total"): 2})
    assert [one.passed for one in run(carried_over, this, history=last_year(2))] == [True]


def test_another_number_fails_with_both_numbers(report: Callable[..., Report], run: Run) -> None:
    (finding,) = run(carried_over, report(), history=last_year(2))
    assert (finding.passed, finding.expected, finding.actual) == (False, 2, 0)
    assert (finding.item, finding.applicant) == (None, None)
    assert finding.message == (
        "“二、上年结转政府信息公开申请数量”总计印为0，而2023年度报告“四、结转下年度继续办理”总计印为2。二者应当一致。"
    )


def test_it_cannot_be_applied_without_last_year_or_its_number(report: Callable[..., Report], run: Run) -> None:
    assert [one.passed for one in run(carried_over, report())] == [None]
    assert [one.passed for one in run(carried_over, report(), history={2022: last_year(2)[2023]})] == [None]
    assert [one.passed for one in run(carried_over, report(), history={2023: {}})] == [None]
