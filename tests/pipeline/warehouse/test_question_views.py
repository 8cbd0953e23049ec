"""The views that answer questions without the codes: every figure is the report's own, every share says of what."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from pipeline.forms import forms
from pipeline.identity import Context, authority_of
from pipeline.model import Fact, Finding, Report
from pipeline.warehouse.bridge import bridge
from tests.pipeline.warehouse.conftest import Load, Sql
from tests.pipeline.warehouse.synthetic import make_fact, make_report, rows


def report_of(name: str, year: int = 2024, form: str = "2021", **values: int) -> Report:
    """A report of a body by its name that prints just these items."""
    authority = authority_of(name, context=Context(portal_division="640200"))
    assert authority is not None
    layout = {item.item: item for item in forms()[form].items}
    facts = tuple(
        make_fact(code, "total" if forms()[form].per_applicant(layout[code]) else None, Decimal(value))
        for code, value in ((named.replace("__", "."), value) for named, value in values.items())
    )
    made = make_report(1, year, form=form, facts=facts, authority=authority, report_id=f"{name}-{year}")
    return replace(made, province=authority.division[:2] + "0000")


def test_series_wide_says_what_series_says(load: Load, sql: Sql) -> None:
    load([rows(make_report(1, year, form=form)) for year, form in ((2024, "2021"), (2020, "2019"), (2016, "2014"))])
    codes = [series.series for series in bridge().all_series()]
    long: dict[tuple[int, str], Any] = {
        (year, code): value for year, code, value in sql("SELECT year, series, value FROM series")
    }
    columns = ", ".join(f'"{code.replace(".", "_")}"' for code in codes)
    wide = {
        (year, code): value
        for year, *values in sql(f"SELECT year, {columns} FROM series_wide")
        for code, value in zip(codes, values, strict=True)
        if value is not None
    }
    assert wide == long


def test_a_provinces_panel_has_its_own_governments_figures_and_no_sum(load: Load, sql: Sql) -> None:
    load(
        [
            rows(report_of("宁夏回族自治区人民政府", requests__new=1000)),
            rows(report_of("石嘴山市人民政府", requests__new=30)),
            rows(report_of("石嘴山市公安局", requests__new=3)),
            rows(report_of("石嘴山市公安局", 2023, requests__new=2)),
        ]
    )
    panel = "SELECT province_name, year, reports_held, authority, requests_new FROM panel_province"
    assert sql(f"{panel} WHERE year IN (2023, 2024) ORDER BY province, year") == [
        ("江苏省", 2023, 0, None, None),
        ("江苏省", 2024, 0, None, None),
        ("宁夏回族自治区", 2023, 1, None, None),
        ("宁夏回族自治区", 2024, 3, "宁夏回族自治区人民政府", 1000),
    ]


def test_a_citys_panel_counts_the_reports_of_its_departments(load: Load, sql: Sql) -> None:
    load(
        [
            rows(report_of("宁夏回族自治区人民政府", requests__new=1000)),
            rows(report_of("石嘴山市人民政府", requests__new=30)),
            rows(report_of("石嘴山市公安局", requests__new=3)),
        ]
    )
    assert sql("SELECT division_name, year, reports_held, requests_new FROM panel_city") == [("石嘴山市", 2024, 2, 30)]


def test_shares_are_of_what_was_concluded_and_unknown_where_nothing_was(load: Load, sql: Sql) -> None:
    load(
        [
            rows(report_of("石嘴山市公安局", 2024, outcome__granted=3, outcome__partial=1, outcome__total=8)),
            rows(report_of("石嘴山市公安局", 2023, outcome__granted=0, outcome__partial=0, outcome__total=0)),
            rows(report_of("石嘴山市公安局", 2022, outcome__granted=3, outcome__total=8)),  # no cell for partial
        ]
    )
    shares = "SELECT granted_share, disclosed_share, denied_share FROM disclosure_rate ORDER BY year DESC"
    assert sql(shares) == [(0.375, 0.5, None), (None, None, None), (0.375, None, None)]


def test_lawsuits_are_summed_over_both_kinds_and_told_apart_where_the_form_does(load: Load, sql: Sql) -> None:
    suits = {"litigation_direct__total": 3, "litigation_after_review__total": 1}
    corrected = {"litigation_direct__corrected": 1, "litigation_after_review__corrected": 0}
    load(
        [
            rows(report_of("石嘴山市公安局", requests__new=50, review__total=6, **suits, **corrected)),
            rows(report_of("石嘴山市公安局", 2016, "2014", litigation__total=2)),
        ]
    )
    found = sql(
        "SELECT lawsuits, lawsuits_direct, lawsuits_corrected_share, disputes_per_100_requests FROM litigation "
        "ORDER BY year"
    )
    assert found == [(2, None, None, None), (4, 3, 0.25, 20.0)]


@pytest.mark.parametrize(
    ("name", "published", "late"),
    [
        ("石嘴山市公安局", date(2025, 1, 31), 0),
        ("石嘴山市公安局", date(2025, 2, 3), 3),
        ("石嘴山市人民政府", date(2025, 2, 3), -56),
        ("石嘴山市公安局", None, None),
    ],
)
def test_a_report_is_late_after_the_day_that_the_law_names_for_its_body(
    name: str, published: date | None, late: int | None, load: Load, sql: Sql
) -> None:
    load([rows(replace(report_of(name), published_on=published))])
    on_time = None if late is None else late <= 0
    assert sql("SELECT days_late, on_time FROM timeliness") == [(late, on_time)]


def test_quality_counts_what_is_doubtful_recognised_missing_and_wrong(load: Load, sql: Sql) -> None:
    sure, doubtful = make_fact("requests.new", "total", Decimal(3)), make_fact("outcome.total", "total", Decimal(3))
    scanned: Fact = replace(doubtful, method="ocr", confidence=0.7, reason="faint")
    findings = (
        Finding("balance", True),
        Finding("missing_item", False, item="review.total", message="没有这一格"),
        Finding("missing_item", False, item="review.upheld", message="没有这一格"),
        Finding("whole_number", False, severity="warning", message="不是整数"),
        Finding("carried_over", None, message="没有上年年报"),
    )
    load([rows(replace(report_of("石嘴山市公安局"), facts=(sure, scanned)), findings)])
    assert sql(
        "SELECT cells, numbers, doubtful, recognised, lowest_confidence, items_missing, errors, warnings, rules_failed "
        "FROM data_quality"
    ) == [(2, 2, 1, 1, 0.7, 2, 2, 1, ["missing_item", "whole_number"])]


def test_a_report_of_which_nothing_could_be_read_has_its_row(load: Load, sql: Sql) -> None:
    load([rows(make_report(1, form="narrative", status="narrative"), ())])
    assert sql("SELECT cells, lowest_confidence, errors, rules_failed FROM data_quality") == [(0, None, 0, [])]
