from collections.abc import Callable
from dataclasses import replace

import pytest

from pipeline.checks.narrative_requests import narrative_requests
from pipeline.mentions import mentions
from pipeline.model import Finding, Report

Run = Callable[..., list[Finding]]
CELL = ("requests.new", "total")
STATED = "本年共收到政府信息公开申请3件。"


def saying(report: Report, text: str, section: int = 1) -> Report:
    return replace(report, mentions=tuple(mentions(section, text)))


@pytest.mark.parametrize("form", ["2021", "2019"])
def test_words_and_table_that_agree_pass(report: Callable[..., Report], run: Run, form: str) -> None:
    assert [one.passed for one in run(narrative_requests, saying(report({CELL: 3}, form=form), STATED))] == [True]


def test_words_that_contradict_the_table_fail_with_the_sentence(report: Callable[..., Report], run: Run) -> None:
    (finding,) = run(narrative_requests, saying(report({CELL: 25}), STATED))
    assert (finding.passed, finding.item, finding.applicant) == (False, None, None)
    assert (finding.expected, finding.actual) == (25, 3)
    assert STATED in finding.message


def test_an_approximate_number_leaves_room(report: Callable[..., Report], run: Run) -> None:
    about = STATED.replace("3件", "20余件")
    assert [one.passed for one in run(narrative_requests, saying(report({CELL: 25}), about))] == [True]
    assert [one.passed for one in run(narrative_requests, saying(report({CELL: 35}), about))] == [False]


def test_it_cannot_be_applied_where_section_1_does_not_state_it_or_the_cell_is_missing(
    report: Callable[..., Report], run: Run
) -> None:
    assert [one.passed for one in run(narrative_requests, report({CELL: 3}))] == [None]
    assert [one.passed for one in run(narrative_requests, saying(report({CELL: 3}), STATED, section=6))] == [None]
    assert [one.passed for one in run(narrative_requests, saying(report({CELL: None}), STATED))] == [None]
