"""kill -9 after every change that a load or an upgrade makes in the data folder, and a disk that is full at any point:
the published file is the old one or the new one, and the next pass repairs the rest."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipeline import warehouse
from pipeline.errors import WarehouseError
from pipeline.warehouse import migrations
from tests.pipeline.warehouse.synthetic import DIVISIONS, make_document, make_report, make_run, rows
from tests.pipeline.warehouse.test_migrations import write_older
from tests.support.nursery import nursery

COUNT = 1  # reports in each of two years: the steps are those of many
_MOST_CHANGES = 400


def load_titled(data: str, title: str) -> None:
    """A pass that brings every report under another title."""
    warehouse.repair(Path(data))
    reports = [make_report(number, year, title=title) for number in range(COUNT) for year in (2023, 2024)]
    warehouse.load(
        Path(data),
        reports=map(rows, reports),
        documents=[make_document(f"http://portal.example/{title}", title)],
        portals=(),
        outcomes=(),
        run=make_run(title),
        divisions=DIVISIONS,
    )


def look(data: str) -> None:
    """Whoever comes first upgrades the file."""
    warehouse.query(Path(data), "SELECT 1")


def asked(data: Path, sql: str) -> list[tuple[Any, ...]]:
    """Without a word to the program: what any other client sees."""
    with duckdb.connect() as db:
        db.execute(f"ATTACH '{data / 'nianbao.duckdb'}' AS seen (READ_ONLY); USE seen")
        return db.execute(sql).fetchall()


def published_title(data: Path) -> str:
    """Of all reports alike, with all that belongs to them."""
    ((title, held),) = asked(data, "SELECT title, count(*) FROM reports GROUP BY title")
    assert held == 2 * COUNT
    facts = "SELECT count(*), count(DISTINCT report_id), (SELECT sum(facts) FROM reports) FROM facts"
    assert asked(data, facts) == [(held * 207, held, held * 207)]
    assert asked(data, f"SELECT count(*) FROM runs JOIN documents USING (run_id) WHERE run_id = '{title}'") == [(1,)]
    return str(title)


def copied_titles(data: Path) -> list[tuple[Any, ...]]:
    return duckdb.sql(f"SELECT DISTINCT title FROM read_parquet('{data}/parquet/reports/*/*/*.parquet')").fetchall()


@pytest.mark.slow
@pytest.mark.timeout(1800)  # some hundred loads
def test_a_load_killed_after_any_change_leaves_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    load_titled(str(tmp_path), "t0")
    published, outcomes = "t0", set()
    with nursery(load_titled) as children:
        for change in range(1, _MOST_CHANGES):
            killed = children.killed_at(change, tmp_path, tmp_path, f"t{change}")
            held = published_title(tmp_path)
            assert held in (published, f"t{change}")
            outcomes.add((killed, held == published))
            published = held
            if not killed:
                break
    assert outcomes == {(True, True), (True, False), (False, False)}  # before the rename, after it, and not at all
    load_titled(str(tmp_path), "last")
    assert (published_title(tmp_path), copied_titles(tmp_path)) == ("last", [("last",)])
    assert {path.name for path in tmp_path.iterdir()} == {"nianbao.duckdb", "parquet", "state"}


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_an_upgrade_killed_after_any_change_leaves_the_older_file_or_the_upgraded_one(tmp_path: Path) -> None:
    with nursery(look) as children:
        for change in range(1, _MOST_CHANGES):
            data = write_older(tmp_path / str(change), 1)
            killed = children.killed_at(change, data, data)
            assert asked(data, "FROM nianbao_schema") in ([(1,)], [(migrations.VERSION,)])
            assert asked(data, "SELECT count(*) FROM facts") == [(6,)]
            look(str(data))
            assert asked(data, "FROM nianbao_schema") == [(migrations.VERSION,)]
            warehouse.repair(data)
            assert {path.name for path in data.iterdir()} == {"nianbao.duckdb", "parquet", "state"}
            if not killed:
                break
    assert change > 3


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=96m", "tmpfs", str(place)], capture_output=True)
    if mounted.returncode:
        pytest.skip("mounting a small file system needs root")
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_a_disk_that_fills_up_at_any_point_leaves_the_old_file_or_the_new_one(disk: Path) -> None:
    load_titled(str(disk), "t0")
    published, outcomes = "t0", []
    room = (disk / "nianbao.duckdb").stat().st_size
    for step in range(1, 25):
        title, free = f"t{step}", room * step // 5
        _fill(disk / "ballast", disk, free)
        try:
            load_titled(str(disk), title)
        except WarehouseError as error:
            assert "磁盘空间不足" in str(error) and "\n" not in str(error)
            assert published_title(disk) == published
        else:
            published = title
            assert published_title(disk) == title
        outcomes.append(published == title)
        (disk / "ballast").unlink()
        warehouse.repair(disk)
        assert copied_titles(disk) == [(published,)]
        assert {path.name for path in disk.iterdir()} == {"nianbao.duckdb", "parquet", "state"}
    assert (outcomes[0], outcomes[-1]) == (False, True)


def _fill(ballast: Path, disk: Path, free: int) -> None:
    ballast.write_bytes(bytes(max(0, shutil.disk_usage(disk).free - free)))
