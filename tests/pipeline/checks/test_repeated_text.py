from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from pipeline.checks import Peer, PreviousYear
from pipeline.checks.repeated_text import repeated_text
from pipeline.model import Finding, Report, Section

Run = Callable[..., list[Finding]]


def problems(report: Report) -> str:
    return next(section.text for section in report.sections if section.number == 5)


def test_last_years_text_with_other_numbers_is_found(seed: Callable[[str], Report], run: Run) -> None:
    this = seed("石嘴山市公安局2022")
    last_year = PreviousYear({}, {5: problems(this).replace("2022", "2021")})
    (finding,) = run(repeated_text, this, last_year=last_year)
    assert (finding.passed, finding.severity, finding.actual) == (False, "warning", Decimal("1.00"))
    assert finding.message == "“存在的主要问题及改进情况”部分与上一年度的报告有100%的文字相同。"


def test_another_authoritys_text_is_found_by_its_name(seed: Callable[[str], Report], run: Run) -> None:
    this = seed("石嘴山市公安局2022")
    (finding,) = run(repeated_text, this, peers=(Peer("某某市公安局", {5: problems(this)}),))
    assert "与某某市公安局的报告" in finding.message


def test_different_texts_pass(seed: Callable[[str], Report], run: Run) -> None:
    other = {section.number: section.text for section in seed("高青县公安局2024").sections}
    this = seed("石嘴山市公安局2022")
    assert [one.passed for one in run(repeated_text, this, last_year=PreviousYear({}, other))] == [True]


def test_short_texts_and_reports_without_others_are_not_compared(report: Callable[..., Report], run: Run) -> None:
    short = replace(report(), sections=(Section(6, "其他需要报告的事项", "无。"),))
    assert [one.passed for one in run(repeated_text, short)] == [None]
    assert [one.passed for one in run(repeated_text, short, last_year=PreviousYear({}, {6: "无。"}))] == [None]
