from collections.abc import Callable

import pytest

from pipeline.checks import CheckContext, run_checks
from pipeline.forms import forms
from pipeline.model import Report

SUMS_AND_NARRATIVE = {
    *("balance", "outcome_sum", "applicant_sum", "review_sum", "litigation_direct_sum"),
    *("litigation_after_review_sum", "narrative_requests", "narrative_review", "narrative_litigation"),
}


def failed(report: Report) -> list[tuple[str, str | None]]:
    findings = run_checks(CheckContext(report, forms()[report.form]))
    return [(finding.rule, finding.applicant) for finding in findings if finding.passed is False]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("石嘴山市公安局2022", [("narrative_litigation", None), ("narrative_review", None)]),
        (
            "隆德县公安局2024",
            [
                ("balance", "natural_person"),
                ("balance", "total"),
                ("outcome_sum", "natural_person"),
                ("outcome_sum", "total"),
            ],
        ),
        ("高青县公安局2024", []),
        ("怀远县公安局2024", []),
        ("中卫市公安局2024", []),
    ],
)
def test_a_seed_fails_the_checks_that_its_print_fails_and_no_other(
    seed: Callable[[str], Report], name: str, expected: list[tuple[str, str | None]]
) -> None:
    report = seed(name)
    assert failed(report) == expected


def test_the_wrong_totals_of_the_real_sample_are_reported(hongze: Report) -> None:
    assert [place for place in failed(hongze) if place[0] in SUMS_AND_NARRATIVE] == [
        ("litigation_after_review_sum", None),
        ("review_sum", None),
    ]


@pytest.mark.parametrize(
    ("name", "passed"),
    [
        ("石嘴山市公安局2022", True),
        ("隆德县公安局2024", True),
        ("高青县公安局2024", True),
        ("怀远县公安局2024", True),
        ("中卫市公安局2024", None),  # says only how many requests were dealt with
    ],
)
def test_the_requests_that_a_seed_states_are_those_of_its_table(
    seed: Callable[[str], Report], name: str, passed: bool | None
) -> None:
    report = seed(name)
    findings = run_checks(CheckContext(report, forms()[report.form]))
    assert [finding.passed for finding in findings if finding.rule == "narrative_requests"] == [passed]
