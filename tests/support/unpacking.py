"""Ingested files read until no archive among them holds anything new."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipeline.archive import ArchiveWriter
from pipeline.extraction import ExtractSettings, ExtractStore, extract_one
from pipeline.ingest import ingest_files
from pipeline.model import Snapshot
from pipeline.unpacking import unpacked

SETTINGS = ExtractSettings(ocr="never")


def store_in(folder: Path) -> ExtractStore:
    return ExtractStore(folder / "extracts", SETTINGS)


def ingested(folder: Path, files: Sequence[Path]) -> list[Snapshot]:
    with ArchiveWriter(folder / "archive", "run") as archive:
        return list(ingest_files(files, archive=archive, run_id="run"))


def read_all(folder: Path, snapshots: Sequence[Snapshot]) -> list[Snapshot]:
    """The snapshots and what was in them, all read into `store_in(folder)`."""
    store = store_in(folder)
    while missing := store.missing(unpacked(snapshots, store)):
        for snapshot in missing:
            extract_one(folder / "archive", folder / "extracts", SETTINGS, snapshot)
    return unpacked(snapshots, store)
