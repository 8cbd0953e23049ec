"""Who is expected to report, what is held of that, and why a report is missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from pipeline.divisions import divisions
from pipeline.identity import Context, authority_of
from pipeline.model import Authority, Outcome, Report
from tests.pipeline.warehouse.conftest import Load, Sql
from tests.pipeline.warehouse.synthetic import (
    DIVISIONS,
    make_document,
    make_outcome,
    make_portal,
    make_report,
    make_run,
    rows,
)


def body(name: str) -> Authority:
    found = authority_of(name, context=Context(portal_division="640200"))
    assert found is not None
    return found


def bureau_report(year: int) -> Report:
    return make_report(1, year, authority=body("石嘴山市公安局"), report_id=f"bureau-{year}")


def government_report(year: int) -> Report:
    return make_report(2, year, authority=body("石嘴山市人民政府"), report_id=f"government-{year}")


PORTAL = make_portal(authority="石嘴山市公安局")
FULL_YEARS = range(2008, 2026)  # of a run in 2026

# --- governments: by law -------------------------------------------------------------------------------


def test_a_government_is_expected_every_year_since_2008_whether_a_portal_is_known_or_not(load: Load, sql: Sql) -> None:
    load([rows(government_report(2024))], portals=[PORTAL])
    assert sql("SELECT name, level, department FROM authorities WHERE department = 'government' ORDER BY ALL") == [
        ("南京市人民政府", "city", "government"),
        ("宁夏回族自治区人民政府", "province", "government"),
        ("江苏省人民政府", "province", "government"),
        ("石嘴山市人民政府", "city", "government"),
    ]
    assert sql("SELECT DISTINCT year FROM expected WHERE by_law ORDER BY year") == [(year,) for year in FULL_YEARS]
    assert sql("SELECT year, due_on, reason, detail FROM missing WHERE authority = '南京市人民政府' ORDER BY year") == [
        (year, date(year + 1, 3, 31), "not due" if year == 2025 else "no portal", None) for year in FULL_YEARS
    ]
    held = "SELECT year FROM missing WHERE authority = '石嘴山市人民政府' ORDER BY year"
    assert sql(held) == [(year,) for year in FULL_YEARS if year != 2024]


def test_coverage_tells_the_nation_apart_from_what_a_portal_is_known_for(load: Load, sql: Sql) -> None:
    load([rows(bureau_report(2024)), rows(government_report(2024))], portals=[PORTAL], outcomes=[make_outcome()])
    recent = "WHERE year IN (2023, 2024) ORDER BY province, year"
    assert sql(f"FROM coverage {recent}") == [
        ("320000", 2023, 2, 0, 0.0),
        ("320000", 2024, 2, 0, 0.0),
        ("640000", 2023, 2, 0, 0.0),
        ("640000", 2024, 3, 2, 0.6667),
    ]
    columns = "authorities_traced, share_of_traced, governments_expected, governments_held"
    assert sql(f"SELECT {columns} FROM coverage_detail {recent}") == [
        (0, None, 2, 0),
        (0, None, 2, 0),
        (1, 0.0, 2, 0),
        (2, 1.0, 2, 1),
    ]


def test_the_whole_country_stands_in_authorities_each_year_with_the_divisions_of_that_year(
    load: Load, sql: Sql
) -> None:
    load(divisions=divisions().rows)
    by_level = "SELECT count(*) FILTER (level = 'province'), count(*) FILTER (level = 'city') FROM expected"
    assert sql(f"{by_level} WHERE year = 2011") == [(31, 332)]  # 巢湖 was divided, 三沙 not yet there
    assert sql(f"{by_level} WHERE year = 2024") == [(31, 333)]
    assert sql("SELECT count(*) BETWEEN 2840 AND 2855 FROM expected WHERE level = 'county' AND year = 2024") == [
        (True,)
    ]
    assert sql("SELECT count(*) FROM expected ANTI JOIN authorities USING (authority_id)") == [(0,)]
    assert sql("SELECT count(*) - count(DISTINCT (authority_id, year)) FROM expected") == [(0,)]
    named = (
        "SELECT authority, division, min(year), max(year) FROM expected WHERE authority_id LIKE '320813-%' GROUP BY ALL"
    )
    assert sql(f"{named} ORDER BY 3") == [
        ("洪泽县人民政府", "320829", 2008, 2015),
        ("淮安市洪泽区人民政府", "320813", 2016, 2025),
    ]
    assert sql("SELECT name, aliases FROM authorities WHERE authority_id LIKE '320813-%'") == [
        ("淮安市洪泽区人民政府", ["洪泽县人民政府"])
    ]


def test_a_body_that_a_reform_ended_is_expected_in_its_years_alone_and_what_is_held_stays_expected(
    load: Load, sql: Sql
) -> None:
    place = {"portal_division": "330103"}
    government, bureau = (
        authority_of(f"杭州市下城区{one}", context=Context(**place)) for one in ("人民政府", "教育局")
    )
    assert government
    assert bureau
    last = make_report(1, 2021, authority=government, report_id="last", province="330000")
    load(
        [rows(make_report(2, 2019, authority=bureau, report_id="bureau", province="330000"))],
        divisions=divisions().rows,
    )
    years = "SELECT authority, min(year), max(year) FROM expected WHERE division = '330103' GROUP BY ALL ORDER BY ALL"
    assert sql(years) == [("杭州市下城区人民政府", 2008, 2020), ("杭州市下城区教育局", 2019, 2020)]
    load([rows(last)], divisions=divisions().rows)
    assert sql(years)[0] == ("杭州市下城区人民政府", 2008, 2021)  # 拱墅区, which it went into, made one more for it
    assert sql("SELECT max(year) FROM missing WHERE division = '330103'") == [(2020,)]


def test_another_dictionary_of_divisions_changes_who_is_expected_but_not_what_reports_say(load: Load, sql: Sql) -> None:
    load([rows(government_report(2024))])
    gone = [one for one in DIVISIONS if one.code not in ("320100", "640200")]
    load(divisions=[replace(gone[0], valid_from=2020), *gone[1:]])
    assert sql("SELECT name FROM authorities ORDER BY ALL") == [
        ("宁夏回族自治区人民政府",),
        ("江苏省人民政府",),
        ("石嘴山市人民政府",),
    ]
    assert sql("SELECT min(year), max(year) FROM expected WHERE division = '640000'") == [(2020, 2025)]


# --- other bodies: once seen ---------------------------------------------------------------------------


def test_a_body_is_expected_from_its_first_report_to_the_last_full_year(load: Load, sql: Sql) -> None:
    load([rows(bureau_report(2022)), rows(bureau_report(2024))], portals=[PORTAL], outcomes=[make_outcome()])
    assert sql("SELECT year FROM expected WHERE NOT by_law ORDER BY year") == [(2022,), (2023,), (2024,), (2025,)]
    assert sql("SELECT authority, year, due_on, reason FROM missing WHERE NOT by_law ORDER BY year") == [
        ("石嘴山市公安局", 2023, date(2024, 1, 31), "not found"),
        ("石嘴山市公安局", 2025, date(2026, 1, 31), "not found"),
    ]


def test_a_body_known_from_the_registry_alone_is_expected_once(load: Load, sql: Sql) -> None:
    load(portals=[PORTAL])
    known = "SELECT authority_id, name FROM authorities WHERE department <> 'government'"
    assert sql(known) == [(body("石嘴山市公安局").authority_id, "石嘴山市公安局")]
    assert sql("SELECT year, reason, detail FROM missing WHERE NOT by_law") == [(2025, None, "shizuishan")]


# --- why ----------------------------------------------------------------------------------------------


def test_nothing_is_missing_before_it_is_due(load: Load, sql: Sql) -> None:
    reports = [rows(bureau_report(2024)), rows(government_report(2024))]
    load(reports, run=make_run("r1", datetime(2026, 1, 20, tzinfo=UTC)))
    due = "SELECT department, reason FROM missing WHERE year = 2025 AND authority LIKE '石嘴山市%' ORDER BY department"
    assert sql(due) == [("government", "not due"), ("public_security", "not due")]
    load(run=make_run("r2", datetime(2026, 1, 31, 17, tzinfo=UTC)), portals=[PORTAL], outcomes=[make_outcome()])
    assert sql(due) == [("government", "not due"), ("public_security", "not found")]  # 1 February in China


@pytest.mark.parametrize("state", ["blocked", "moved", "dead"])
def test_a_portal_that_could_not_be_looked_at_is_the_reason(state: str, load: Load, sql: Sql) -> None:
    load(portals=[PORTAL], outcomes=[make_outcome(state, "HTTP 403")])
    found = sql("SELECT reason, detail FROM missing WHERE NOT by_law")
    assert found == [("blocked", f"shizuishan: {state} HTTP 403")]


def test_a_portal_that_was_not_read_to_its_end_says_so(load: Load, sql: Sql) -> None:
    load(portals=[PORTAL], outcomes=[make_outcome("empty", "2 个列表页未读到")])
    found = sql("SELECT reason, detail FROM missing WHERE NOT by_law")
    assert found == [("not found", "shizuishan: empty 2 个列表页未读到")]


def test_a_document_that_could_not_be_read_is_the_reason_for_the_year_that_its_link_names(load: Load, sql: Sql) -> None:
    failed = make_document(
        "http://portal.example/x.pdf", outcome=Outcome.FAILED, title="2023年年报", error="加密的文件"
    )
    load(
        [rows(bureau_report(2022)), rows(bureau_report(2024))],
        portals=[PORTAL],
        outcomes=[make_outcome()],
        documents=[failed],
    )
    found = "SELECT year, reason, detail FROM missing WHERE NOT by_law ORDER BY year"
    assert sql(found) == [
        (2023, "unreadable", "http://portal.example/x.pdf 加密的文件"),
        (2025, "not found", "shizuishan: ok"),
    ]
    later = replace(failed.snapshot, run_id="r2", fetched_at=datetime(2026, 4, 1, tzinfo=UTC), error="")
    load(documents=[replace(failed, snapshot=later, outcome=Outcome.NOT_A_REPORT)])
    assert sql(found)[0] == (2023, "not found", "shizuishan: ok")
