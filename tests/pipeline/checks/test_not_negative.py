from collections.abc import Callable

from pipeline.checks.not_negative import not_negative
from pipeline.model import Finding, Report

Run = Callable[..., list[Finding]]


def test_a_negative_number_fails_where_it_stands(report: Callable[..., Report], run: Run) -> None:
    (finding,) = run(not_negative, report({("requests.new", "research"): -1}))
    assert (finding.passed, finding.item, finding.applicant) == (False, "requests.new", "research")
    assert finding.message == "“一、本年新收政府信息公开申请数量”的“科研机构”印为-1，数量不应为负数。"


def test_a_change_against_last_year_may_be_negative(report: Callable[..., Report], run: Run) -> None:
    this = report({("licensing.change", None): -4}, form="2019")
    assert [one.passed for one in run(not_negative, this)] == [True]


def test_a_report_without_numbers_is_not_asked(report: Callable[..., Report], run: Run) -> None:
    assert [one.passed for one in run(not_negative, report(facts=()))] == [None]
