from collections.abc import Callable

from pipeline.checks.outcome_sum import outcome_sum
from pipeline.model import Finding, Report

Run = Callable[..., list[Finding]]
PARTS = ("outcome.other.uncorrected", "outcome.other.unpaid", "outcome.other.other")


def test_outcomes_that_add_up_pass(report: Callable[..., Report], run: Run) -> None:
    values = {("outcome.granted", "total"): 2, ("outcome.other.unpaid", "total"): 1, ("outcome.total", "total"): 3}
    assert [one.passed for one in run(outcome_sum, report(values))] == [True]


def test_a_total_of_zero_beside_a_decided_request_names_the_cell(report: Callable[..., Report], run: Run) -> None:
    (finding,) = run(outcome_sum, report({("outcome.denied.enforcement_file", "total"): 1}))
    assert (finding.applicant, finding.item, finding.expected, finding.actual) == ("total", None, 1, 0)
    assert finding.message == (
        "“总计”一栏：“三、（七）总计”印为0，各分项相加为1（“三、（三）7.属于行政执法案卷”1）。"
        "总数为1，或分项合计为0，方能相符。"
    )


def test_the_undivided_row_stands_for_its_three_parts(report: Callable[..., Report], run: Run) -> None:
    columns = ("natural_person", "enterprise", "research", "nonprofit", "legal_service", "other_org", "total")
    undivided: dict[tuple[str, str], object] = {(part, column): None for part in PARTS for column in columns}
    undivided |= {("outcome.other", column): 0 for column in columns}
    undivided |= {("outcome.other", "total"): 2, ("outcome.total", "total"): 2}
    assert [one.passed for one in run(outcome_sum, report(undivided))] == [True]


def test_an_undivided_row_printed_beside_its_parts_is_not_added_twice(report: Callable[..., Report], run: Run) -> None:
    values = {("outcome.other", "total"): 2, ("outcome.other.other", "total"): 2, ("outcome.total", "total"): 2}
    assert [one.passed for one in run(outcome_sum, report(values))] == [True]


def test_form_2019_has_the_undivided_row_only(report: Callable[..., Report], run: Run) -> None:
    values = {("outcome.other", "total"): 2, ("outcome.total", "total"): 3}
    (finding,) = run(outcome_sum, report(values, form="2019"))
    assert (finding.passed, finding.expected, finding.actual) == (False, 2, 3)
