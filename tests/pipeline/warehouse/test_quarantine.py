"""The quarantine over several passes: what is wrong is found there with its reason, and is gone once it is right."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from pipeline import warehouse
from pipeline.model import Mention
from tests.pipeline.warehouse.conftest import Load, Sql
from tests.pipeline.warehouse.synthetic import WHEN, make_report, make_run, rows

DAYS = [WHEN + timedelta(days=day) for day in range(4)]
SEEN = "SELECT table_name, key, run_id, first_seen, last_seen FROM quarantine ORDER BY ALL"


def test_what_breaks_a_constraint_is_quarantined_until_it_is_right(load: Load, sql: Sql, tmp_path: Path) -> None:
    good, other = make_report(1), make_report(2)
    wrong = replace(
        good,
        facts=(replace(good.facts[0], value=Decimal(-3)), *good.facts[1:]),
        mentions=(Mention(1, None, Decimal(10) ** 30, "条", False, "很多", 0, 1),),
    )
    cell = ("facts", f"{good.report_id} {good.facts[0].item}")
    number = ("mentions", f"{good.report_id} 1 0")
    head = ("reports", f"{other.authority.authority_id}-20244")

    first = load([rows(wrong), rows(replace(other, year=20244, report_id=head[1]))], run=make_run("r1", DAYS[0]))
    assert (first.new, first.run.failed, len(first.quarantined)) == (1, 1, 3)
    assert sql(SEEN) == [(*one, "r1", DAYS[0], DAYS[0]) for one in (cell, number, head)]
    assert sql("SELECT facts, version FROM reports") == [(len(good.facts) - 1, 1)]
    assert sql("SELECT count(*) FROM facts") == [(len(good.facts) - 1,)]
    told = warehouse.failures(tmp_path)
    assert [(one.file_url, one.whole, one.rows) for one in told.quarantine] == [
        (other.source.file_url, True, 1),
        (good.source.file_url, False, 2),
    ]
    assert told.quarantined == 3

    again = load([rows(wrong)], run=make_run("r2", DAYS[1]))
    assert (again.unchanged, again.partitions) == (1, 0)
    assert sql(SEEN) == [
        *((*one, "r2", DAYS[0], DAYS[1]) for one in (cell, number)),
        (*head, "r1", DAYS[0], DAYS[0]),  # not looked at
    ]

    half = replace(wrong, mentions=good.mentions)
    load([rows(half), rows(other)], run=make_run("r3", DAYS[2]))
    assert sql(SEEN) == [(*cell, "r3", DAYS[0], DAYS[2])]  # the other's file is read rightly now, under another key

    load([rows(good)], run=make_run("r4", DAYS[3]))
    assert sql(SEEN) == []
    assert sql("SELECT version, facts FROM reports ORDER BY report_id") == [(3, len(good.facts)), (1, len(other.facts))]


def test_what_is_broken_where_a_better_place_is_held_is_no_matter(load: Load, sql: Sql) -> None:
    good = make_report(1)
    load([rows(good)])
    mirror = replace(good.source, page_url="http://m.example/p", file_url="http://m.example/f", portal_id="m")
    result = load([rows(replace(good, source=mirror, facts=(replace(good.facts[0], page=0), *good.facts[1:])))])
    assert (result.kept, sql(SEEN)) == (1, [])


def test_rows_under_one_key_are_all_kept(load: Load, sql: Sql) -> None:
    good = make_report(1)
    twice = (good.facts[0], replace(good.facts[0], raw="其他"))
    load([rows(replace(good, facts=(*twice, *good.facts[1:])))])
    key = f"{good.report_id} {good.facts[0].item}"
    assert sql("SELECT key FROM quarantine ORDER BY key") == [(key,), (f"{key} #2",)]
