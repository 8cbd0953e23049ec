from collections.abc import Callable

from pipeline.checks.missing_item import missing_item
from pipeline.forms import forms
from pipeline.model import Fact, Finding, Report, ValueKind

Run = Callable[..., list[Finding]]
PARTS = ("outcome.other.uncorrected", "outcome.other.unpaid", "outcome.other.other")
COLUMNS = tuple(applicant.code for applicant in forms()["2021"].applicants)


def test_a_whole_form_with_either_way_of_printing_other_handling_passes(
    report: Callable[..., Report], run: Run
) -> None:
    assert [one.passed for one in run(missing_item, report())] == [True]
    undivided: dict[tuple[str, str], object] = {(part, column): None for part in PARTS for column in COLUMNS}
    undivided |= {("outcome.other", column): 0 for column in COLUMNS}
    assert [one.passed for one in run(missing_item, report(undivided))] == [True]


def test_an_item_that_is_nowhere_is_one_row_and_so_is_one_that_lacks_some_columns(
    report: Callable[..., Report], run: Run
) -> None:
    values: dict[tuple[str, str | None], object] = {("outcome.partial", column): None for column in COLUMNS}
    values |= {("requests.new", "research"): None, ("fees.amount", None): None}
    findings = run(missing_item, report(values))
    assert [(one.item, one.applicant) for one in findings] == [
        ("fees.amount", None),
        ("requests.new", None),
        ("outcome.partial", None),
    ]
    assert findings[1].message == "“一、本年新收政府信息公开申请数量”一行缺少科研机构的数字。"


def test_where_neither_way_is_printed_the_forms_own_parts_are_missing(report: Callable[..., Report], run: Run) -> None:
    values = {(part, column): None for part in PARTS for column in COLUMNS}
    assert [one.item for one in run(missing_item, report(values))] == list(PARTS)


def test_a_cell_of_the_undivided_row_that_is_missing_is_missed_alone(report: Callable[..., Report], run: Run) -> None:
    values: dict[tuple[str, str], object] = {(part, column): None for part in PARTS for column in COLUMNS}
    values |= {("outcome.other", column): 0 for column in COLUMNS if column != "research"}
    assert [one.item for one in run(missing_item, report(values))] == ["outcome.other"]


def test_a_blank_cell_is_printed(report: Callable[..., Report], run: Run) -> None:
    whole = report()
    blank = tuple(Fact(fact.item, fact.applicant, ValueKind.BLANK, None, "", "cell", 1.0) for fact in whole.facts)
    assert [one.passed for one in run(missing_item, report(facts=blank))] == [True]
