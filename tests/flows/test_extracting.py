"""The extraction pool: what kills or blocks a worker is set aside, and costs nobody else anything."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from flows import extracting
from flows.extracting import ExtractionPool
from pipeline.archive import ArchiveWriter
from pipeline.errors import NianbaoError
from pipeline.extraction import ExtractSettings, Failure, extract_many
from pipeline.ingest import ingest_files
from pipeline.model import Extract, Snapshot
from tests.support.gold import SEEDS, gold_of, seed_text

SETTINGS = ExtractSettings(ocr="never")


def read(archive: Path, folder: Path, settings: ExtractSettings, snapshots: Sequence[Snapshot]) -> int:
    """Reads like a worker does, but documents named so kill or block it, as a broken library would."""
    for snapshot in snapshots:
        if "deadly" in snapshot.url:
            os.kill(os.getpid(), signal.SIGSEGV)
        if "endless" in snapshot.url:
            time.sleep(600)
    return extract_many(archive, folder, settings, snapshots)


@pytest.fixture
def snapshots(tmp_path: Path) -> list[Snapshot]:
    with ArchiveWriter(tmp_path / "archive", "run") as archive:
        return list(ingest_files([seed_text(slug) for slug in SEEDS], archive=archive, run_id="run"))


@pytest.fixture
def pool(tmp_path: Path) -> Iterator[ExtractionPool]:
    with ExtractionPool(2, tmp_path / "archive", tmp_path / "extracts", SETTINGS, read) as pool:
        yield pool


def bad(tmp_path: Path, name: str) -> Snapshot:
    file = tmp_path / f"{name}.txt"
    file.write_text(f"{name} 政府信息公开工作年度报告")
    with ArchiveWriter(tmp_path / "archive", name) as archive:
        return next(ingest_files([file], archive=archive, run_id="run"))


def test_every_document_is_read_and_counted(pool: ExtractionPool, snapshots: list[Snapshot]) -> None:
    counts: list[int] = []
    pool.extract(snapshots, counts.append)
    assert sum(counts) == len(snapshots)
    for slug, snapshot in zip(SEEDS, snapshots, strict=True):
        extract = pool.store.get(snapshot)
        assert isinstance(extract, Extract)
        assert gold_of(slug).differences(extract.facts) == []


def test_what_was_read_is_not_read_again(pool: ExtractionPool, snapshots: list[Snapshot]) -> None:
    pool.extract(snapshots)
    assert pool.store.missing(snapshots) == []
    started = time.monotonic()
    pool.extract(snapshots)
    assert time.monotonic() - started < 0.5


@pytest.mark.slow
def test_a_document_that_kills_its_worker_is_a_failure_and_the_others_are_read(
    pool: ExtractionPool, snapshots: list[Snapshot], tmp_path: Path
) -> None:
    deadly = bad(tmp_path, "deadly")
    pool.extract([*snapshots[:2], deadly, *snapshots[2:]])
    assert isinstance(pool.store.get(deadly), Failure)
    assert all(isinstance(pool.store.get(snapshot), Extract) for snapshot in snapshots)
    pool.extract([deadly])  # and it is not tried again
    assert isinstance(pool.store.get(deadly), Failure)


@pytest.mark.slow
def test_a_document_that_never_ends_is_a_failure_and_the_others_are_read(
    pool: ExtractionPool, snapshots: list[Snapshot], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extracting, "_STUCK_AFTER_SECONDS", 12)  # workers need some to start
    endless = bad(tmp_path, "endless")
    pool.extract([endless, *snapshots[:2]])
    assert isinstance(pool.store.get(endless), Failure)
    assert all(isinstance(pool.store.get(snapshot), Extract) for snapshot in snapshots[:2])


def test_a_closed_pool_starts_no_more_workers(pool: ExtractionPool, snapshots: list[Snapshot]) -> None:
    with pool:
        pass
    with pytest.raises(NianbaoError, match="stopped"):
        pool.extract(snapshots)
