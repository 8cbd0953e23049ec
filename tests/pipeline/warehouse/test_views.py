"""The views: one column per item, Chinese names, the bridge over the forms."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from pipeline.errors import ConfigError
from pipeline.forms import forms
from pipeline.model import Report, ValueKind
from pipeline.warehouse.bridge import _check, bridge
from tests.pipeline.warehouse.conftest import Load, Sql
from tests.pipeline.warehouse.synthetic import make_fact, make_report, rows


def report_with(number: int = 1, year: int = 2024, form: str = "2021", **values: Any) -> Report:
    """A report that prints just these items: a number, or a kind of cell without one."""
    layout = {item.item: item for item in forms()[form].items}
    facts = []
    for name, value in values.items():
        code = name.replace("__", ".")
        applicant = "total" if forms()[form].per_applicant(layout[code]) else None
        kind = value if isinstance(value, ValueKind) else ValueKind.NUMBER
        facts.append(make_fact(code, applicant, None if kind is value else Decimal(value), kind))
    return make_report(number, year, form=form, facts=tuple(facts))


def test_blank_dash_and_none_are_zero_text_is_unknown_and_an_absent_cell_is_null(load: Load, sql: Sql) -> None:
    load(
        [
            rows(
                report_with(
                    requests__new=5,
                    requests__carried_in=ValueKind.BLANK,
                    outcome__granted=ValueKind.DASH,
                    outcome__partial=ValueKind.NONE,
                    outcome__total=ValueKind.TEXT,
                )
            )
        ]
    )
    wide = "requests_new, requests_carried_in, outcome_granted, outcome_partial, outcome_total, requests_carried_out"
    assert sql(f"SELECT {wide} FROM reports_wide") == [(Decimal(5), 0, 0, 0, None, None)]


def test_every_report_has_its_row_even_without_a_number(load: Load, sql: Sql) -> None:
    load([rows(make_report(1)), rows(make_report(2, form="narrative", status="narrative"))])
    assert sql("SELECT form, requests_new IS NULL FROM reports_wide ORDER BY form") == [
        ("2021", False),
        ("narrative", True),
    ]


def test_section_3_stands_in_reports_wide_as_totals_and_in_applications_per_applicant(load: Load, sql: Sql) -> None:
    applicants = [applicant.code for applicant in forms()["2021"].applicants]
    facts = tuple(make_fact("requests.new", code, Decimal(number)) for number, code in enumerate(applicants, 1))
    load([rows(make_report(1, facts=facts))])
    assert sql("SELECT requests_new FROM reports_wide") == [(Decimal(7),)]
    assert sql("SELECT applicant, requests_new::INT, outcome_total FROM applications ORDER BY 2") == [
        (code, number, None) for number, code in enumerate(applicants, 1)
    ]


def test_forms_share_a_column_only_where_an_item_means_the_same(load: Load, sql: Sql) -> None:
    load(
        [
            rows(report_with(1, 2024, "2021", requests__new=1, review__other=10, licensing__decisions=100)),
            rows(report_with(1, 2020, "2019", requests__new=2, review__other=20, licensing__decisions=200)),
            rows(report_with(1, 2016, "2014", requests__new=3, review__other=30)),
        ]
    )
    wide = "requests_new, review_other, review_other_2014, licensing_decisions"
    assert sql(f"SELECT year, {wide} FROM reports_wide ORDER BY year") == [
        (2016, 3, None, 30, None),
        (2020, 2, 20, None, 200),
        (2024, 1, 10, None, 100),
    ]


def test_the_chinese_view_has_the_same_rows_under_the_labels_of_the_forms(load: Load, sql: Sql) -> None:
    load([rows(make_report(1)), rows(make_report(1, 2020, form="2019")), rows(make_report(1, 2016, form="2014"))])
    assert sql('SELECT * FROM "年报" ORDER BY 年度') == sql("SELECT * FROM reports_wide ORDER BY year")
    names = [row[0] for row in sql('DESCRIBE "年报"')]
    assert all(any("\u4e00" <= sign <= "\u9fff" for sign in name) for name in names)
    assert {"机关", "年度", "一、本年新收政府信息公开申请数量", "行政复议·总计", "一、（一）主动公开政府信息数"} <= set(
        names
    )


def test_a_series_sums_what_each_form_prints_and_carries_its_caveat(load: Load, sql: Sql) -> None:
    load(
        [
            rows(report_with(1, 2024, litigation_direct__total=3, litigation_after_review__total=4)),
            rows(report_with(1, 2023, litigation_direct__total=3)),  # half of it is not there: no figure
            rows(report_with(1, 2022, litigation_direct__total=3, litigation_after_review__total=ValueKind.TEXT)),
            rows(report_with(1, 2016, "2014", litigation__total=9)),
        ]
    )
    found = sql(
        "SELECT year, value, items, caveat_zh <> '' FROM series WHERE series = 'litigation.total' ORDER BY year"
    )
    summed = "litigation_after_review.total + litigation_direct.total"
    assert found == [(2016, 9, "litigation.total", True), (2022, None, summed, True), (2024, 7, summed, True)]


def test_a_divided_row_and_an_undivided_one_make_up_the_same_series(load: Load, sql: Sql) -> None:
    parts = {"outcome__other__uncorrected": 1, "outcome__other__unpaid": 2, "outcome__other__other": 4}
    load([rows(report_with(1, 2024, **parts)), rows(report_with(1, 2023, outcome__other=8))])
    assert sql("SELECT year, value FROM series WHERE series = 'outcome.other' ORDER BY year") == [(2023, 8), (2024, 7)]


def test_a_bridge_to_an_item_that_does_not_exist_is_a_mistake_in_the_configuration() -> None:
    wrong = bridge().series[0].model_copy(update={"items": {"2021": (("requests.nwe",),)}})
    with pytest.raises(ConfigError, match=r"requests\.nwe"):
        _check(bridge().model_copy(update={"series": (wrong,)}), forms())
