from collections.abc import Callable

from pipeline.checks.year_matches import year_matches
from pipeline.model import Finding, Report

Run = Callable[..., list[Finding]]


def test_the_same_year_everywhere_passes(report: Callable[..., Report], run: Run) -> None:
    same = report(year_evidence=(("title", 2024), ("period", 2024)))
    assert [one.passed for one in run(year_matches, same)] == [True]


def test_each_place_that_names_another_year_is_a_row(report: Callable[..., Report], run: Run) -> None:
    (finding,) = run(year_matches, report(year_evidence=(("title", 2024), ("period", 2023), ("page", 2024))))
    assert (finding.passed, finding.expected, finding.actual) == (False, 2024, 2023)
    assert finding.message.startswith("统计期限写的是2023年度")


def test_without_a_printed_year_there_is_nothing_to_compare(report: Callable[..., Report], run: Run) -> None:
    assert [one.passed for one in run(year_matches, report(year_evidence=()))] == [None]
