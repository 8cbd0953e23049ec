"""The extraction pool: what kills or blocks a worker is set aside, and costs nobody else anything."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.extracting import ExtractionPool
from flows.workers import Limits
from pipeline.archive import ArchiveWriter
from pipeline.errors import NianbaoError
from pipeline.extraction import ExtractSettings, Failure, extract_one
from pipeline.ingest import ingest_files
from pipeline.model import Extract, Snapshot
from tests.support.gold import SEEDS, gold_of, seed_text

SETTINGS = ExtractSettings(ocr="never")
LIMITS = Limits(seconds=10, memory=1024)
_PIECE = 16 * 1024 * 1024


def read(archive: Path, folder: Path, settings: ExtractSettings, snapshot: Snapshot) -> None:
    """Reads like a worker does, but documents named so kill or block it, as a broken library would."""
    if "deadly" in snapshot.url:
        os.kill(os.getpid(), signal.SIGSEGV)
    if "endless" in snapshot.url:
        time.sleep(600)
    if "greedy" in snapshot.url:
        held = []
        while True:
            held.append(bytearray(os.urandom(16)) * (_PIECE // 16))
            time.sleep(0.01)
    extract_one(archive, folder, settings, snapshot)


@pytest.fixture
def snapshots(tmp_path: Path) -> list[Snapshot]:
    with ArchiveWriter(tmp_path / "archive", "run") as archive:
        return list(ingest_files([seed_text(slug) for slug in SEEDS], archive=archive, run_id="run"))


@pytest.fixture
def pool(tmp_path: Path) -> Iterator[ExtractionPool]:
    with ExtractionPool(2, tmp_path / "archive", tmp_path / "extracts", SETTINGS, LIMITS, read) as pool:
        yield pool


def bad(tmp_path: Path, name: str) -> Snapshot:
    file = tmp_path / f"{name}.txt"
    file.write_text(f"{name} 政府信息公开工作年度报告")
    with ArchiveWriter(tmp_path / "archive", name) as archive:
        return next(ingest_files([file], archive=archive, run_id="run"))


def reason(pool: ExtractionPool, snapshot: Snapshot) -> str:
    result = pool.store.get(snapshot)
    assert isinstance(result, Failure)
    return result.reason


def test_every_document_is_read_and_counted_and_not_read_again(pool: ExtractionPool, snapshots: list[Snapshot]) -> None:
    counts: list[int] = []
    pool.extract(snapshots, counts.append)
    assert sum(counts) == len(snapshots)
    for slug, snapshot in zip(SEEDS, snapshots, strict=True):
        extract = pool.store.get(snapshot)
        assert isinstance(extract, Extract)
        assert gold_of(slug).differences(extract.facts) == []
    assert pool.store.missing(snapshots) == []
    started = time.monotonic()
    pool.extract(snapshots)
    assert time.monotonic() - started < 0.5


def test_a_document_that_kills_its_worker_is_a_failure_and_the_others_are_read(
    pool: ExtractionPool, snapshots: list[Snapshot], tmp_path: Path
) -> None:
    deadly = bad(tmp_path, "deadly")
    pool.extract([*snapshots[:2], deadly, *snapshots[2:]])
    assert "SIGSEGV" in reason(pool, deadly)
    assert all(isinstance(pool.store.get(snapshot), Extract) for snapshot in snapshots)
    assert pool.store.missing([deadly]) == []  # it is not tried again


def test_a_document_that_never_ends_is_a_failure_and_the_others_are_read(
    pool: ExtractionPool, snapshots: list[Snapshot], tmp_path: Path
) -> None:
    endless = bad(tmp_path, "endless")
    pool.extract([endless, *snapshots[:2]])
    assert "longer than 10 s" in reason(pool, endless)
    assert all(isinstance(pool.store.get(snapshot), Extract) for snapshot in snapshots[:2])


def test_a_document_that_takes_too_much_memory_is_a_failure_and_the_others_are_read(
    pool: ExtractionPool, snapshots: list[Snapshot], tmp_path: Path
) -> None:
    greedy = bad(tmp_path, "greedy")
    pool.extract([greedy, *snapshots[:2]])
    assert "more than 1024 MiB" in reason(pool, greedy)
    assert all(isinstance(pool.store.get(snapshot), Extract) for snapshot in snapshots[:2])


def test_workers_go_when_their_pool_closes(pool: ExtractionPool, snapshots: list[Snapshot], tmp_path: Path) -> None:
    pool.extract(snapshots[:2])
    workers = set(multiprocessing.active_children())
    assert workers
    with pool:
        pass
    assert not workers & set(multiprocessing.active_children())


def test_a_closed_pool_starts_no_more_workers(pool: ExtractionPool, snapshots: list[Snapshot]) -> None:
    with pool:
        pass
    with pytest.raises(NianbaoError, match="stopped"):
        pool.extract(snapshots)
