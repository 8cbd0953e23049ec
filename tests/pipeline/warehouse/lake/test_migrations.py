"""Lakes that earlier versions made: `older/<version>.sql` is one as the program of that version shared into it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from pipeline import warehouse
from pipeline.errors import WarehouseError
from pipeline.warehouse import Lake, migrations
from pipeline.warehouse.lake.connection import LAKE, attach
from tests.pipeline.warehouse.lake.machines import machine
from tests.support.postgres import Server

pytestmark = pytest.mark.slow

OLDER = sorted(int(path.stem) for path in (Path(__file__).parent / "older").glob("*.sql"))
FIRST = 9  # the version that lakes came with

COLUMNS = "SELECT table_name, column_name, data_type FROM duckdb_columns() WHERE database_name = ? ORDER BY ALL"

USERS: dict[str, Callable[[Lake, Path], object]] = {
    "read": lambda lake, folder: warehouse.recent_runs(lake),
    "shared": lambda lake, folder: warehouse.share(machine(folder / "one", [5]), lake),
    "gathered": lambda lake, folder: warehouse.gather(lake, folder / "whole"),
    "compared": lambda lake, folder: warehouse.difference(lake, lake),
}


def write_older(lake: Lake, version: int) -> None:
    with duckdb.connect() as db:
        attach(db, lake)
        db.execute((Path(__file__).parent / "older" / f"{version}.sql").read_text("utf-8"))


def columns(lake: Lake) -> list[tuple[str, ...]]:
    with duckdb.connect() as db:
        attach(db, lake, read_only=True)
        return db.execute(COLUMNS, [LAKE]).fetchall()


@pytest.fixture(scope="module")
def fresh(server: Server, tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, ...]]:
    folder = tmp_path_factory.mktemp("fresh")
    lake = Lake(f"ducklake:postgres:{server.database('fresh')}", str(folder / "files"))
    warehouse.share(machine(folder / "one", [1]), lake)
    return columns(lake)


@pytest.mark.parametrize("use", USERS)
@pytest.mark.parametrize("version", OLDER)
def test_an_older_lake_gets_the_tables_of_a_new_one_and_keeps_its_rows(
    version: int, use: str, fresh: list[tuple[str, ...]], lake: Lake, tmp_path: Path
) -> None:
    write_older(lake, version)
    USERS[use](lake, tmp_path)
    assert columns(lake) == fresh
    held = "SELECT year, version FROM reports WHERE authority_id = '640000-00001' ORDER BY ALL"
    assert warehouse.query(lake, held).rows == ((2023, 2), (2024, 1))


def test_every_version_of_a_lake_has_its_example() -> None:
    assert set(OLDER) >= set(range(FIRST, migrations.VERSION))


def test_a_newer_lake_is_refused_with_one_line(lake: Lake, tmp_path: Path) -> None:
    data = machine(tmp_path / "one", [1])
    warehouse.share(data, lake)
    with duckdb.connect() as db:
        attach(db, lake)
        db.execute(f"UPDATE {LAKE}.nianbao_schema SET version = version + 1")
    for use in USERS.values():
        with pytest.raises(WarehouseError, match="newer version") as told:
            use(lake, tmp_path)
        assert "\n" not in str(told.value)
