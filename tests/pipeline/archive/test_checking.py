"""Checking the archive: a sound one passes, and each way of being unsound is told in a line that names the place."""

from __future__ import annotations

import gzip
import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.archive import ArchiveWriter, Description
from pipeline.archive.checking import Check, Reference
from pipeline.archive.index import NAME, bring_up_to_date
from pipeline.model import ArchiveRef, Kind, Snapshot
from tests.support.warc_files import NOW, store, torn

PAGES = {f"http://a.cn/{number}": bytes([65 + number]) * 5000 for number in range(4)}


@pytest.fixture
def refs(tmp_path: Path) -> list[ArchiveRef]:
    """An archive with an index; its last page is described."""
    stored = store(tmp_path, PAGES)
    url, body = list(PAGES.items())[-1]
    about = Snapshot(
        url, "p", "r", Kind.REPORT, NOW, archived=stored[-1], bytes=len(body), sha256=hashlib.sha256(body).hexdigest()
    )
    with ArchiveWriter(tmp_path, "more") as writer:
        writer.describe(Description("a.cn/3", about))
    bring_up_to_date(tmp_path)
    return stored


def problems(folder: Path, *references: Reference, busy: bool = False) -> list[str]:
    return list(Check(folder, references, busy=busy).problems())


def test_a_sound_archive_is_counted_and_nothing_is_said(tmp_path: Path, refs: list[ArchiveRef]) -> None:
    references = [
        Reference(ref.file, ref.offset, hashlib.sha256(body).hexdigest(), url)
        for ref, (url, body) in zip(refs, PAGES.items(), strict=True)
    ]
    check = Check(tmp_path, [*references, Reference(refs[0].file, refs[0].offset, "", "a file in it")])
    assert list(check.problems()) == []
    assert (check.counts.files, check.counts.records, check.counts.references) == (2, 7, 6)


def _zeros(folder: Path, refs: list[ArchiveRef]) -> None:
    raw = bytearray((folder / refs[1].file).read_bytes())
    raw[refs[1].offset : refs[1].offset + refs[1].length] = bytes(refs[1].length)
    (folder / refs[1].file).write_bytes(bytes(raw))


def _lose_file(folder: Path, refs: list[ArchiveRef]) -> None:
    (folder / refs[0].file).unlink()


def _lose_line(folder: Path, refs: list[ArchiveRef]) -> None:
    lines = (folder / NAME).read_bytes().splitlines(keepends=True)
    (folder / NAME).write_bytes(b"".join(lines[1:]))


def _garble_line(folder: Path, refs: list[ArchiveRef]) -> None:
    (folder / NAME).write_bytes((folder / NAME).read_bytes() + b"zz no line of ours\n")


def _tear(folder: Path, refs: list[ArchiveRef]) -> None:
    torn(folder, folder / "scratch")


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (_zeros, ["no record there: pass-000.warc.gz@", "in the index but not in the files: pass-000.warc.gz@"]),
        (_lose_file, ["in the index but not in the files"] * 4 + ["no document lies where it is said to be"]),
        (_lose_line, ["missing in the index: pass-000.warc.gz@"]),
        (_garble_line, ["in the index but not in the files: b'zz no line"]),
        (_tear, ["a record half written"]),
    ],
    ids=lambda one: getattr(one, "__name__", ""),
)
def test_what_is_wrong_is_told_where_it_is(
    tmp_path: Path, refs: list[ArchiveRef], harm: Callable[[Path, list[ArchiveRef]], None], told: list[str]
) -> None:
    harm(tmp_path, refs)
    found = problems(tmp_path)
    assert len(found) == len(told), found
    for line, expected in zip(found, told, strict=True):
        assert expected in line


def test_a_digest_that_does_not_hold_is_told(tmp_path: Path, refs: list[ArchiveRef]) -> None:
    file = tmp_path / refs[-1].file
    record = gzip.decompress(file.read_bytes()[refs[-1].offset :]).replace(b"DDDDD", b"DDDDE", 1)
    file.write_bytes(file.read_bytes()[: refs[-1].offset] + gzip.compress(record))
    found = problems(tmp_path)
    assert "a digest does not hold: pass-000.warc.gz@" in found[0]
    assert "other bytes lie there than were read" in found[-1]


def test_a_reference_to_nothing_or_to_other_bytes_is_told(tmp_path: Path, refs: list[ArchiveRef]) -> None:
    nothing = Reference(refs[0].file, refs[0].offset + 1, "", "http://a.cn/lost")
    other = Reference(refs[0].file, refs[0].offset, "0" * 64, "http://a.cn/other")
    found = problems(tmp_path, nothing, other)
    assert [line.split(" / ")[1] for line in found] == [
        f"other bytes lie there than were read: {refs[0].file}@{refs[0].offset}: http://a.cn/other",
        f"no document lies where it is said to be: {refs[0].file}@{refs[0].offset + 1}: http://a.cn/lost",
    ]


def test_what_a_pass_at_work_has_not_listed_yet_is_no_fault(tmp_path: Path, refs: list[ArchiveRef]) -> None:
    [new] = store(tmp_path, {"http://a.cn/new": b"new"}, series="now")
    os.utime(tmp_path / new.file, ns=(2**62, 2**62))
    assert problems(tmp_path, busy=True) == []
    assert ["missing in the index" in line for line in problems(tmp_path)] == [True]
