import importlib
import re
from collections.abc import Callable
from pathlib import Path

import pytest

import pipeline.checks as package
from pipeline.checks import CheckContext, checks, run_checks, run_neighbour_checks
from pipeline.checks.documentation import PAGE, page
from pipeline.forms import forms
from pipeline.model import Report
from tests.pipeline.checks.conftest import beside

CONTRACT = [
    "applicant_sum",
    "balance",
    "carried_over",
    "hierarchy_sum",
    "in_force_continuity",
    "litigation_after_review_sum",
    "litigation_direct_sum",
    "missing_item",
    "missing_section",
    "narrative_litigation",
    "narrative_requests",
    "narrative_review",
    "not_negative",
    "outcome_sum",
    "outlier",
    "published_on_time",
    "repeated_text",
    "review_sum",
    "whole_number",
    "year_matches",
]


@pytest.mark.parametrize("name", CONTRACT)
def test_every_promised_rule_has_a_module_a_statement_a_page_and_a_test(name: str) -> None:
    check = checks()[name]
    assert check is getattr(importlib.import_module(f"pipeline.checks.{name}"), name)
    assert re.fullmatch(r"[A-Z].{20,}\.", check.statement.splitlines()[0])
    assert f"\n## {name}\n" in PAGE.read_text(encoding="utf-8")
    assert Path(__file__).with_name(f"test_{name}.py").is_file()


def test_every_rule_found_is_promised_or_stands_in_a_form() -> None:
    in_forms = {one.rule for form in forms().values() for one in form.sums}
    assert set(checks()) == set(CONTRACT) | in_forms


def test_every_sum_and_narrative_rule_of_a_form_has_its_module() -> None:
    named = {one.rule for form in forms().values() for one in (*form.sums, *form.narrative)}
    assert named <= set(checks())


def test_the_page_of_the_rules_is_what_the_rules_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m pipeline.checks.documentation"


def test_the_package_offers_what_the_stations_around_it_use() -> None:
    assert {"CheckContext", "Neighbourhood", "run_checks", "run_neighbour_checks"} <= set(package.__all__)


@pytest.mark.parametrize("form", ["2021", "2019", "2014", "narrative"])
def test_every_rule_answers_for_every_form_and_for_a_report_without_a_single_number(
    report: Callable[..., Report], form: str
) -> None:
    some = report(form=form) if form in forms() else report(form=form, facts=())
    empty = report(form=form, facts=()) if form in forms() else some
    for one in (some, empty):
        findings = run_checks(CheckContext(one, forms().get(form))) + run_neighbour_checks(beside(one))
        assert {finding.rule for finding in findings} == set(checks())
        assert all(finding.message for finding in findings if finding.passed is not True)


def test_a_narrative_report_fails_no_rule_about_tables(report: Callable[..., Report]) -> None:
    narrative = report(form="narrative", facts=())
    findings = run_checks(CheckContext(narrative, None)) + run_neighbour_checks(beside(narrative))
    assert [finding.rule for finding in findings if finding.passed is False] == []
