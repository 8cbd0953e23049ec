"""Files that earlier versions of the program wrote: brought to the present tables on first use, nothing of theirs lost.

`older/<version>.sql` is a file as the program of that version wrote it: its tables, and two reports of which one was
corrected. Those up to 7 all call themselves version 1; the one of 10 was brought there from 8 and had no load since.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipeline import warehouse
from pipeline.errors import WarehouseError
from pipeline.warehouse import migrations
from pipeline.warehouse.files import Paths, writing
from tests.pipeline.warehouse.conftest import Load
from tests.pipeline.warehouse.synthetic import DIVISIONS, make_report, make_run, rows

WRITTEN = {int(path.stem): path for path in sorted((Path(__file__).parent / "older").glob("*.sql"))}
OLDER = sorted(version for version in WRITTEN if version < migrations.VERSION)

STRUCTURE = {
    "columns": "SELECT table_name, column_name, column_index, data_type, is_nullable, column_default, comment "
    "FROM duckdb_columns() WHERE NOT internal ORDER BY ALL",
    "constraints": "SELECT table_name, constraint_type, constraint_text FROM duckdb_constraints() ORDER BY ALL",
    "tables": "SELECT table_name, comment FROM duckdb_tables() ORDER BY ALL",
    "views": "SELECT view_name, comment, sql FROM duckdb_views() WHERE NOT internal ORDER BY ALL",
    "indexes": "SELECT table_name, index_name, sql FROM duckdb_indexes() ORDER BY ALL",
}
HELD = (
    "reports",
    "facts",
    "sections",
    "checks",
    "mentions",
    "authorities",
    "portals",
    "divisions",
    "documents",
    "runs",
)


def write_older(data: Path, version: int) -> Path:
    """The data folder of that version, with a view that is no more."""
    data.mkdir(exist_ok=True)
    with duckdb.connect(str(data / "nianbao.duckdb")) as db:
        db.execute(WRITTEN[version].read_text(encoding="utf-8"))
        db.execute("CREATE VIEW gone AS SELECT 1 AS one; COMMENT ON COLUMN reports.title IS 'as it was'")
    return data


def asked(data: Path, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(data / "nianbao.duckdb"), read_only=True) as db:
        return db.execute(sql).fetchall()


def structure(data: Path) -> dict[str, list[tuple[Any, ...]]]:
    return {what: asked(data, sql) for what, sql in STRUCTURE.items()}


READERS: dict[str, Callable[[Path], object]] = {
    "query": lambda data: warehouse.query(data, "SELECT 1"),
    "status": warehouse.recent_runs,
    "places": lambda data: list(warehouse.archive_references(data)),
    "export": lambda data: warehouse.export(data, data.with_name("release")),
    "parquet": warehouse.publish_parquet,
    "coverage": warehouse.coverage,
    "national": warehouse.national,
    "notebook": lambda data: warehouse.Warehouse(data).close(),
    "failures": warehouse.failures,
}


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple[Any, ...]]]:
    data = tmp_path_factory.mktemp("fresh")
    warehouse.load(data, reports=(), documents=(), portals=(), outcomes=(), run=make_run(), divisions=())
    return structure(data)


# Whoever comes first upgrades the file: every version is tried with another reader.
@pytest.mark.parametrize(("version", "reader"), list(zip(OLDER, READERS, strict=True)))
def test_an_older_file_gets_exactly_the_tables_of_a_fresh_one_and_keeps_its_rows(
    version: int, reader: str, fresh: dict[str, list[tuple[Any, ...]]], tmp_path: Path
) -> None:
    data = write_older(tmp_path / "old", version)
    written = {
        name: [column for (column,) in asked(data, f"SELECT column_name FROM (DESCRIBE {name})")] for name in HELD
    }

    def kept(name: str) -> list[tuple[Any, ...]]:
        columns = ", ".join(f"nullif(\"{column}\"::VARCHAR, '')" for column in written[name])
        return asked(data, f"SELECT {columns} FROM {name} ORDER BY ALL")

    before = {name: kept(name) for name in HELD}
    READERS[reader](data)
    for what, rows_of_it in structure(data).items():
        assert rows_of_it == fresh[what], what
    after = {name: kept(name) for name in HELD}
    assert set(before.pop("authorities")) <= set(after.pop("authorities"))  # those that the law names are added
    assert after == before
    assert asked(data, "FROM nianbao_schema") == [(migrations.VERSION,)]
    assert not (data / "nianbao.duckdb.next").exists()


@pytest.mark.parametrize("version", [2, 6])
def test_an_upgraded_file_is_loaded_into_and_keeps_what_was_corrected(version: int, tmp_path: Path, load: Load) -> None:
    write_older(tmp_path, version)
    result = load([rows(make_report(1, 2024, title="更正")), rows(make_report(2, 2024))], run=make_run("r9"))
    assert (result.new, result.changed) == (1, 1)
    kept = asked(tmp_path, "SELECT year, version FROM report_versions ORDER BY ALL")
    assert kept == [(2023, 1), (2024, 1)][version < 6 :]  # from 6 on, the correction of the night before is kept


@pytest.mark.parametrize("version", [1, 10])
def test_who_has_to_report_by_law_is_known_once_a_file_is_upgraded(version: int, tmp_path: Path) -> None:
    data = write_older(tmp_path, version)
    assert (found := warehouse.national(data)) is not None
    assert found.governments_expected == 4  # in the divisions that it holds
    loaded = "SELECT * FROM governments ORDER BY ALL"
    upgraded = asked(data, loaded)
    warehouse.load(data, reports=(), documents=(), portals=(), outcomes=(), run=make_run("r9"), divisions=DIVISIONS)
    assert asked(data, loaded) == upgraded


def test_texts_from_before_they_were_compared_are_compared(tmp_path: Path) -> None:
    data = write_older(tmp_path, 4)
    text = "".join(chr(0x4E00 + 7 * number) for number in range(200))
    with duckdb.connect(str(data / "nianbao.duckdb")) as db:
        db.execute("UPDATE sections SET text = ? WHERE section = 1", [text])
    warehouse.recent_runs(data)
    assert asked(data, "SELECT year, section FROM nianbao_signatures ORDER BY ALL") == [(2023, 1), (2024, 1)]


def test_every_version_before_the_present_one_has_its_example() -> None:
    assert set(OLDER) >= set(range(1, migrations.VERSION)) - {3}  # which was never written: it came together with 4


def test_a_pass_says_that_it_upgraded(tmp_path: Path) -> None:
    write_older(tmp_path, 1)
    assert any(f"1 → {migrations.VERSION}" in line for line in warehouse.repair(tmp_path))
    assert warehouse.repair(tmp_path) == []


def test_a_reader_that_may_not_upgrade_says_so_in_one_line_and_leaves_the_file(tmp_path: Path) -> None:
    data = write_older(tmp_path, 1)
    before = (data / "nianbao.duckdb").read_bytes()
    with writing(Paths(data)), pytest.raises(WarehouseError, match=r"could not be upgraded: .*another process") as told:
        warehouse.query(data, "SELECT 1")
    assert "\n" not in str(told.value)
    assert (data / "nianbao.duckdb").read_bytes() == before


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_reader_without_the_right_to_write_says_so_in_one_line(tmp_path: Path) -> None:
    data = write_older(tmp_path, 1)
    data.chmod(0o500)
    with pytest.raises(WarehouseError, match=r"could not be upgraded: .*no permission"):
        warehouse.query(data, "SELECT 1")


def test_a_step_that_fails_leaves_the_older_file(tmp_path: Path) -> None:
    data = write_older(tmp_path, 2)
    with duckdb.connect(str(data / "nianbao.duckdb")) as db:
        db.execute("CREATE TABLE nianbao_signatures (other INTEGER)")  # somebody's own, in the way of step 5
    before = (data / "nianbao.duckdb").read_bytes()
    with pytest.raises(WarehouseError, match="could not be upgraded"):
        warehouse.query(data, "SELECT 1")
    assert (data / "nianbao.duckdb").read_bytes() == before
    assert not (data / "nianbao.duckdb.next").exists()
