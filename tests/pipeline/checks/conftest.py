"""Reports to check: the seeds as their hand-checked facts say them, and small ones made for a rule."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pipeline.checks import CheckContext, Neighbourhood, Signature, signature
from pipeline.forms import forms
from pipeline.mentions import mentions
from pipeline.model import Authority, Fact, Finding, Report, Section, Source, ValueKind
from pipeline.resources import SAMPLE

HONGZE = Path(__file__).parents[2] / "fixtures" / "hongze" / "hongze-2023.gold.json"
SOURCE = Source(None, "", "", "text/plain", "0" * 64, datetime(2025, 2, 1, tzinfo=UTC), "text")
Key = tuple[str, str | None]


def number_fact(item: str, applicant: str | None, value: Decimal) -> Fact:
    return Fact(item, applicant, ValueKind.NUMBER, value, str(value), "cell", 1.0)


def empty_report(form: str = "2021", **changes: Any) -> Report:
    authority = Authority("a", "某某县公安局", "640423", "county", "public_security")
    report = Report(
        report_id="r",
        authority=authority,
        province="640000",
        year=2024,
        title="某某县公安局2024年政府信息公开工作年度报告",
        form=form,
        status="complete",
        published_on=date(2025, 1, 20),
        year_evidence=(("title", 2024),),
        source=SOURCE,
        facts=(),
        sections=(),
        mentions=(),
    )
    return replace(report, **changes)


def filled_form(form: str) -> dict[Key, Decimal]:
    """Every cell of a form as zero, the alternatives as their parts."""
    described = forms()[form]
    spared = {item for pair in described.alternatives for item in pair.one}
    return {
        (item.item, applicant): Decimal(0)
        for item in described.items
        if item.item not in spared
        for applicant in ([a.code for a in described.applicants] if described.per_applicant(item) else [None])
    }


def sections_of(text: str) -> tuple[Section, ...]:
    """The printed sections by their headings, as far as these tests need them."""
    heading = re.compile(r"^([一二三四五六])、(\S{4,30})$", re.MULTILINE)
    starts = [*heading.finditer(text)]
    stops = [*(match.start() for match in starts), len(text)][1:]
    return tuple(
        Section("一二三四五六".index(match[1]) + 1, match[2], text[match.end() : stop].strip())
        for match, stop in zip(starts, stops, strict=True)
    )


def gold_report(path: Path, text: str = "") -> Report:
    gold = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal, parse_int=Decimal)
    sections = sections_of(text)
    return empty_report(
        gold["form"],
        authority=Authority("a", gold["authority"], gold["division"], gold["level"], gold["department"]),
        year=int(gold["year"]),
        year_evidence=(("title", int(gold["year"])), ("period", int(gold["year"]))),
        published_on=None,
        facts=tuple(number_fact(fact["item"], fact["applicant"], fact["value"]) for fact in gold["facts"]),
        sections=sections,
        mentions=tuple(one for section in sections for one in mentions(section.number, section.text)),
    )


@pytest.fixture
def seed() -> Callable[[str], Report]:
    def load(name: str) -> Report:
        text = (SAMPLE / "seeds" / f"{name}.txt").read_text(encoding="utf-8")
        return gold_report(SAMPLE / "seeds" / f"{name}.gold.json", text)

    return load


@pytest.fixture
def hongze() -> Report:
    return gold_report(HONGZE)


@pytest.fixture
def report() -> Callable[..., Report]:
    """A report that prints zero in every cell of its form but for the values given."""

    def make(values: Mapping[Key, object] | None = None, form: str = "2021", **changes: Any) -> Report:
        cells: dict[Key, object] = {**(filled_form(form) if form in forms() else {}), **(values or {})}
        facts = tuple(
            number_fact(item, applicant, Decimal(str(value)))
            for (item, applicant), value in cells.items()
            if value is not None  # None takes the cell out
        )
        return empty_report(form, facts=changes.pop("facts", facts), **changes)

    return make


@pytest.fixture
def run() -> Callable[..., list[Finding]]:
    """The findings of one rule over one report."""

    def findings(rule: Any, report: Report, **around: Any) -> list[Finding]:
        context = CheckContext(report, forms().get(report.form))
        return list(rule.run(context if rule.scope == "report" else beside(report, **around)))

    return findings


def beside(report: Report, **around: Any) -> Neighbourhood:
    """A report among others, as the warehouse sees it."""
    return Neighbourhood(
        form=forms().get(report.form),
        year=report.year,
        department=report.authority.department,
        amounts={(fact.item, fact.applicant): fact.amount for fact in report.facts if fact.amount is not None},
        headings={section.number: section.heading for section in report.sections},
        signatures=signatures_of({section.number: section.text for section in report.sections}),
        **around,
    )


def signatures_of(texts: Mapping[int, str]) -> dict[int, Signature]:
    return {number: made for number, text in texts.items() if (made := signature(text)) is not None}
