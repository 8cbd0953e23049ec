"""The research queries: each says in both languages what it answers, runs as `nianbao query` runs it, and finds it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from pipeline import warehouse
from pipeline.identity import Context, authority_of
from pipeline.model import Authority, Fact, Finding, Mention, Report, Section
from pipeline.resources import ROOT
from pipeline.warehouse import QueryResult, ReportRows
from tests.pipeline.warehouse.synthetic import DIVISIONS, make_report, make_run, rows

QUERIES = sorted((ROOT / "queries").glob("*.sql"))

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_TEXT = "本机关认真贯彻落实条例，持续加强主动公开，规范依申请公开办理流程，完善公开平台建设，强化监督保障。" * 5


def body(name: str) -> Authority:
    found = authority_of(name, context=Context(portal_division="640200"))
    assert found is not None
    return found


def report(name: str, year: int, form: str, **cells: int) -> ReportRows:
    made = make_report(len(name), year, form=form)
    values = {code.replace("__", "."): Decimal(value) for code, value in cells.items()}

    def printed(fact: Fact) -> Fact:
        """The cell under the name; of each the first applicant's column is read with doubt."""
        value = values.get(fact.item) if fact.applicant in (None, "total") else None
        sure = fact.applicant != "natural_person"
        changed = fact if value is None else replace(fact, value=value, raw=str(value))
        return changed if sure else replace(changed, confidence=0.6, reason="faint")

    report: Report = replace(
        made,
        report_id=f"{name}-{year}",
        authority=body(name),
        facts=tuple(map(printed, made.facts)),
        sections=(Section(1, "一、总体情况", _TEXT),),
        mentions=(Mention(1, "posts.wechat", Decimal(300), "条", True, "微信发布300余条。", 4, 7),),
    )
    return rows(report, (Finding("narrative_requests", False, expected=Decimal(1), actual=Decimal(2), message="不符"),))


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Some bodies over some years: one that doubles, one that is disputed, one with a year missing."""
    data = tmp_path_factory.mktemp("queries")
    reports = [
        report("宁夏回族自治区人民政府", 2024, "2021", requests__new=900, outcome__total=800),
        report("石嘴山市人民政府", 2024, "2021", requests__new=90, outcome__total=80),
        report("石嘴山市公安局", 2016, "2014", requests__new=4),
        report("石嘴山市公安局", 2020, "2019", requests__new=10, outcome__total=11, outcome__granted=5),
        report("石嘴山市公安局", 2023, "2021", requests__new=12, outcome__total=11, outcome__granted=6),
        report("石嘴山市公安局", 2024, "2021", requests__new=30, outcome__total=29, outcome__granted=7),
    ]
    warehouse.load(
        data, reports=reports, documents=(), portals=(), outcomes=(), run=make_run("r1"), divisions=DIVISIONS
    )
    yield data


def answer(published: Path, query: Path) -> QueryResult:
    return warehouse.query(published, query.read_text(encoding="utf-8"))


def test_there_are_twenty() -> None:
    assert len(QUERIES) == 20
    assert [int(query.name[:2]) for query in QUERIES] == list(range(1, 21))


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.stem)
def test_a_query_says_what_it_answers_in_chinese_and_in_english(query: Path) -> None:
    said = [line for line in query.read_text(encoding="utf-8").splitlines() if line.startswith("-- ")]
    assert _CHINESE.search(said[0])
    assert not _CHINESE.search(said[1])
    assert len(said) >= 2


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.stem)
def test_a_query_finds_something_in_a_warehouse_that_has_it(query: Path, published: Path) -> None:
    assert answer(published, query).rows


def named(name: str) -> Path:
    return next(query for query in QUERIES if query.stem.endswith(name))


def test_growth_is_told_of_years_that_follow_each_other(published: Path) -> None:
    found = answer(published, named("sudden_growth")).rows
    assert [(row[0], row[1], row[4]) for row in found] == [("石嘴山市公安局", 2024, 2.5)]


def test_sums_over_departments_leave_governments_out(published: Path) -> None:
    found = answer(published, named("departments_most_asked")).rows
    assert [(row[0], row[1], row[3]) for row in found] == [("public_security", 4, 56)]


def test_a_provinces_requests_are_its_governments_own(published: Path) -> None:
    found = {row[0]: row[1:] for row in answer(published, named("requests_by_year")).rows}
    assert found[2024] == (1, 900)
    assert found[2023] == (0, None)
