"""Questions, releases and comparisons of the lake itself: as of a file that was gathered from it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from flows.cli import main
from pipeline import warehouse
from pipeline.errors import WarehouseError
from pipeline.warehouse import Lake, Warehouse
from tests.pipeline.warehouse.lake.machines import machine
from tests.pipeline.warehouse.synthetic import WHEN

pytestmark = pytest.mark.slow


@pytest.fixture
def corrected(lake: Lake, tmp_path: Path) -> Lake:
    """Two machines' reports, one of them corrected an hour later."""
    warehouse.share(machine(tmp_path / "one", [1]), lake)
    warehouse.share(machine(tmp_path / "two", [2]), lake)
    warehouse.export(lake, tmp_path / "before", format="csv")
    warehouse.share(machine(tmp_path / "one", [1], hour=1, add=5), lake)
    return lake


def test_every_reader_sees_in_the_lake_what_it_sees_in_the_gathered_file(corrected: Lake, tmp_path: Path) -> None:
    whole = tmp_path / "whole"
    assert warehouse.gather(corrected, whole) == 2
    for told in (warehouse.recent_runs, warehouse.coverage, warehouse.national, warehouse.failures):
        assert told(corrected) == told(whole)
    for place, name in ((corrected, "lake"), (whole, "file")):
        warehouse.export(place, tmp_path / name, previous=tmp_path / "before")
    sums = [(tmp_path / name / "SHA256SUMS").read_text("utf-8").splitlines() for name in ("lake", "file")]
    assert sums[0] == sums[1]


def test_a_release_is_compared_with_the_lake_cell_by_cell(corrected: Lake, tmp_path: Path) -> None:
    found = warehouse.difference(tmp_path / "before", corrected).rows
    assert [row[0] for row in found] == ["corrected", "cell changed"]
    assert warehouse.difference(corrected, corrected).rows == ()


def test_a_notebook_opens_a_lake_as_it_was(corrected: Lake) -> None:
    with Warehouse(corrected.url) as now, Warehouse(corrected.url, as_of=WHEN + timedelta(minutes=1)) as then:
        assert now.labels("reports")["year"].zh
        [(before,)], [(after,)] = (one.sql("SELECT sum(value) FROM facts").fetchall() for one in (then, now))
    assert after == before + 5


def test_commands_ask_the_lake_while_it_is_set(
    corrected: Lake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("NIANBAO_WAREHOUSE_URL", corrected.url)
    elsewhere = ["--data", str(tmp_path / "elsewhere")]
    for command in (
        ["query", "SELECT count(*) AS held FROM reports", "--format", "csv"],
        ["status"],
        ["export", str(tmp_path / "release")],
        ["diff", str(tmp_path / "before")],
    ):
        assert main([*command, *elsewhere]) == 0, command
    told = capsys.readouterr().out
    assert "held\n2\n" in told.replace("\r", "")
    assert "one-1" in told  # a pass of another folder
    assert "2 份年报" in told
    assert "cell changed" in told


def test_a_lake_with_nothing_in_it_is_one_line(lake: Lake) -> None:
    with pytest.raises(WarehouseError, match="nothing has been shared"):
        warehouse.query(lake, "SELECT 1")


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM postgres_scan('host=elsewhere', 'public', 'secrets')",
        "SELECT * FROM query('SELECT * FROM postgres' || '_scan(1, 2, 3)')",
        "SELECT * FROM read_csv('/etc/passwd')",
        "DELETE FROM nianbao.facts",
    ],
)
def test_a_question_reaches_nothing_but_the_lake(sql: str, lake: Lake, tmp_path: Path) -> None:
    warehouse.share(machine(tmp_path / "one", [1]), lake)
    with pytest.raises(WarehouseError):
        warehouse.query(lake, sql)
