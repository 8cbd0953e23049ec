"""The published file is whole whatever happens: readers, kills, a full disk, damage, other writers."""

from __future__ import annotations

import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from pipeline import warehouse
from pipeline.errors import WarehouseError
from tests.pipeline.warehouse.conftest import Load, Sql
from tests.pipeline.warehouse.synthetic import DIVISIONS, make_document, make_report, make_run, rows

ROOT = Path(__file__).parents[3]

LOAD = """
import sys
from pathlib import Path
from pipeline import warehouse
from tests.pipeline.warehouse.synthetic import *
data, title, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
print("go", flush=True)
warehouse.repair(data)
reports = [make_report(number, year, title=title) for number in range(count) for year in (2023, 2024)]
warehouse.load(data, reports=map(rows, reports), documents=[make_document(title)], portals=[make_portal()],
    outcomes=[make_outcome()], run=make_run(title), divisions=DIVISIONS)
print("done", flush=True)
"""


def loading(data: Path, title: str, count: int) -> subprocess.Popen[str]:
    """A process that is about to load `count` reports for each of two years, all under one title."""
    child = subprocess.Popen(
        [sys.executable, "-c", LOAD, str(data), title, str(count)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "go\n"
    return child


def test_a_reader_goes_on_reading_what_it_opened_and_blocks_nobody(load: Load, sql: Sql, tmp_path: Path) -> None:
    load([rows(make_report(1))])
    with duckdb.connect(str(tmp_path / "nianbao.duckdb"), read_only=True) as reader:
        assert reader.execute("SELECT count(*) FROM reports").fetchall() == [(1,)]
        load([rows(make_report(2))])
        assert reader.execute("SELECT count(*), sum(facts) FROM reports").fetchall() == [(1, 207)]
        assert reader.execute("SELECT count(*) FROM facts").fetchall() == [(207,)]
        assert sql("SELECT count(*) FROM reports") == [(2,)]  # who opens it now sees the new one


@pytest.mark.slow
def test_a_kill_at_any_moment_leaves_the_old_file_or_the_new_one(load: Load, sql: Sql, tmp_path: Path) -> None:
    count = 20
    load([rows(make_report(number, year, title="0")) for number in range(count) for year in (2023, 2024)])
    begun = time.monotonic()
    assert loading(tmp_path, "1", count).wait(60) == 0
    whole = time.monotonic() - begun
    chance = random.Random(7)
    published, killed = "1", 0
    for attempt in range(2, 9):
        child = loading(tmp_path, str(attempt), count)
        time.sleep(chance.uniform(0, whole))
        child.send_signal(signal.SIGKILL)
        output, _ = child.communicate()
        titles = sql("SELECT DISTINCT title, count(*) OVER () FROM reports GROUP BY title, report_id")
        assert titles in ([(published, 2 * count)], [(str(attempt), 2 * count)])
        published = titles[0][0]
        killed += "done" not in output
        assert sql("SELECT count(*), count(DISTINCT report_id) FROM facts") == [(2 * count * 207, 2 * count)]
        assert sql("SELECT count(*) FROM runs WHERE run_id = (SELECT max(title) FROM reports)") == [(1,)]
    assert killed > 1
    warehouse.repair(tmp_path)
    files = {path.name for path in tmp_path.iterdir()}
    assert files == {"nianbao.duckdb", "parquet", "state"}
    held = f"read_parquet('{tmp_path}/parquet/reports/*/*/*.parquet')"
    assert duckdb.sql(f"SELECT DISTINCT title, version FROM {held}").fetchall() == [
        (published, sql("SELECT max(version) FROM reports")[0][0])
    ]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system with room for one small warehouse but not for what the test then loads."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=9m", "tmpfs", str(place)], capture_output=True)
    if mounted.returncode:
        pytest.skip("mounting a small file system needs root")
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


def load_into(data: Path, count: int) -> None:
    warehouse.load(
        data,
        reports=(rows(make_report(number)) for number in range(count)),
        documents=[make_document(f"http://portal.example/{number}") for number in range(count)],
        portals=(),
        outcomes=(),
        run=make_run(f"r{count}"),
        divisions=DIVISIONS,
    )


def test_a_full_disk_gives_one_line_and_leaves_the_file_as_it_was(small_disk: Path) -> None:
    load_into(small_disk, 1)
    before = (small_disk / "nianbao.duckdb").read_bytes()
    with pytest.raises(WarehouseError, match="磁盘空间不足") as told:
        load_into(small_disk, 300)
    assert "\n" not in str(told.value)
    assert (small_disk / "nianbao.duckdb").read_bytes() == before
    assert {path.name for path in small_disk.iterdir()} == {"nianbao.duckdb", "parquet", "state"}
    assert warehouse.query(small_disk, "SELECT count(*) FROM reports").rows == ((1,),)


def test_a_limit_on_file_size_is_told_like_a_full_disk(load: Load, tmp_path: Path) -> None:
    load([rows(make_report(1))])
    before = (tmp_path / "nianbao.duckdb").read_bytes()
    old = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) // 2, old[1]))
    try:
        with pytest.raises(WarehouseError, match="磁盘空间不足"):
            load([rows(make_report(2))])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, old)
        signal.signal(signal.SIGXFSZ, ignored)
    assert (tmp_path / "nianbao.duckdb").read_bytes() == before


@pytest.mark.parametrize(
    "damage",
    [
        lambda good: b"this is no database" * 1000,
        lambda good: good[: len(good) // 2],
        lambda good: b"",
        lambda good: good[:5000] + b"\xff" * 3000 + good[8000:],
    ],
    ids=["garbage", "cut short", "empty", "overwritten"],
)
def test_a_damaged_file_is_refused_and_left_alone(damage, load: Load, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    load([rows(make_report(1))])
    published = tmp_path / "nianbao.duckdb"
    published.write_bytes(damage(published.read_bytes()))
    before = published.read_bytes()
    for action in (
        lambda: load([rows(make_report(2))]),
        lambda: warehouse.query(tmp_path, "SELECT 1"),
        lambda: warehouse.coverage(tmp_path),
        lambda: warehouse.publish_parquet(tmp_path),
    ):
        with pytest.raises(WarehouseError, match="仓库文件损坏") as told:
            action()
        assert "\n" not in str(told.value)
    assert published.read_bytes() == before


def test_a_file_of_a_newer_schema_is_refused(load: Load, tmp_path: Path) -> None:
    load([rows(make_report(1))])
    with duckdb.connect(str(tmp_path / "nianbao.duckdb")) as db:
        db.execute("UPDATE nianbao_schema SET version = version + 1")
    for action in (lambda: load([rows(make_report(2))]), lambda: warehouse.recent_runs(tmp_path)):
        with pytest.raises(WarehouseError, match="newer version"):
            action()


def test_somebody_elses_database_is_not_written_into(load: Load, tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / "nianbao.duckdb")) as db:
        db.execute("CREATE TABLE mine (a INTEGER)")
    before = (tmp_path / "nianbao.duckdb").read_bytes()
    with pytest.raises(WarehouseError, match="not a nianbao warehouse"):
        load([rows(make_report(1))])
    assert (tmp_path / "nianbao.duckdb").read_bytes() == before


WRITER = """
import duckdb, sys
db = duckdb.connect(sys.argv[1])
db.execute("CREATE TABLE scribble (a INTEGER)")
print("open", flush=True)
sys.stdin.read()
"""


def test_a_program_that_has_the_file_open_for_writing_is_named_as_the_reason(load: Load, tmp_path: Path) -> None:
    load([rows(make_report(1))])
    published = tmp_path / "nianbao.duckdb"
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(published)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert writer.stdout is not None
    assert writer.stdout.readline() == "open\n"
    try:
        with pytest.raises(WarehouseError, match="open for writing in another program"):
            load([rows(make_report(2))])
    finally:
        writer.kill()
        writer.communicate()
    assert (tmp_path / "nianbao.duckdb.wal").exists()  # it died with its log unwritten
    with pytest.raises(WarehouseError, match="opened for writing by another program"):
        load([rows(make_report(2))])


def test_two_loads_at_once_never_share_a_file(load: Load, sql: Sql, tmp_path: Path) -> None:
    load([rows(make_report(1))])
    child = loading(tmp_path, "other", 60)
    refused = 0
    while child.poll() is None:
        try:
            load([rows(make_report(1, 2020, title="mine"))])
        except WarehouseError as error:
            assert "另一个进程正在写入仓库" in str(error)
            refused += 1
            time.sleep(0.02)
    output, errors = child.communicate()
    assert "done" in output or "另一个进程正在写入仓库" in errors
    assert refused or "done" not in output
    assert sql("SELECT count(*) FROM reports WHERE title = 'other'")[0][0] in (0, 120)


def test_left_overs_are_cleaned_and_named(load: Load, tmp_path: Path) -> None:
    load([rows(make_report(1))])
    (tmp_path / "nianbao.duckdb.next").write_bytes(b"half")
    (tmp_path / "nianbao.duckdb.next.wal").write_bytes(b"half")
    (tmp_path / "parquet" / ".next").mkdir()
    (tmp_path / "parquet" / ".next" / "facts-x").write_bytes(b"half")
    told = warehouse.repair(tmp_path)
    assert len(told) == 3
    assert warehouse.repair(tmp_path) == []
    assert {path.name for path in tmp_path.iterdir()} == {"nianbao.duckdb", "parquet", "state"}


def test_a_load_begins_by_cleaning_up_itself(load: Load, sql: Sql, tmp_path: Path) -> None:
    (tmp_path / "nianbao.duckdb.next").write_bytes(b"half")
    (tmp_path / "nianbao.duckdb.next.wal").write_bytes(b"half")
    load([rows(make_report(1))])
    assert sql("SELECT count(*) FROM reports") == [(1,)]


def test_a_failing_source_of_reports_leaves_nothing_behind(load: Load, sql: Sql, tmp_path: Path) -> None:
    load([rows(make_report(1))])

    def reports() -> Iterator[warehouse.ReportRows]:
        yield rows(make_report(2))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load(reports())
    assert sql("SELECT count(*) FROM reports") == [(1,)]
    assert not (tmp_path / "nianbao.duckdb.next").exists()


def test_a_data_folder_that_is_none_gives_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for data in (tmp_path / "file", Path("/proc/nianbao")):
        with pytest.raises(WarehouseError) as told:
            load_into(data, 1)
        assert "\n" not in str(told.value)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_gives_one_line(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(WarehouseError, match="没有权限"):
        load_into(tmp_path, 1)
