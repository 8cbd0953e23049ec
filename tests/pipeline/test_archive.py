"""The archive: bytes come back by their position, and other people's tools can read the files."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from pipeline import archive
from pipeline.archive import ArchiveWriter, read_body
from pipeline.errors import UnreadableDocument
from pipeline.model import ArchiveRef

NOW = datetime(2026, 1, 31, 23, 59, tzinfo=UTC)
BODIES = [b"", b"short", bytes(range(256)) * 300, "年报".encode("gb18030")]


def write(folder: Path, bodies: list[bytes]) -> list[ArchiveRef]:
    with ArchiveWriter(folder, "pass") as writer:
        return [
            writer.write_response(
                f"http://gaj.example/{number}.html",
                body,
                status=200,
                headers={"Content-Type": "text/html", "Content-Encoding": "gzip", "Content-Length": "7"},
                fetched_at=NOW,
            )
            for number, body in enumerate(bodies)
        ]


def test_bodies_come_back_byte_for_byte(tmp_path: Path) -> None:
    assert [read_body(tmp_path, ref) for ref in write(tmp_path, BODIES)] == BODIES


def test_a_local_file_comes_back_byte_for_byte(tmp_path: Path) -> None:
    with ArchiveWriter(tmp_path, "pass") as writer:
        ref = writer.write_file("file:///年报.pdf", b"%PDF-1.7", media_type="application/pdf", fetched_at=NOW)
    assert read_body(tmp_path, ref) == b"%PDF-1.7"


def test_other_tools_find_addresses_dates_and_true_lengths(tmp_path: Path) -> None:
    write(tmp_path, BODIES)
    with (tmp_path / "pass-000.warc.gz").open("rb") as stream:
        records = [(record.rec_headers, record.http_headers) for record in ArchiveIterator(stream)]
    assert [head["WARC-Target-URI"] for head, _ in records] == [f"http://gaj.example/{n}.html" for n in range(4)]
    assert {head["WARC-Date"] for head, _ in records} == {"2026-01-31T23:59:00Z"}
    assert [http["Content-Length"] for _, http in records] == [str(len(body)) for body in BODIES]
    assert all(http["Content-Encoding"] is None for _, http in records)


def test_a_second_writer_of_a_series_never_touches_the_first_ones_file(tmp_path: Path) -> None:
    first = write(tmp_path, BODIES)
    torn = tmp_path / "pass-000.warc.gz"
    torn.write_bytes(torn.read_bytes() + b"\x1f\x8b torn by a kill")
    second = write(tmp_path, BODIES)
    assert {ref.file for ref in second} == {"pass-001.warc.gz"}
    assert [read_body(tmp_path, ref) for ref in (*first, *second)] == BODIES * 2


def test_a_full_file_is_followed_by_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "_ROTATE_AT", 1)
    refs = write(tmp_path, BODIES)
    assert len({ref.file for ref in refs}) == len(BODIES)
    assert [read_body(tmp_path, ref) for ref in refs] == BODIES


@pytest.mark.parametrize("damage", ["gone", "cut", "overwritten"])
def test_a_damaged_record_is_an_unreadable_document(tmp_path: Path, damage: str) -> None:
    [ref] = write(tmp_path, [bytes(range(256)) * 1000])
    file = tmp_path / ref.file
    if damage == "gone":
        file.unlink()
    elif damage == "cut":
        file.write_bytes(file.read_bytes()[: ref.length - 1])
    else:
        file.write_bytes(b"?" * ref.length)
    with pytest.raises(UnreadableDocument):
        read_body(tmp_path, ref)
