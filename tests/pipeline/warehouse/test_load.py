"""Loading: what is new, changed or as it was; which of two sources stays; what may not enter; what is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline import warehouse
from pipeline.errors import WarehouseError
from pipeline.model import ArchiveRef, Division, Finding, Outcome, Report, Section, ValueKind
from pipeline.warehouse.content import fingerprint
from tests.pipeline.warehouse.conftest import Load, Sql
from tests.pipeline.warehouse.synthetic import (
    FINDINGS,
    make_document,
    make_fact,
    make_outcome,
    make_portal,
    make_report,
    make_run,
    rows,
)

DATA_TABLES = ("reports", "facts", "sections", "checks", "mentions", "authorities", "items", "divisions")


def contents(sql: Sql) -> dict[str, list[Any]]:
    return {name: sorted(map(repr, sql(f"SELECT * FROM {name}"))) for name in DATA_TABLES}


def sourced(report: Report, **changes: Any) -> Report:
    return replace(report, source=replace(report.source, **changes))


def test_a_report_comes_out_as_it_went_in(load: Load, sql: Sql) -> None:
    report = make_report(7, 2024)
    facts = (
        replace(make_fact("fees.amount", None, Decimal("25.1"), raw="251000元"), page=3, bbox=(1.0, 2.0, 3.5, 4.0)),
        make_fact("requests.new", "total", None, ValueKind.DASH, raw="—"),
    )
    result = load([rows(replace(report, facts=facts))])
    assert (result.new, result.changed, result.unchanged, result.published) == (1, 0, 0, True)
    assert sql("SELECT item, applicant, kind, value, raw, page, bbox FROM facts ORDER BY item") == [
        ("fees.amount", None, "number", Decimal("25.1000"), "251000元", 3, (1.0, 2.0, 3.5, 4.0)),
        ("requests.new", "total", "dash", None, "—", None, None),
    ]
    assert sql("SELECT province_name, division_name, facts, checks_failed, version FROM reports") == [
        ("宁夏回族自治区", "石嘴山市", 2, 1, 1)
    ]
    own = "rule NOT IN ('carried_over', 'hierarchy_sum', 'in_force_continuity', 'outlier', 'repeated_text')"
    assert sql(f"SELECT rule, passed, item, expected, actual FROM checks WHERE {own} ORDER BY rule") == [
        ("applicant_sum", False, "outcome.total", Decimal(3), Decimal(0)),
        ("balance", True, None, None, None),
        ("whole_number", None, None, None, None),
    ]
    assert sql("SELECT section, heading, text FROM sections ORDER BY section")[1] == (
        1,
        "一、总体情况",
        "全年公开信息7条。",
    )
    assert sql("SELECT metric, value, unit, start, stop FROM mentions") == [("posts.total", Decimal(7), "条", 6, 7)]


def test_loading_the_same_again_changes_nothing_but_the_audit_trail(load: Load, sql: Sql) -> None:
    reports = [rows(make_report(number, year)) for number in (1, 2) for year in (2023, 2024)]
    load(reports)
    before = contents(sql)
    later = datetime(2026, 3, 2, tzinfo=UTC)
    again = load([rows(sourced(one.report, fetched_at=later, sha256="ff" * 32)) for one in reversed(reports)])
    assert (again.new, again.changed, again.unchanged, again.partitions) == (0, 0, 4, 0)
    assert contents(sql) == before
    assert sql("SELECT run_id, new, unchanged FROM runs ORDER BY run_id") == [("r1", 4, 0), ("r2", 0, 4)]


@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    passes=st.lists(
        st.lists(st.tuples(st.integers(1, 3), st.integers(2022, 2023), st.integers(0, 1)), max_size=4),
        min_size=1,
        max_size=3,
    )
)
def test_after_any_passes_each_report_stands_as_last_seen_and_no_pass_matters_twice(
    passes: list[list[tuple[int, int, int]]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    data = tmp_path_factory.mktemp("data")
    last: dict[tuple[int, int], int] = {}
    versions: dict[tuple[int, int], int] = {}
    for number, seen in enumerate(passes):
        chosen = {(authority, year): edition for authority, year, edition in seen}
        batch = [
            rows(
                make_report(
                    who, year, title=f"第{edition}版", facts=(make_fact("requests.new", "total", Decimal(edition)),)
                )
            )
            for (who, year), edition in chosen.items()
        ]
        for attempt in ("", "-again"):
            warehouse.load(
                data,
                reports=batch,
                documents=(),
                portals=(),
                outcomes=(),
                run=make_run(f"r{number}{attempt}"),
                divisions=(),
            )
        for key, edition in chosen.items():
            versions[key] = versions.get(key, 0) + (last.get(key) != edition)
            last[key] = edition
    stored = warehouse.query(data, "SELECT authority_id[-1]::INT, year, title, version FROM reports").rows
    assert {(who, year): (title, version) for who, year, title, version in stored} == {
        key: (f"第{edition}版", versions[key]) for key, edition in last.items()
    }
    facts = warehouse.query(data, "SELECT right(report_id, 6)[:1]::INT, year, value::INT FROM facts").rows
    assert {(who, year): value for who, year, value in facts} == last
    assert len(facts) == len(last)


@pytest.mark.parametrize(
    "correct",
    [
        lambda one: rows(replace(one.report, title=one.report.title + "（更正）")),
        lambda one: rows(replace(one.report, facts=one.report.facts[1:])),
        lambda one: rows(replace(one.report, sections=(Section(1, "一、总体情况", "另一段话，一样长。"),))),
        lambda one: rows(replace(one.report, mentions=())),
        lambda one: rows(one.report, (*FINDINGS, Finding("whole_number", False, "warning"))),
        lambda one: rows(replace(one.report, facts=(replace(one.report.facts[0], kind=ValueKind.BLANK, value=None),))),
    ],
    ids=["title", "facts", "sections", "mentions", "checks", "kind"],
)
def test_a_correction_keeps_the_key_and_raises_the_version_by_one(
    correct: Callable[[Any], Any], load: Load, sql: Sql
) -> None:
    first = rows(make_report(1))
    corrected = correct(first)
    load([first, rows(make_report(2))])
    result = load([corrected])
    assert (result.new, result.changed, result.unchanged) == (0, 1, 0)
    assert sql("SELECT report_id, version FROM reports ORDER BY report_id") == [
        (first.report.report_id, 2),
        (make_report(2).report_id, 1),
    ]
    assert sql("SELECT count(*) FROM facts WHERE report_id LIKE '%-00001-%'") == [(len(corrected.report.facts),)]
    of_first = f"SELECT count(*) FROM checks WHERE report_id = '{first.report.report_id}'"
    own = "rule IN ('balance', 'applicant_sum', 'whole_number')"
    assert sql(f"{of_first} AND {own}") == [(len(corrected.findings),)]
    assert sql(f"{of_first} AND NOT {own}") == [(5,)]  # one for each rule that looks at neighbours


def test_neither_order_nor_address_is_content() -> None:
    report = make_report(1)
    turned = replace(report, facts=report.facts[::-1], sections=report.sections[::-1])
    moved = sourced(turned, page_url="http://mirror.example/1", portal_id="mirror")
    assert fingerprint(rows(report)) == fingerprint(rows(moved, FINDINGS[::-1]))


def test_a_report_under_another_key_of_the_same_authority_and_year_is_the_same_report(load: Load, sql: Sql) -> None:
    load([rows(make_report(1))])
    result = load([rows(make_report(1, report_id="renamed", title="新标题"))])
    assert (result.new, result.changed) == (0, 1)
    assert sql("SELECT report_id, title FROM reports") == [(make_report(1).report_id, "新标题")]


def test_a_report_that_is_not_found_any_more_stays(load: Load, sql: Sql) -> None:
    load([rows(make_report(1)), rows(make_report(2))])
    load([rows(make_report(2))])
    assert sql("SELECT count(*) FROM reports") == [(2,)]


def test_a_worse_reading_from_elsewhere_does_not_replace_a_better_one(load: Load, sql: Sql) -> None:
    load([rows(make_report(1))])
    report = sourced(make_report(1), page_url="http://m.example/p", file_url="http://m.example/f", portal_id="m")
    document = make_document("http://m.example/f", "r2")
    for worse in (
        replace(report, status="partial"),
        replace(report, facts=report.facts[:-1]),
        replace(report, facts=tuple(replace(fact, method="ocr", confidence=0.8) for fact in report.facts)),
    ):
        result = load([rows(worse)], documents=[document], run=make_run("r2"))
        assert (result.kept, result.changed, result.unchanged) == (1, 0, 1)
    assert sql("SELECT status, version, portal_id FROM reports") == [("complete", 1, "shizuishan")]
    assert sql("SELECT outcome FROM documents") == [("duplicate",)]


def test_a_better_reading_from_elsewhere_replaces_a_worse_one(load: Load, sql: Sql) -> None:
    report = make_report(1)
    load([rows(replace(report, facts=report.facts[:10], status="partial"))])
    better = sourced(report, page_url="http://m.example/p", file_url="http://m.example/f")
    assert load([rows(better)]).changed == 1
    assert sql("SELECT facts, page_url FROM reports") == [(len(report.facts), "http://m.example/p")]


def test_the_same_page_is_believed_even_when_it_says_less_than_before(load: Load, sql: Sql) -> None:
    report = make_report(1)
    load([rows(report)])
    shorter = sourced(replace(report, facts=report.facts[:5]), file_url="http://portal.example/new.pdf")
    assert load([rows(shorter)]).changed == 1
    assert sql("SELECT facts FROM reports") == [(5,)]


def test_a_report_that_breaks_a_constraint_is_left_out_and_named(load: Load, sql: Sql) -> None:
    bad = make_report(1, status="wonderful")
    result = load([rows(bad), rows(make_report(2))], documents=[make_document(bad.source.file_url)])
    assert result.new == 1
    assert [one.file_url for one in result.quarantined] == [bad.source.file_url]
    assert sql("SELECT authority_id FROM reports") == [("640000-00002",)]
    assert sql("SELECT outcome FROM documents") == [("failed",)]
    assert sql("SELECT new, failed, outcome FROM runs") == [(1, 1, "completed")]


def test_of_two_reports_under_one_key_in_one_load_the_second_is_left_out(load: Load, sql: Sql) -> None:
    same = load([rows(make_report(1)), rows(make_report(1, title="另一份"))])
    assert (same.new, len(same.quarantined)) == (1, 1)
    key = make_report(1).report_id
    taken = [rows(make_report(2, report_id=key)), rows(make_report(1, title="更正"))]
    result = load(taken)
    assert (result.changed, [one.file_url for one in result.quarantined]) == (1, [taken[1].report.source.file_url])
    result = load([rows(make_report(3, report_id="x")), rows(make_report(4, report_id="x"))])
    assert (result.new, len(result.quarantined)) == (1, 1)
    assert sql("SELECT count(*), count(DISTINCT report_id) FROM reports") == [(2, 2)]


def test_a_run_that_brought_nothing_for_its_failures_is_called_failed(load: Load, sql: Sql) -> None:
    lost = replace(make_run("lost"), failed=2)
    dead = {"portals": [make_portal()], "outcomes": [make_outcome("dead", "timeout")]}
    quiet = {"portals": [make_portal()], "outcomes": [make_outcome()]}
    assert load(run=lost).run.outcome == "failed"
    assert load(**dead).run.outcome == "failed"
    assert load(**quiet).run.outcome == "completed"
    assert load([rows(make_report(1))], run=replace(make_run("some"), failed=2), **dead).run.outcome == "completed"
    assert sql("SELECT run_id, outcome FROM runs WHERE outcome = 'failed' ORDER BY run_id") == [
        ("lost", "failed"),
        ("r2", "failed"),
    ]


def test_a_killed_pass_that_another_publishes_is_called_interrupted(load: Load, sql: Sql) -> None:
    killed = replace(make_run("killed"), finished_at=None, outcome="interrupted", message="由 r 发布 / published by r")
    load([rows(make_report(1))], documents=[make_document("http://portal.example/1", "killed")], interrupted=[killed])
    assert sql("SELECT run_id, outcome FROM runs ORDER BY run_id") == [("killed", "interrupted"), ("r1", "completed")]
    assert sql("SELECT count(*) FROM documents ANTI JOIN runs USING (run_id)") == [(0,)]


def test_losing_more_than_a_tenth_of_a_partition_is_refused_unless_allowed(
    load: Load, sql: Sql, tmp_path: Path
) -> None:
    reports = [make_report(number) for number in range(1, 11)]
    load([rows(one) for one in reports])
    moved = [rows(replace(one, province="320000")) for one in reports]
    assert load(moved[:1]).changed == 1  # a tenth may go
    before = (tmp_path / "nianbao.duckdb").read_bytes()
    with pytest.raises(WarehouseError, match="640000 2024: 9 → 7"):
        load(moved[1:3])
    assert (tmp_path / "nianbao.duckdb").read_bytes() == before
    assert not (tmp_path / "nianbao.duckdb.next").exists()
    assert load(moved[1:3], allow_shrink=True).changed == 2
    assert sql("SELECT province, count(*) FROM reports GROUP BY 1 ORDER BY 1") == [("320000", 3), ("640000", 7)]


def test_documents_say_what_became_of_them(load: Load, sql: Sql) -> None:
    report = make_report(1)
    given = [
        make_document(report.source.file_url, archived=ArchiveRef("a-000.warc.gz", 4711, 99), title="年报"),
        make_document("http://portal.example/list", outcome=Outcome.NOT_A_REPORT),
        make_document("http://portal.example/x.pdf", outcome=Outcome.FAILED, error="加密\ud800"),
    ]
    load([rows(report)], documents=given)
    load([rows(report)], documents=[make_document(report.source.file_url, "r2")])
    assert sql("SELECT run_id, outcome, reason, warc, title FROM documents ORDER BY run_id, url") == [
        ("r1", "loaded", "", "a-000.warc.gz@4711", "年报"),
        ("r1", "not_a_report", "", None, ""),
        ("r1", "failed", "加密\\ud800", None, ""),
        ("r2", "unchanged", "", None, ""),
    ]


def test_a_run_that_is_loaded_again_after_a_kill_leaves_the_same_rows(load: Load, sql: Sql) -> None:
    report = rows(make_report(1))
    documents = [make_document(report.report.source.file_url)]
    first = load([report], documents=documents, run=make_run("r"))
    before = sql("SELECT * FROM runs"), sql("SELECT * FROM documents")
    again = load([report], documents=documents, run=make_run("r"))
    assert (sql("SELECT * FROM runs"), sql("SELECT * FROM documents")) == before
    assert (again.new, again.unchanged) == (first.new, first.unchanged) == (1, 0)


def test_portals_keep_their_state_until_a_crawl_tells_another(load: Load, sql: Sql) -> None:
    state = "SELECT state, reason, last_success IS NOT NULL, platform, platform_detected, last_run FROM portals"
    load(portals=[make_portal()])
    assert sql(state) == [(None, None, False, "auto", None, None)]
    load(portals=[make_portal()], outcomes=[make_outcome()])
    assert sql(state) == [("ok", "", True, "auto", "generic", "r2")]
    load(portals=[make_portal(platform="jpaas")], outcomes=[make_outcome("blocked", "403")])
    assert sql(state) == [("blocked", "403", True, "jpaas", "generic", "r3")]
    load(portals=[])
    assert sql(state) == [("blocked", "403", True, "jpaas", "generic", "r3")]


def test_names_of_divisions_are_those_of_the_year(load: Load, sql: Sql) -> None:
    divisions = (
        Division("640000", "宁夏回族自治区", "province", None),
        Division("640200", "旧名", "city", "640000", None, 2019),
        Division("640200", "新名", "city", "640000", 2020, None),
    )
    load([rows(make_report(1, 2018)), rows(make_report(1, 2024))], divisions=divisions)
    assert sql("SELECT year, division_name FROM reports ORDER BY year") == [(2018, "旧名"), (2024, "新名")]


def test_more_than_one_batch_is_loaded_whole(load: Load, sql: Sql, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.warehouse.reports._BATCH", 3)
    load(rows(make_report(number, facts=())) for number in range(1, 9))
    assert sql("SELECT count(*), count(DISTINCT report_id) FROM reports") == [(8, 8)]
