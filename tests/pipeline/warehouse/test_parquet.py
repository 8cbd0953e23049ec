"""The Parquet copy: the same rows as the published file, rewritten only where it differs, repaired after a kill."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow.parquet
import pytest

from pipeline import warehouse
from tests.pipeline.warehouse.conftest import Load, Sql
from tests.pipeline.warehouse.synthetic import make_report, rows

TABLES = ("reports", "facts", "sections", "checks", "mentions")


def stamps(data: Path) -> dict[str, tuple[int, int]]:
    return {
        path.relative_to(data).as_posix(): (path.stat().st_ino, path.stat().st_mtime_ns)
        for path in (data / "parquet").rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize("table", TABLES)
def test_the_copy_holds_the_same_rows(table: str, load: Load, sql: Sql, tmp_path: Path) -> None:
    load([rows(make_report(number, year)) for number in (1, 2) for year in (2023, 2024)])
    load([rows(make_report(3, 2024, province="320000"))])
    columns = ", ".join(row[0] for row in sql(f"DESCRIBE {table}"))
    source = (
        f"read_parquet('{tmp_path}/parquet/{table}/*/*/*.parquet', hive_partitioning = true, "
        "hive_types = {'province': VARCHAR, 'year': INTEGER})"
    )
    copied = duckdb.sql(f"SELECT {columns} FROM {source}")
    assert sorted(map(repr, copied.fetchall())) == sorted(map(repr, sql(f"SELECT {columns} FROM {table}")))
    stored = [str(kind) for _, kind, *_ in sql(f"DESCRIBE {table}")]
    assert [str(kind).replace("DOUBLE[]", "DOUBLE[4]") for kind in copied.types] == stored


def test_arrow_reads_the_copy(load: Load, tmp_path: Path) -> None:
    """Where no number has a place on a page, too."""
    load([rows(make_report(1, 2024))])
    for table in TABLES:
        (path,) = (tmp_path / "parquet" / table).rglob("*.parquet")
        assert pyarrow.parquet.ParquetFile(path).read().num_rows > 0


def test_files_lie_where_the_contract_says_and_are_compressed_with_zstd(load: Load, tmp_path: Path) -> None:
    load([rows(make_report(1, 2024))])
    assert set(stamps(tmp_path)) == {f"parquet/{table}/province=640000/year=2024/data.parquet" for table in TABLES}
    metadata = duckdb.sql(
        f"SELECT DISTINCT compression FROM parquet_metadata('{tmp_path}/parquet/facts/*/*/*.parquet')"
    )
    assert metadata.fetchall() == [("ZSTD",)]


def test_only_partitions_that_changed_are_written_again(load: Load, tmp_path: Path) -> None:
    load([rows(make_report(1, year)) for year in (2022, 2023, 2024)])
    before = stamps(tmp_path)
    result = load([rows(make_report(1, 2023, title="更正"))])
    after = stamps(tmp_path)
    assert result.partitions == len(TABLES)
    assert {path for path in after if after[path] != before[path]} == {
        f"parquet/{table}/province=640000/year=2023/data.parquet" for table in TABLES
    }
    assert warehouse.publish_parquet(tmp_path) == 0


def test_a_partition_that_vanished_takes_its_folder_with_it(load: Load, tmp_path: Path) -> None:
    report = make_report(1, 2024)
    load([rows(report)])
    load([rows(make_report(1, 2024, report_id=report.report_id, province="320000"))], allow_shrink=True)
    assert [path.name for path in (tmp_path / "parquet" / "facts").iterdir()] == ["province=320000"]


@pytest.mark.parametrize("loss", ["file", "cut", "folder", "manifest", "torn manifest", "stray"])
def test_whatever_is_lost_or_left_is_made_good(loss: str, load: Load, tmp_path: Path) -> None:
    load([rows(make_report(1, year)) for year in (2023, 2024)])
    before = set(stamps(tmp_path))
    partition = tmp_path / "parquet" / "facts" / "province=640000" / "year=2024"
    manifest = tmp_path / "state" / "parquet.json"
    match loss:
        case "file":
            (partition / "data.parquet").unlink()
        case "cut":
            (partition / "data.parquet").write_bytes(b"PAR1")
        case "folder":
            (partition / "data.parquet").unlink()
            partition.rmdir()
        case "manifest":
            manifest.unlink()
        case "torn manifest":
            manifest.write_text('{"facts/prov')
        case "stray":
            (partition / "other.parquet").write_bytes(b"PAR1")
            stray = partition.parent / "year=1999"
            stray.mkdir()
            (stray / "data.parquet").write_bytes(b"PAR1")
    written = warehouse.publish_parquet(tmp_path)
    assert written == {"manifest": 10, "torn manifest": 10, "stray": 0}.get(loss, 1)
    assert set(stamps(tmp_path)) == before
    held = duckdb.sql(f"SELECT count(*) FROM read_parquet('{tmp_path}/parquet/facts/*/*/*.parquet')").fetchall()
    assert held == [(2 * 207,)]
    assert warehouse.publish_parquet(tmp_path) == 0


def test_without_a_warehouse_there_is_nothing_to_do(tmp_path: Path) -> None:
    assert warehouse.publish_parquet(tmp_path) == 0
    assert list(tmp_path.iterdir()) == []
