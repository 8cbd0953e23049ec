"""What was read once is not read again, and nothing a server says of a document breaks the store."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline.archive import ArchiveWriter
from pipeline.extraction import _SOURCES, ExtractSettings, ExtractStore, Failure, extract_one
from pipeline.model import Extract, Kind, Snapshot
from pipeline.resources import ROOT
from tests.support.gold import gold_of, seed_text

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def archived(body: bytes, folder: Path, name: str = "report.txt") -> Snapshot:
    with ArchiveWriter(folder, "test") as archive:
        ref = archive.write_file(f"file:///{name}", body, media_type="text/plain", fetched_at=NOW)
    sha256 = hashlib.sha256(body).hexdigest()
    return Snapshot(f"file:///{name}", None, "run", Kind.REPORT, NOW, sha256=sha256, archived=ref)


def test_an_extract_is_stored_once_and_comes_back_whole(tmp_path: Path) -> None:
    snapshot = archived(seed_text("gaoqing-gaj-2024").read_bytes(), tmp_path / "archive")
    store = ExtractStore(tmp_path / "extracts", ExtractSettings())
    extract_one(tmp_path / "archive", tmp_path / "extracts", ExtractSettings(), snapshot)
    assert store.missing([snapshot]) == []
    result = store.get(snapshot)
    assert isinstance(result, Extract)
    assert gold_of("gaoqing-gaj-2024").differences(result.facts) == []


def test_a_document_that_cannot_be_read_is_a_failure_with_its_reason_and_not_tried_again(tmp_path: Path) -> None:
    snapshot = archived(b"%PDF-1.7 nothing more", tmp_path / "archive", "broken.pdf")
    store = ExtractStore(tmp_path / "extracts", ExtractSettings())
    extract_one(tmp_path / "archive", tmp_path / "extracts", ExtractSettings(), snapshot)
    result = store.get(snapshot)
    assert isinstance(result, Failure) and "PDF" in result.reason
    assert store.missing([snapshot]) == []


def test_bytes_that_the_archive_has_lost_are_no_word_about_the_document(tmp_path: Path) -> None:
    body = seed_text("gaoqing-gaj-2024").read_bytes()
    lost = archived(body, tmp_path / "archive")
    (tmp_path / "archive" / "test-000.warc.gz").unlink()
    store = ExtractStore(tmp_path / "extracts", ExtractSettings())
    extract_one(tmp_path / "archive", tmp_path / "extracts", ExtractSettings(), lost)
    result = store.get(lost)
    assert isinstance(result, Failure) and "test-000.warc.gz" in result.reason
    assert store.missing([lost]) == []
    store.forget_losses()  # at the end of the pass
    again = archived(body, tmp_path / "archive")
    assert store.missing([again]) == [again]
    extract_one(tmp_path / "archive", tmp_path / "extracts", ExtractSettings(), again)
    assert isinstance(store.get(again), Extract)


@pytest.mark.parametrize("charset", ["x" * 5000, "../../etc/passwd", "utf\x00-8", "GBK"])
def test_whatever_a_server_calls_its_charset_the_store_finds_its_place(tmp_path: Path, charset: str) -> None:
    snapshot = replace(archived(b"text", tmp_path / "archive"), charset=charset)
    store = ExtractStore(tmp_path / "extracts", ExtractSettings())
    assert store.missing([snapshot]) == [snapshot]
    store.put_failure(snapshot, "no report")
    assert store.get(snapshot) == Failure("no report")
    assert all(path.is_relative_to(tmp_path / "extracts") for path in tmp_path.rglob("*.json"))


def test_the_version_is_one_of_everything_that_has_a_say_in_what_is_read() -> None:
    mute = {"errors", "resources", "scratch", "divisions"}  # the last finds places, of which an extract says nothing
    files = [file for path in (ROOT / "pipeline" / name for name in _SOURCES) for file in (path, *path.rglob("*.py"))]
    texts = [file.read_text("utf-8") for file in files if file.suffix == ".py"]
    asked = {name for text in texts for name in re.findall(r"^\s*from pipeline\.(\w+)", text, re.M)}
    assert {"readers", "numerals"} <= asked
    assert asked - mute <= {name.removesuffix(".py") for name in _SOURCES}
