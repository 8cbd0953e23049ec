"""Corrected reports: what they said before is kept, and a question may be asked of a day past."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipeline import warehouse
from pipeline.errors import WarehouseError
from pipeline.model import Fact, Finding, Report, Section
from tests.pipeline.warehouse.conftest import Load, Sql
from tests.pipeline.warehouse.synthetic import DIVISIONS, make_report, make_run, rows

DAYS = [datetime(2026, 3, day, 4, tzinfo=UTC) for day in (1, 5, 9)]
BEFORE, FIRST, SECOND, THIRD = (datetime(2026, 3, day, tzinfo=UTC) for day in (1, 3, 7, 11))

FACTS = make_report(1).facts


def corrected(value: int, text: str) -> Report:
    """The first body's report with another figure and another narrative."""

    def printed(fact: Fact) -> Fact:
        at = (fact.item, fact.applicant) == ("requests.new", "total")
        return replace(fact, value=Decimal(value), raw=str(value)) if at else fact

    sections = (Section(1, "一、总体情况", text),)  # too short for the numbers that other reports mention in it
    return make_report(1, facts=tuple(map(printed, FACTS)), sections=sections, mentions=())


@pytest.fixture(scope="module")
def three_nights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report that is corrected twice; another that comes with the second night and stays."""
    data = tmp_path_factory.mktemp("nights")
    nights = (
        [rows(corrected(10, "甲"), (Finding("balance", True),))],
        [rows(corrected(20, "乙")), rows(make_report(2))],
        [rows(corrected(30, "丙")), rows(make_report(2))],
    )
    for day, reports in zip(DAYS, nights, strict=True):
        run = make_run(f"r{day.day}", day)
        warehouse.load(data, reports=reports, documents=(), portals=(), outcomes=(), run=run, divisions=DIVISIONS)
    return data


def asked(data: Path, sql: str, moment: datetime) -> list[tuple[Any, ...]]:
    return list(warehouse.query(data, sql, moment).rows)


def test_every_earlier_version_is_kept_with_its_numbers(three_nights: Path) -> None:
    def sql(statement: str) -> list[tuple[Any, ...]]:
        return list(warehouse.query(three_nights, statement).rows)

    assert sql("SELECT version, loaded_at, superseded_at FROM report_versions ORDER BY version") == [
        (1, DAYS[0], DAYS[1]),
        (2, DAYS[1], DAYS[2]),
    ]
    kept = "SELECT version, value FROM fact_versions WHERE item = 'requests.new' AND applicant = 'total' ORDER BY ALL"
    assert sql(kept) == [(1, 10), (2, 20)]
    assert sql("SELECT version, count(*) FROM fact_versions GROUP BY version ORDER BY version") == [
        (1, len(FACTS)),
        (2, len(FACTS)),
    ]
    assert sql("SELECT version, text FROM section_versions ORDER BY version") == [(1, "甲"), (2, "乙")]
    assert sql("SELECT version, count(*) FROM reports GROUP BY version ORDER BY version") == [(1, 1), (3, 1)]


@pytest.mark.parametrize(
    ("moment", "figure", "text", "reports"),
    [(FIRST, 10, "甲", 1), (SECOND, 20, "乙", 2), (THIRD, 30, "丙", 2)],
)
def test_a_question_of_a_day_past_has_that_days_answer(
    moment: datetime, figure: int, text: str, reports: int, three_nights: Path
) -> None:
    first = "authority = '第1局'"
    assert asked(three_nights, f"SELECT requests_new FROM reports_wide WHERE {first}", moment) == [(figure,)]
    assert asked(three_nights, f"SELECT requests FROM litigation WHERE {first}", moment) == [(figure,)]
    assert asked(three_nights, "SELECT text FROM sections WHERE section = 1 AND length(text) = 1", moment) == [(text,)]
    assert asked(three_nights, "SELECT count(*) FROM reports", moment) == [(reports,)]
    assert asked(three_nights, "SELECT count(*) FROM facts", moment) == [(reports * len(FACTS),)]
    assert asked(
        three_nights, "SELECT 新收 FROM (SELECT 一、本年新收政府信息公开申请数量 AS 新收 FROM 年报) ORDER BY 1", moment
    )


def test_before_anything_was_published_there_is_nothing(three_nights: Path) -> None:
    assert asked(three_nights, "SELECT count(*) FROM reports", BEFORE) == [(0,)]
    assert asked(three_nights, "SELECT count(*) FROM runs", BEFORE) == [(0,)]


def test_an_earlier_versions_checks_are_those_that_it_had(three_nights: Path) -> None:
    failed = "SELECT count(*) FROM checks JOIN reports USING (report_id) WHERE authority = '第1局' AND NOT passed"
    assert asked(three_nights, f"{failed} AND rule = 'applicant_sum'", FIRST) == [(0,)]
    assert asked(three_nights, f"{failed} AND rule = 'applicant_sum'", SECOND) == [(1,)]


def test_what_is_loaded_again_unchanged_makes_no_version(load: Load, sql: Sql) -> None:
    for _ in range(3):
        load([rows(make_report(1))])
    assert sql("SELECT count(*) FROM report_versions") == [(0,)]


def test_reports_from_before_versions_were_kept_count_from_when_they_were_fetched(load: Load, tmp_path: Path) -> None:
    load([rows(corrected(10, "甲"))], run=make_run("r1", DAYS[0]))
    with duckdb.connect(str(tmp_path / "nianbao.duckdb")) as db:
        db.execute("UPDATE nianbao_contents SET loaded_at = NULL")  # as a file from then has it once it is upgraded
        ((fetched,),) = db.execute("SELECT fetched_at FROM reports").fetchall()
    load([rows(corrected(20, "乙"))], run=make_run("r2", DAYS[1]))
    kept = "SELECT version, loaded_at = fetched_at, superseded_at FROM report_versions"
    assert warehouse.query(tmp_path, kept).rows == ((1, True, DAYS[1]),)
    assert asked(tmp_path, "SELECT requests_new FROM reports_wide", max(fetched, FIRST)) == [(10,)]


def test_a_day_past_is_as_strictly_read_only_as_today(three_nights: Path) -> None:
    for statement in ("CREATE TABLE past.x (i INTEGER)", "ATTACH 'x.duckdb'", "FROM read_csv('/etc/passwd')"):
        with pytest.raises(WarehouseError):
            asked(three_nights, statement, FIRST)
