"""`nianbao ingest`: what cannot be used or read is named, and what was published stays as it was."""

from __future__ import annotations

import resource
from pathlib import Path

import pytest

from flows.datafolder import DataFolder
from pipeline import warehouse
from tests.support.archives import rar5_of
from tests.support.command import OTHER_SEED, SEED, assert_one_line, nianbao, nianbao_process


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("nowhere.pdf",), "nowhere.pdf"),
        ((str(SEED), "--province", "999999"), "999999"),
        ((str(SEED), "--year", "1066"), "1066"),
    ],
)
def test_what_an_ingest_cannot_use_is_named(tmp_path: Path, arguments: tuple[str, ...], word: str) -> None:
    assert_one_line(nianbao("ingest", *arguments, "--data", tmp_path / "data"), 1, word)


def test_a_broken_pdf_leaves_the_published_file_as_it_was(held: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7\n1 0 obj <<")
    before = (held / "nianbao.duckdb").read_bytes()
    assert_one_line(nianbao("ingest", broken, "--data", held), 1, "broken.pdf")
    assert (held / "nianbao.duckdb").read_bytes() == before
    assert list(DataFolder(held).passes.iterdir()) == []


def test_a_broken_pdf_among_others_is_listed_and_the_others_are_loaded(tmp_path: Path) -> None:
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7\n1 0 obj <<")
    run = nianbao("ingest", tmp_path / "broken.pdf", SEED, "--data", tmp_path / "data")
    assert run.returncode == 0, run
    assert "broken.pdf" in run.stdout


@pytest.mark.slow
def test_what_a_missing_program_would_read_is_listed_with_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "年报.rtf").write_bytes(b"{\\rtf1 report}")
    (tmp_path / "年报.rar").write_bytes(rar5_of({"a.txt": b"report"}))
    files, data = (tmp_path / "年报.rtf", tmp_path / "年报.rar", SEED), tmp_path / "data"
    run = nianbao_process("ingest", *files, "--data", data, PATH=str(tmp_path))
    assert (run.returncode, run.stderr) == (0, ""), run
    reasons = dict(warehouse.query(data, "SELECT media_type, reason FROM documents WHERE outcome = 'failed'").rows)
    assert "LibreOffice" in str(reasons.pop("application/rtf"))
    (reason,) = reasons.values()
    assert "unar" in str(reason)


def test_a_file_that_holds_no_report_is_no_success(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("会议通知\n请于周一参加。\n")
    assert_one_line(nianbao("ingest", tmp_path / "note.txt", "--data", tmp_path / "data"), 1, "no report")


def test_a_full_disk_leaves_the_published_file_as_it_was(held: Path) -> None:
    """No file may grow beyond what a first file system block or two can hold, as on a disk with no room."""

    def no_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    before = (held / "nianbao.duckdb").read_bytes()
    assert_one_line(nianbao_process("ingest", OTHER_SEED, "--data", held, before=no_room), 1)
    assert (held / "nianbao.duckdb").read_bytes() == before
    assert nianbao("ingest", OTHER_SEED, "--data", held).returncode == 0


def test_a_log_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    """As on a disk that fills up meanwhile; /dev/full refuses every byte."""
    (tmp_path / "data" / "logs").mkdir(parents=True)
    (tmp_path / "data" / "logs" / "nianbao.log").symlink_to("/dev/full")
    run = nianbao("ingest", SEED, "--data", tmp_path / "data")
    assert (run.returncode, run.stderr) == (0, "")
