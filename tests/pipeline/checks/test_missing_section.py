from collections.abc import Callable

from pipeline.checks.missing_section import missing_section
from pipeline.model import Finding, Report, Section

Run = Callable[..., list[Finding]]


def test_sections_count_as_there_by_heading_or_by_table(report: Callable[..., Report], run: Run) -> None:
    prose = tuple(Section(number, "", "……") for number in (1, 5, 6))
    assert [one.passed for one in run(missing_section, report(sections=prose))] == [True]


def test_each_missing_section_is_a_row_with_its_heading(report: Callable[..., Report], run: Run) -> None:
    findings = run(missing_section, report(sections=(Section(1, "总体情况", "……"),)))
    assert [one.message for one in findings] == [
        "报告中没有找到第五部分“存在的主要问题及改进情况”。",
        "报告中没有找到第六部分“其他需要报告的事项”。",
    ]


def test_a_form_that_prescribes_no_sections_is_not_asked(report: Callable[..., Report], run: Run) -> None:
    assert [one.passed for one in run(missing_section, report(form="2014"))] == [None]
