from collections.abc import Callable
from dataclasses import replace

from pipeline.checks.applicant_sum import applicant_sum
from pipeline.model import Finding, Report

Run = Callable[..., list[Finding]]


def test_rows_that_add_up_pass(report: Callable[..., Report], run: Run) -> None:
    values = {("requests.new", "enterprise"): 2, ("requests.new", "other_org"): 1, ("requests.new", "total"): 3}
    assert [one.passed for one in run(applicant_sum, report(values))] == [True]


def test_a_row_whose_total_differs_names_the_item_and_both_numbers(report: Callable[..., Report], run: Run) -> None:
    (finding,) = run(applicant_sum, report({("requests.new", "enterprise"): 2, ("requests.new", "total"): 3}))
    assert (finding.passed, finding.item, finding.applicant) == (False, "requests.new", None)
    assert (finding.expected, finding.actual) == (2, 3)
    assert "商业企业2" in finding.message
    assert "总计为2方能相符" in finding.message


def test_a_row_that_lacks_an_applicant_is_left_out(report: Callable[..., Report], run: Run) -> None:
    values = {("requests.new", "research"): None, ("requests.new", "total"): 3}
    assert [one.passed for one in run(applicant_sum, report(values))] == [True]


def test_a_form_without_applicants_is_not_asked(report: Callable[..., Report], run: Run) -> None:
    assert [one.passed for one in run(applicant_sum, report(form="2014"))] == [None]


def test_a_sum_over_cells_that_were_not_read_for_sure_says_so(report: Callable[..., Report], run: Run) -> None:
    this = report({("requests.new", "research"): 2})
    unsure = [
        replace(fact, confidence=0.6) if (fact.item, fact.applicant) == ("requests.new", "research") else fact
        for fact in this.facts
    ]
    (sure,) = run(applicant_sum, this)
    (doubted,) = run(applicant_sum, replace(this, facts=tuple(unsure)))
    assert doubted.message == sure.message + "（其中1个数字未能确认读准，请先对照原文。）"
