"""`difference`: what two states of the data print differently, whatever the two are kept in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from pipeline import warehouse
from pipeline.errors import WarehouseError
from pipeline.model import Fact, ValueKind
from pipeline.warehouse import Scope
from pipeline.warehouse.release.csv_files import disarmed, rearmed
from tests.pipeline.warehouse.release.conftest import AWKWARD_RAW, awkward_facts
from tests.pipeline.warehouse.synthetic import DIVISIONS, make_fact, make_report, make_run, rows

Make = Callable[[str, Path], Path]


def held(folder: Path, *states: list[warehouse.ReportRows]) -> Path:
    for number, reports in enumerate(states, 1):
        run = make_run(f"r{number}")
        warehouse.load(folder, reports=reports, documents=(), portals=(), outcomes=(), run=run, divisions=DIVISIONS)
    return folder


FACTS = make_report(1).facts
NOT_THERE_BEFORE = next(fact for fact in FACTS if fact.item == "review.pending")


def changed(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """One cell corrected, one gone."""
    kept = [fact for fact in facts if (fact.item, fact.applicant) != ("requests.new", "research")]
    kept = [
        replace(fact, value=Decimal(77), raw="77")
        if (fact.item, fact.applicant) == ("outcome.total", "total")
        else fact
        for fact in kept
    ]
    return tuple(kept)


FIRST = make_report(1, facts=tuple(fact for fact in FACTS if fact is not NOT_THERE_BEFORE))


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    reports = [FIRST, make_report(2), make_report(4, province="320000", facts=awkward_facts())]
    return held(tmp_path_factory.mktemp("before"), [rows(one) for one in reports])


@pytest.fixture(scope="module")
def now(tmp_path_factory: pytest.TempPathFactory) -> Path:
    reports = [FIRST, make_report(4, province="320000", facts=awkward_facts())]
    corrected = make_report(1, facts=changed(FACTS))
    return held(tmp_path_factory.mktemp("now"), [rows(one) for one in reports], [rows(corrected), rows(make_report(3))])


def as_kept(form: str, data: Path, folder: Path) -> Path:
    if form == "data folder":
        return data
    if form == "file":
        return data / "nianbao.duckdb"
    target = folder / f"{data.name}-{form}"
    warehouse.export(data, target, format=form)
    return target


@pytest.mark.parametrize(
    "forms", [("data folder", "file"), ("parquet", "data folder"), ("csv", "parquet"), ("csv", "csv")]
)
def test_added_gone_and_corrected_reports_and_the_cells_of_these(
    forms: tuple[str, str], before: Path, now: Path, tmp_path: Path
) -> None:
    found = warehouse.difference(as_kept(forms[0], before, tmp_path), as_kept(forms[1], now, tmp_path))
    assert [(row[0], row[1], *row[5:]) for row in found.rows] == [
        ("corrected", "640000-00001-2024", None, None, "1", "2"),
        ("cell changed", "640000-00001-2024", "outcome.total", "total", raw("outcome.total", "total"), "77"),
        ("cell gone", "640000-00001-2024", "requests.new", "research", raw("requests.new", "research"), None),
        ("cell added", "640000-00001-2024", "review.pending", None, None, NOT_THERE_BEFORE.raw),
        ("gone", "640000-00002-2024", None, None, "1", None),
        ("added", "640000-00003-2024", None, None, None, "1"),
    ]  # fmt: skip
    assert found.rows[0][4] == "第1局"


def raw(item: str, applicant: str) -> str:
    return next(fact.raw for fact in FACTS if (fact.item, fact.applicant) == (item, applicant))


def test_a_state_does_not_differ_from_itself_however_it_is_kept(before: Path, tmp_path: Path) -> None:
    assert warehouse.difference(as_kept("csv", before, tmp_path), before).rows == ()


def test_a_blank_that_was_a_dash_is_a_change(tmp_path: Path) -> None:
    dash, blank = (
        (replace(make_fact("requests.new", "total", None, ValueKind.DASH), raw="-"),),
        (make_fact("requests.new", "total", None, ValueKind.BLANK),),
    )
    old = held(tmp_path / "old", [rows(make_report(1, facts=dash))])
    new = held(tmp_path / "new", [rows(make_report(1, facts=dash))], [rows(make_report(1, facts=blank))])
    found = warehouse.difference(as_kept("csv", old, tmp_path), new).rows
    assert [(row[0], row[7], row[8]) for row in found] == [("corrected", "1", "2"), ("cell changed", "-", "")]


def test_only_the_years_and_provinces_asked_for(before: Path, now: Path) -> None:
    assert warehouse.difference(before, now, Scope(("320000",), ())).rows == ()
    assert warehouse.difference(before, now, Scope((), (2023,))).rows == ()


def test_what_is_neither_is_named(before: Path, tmp_path: Path) -> None:
    with pytest.raises(WarehouseError, match="neither a release"):
        warehouse.difference(tmp_path, before)
    with pytest.raises(WarehouseError, match="neither a release"):
        warehouse.difference(as_kept("xlsx", before, tmp_path), before)


def test_text_that_a_spreadsheet_was_spared_is_given_back(before: Path) -> None:
    armed = disarmed("raw").replace("AS raw", "AS armed")
    raws = ", ".join("(" + "'" + raw.replace("'", "''") + "')" for raw in AWKWARD_RAW)
    found = warehouse.query(
        before, f"SELECT raw, {rearmed('armed')} FROM (SELECT raw, {armed} FROM (VALUES {raws}) _(raw))"
    )
    assert all(given == back for given, back in found.rows)
