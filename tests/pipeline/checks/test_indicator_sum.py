from collections.abc import Callable

from pipeline.checks.indicator_sum import indicator_sum
from pipeline.model import Finding, Report

Run = Callable[..., list[Finding]]


def test_each_indicator_that_is_not_the_sum_of_its_parts_is_a_row_of_its_own(
    report: Callable[..., Report], run: Run
) -> None:
    values = {("requests.new", None): 5, ("requests.online", None): 4, ("review.total", None): 1}
    findings = run(indicator_sum, report(values, form="2014"))
    assert [(one.item, one.expected, one.actual) for one in findings] == [
        ("requests.new", 4, 5),
        ("review.total", 0, 1),
    ]


def test_indicators_that_add_up_pass(report: Callable[..., Report], run: Run) -> None:
    values = {("requests.new", None): 5, ("requests.online", None): 4, ("requests.letter", None): 1}
    assert [one.passed for one in run(indicator_sum, report(values, form="2014"))] == [True]


def test_later_forms_have_no_indicators(report: Callable[..., Report], run: Run) -> None:
    assert [one.passed for one in run(indicator_sum, report())] == [None]
