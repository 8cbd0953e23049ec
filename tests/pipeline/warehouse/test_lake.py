"""What several machines share, on a real PostgreSQL: nothing lost, nothing doubled, and read as the file is."""

from __future__ import annotations

import multiprocessing
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

import duckdb
import pytest

from pipeline import warehouse
from pipeline.errors import WarehouseError
from pipeline.model import Report
from pipeline.warehouse import Lake, ReportRows, Shared
from pipeline.warehouse.lake.connection import LAKE, attach
from tests.pipeline.warehouse.synthetic import DIVISIONS, WHEN, make_report, make_run, rows
from tests.support.postgres import Server, postgres

pytest.importorskip("duckdb_extension_ducklake", reason="DuckDB's extension for lakes is not installed")
pytestmark = pytest.mark.slow

COUNTED = ("reports", "facts", "sections", "checks", "mentions", "report_versions", "fact_versions")


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with tempfile.TemporaryDirectory() as name:  # pytest's own folders are closed to other accounts
        folder = Path(name)
        folder.chmod(0o755)
        with postgres(folder) as reached:
            yield reached


@pytest.fixture
def lake(server: Server, tmp_path: Path) -> Lake:
    """A lake of the test's own, with a catalog of its own."""
    return Lake(f"ducklake:postgres:{server.database(uuid4().hex)}", str(tmp_path / "files"))


def machine(folder: Path, numbers: list[int], *, hour: int = 0, add: int = 0) -> Path:
    """A data folder that has loaded these reports at that hour."""
    given = [rows(corrected(make_report(number), add)) for number in numbers]
    load(folder, given, f"{folder.name}-{hour}", hour)
    return folder


def load(folder: Path, given: list[ReportRows], run_id: str, hour: int) -> None:
    when = WHEN + timedelta(hours=hour)
    run = replace(make_run(run_id), started_at=when, finished_at=when)
    warehouse.load(folder, reports=given, documents=(), portals=(), outcomes=(), run=run, divisions=DIVISIONS)


def corrected(report: Report, add: int) -> Report:
    first = report.facts[0]
    assert first.value is not None
    value = first.value + Decimal(add)
    return replace(report, facts=(replace(first, value=value, raw=str(value)), *report.facts[1:]))


def counts(data: Path, lake: Lake | None = None) -> dict[str, int]:
    return {name: warehouse.query(data, f"SELECT count(*) FROM {name}", lake=lake).rows[0][0] for name in COUNTED}


def test_what_is_shared_once_is_all_there_and_not_shared_again(lake: Lake, tmp_path: Path) -> None:
    data = machine(tmp_path / "one", [1, 2, 3])
    assert warehouse.share(data, lake) == Shared(new=3, changed=0, older=0)
    assert warehouse.share(data, lake) == Shared(0, 0, 0)
    assert counts(data, lake) == counts(data)


def test_a_correction_is_a_new_version_and_the_earlier_one_is_kept(lake: Lake, tmp_path: Path) -> None:
    data = machine(tmp_path / "one", [1])
    warehouse.share(data, lake)
    machine(data, [1], hour=1, add=5)
    assert warehouse.share(data, lake) == Shared(new=0, changed=1, older=0)
    assert warehouse.query(data, "SELECT version FROM reports", lake=lake).rows == ((2,),)
    earlier = warehouse.query(data, "SELECT sum(value) FROM facts", WHEN + timedelta(minutes=1), lake).rows[0][0]
    assert warehouse.query(data, "SELECT sum(value) FROM facts", lake=lake).rows[0][0] == earlier + 5


@pytest.mark.parametrize(("version", "taken"), [(9, True), (8, False)])
def test_a_lake_of_an_earlier_version_is_used_only_where_it_has_the_same_columns(
    version: int, taken: bool, lake: Lake, tmp_path: Path
) -> None:
    data = machine(tmp_path / "one", [1])
    warehouse.share(data, lake)
    with duckdb.connect() as db:
        attach(db, lake)
        db.execute(f"UPDATE {LAKE}.nianbao_schema SET version = {version}")
    machine(data, [2])
    if taken:
        assert warehouse.share(data, lake) == Shared(new=1, changed=0, older=0)
    else:
        with pytest.raises(WarehouseError, match="another version: 8"):
            warehouse.share(data, lake)


def test_of_two_machines_the_later_state_is_the_lakes(lake: Lake, tmp_path: Path) -> None:
    late, early = machine(tmp_path / "late", [1], hour=2, add=7), machine(tmp_path / "early", [1, 2], hour=1)
    warehouse.share(late, lake)
    assert warehouse.share(early, lake) == Shared(new=1, changed=0, older=1)
    shown = "SELECT report_id, sum(value) FROM facts GROUP BY ALL"
    assert set(warehouse.query(late, shown).rows) <= set(warehouse.query(late, shown, lake=lake).rows)


def _machine_at_work(name: str, lake: Lake, folder: Path, first: int, barrier: object) -> None:
    barrier.wait()  # type: ignore[attr-defined]
    for night in range(3):
        own = [first + night * 10 + number for number in range(5)]
        machine(folder / name, [*own, night], hour=night)  # the last one is the other machine's as well
        warehouse.share(folder / name, lake)


def test_two_machines_that_write_at_once_lose_and_double_nothing(lake: Lake, tmp_path: Path) -> None:
    warehouse.share(machine(tmp_path / "first", [999]), lake)
    context = multiprocessing.get_context("spawn")
    barrier = context.Barrier(2)
    at_work = [
        context.Process(target=_machine_at_work, args=(name, lake, tmp_path, first, barrier))
        for name, first in (("north", 100), ("south", 200))
    ]
    for one in at_work:
        one.start()
    for one in at_work:
        one.join(240)
    assert [one.exitcode for one in at_work] == [0, 0]
    counted = "SELECT count(*), count(DISTINCT report_id) FROM reports"
    [(reports, distinct)] = warehouse.query(tmp_path, counted, lake=lake).rows
    assert (reports, distinct) == (1 + 2 * 3 * 5 + 3, reports)
    each = "SELECT DISTINCT count(*) FROM facts GROUP BY report_id"
    assert warehouse.query(tmp_path, each, lake=lake).rows == ((len(make_report(1).facts),),)


def test_the_embedded_file_is_published_from_the_lake(lake: Lake, tmp_path: Path) -> None:
    warehouse.share(machine(tmp_path / "one", [1]), lake)
    warehouse.share(machine(tmp_path / "two", [2]), lake)
    assert warehouse.gather(lake, tmp_path / "whole") == 2
    assert counts(tmp_path / "whole") == counts(tmp_path, lake)
    assert len(list((tmp_path / "whole" / "parquet").glob("facts/*/*/*.parquet"))) > 0
    machine(tmp_path / "whole", [3], hour=1)  # goes on as any other
    assert warehouse.share(tmp_path / "whole", lake) == Shared(new=1, changed=0, older=0)


def test_files_are_kept_by_province_and_year(lake: Lake, tmp_path: Path) -> None:
    warehouse.share(machine(tmp_path / "one", [1]), lake)
    [report] = {make_report(1)}
    folder = Path(lake.files) / "main" / "facts" / f"province={report.province}" / f"year={report.year}"
    assert list(folder.glob("*.parquet"))


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
        warehouse.query(tmp_path, sql, lake=lake)


def test_a_lake_that_cannot_be_reached_is_one_line_without_the_password(tmp_path: Path) -> None:
    data = machine(tmp_path / "one", [1])
    with pytest.raises(WarehouseError) as raised:
        warehouse.share(data, Lake("ducklake:postgres:host=127.0.0.1 port=1 password=s3cret dbname=x", str(tmp_path)))
    assert "\n" not in str(raised.value)
    assert "s3cret" not in str(raised.value)


def test_an_address_of_another_kind_is_refused() -> None:
    with pytest.raises(WarehouseError, match="ducklake:postgres:"):
        Lake("mysql:host=x")
