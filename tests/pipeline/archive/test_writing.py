"""The archive's files: bytes come back by their position, and other people's tools can read them."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.recordloader import ArcWarcRecord

from pipeline import jsonl
from pipeline.archive import ArchiveWriter, Description, Harvest, Response, Sent, read_body, writing
from pipeline.model import Kind, Portal, Snapshot
from pipeline.resources import ROOT
from tests.support.warc_files import NOW, store, warcio_check

BODIES = [b"", b"short", bytes(range(256)) * 300, "年报".encode("gb18030")]
PAGES = {f"http://gaj.example/{number}.html": body for number, body in enumerate(BODIES)}


def records(file: Path) -> Iterator[tuple[ArcWarcRecord, bytes]]:
    with file.open("rb") as stream:
        for record in ArchiveIterator(stream):
            yield record, record.content_stream().read()


def test_bodies_come_back_byte_for_byte(tmp_path: Path) -> None:
    assert [read_body(tmp_path, ref) for ref in store(tmp_path, PAGES)] == BODIES


def test_a_local_file_comes_back_byte_for_byte(tmp_path: Path) -> None:
    with ArchiveWriter(tmp_path, "pass") as writer:
        ref = writer.write_file("file:///年报.pdf", b"%PDF-1.7", media_type="application/pdf", fetched_at=NOW)
    assert read_body(tmp_path, ref) == b"%PDF-1.7"


def test_other_tools_find_addresses_dates_and_true_lengths(tmp_path: Path) -> None:
    store(tmp_path, PAGES)
    found = [(one.rec_headers, one.http_headers) for one, _ in records(tmp_path / "pass-000.warc.gz")][1:]
    assert [head["WARC-Target-URI"] for head, _ in found] == list(PAGES)
    assert {head["WARC-Date"] for head, _ in found} == {"2026-01-31T23:59:00Z"}
    assert [http["Content-Length"] for _, http in found] == [str(len(body)) for body in BODIES]
    assert all(http["Content-Encoding"] is None for _, http in found)
    assert {http.statusline for _, http in found} == {"200 OK"}


def test_warcio_check_accepts_every_kind_of_record_and_finds_its_digests(tmp_path: Path) -> None:
    with ArchiveWriter(tmp_path, "pass", Harvest("nianbao/0.1 (contact: archive@example.org)")) as writer:
        hostile = {"x": "a\r\nb: c", "名": "v", "content-disposition": "attachment; filename=\xc4\xea\xb1\xa8.pdf"}
        ref = writer.write_response(Response("http://a.cn/", b"x", 299, hostile, NOW, ip="192.0.2.1"))
        sent = Sent(b"a=1", "application/x-www-form-urlencoded; charset=UTF-8")
        writer.write_response(Response("http://a.cn/p", b"{}", 200, {}, NOW, sent=sent))
        writer.write_file("file:///a.txt", b"text", media_type="text/plain", fetched_at=NOW)
        writer.describe(Description("a.cn/", Snapshot("http://a.cn/", "p", "r", Kind.REPORT, NOW, archived=ref)))
    checked = warcio_check(tmp_path / "pass-000.warc.gz")
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert checked.stdout.count("digest pass") == 6
    assert "no digest" not in checked.stdout
    assert checked.stderr == ""


def test_the_head_of_a_file_says_who_made_it_how_and_whom_to_ask(tmp_path: Path) -> None:
    with ArchiveWriter(tmp_path, "run7", Harvest("nianbao/0.1 (for research; contact: a@b.org)", robots=False)) as one:
        one.write_response(Response("http://a.cn/", b"x", 200, {}, NOW))
    (head, text), (page, _) = records(tmp_path / "run7-000.warc.gz")
    fields = dict(line.split(": ", 1) for line in text.decode().split("\r\n") if line)
    assert head.rec_headers["WARC-Filename"] == "run7-000.warc.gz"
    assert fields["software"].startswith("nianbao/")
    assert fields["http-header-user-agent"] == "nianbao/0.1 (for research; contact: a@b.org)"
    assert (fields["operator"], fields["robots"], fields["isPartOf"]) == ("a@b.org", "ignore", "run7")
    assert fields["format"] == "WARC File Format 1.1"
    assert page.rec_headers["WARC-Warcinfo-ID"] == head.rec_headers["WARC-Record-ID"]


def test_what_was_sent_stands_before_the_answer_that_names_it(tmp_path: Path) -> None:
    sent = Sent('{"页": 2}'.encode(), "application/json; charset=UTF-8")
    with ArchiveWriter(tmp_path, "pass") as writer:
        ref = writer.write_response(Response("http://a.cn/api?x", b"[]", 200, {}, NOW, sent=sent))
    _, (request, body), (response, _) = records(tmp_path / "pass-000.warc.gz")
    assert (request.rec_type, response.rec_type) == ("request", "response")
    assert body == sent.body
    assert (request.http_headers.protocol, request.http_headers.statusline) == ("POST", "/api?x HTTP/1.1")
    assert request.http_headers["Host"] == "a.cn"
    assert response.rec_headers["WARC-Concurrent-To"] == request.rec_headers["WARC-Record-ID"]
    assert read_body(tmp_path, ref) == b"[]"


def test_bytes_that_a_browser_made_say_so(tmp_path: Path) -> None:
    with ArchiveWriter(tmp_path, "pass") as writer:
        for browser in ("", "chromium"):
            writer.write_response(Response("http://a.cn/", b"<html>", 200, {}, NOW, rendered_by=browser))
    _, (plain, _), (drawn, _) = records(tmp_path / "pass-000.warc.gz")
    assert (plain.rec_headers["WARC-Rendered-By"], drawn.rec_headers["WARC-Rendered-By"]) == (None, "chromium")


def test_a_description_names_the_record_it_is_about_and_comes_back_whole(tmp_path: Path) -> None:
    [ref] = store(tmp_path, {"http://gaj.example/": b"x"}, series="first")
    about = Snapshot("http://gaj.example/", "gaj", "r", Kind.REPORT, NOW, archived=ref, title="2024年年报 %\n")
    told = Description("gaj.example/ 年", about, Portal("gaj", "某局", "640000", "http://gaj.example/"), ("a", "b"))
    with ArchiveWriter(tmp_path, "second") as writer:
        writer.describe(told)
    [*_, (page, _)] = records(tmp_path / ref.file)
    [*_, (record, body)] = records(tmp_path / "second-000.warc.gz")
    assert record.rec_headers["WARC-Refers-To"] == page.rec_headers["WARC-Record-ID"]
    assert record.rec_headers["WARC-Target-URI"] == "urn:nianbao:gaj:gaj.example/%20%E5%B9%B4"
    assert jsonl.loads(Description, body) == told


def test_a_second_writer_of_a_series_never_touches_the_first_ones_file(tmp_path: Path) -> None:
    first = store(tmp_path, PAGES)
    left = (tmp_path / "pass-000.warc.gz").read_bytes()
    second = store(tmp_path, PAGES)
    assert {ref.file for ref in second} == {"pass-001.warc.gz"}
    assert (tmp_path / "pass-000.warc.gz").read_bytes() == left
    assert [read_body(tmp_path, ref) for ref in (*first, *second)] == BODIES * 2


def test_a_full_file_is_followed_by_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "_ROTATE_AT", 1)
    refs = store(tmp_path, PAGES)
    assert len({ref.file for ref in refs}) == len(BODIES)
    assert [read_body(tmp_path, ref) for ref in refs] == BODIES
    assert warcio_check(*tmp_path.glob("*.warc.gz")).returncode == 0


def test_a_record_that_the_disk_refuses_leaves_nothing_and_the_next_begins_another_file(tmp_path: Path) -> None:
    script = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from pipeline.archive import ArchiveWriter, Response

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
writer = ArchiveWriter(Path(sys.argv[1]), "pass")
def write(body):
    return writer.write_response(Response("http://a.cn/", body, 200, {}, datetime.now(UTC)))
write(b"small")
try:
    write(os.urandom(200_000))
except OSError as error:
    print(error.errno)
print(write(b"small").file)
"""
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000)),
    )
    assert done.stdout.split() == ["27", "pass-001.warc.gz"], done.stderr
    assert warcio_check(*sorted(tmp_path.glob("*.warc.gz"))).returncode == 0
