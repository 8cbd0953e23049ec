from collections.abc import Callable
from decimal import Decimal

from pipeline.checks.balance import balance
from pipeline.model import Fact, Finding, Report, ValueKind

Run = Callable[..., list[Finding]]


def test_balanced_columns_are_one_row_that_passed(report: Callable[..., Report], run: Run) -> None:
    (finding,) = run(balance, report({("requests.new", "total"): 3, ("requests.carried_out", "total"): 3}))
    assert (finding.rule, finding.passed, finding.severity) == ("balance", True, "error")


def test_each_unbalanced_column_is_a_row_that_says_which_cells_and_what_would_balance(
    report: Callable[..., Report], run: Run
) -> None:
    values = {("requests.new", "natural_person"): 1, ("requests.new", "total"): 1}
    findings = run(balance, report(values))
    assert [(one.passed, one.item, one.applicant, one.expected, one.actual) for one in findings] == [
        (False, None, "natural_person", 1, 0),
        (False, None, "total", 1, 0),
    ]
    assert findings[0].message == (
        "“自然人”一栏：“一、本年新收政府信息公开申请数量”1＋“二、上年结转政府信息公开申请数量”0＝1，"
        "而“三、（七）总计”0＋“四、结转下年度继续办理”0＝0，两边应当相等。若“三、（七）总计”为1，则两边相等。"
    )


def test_a_missing_cell_takes_only_its_own_column_out(report: Callable[..., Report], run: Run) -> None:
    values = {("outcome.total", "total"): None, ("requests.new", "total"): 5}
    (finding,) = run(balance, report(values))
    assert finding.passed is True


def test_without_any_whole_column_the_reason_is_given(report: Callable[..., Report], run: Run) -> None:
    (finding,) = run(balance, report(facts=()))
    assert finding.passed is None
    assert "没有印出可用的数字" in finding.message


def test_blank_dash_and_none_count_as_zero_and_text_as_unknown(report: Callable[..., Report], run: Run) -> None:
    cells = ("requests.new", "requests.carried_in", "outcome.total", "requests.carried_out")
    kinds = (ValueKind.BLANK, ValueKind.DASH, ValueKind.NONE, ValueKind.BLANK)
    empty = tuple(Fact(item, "total", kind, None, "", "cell", 1.0) for item, kind in zip(cells, kinds, strict=True))
    assert [one.passed for one in run(balance, report(facts=empty))] == [True]
    text = (*empty[1:], Fact("requests.new", "total", ValueKind.TEXT, None, "若干", "cell", 1.0))
    assert [one.passed for one in run(balance, report(facts=text))] == [None]


def test_a_form_without_applications_has_no_balance(report: Callable[..., Report], run: Run) -> None:
    (finding,) = run(balance, report(form="2014"))
    assert finding.passed is None
    assert Decimal(0) not in (finding.expected, finding.actual)
