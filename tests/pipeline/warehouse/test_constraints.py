"""What rows must keep: each constraint has a row that breaks it, and what is printed oddly but truly breaks none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from pipeline.forms import forms
from pipeline.model import Finding, Mention, Section, ValueKind
from pipeline.warehouse import constraints
from pipeline.warehouse.constraints import Known
from tests.pipeline.warehouse.synthetic import make_fact, make_facts, make_report

KNOWN = Known(frozenset({"640000", "640200"}), frozenset({"shizuishan"}))
COUNT = make_fact("requests.new", "total", Decimal(5))
REPORT = make_report(1)


def about(**changes: Any) -> Any:
    """The report with another source or authority."""
    source = {name: changes.pop(name) for name in ("portal_id", "extractor", "file_url") if name in changes}
    who = {name: changes.pop(name) for name in ("name", "division", "level", "department") if name in changes}
    report = replace(REPORT, **changes)
    return replace(report, source=replace(report.source, **source), authority=replace(report.authority, **who))


def test_whole_reports_of_every_form_break_nothing() -> None:
    assert constraints.report_reason(REPORT, KNOWN) is None
    assert constraints.day_reason(REPORT) is None
    for form in forms():
        assert [constraints.fact_reason(fact, form) for fact in make_facts(form) if fact] == [None] * len(
            make_facts(form)
        )


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ({"report_id": ""}, "no authority or key"),
        ({"name": ""}, "no authority or key"),
        ({"province": "64"}, "not a division code"),
        ({"province": "640200"}, "not a division code"),
        ({"division": "64０２００"}, "not a division code"),
        ({"division": "640299"}, "unknown division: 640299"),
        ({"province": "990000"}, "unknown division: 990000"),
        ({"portal_id": "nobody"}, "unknown portal: nobody"),
        ({"status": "wonderful"}, "unknown code: status"),
        ({"form": "1999"}, "unknown code: form"),
        ({"level": "planet"}, "unknown code: level"),
        ({"extractor": "crystal"}, "unknown code: extractor"),
        ({"department": "magic"}, "unknown code: department"),
        ({"year": 1999}, "not a year"),
        ({"year": 2027}, "not a year"),  # it was fetched in 2026
        ({"title": "\ud800"}, "characters that are none"),
    ],
)
def test_a_report_that_cannot_be_is_told_why(broken: dict[str, Any], said: str) -> None:
    assert said in str(constraints.report_reason(about(**broken), KNOWN))


def test_references_are_held_against_dictionaries_that_there_are() -> None:
    far = about(division="990100", province="990000", portal_id="nobody")
    assert constraints.report_reason(far, Known()) is None
    assert constraints.report_reason(about(division="000000", province="000000", portal_id=None), KNOWN) is None


@pytest.mark.parametrize(
    ("day", "fits"),
    [
        (None, True),
        (date(2025, 1, 20), True),
        (date(2024, 12, 31), True),
        (date(2026, 3, 2), True),  # where it was fetched on the first, it is the second in China
        (date(2026, 3, 3), False),
        (date(2023, 12, 31), False),
    ],
)
def test_a_report_is_published_after_its_year_began_and_before_it_was_fetched(day: date | None, fits: bool) -> None:
    assert (constraints.day_reason(replace(REPORT, published_on=day)) is None) == fits


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ({"item": "no.such.item"}, "no such cell"),
        ({"applicant": "martian"}, "no such cell"),
        ({"applicant": None}, "no such cell"),
        ({"item": "fees.amount"}, "no such cell"),  # which is not printed for each kind of applicant
        ({"item": "review.upheld"}, "no such cell"),
        ({"value": None}, "value and kind disagree"),
        ({"kind": ValueKind.BLANK}, "value and kind disagree"),
        ({"value": Decimal(-5)}, "no minus is printed"),
        ({"value": Decimal("NaN")}, "out of range"),
        ({"value": Decimal(10) ** 16}, "out of range"),
        ({"method": "guess"}, "method or confidence"),
        ({"confidence": 1.01}, "method or confidence"),
        ({"confidence": float("nan")}, "method or confidence"),
        ({"page": 0}, "not a page"),
        ({"raw": "\ud800"}, "characters that are none"),
    ],
)
def test_a_cell_that_cannot_be_is_told_why(broken: dict[str, Any], said: str) -> None:
    assert said in str(constraints.fact_reason(replace(COUNT, **broken), "2021"))


@pytest.mark.parametrize("raw", ["-5", "－5", "−5", "减5", "减少5"])
def test_a_number_below_zero_enters_when_it_is_printed_so(raw: str) -> None:
    assert constraints.fact_reason(replace(COUNT, value=Decimal(-5), raw=raw), "2021") is None


def test_a_cell_of_another_form_is_none_of_this_one_but_a_report_without_a_form_may_print_any() -> None:
    new, old = ({(fact.item, fact.applicant) for fact in make_facts(form)} for form in ("2021", "2014"))
    item, applicant = min(old - new, key=str)
    fact = make_fact(item, applicant, Decimal(1))
    assert "no such cell" in str(constraints.fact_reason(fact, "2021"))
    assert constraints.fact_reason(fact, "narrative") is None


@pytest.mark.parametrize(
    ("mention", "fits"),
    [
        (Mention(1, None, Decimal(7), "条", False, "七条", 0, 2), True),
        (Mention(1, None, Decimal(7), "条", False, "七条", 2, 2), False),
        (Mention(1, None, Decimal(7), "条", False, "七条", 0, 3), False),
        (Mention(2, None, Decimal(7), "条", False, "七条", 0, 1), False),
        (Mention(1, None, Decimal(10) ** 30, "条", False, "七条", 0, 1), False),
    ],
)
def test_a_mention_stands_in_the_text_of_its_section(mention: Mention, fits: bool) -> None:
    assert (constraints.mention_reason(mention, {1: 2}) is None) == fits


def test_a_section_has_a_number_and_a_finding_a_rule() -> None:
    assert constraints.section_reason(Section(1, "一、总体情况", "无")) is None
    assert constraints.section_reason(Section(-1, "", "")) is not None
    assert constraints.finding_reason(Finding("balance", True)) is None
    assert constraints.finding_reason(Finding("astrology", True)) is not None
    assert constraints.finding_reason(Finding("balance", False, "fatal")) is not None
