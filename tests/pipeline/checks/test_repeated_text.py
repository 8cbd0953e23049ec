from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from pipeline.checks import Peer
from pipeline.checks.repeated_text import repeated_text
from pipeline.model import Finding, Report, Section
from tests.pipeline.checks.conftest import signatures_of

Run = Callable[..., list[Finding]]


def problems(report: Report) -> str:
    return next(section.text for section in report.sections if section.number == 5)


def test_last_years_text_with_other_numbers_is_found(seed: Callable[[str], Report], run: Run) -> None:
    this = seed("石嘴山市公安局2022")
    (finding,) = run(repeated_text, this, last_year=signatures_of({5: problems(this).replace("2022", "2021")}))
    assert (finding.passed, finding.severity, finding.actual) == (False, "warning", Decimal("1.00"))
    assert finding.message == (
        "“存在的主要问题及改进情况”部分与本机关上一年度报告的同一部分约有100%的文字相同，请核对是否更新。"
    )


def test_the_nearest_of_several_authorities_with_the_same_text_is_named(
    seed: Callable[[str], Report], run: Run
) -> None:
    this = seed("石嘴山市公安局2022")
    text = problems(this)
    half = text[: len(text) // 2] + problems(seed("高青县公安局2024"))
    peers = tuple(
        Peer(name, signatures_of({5: said}))
        for name, said in (("甲局", text.replace("政务", "党务", 1)), ("乙局", text), ("丙局", half))
    )
    (finding,) = run(repeated_text, this, peers=peers)
    assert finding.message == (
        "“存在的主要问题及改进情况”部分与乙局同年度报告的同一部分约有100%的文字相同（这样的机关共2个）。"
    )


def test_different_texts_pass(seed: Callable[[str], Report], run: Run) -> None:
    other = signatures_of({section.number: section.text for section in seed("高青县公安局2024").sections})
    this = seed("石嘴山市公安局2022")
    assert [one.passed for one in run(repeated_text, this, last_year=other)] == [True]


def test_short_texts_preambles_and_reports_without_others_are_not_compared(
    report: Callable[..., Report], seed: Callable[[str], Report], run: Run
) -> None:
    short = replace(report(), sections=(Section(6, "其他需要报告的事项", "无。"),))
    assert [one.passed for one in run(repeated_text, short)] == [None]
    assert [one.passed for one in run(repeated_text, short, last_year=signatures_of({6: "无。"}))] == [None]
    text = problems(seed("石嘴山市公安局2022"))
    preamble = replace(report(), sections=(Section(0, "", text),))
    assert [one.passed for one in run(repeated_text, preamble, last_year=signatures_of({0: text}))] == [None]
