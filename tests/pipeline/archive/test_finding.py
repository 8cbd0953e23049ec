"""What a person asks the archive for: the latest, or as it was on a day; through redirects; or one clear line."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from pipeline.archive import ArchiveWriter, Response, Sent
from pipeline.archive.finding import find
from pipeline.archive.index import bring_up_to_date
from pipeline.errors import NianbaoError
from tests.support.warc_files import NOW, store

URL = "http://www.a.cn/nb/1.html"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    store(tmp_path, {URL: b"first"}, series="r1")
    store(tmp_path, {URL: b"second", "http://a.cn/loop": b""}, series="r2", at=NOW + timedelta(days=10))
    with ArchiveWriter(tmp_path, "r3") as writer:
        for path, target in (("old", "/nb/1.html"), ("loop", "http://a.cn/loop")):
            headers = {"Location": target}
            at = NOW + timedelta(days=20)
            writer.write_response(Response(f"http://a.cn/{path}", b"moved", 302, headers, at))
        sent = Sent(b"page=2", "application/x-www-form-urlencoded")
        writer.write_response(Response("http://a.cn/api", b"rows", 200, {}, NOW, sent=sent))
    bring_up_to_date(tmp_path)
    return tmp_path


def bytes_of(archive: Path, asked: str, at: datetime | None = None) -> bytes:
    return find(archive, asked, at)[-1].body


@pytest.mark.parametrize("asked", [URL, "https://a.cn/nb/1.html#top", "a.cn/nb/1.html", "http://A.cn:80/nb/1.html"])
def test_the_latest_is_given_however_the_address_is_written(archive: Path, asked: str) -> None:
    assert bytes_of(archive, asked) == b"second"


@pytest.mark.parametrize(("days", "body"), [(0, b"first"), (9, b"first"), (10, b"second"), (99, b"second")])
def test_an_address_is_given_as_it_was_held_then(archive: Path, days: int, body: bytes) -> None:
    assert bytes_of(archive, URL, NOW + timedelta(days=days)) == body


def test_redirects_are_followed_and_shown(archive: Path) -> None:
    chain = find(archive, "http://a.cn/old")
    assert [found.record.http_headers.get_statuscode() for found in chain] == ["302", "200"]
    assert chain[-1].body == b"second"


def test_a_place_as_the_warehouse_names_it_is_given(archive: Path) -> None:
    [ref] = store(archive, {"http://b.cn/": b"by place"}, series="r4")
    assert bytes_of(archive, f"{ref.file}@{ref.offset}") == b"by place"


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("http://a.cn/none", "does not hold this address: http://a.cn/none"),
        ("http://a.cn/loop", "too many redirects"),
        ("http://a.cn/api", "only asked by POST, 1 answers, the last at r3-000.warc.gz@"),
        ("r1-000.warc.gz@7", "no record there: r1-000.warc.gz@7"),
        ("r9-000.warc.gz@0", "no record there"),
        ("../r1-000.warc.gz@0", "does not hold"),
    ],
)
def test_what_is_not_there_is_one_line(archive: Path, asked: str, said: str) -> None:
    with pytest.raises(NianbaoError, match=said):
        find(archive, asked)


def test_a_day_before_the_first_names_the_first(archive: Path) -> None:
    with pytest.raises(NianbaoError, match="from 2026-01-31 23:59:00 UTC on"):
        find(archive, URL, NOW - timedelta(days=1))


def test_an_archive_without_an_index_says_how_to_make_one(tmp_path: Path) -> None:
    store(tmp_path, {URL: b"x"})
    with pytest.raises(NianbaoError, match="nianbao archive index"):
        find(tmp_path, URL)
