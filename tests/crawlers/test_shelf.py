"""What a crawl leaves in the archive: enough to find and to read every document again, and nothing on a night that
brings nothing new."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from crawlers.exchange import Ask, Fetched, FetchFailed, Trouble
from crawlers.memory import Memory
from crawlers.record import Record
from pipeline.archive import ArchiveWriter, Description
from pipeline.archive.checking import Check
from pipeline.archive.finding import find
from pipeline.archive.holdings import holdings
from pipeline.archive.index import bring_up_to_date, entries
from pipeline.model import Candidate, Kind, Portal
from tests.support.crawling import job_in, portal, run
from tests.support.sites import Answer, Site, document, listing, report, serve
from tests.support.warc_files import NOW, warcio_check

PORTAL = Portal("p", "某县公安局", "640000", "http://a.cn/")
URL = "http://a.cn/r24"
ANSWER = Fetched(URL, 200, {"content-type": "text/html"}, b"<html>2024</html>", NOW, "utf-8", ip="192.0.2.7")


class Nights:
    """One portal's record, night after night."""

    def __init__(self, folder: Path) -> None:
        self.archive = folder / "archive"
        self._folder = folder
        self._count = 0

    def keep(
        self, fetched: Fetched, ask: Ask | None = None, *, files: tuple[str, ...] = (), title: str = "2024年年报"
    ) -> None:
        """A night that brings one answer."""
        self._count += 1
        run_id = f"r{self._count}"
        memory = Memory(self._folder / "memory", "p", run_id, full=False)
        ask = ask or Ask(fetched.url)
        with ArchiveWriter(self.archive, run_id) as writer:
            record = Record(PORTAL, run_id, memory, self.archive, writer, self._folder / "fetches.jsonl")
            fetched = replace(fetched, fetched_at=NOW + timedelta(days=self._count))
            brought = record.keep(ask, fetched, memory.earlier(ask.key))
            hanging = tuple(Candidate(url, Kind.ATTACHMENT) for url in files)
            record.settle(brought, Kind.REPORT, title=title, attachments=hanging)
        memory.compact()

    @property
    def files(self) -> list[str]:
        return sorted(path.name for path in self.archive.glob("*.warc.gz"))

    def held(self) -> list[Description]:
        bring_up_to_date(self.archive)
        assert list(Check(self.archive, ()).problems()) == []
        return [one for _, described in holdings(self.archive, pytest.fail) for one in described]


@pytest.fixture
def nights(tmp_path: Path) -> Nights:
    return Nights(tmp_path)


def test_what_a_document_is_stands_beside_its_bytes(nights: Nights) -> None:
    nights.keep(ANSWER, files=("http://a.cn/1.png", "http://www.a.cn/2.png"))
    [told] = nights.held()
    assert (told.key, told.portal, told.files) == ("a.cn/r24", PORTAL, ("a.cn/1.png", "a.cn/2.png"))
    said = told.snapshot
    assert (said.url, said.kind, said.title, said.charset) == (URL, Kind.REPORT, "2024年年报", "utf-8")
    [found] = find(nights.archive, URL)
    assert found.body == ANSWER.body
    assert found.record.rec_headers["WARC-IP-Address"] == "192.0.2.7"
    assert found.record.rec_headers["WARC-Identified-Payload-Type"] == "text/html"


@pytest.mark.parametrize("again", [ANSWER, replace(ANSWER, status=304, body=b"")], ids=["same bytes", "not modified"])
def test_a_night_that_brings_nothing_new_writes_no_file(nights: Nights, again: Fetched) -> None:
    nights.keep(ANSWER)
    nights.keep(again)
    assert nights.files == ["r1-000.warc.gz"]


def test_known_bytes_of_which_something_new_is_said_are_described_again_where_they_lie(nights: Nights) -> None:
    nights.keep(ANSWER)
    [before] = nights.held()
    nights.keep(ANSWER, title="2024年年报（更正）")
    [after] = nights.held()
    assert after.snapshot.title == "2024年年报（更正）"
    assert after.snapshot.archived == before.snapshot.archived
    assert [one.file for one in entries(nights.archive) if one.url == URL] == ["r1-000.warc.gz"]


def test_a_document_that_moved_is_stored_under_its_new_address_and_held_once(nights: Nights) -> None:
    nights.keep(ANSWER)
    nights.keep(replace(ANSWER, url="https://www.a.cn/r24"), Ask(URL))
    [told] = nights.held()
    assert told.snapshot.url == "https://www.a.cn/r24"
    assert told.snapshot.unchanged
    assert [find(nights.archive, url)[-1].body for url in (URL, "https://www.a.cn/r24")] == [ANSWER.body] * 2


def test_redirects_lead_a_replay_to_where_they_led_the_crawl(nights: Nights) -> None:
    way = Fetched("http://a.cn/old", 302, {"location": "/r24"}, b"moved", NOW)
    nights.keep(replace(ANSWER, via=(way,)), Ask("http://a.cn/old"))
    nights.held()
    chain = find(nights.archive, "http://a.cn/old")
    assert [found.body for found in chain] == [b"moved", ANSWER.body]


def test_answers_to_posts_are_told_apart_by_what_was_asked(nights: Nights) -> None:
    api = replace(ANSWER, url="http://a.cn/api")
    for page in ("1", "2"):
        nights.keep(replace(api, body=page.encode()), Ask(api.url, form=(("page", page),)))
    nights.keep(replace(api, body=b"{}"), Ask(api.url, json='{"page": 3}'))
    led_on = Fetched("http://a.cn/api", 303, {"location": "/rows"}, b"", NOW)
    nights.keep(replace(ANSWER, url="http://a.cn/rows", via=(led_on,)), Ask(api.url, form=(("page", "4"),)))
    assert len(nights.held()) == 4
    assert [(one.key, one.method) for one in entries(nights.archive) if not one.url.startswith("urn:")] == [
        ("cn,a)/api", ""),
        ("cn,a)/api?__wb_method=post&page=1", "POST"),
        ("cn,a)/api?__wb_method=post&page=2", "POST"),
        ("cn,a)/api?__wb_method=post&page=3", "POST"),
        ("cn,a)/rows", ""),
    ]


def test_what_a_browser_drew_says_so(nights: Nights) -> None:
    nights.keep(replace(ANSWER, rendered=True), Ask(URL, by_browser=True))
    nights.held()
    assert find(nights.archive, URL)[0].record.rec_headers["WARC-Rendered-By"] == "chromium"


def test_a_failure_leaves_nothing_in_the_archive(nights: Nights, tmp_path: Path) -> None:
    memory = Memory(tmp_path / "memory", "p", "r1", full=False)
    with ArchiveWriter(nights.archive, "r1") as writer:
        record = Record(PORTAL, "r1", memory, nights.archive, writer, tmp_path / "fetches.jsonl")
        record.settle_failure(Ask(URL), Kind.REPORT, FetchFailed(Trouble.MOVED, "HTTP 404"), title="", page_url="")
    assert nights.files == []


@pytest.fixture
def site() -> Iterator[Site]:
    title = "某县公安局2024年政府信息公开工作年度报告"
    routes = {
        "/": document("某县公安局", '<a href="/nb/">政府信息公开年报</a>'),
        "/nb/": listing(("/go?id=24", title, "2025-01-20")),
        "/go": Answer("", 302, {"Location": "/r24"}),
        "/r24": report(title),
    }
    with serve(Site(routes), "127.0.2.9") as served:
        yield served


def test_the_archive_of_a_crawl_is_sound_for_us_and_for_others(tmp_path: Path, site: Site) -> None:
    crawled = run(job_in(tmp_path, [portal("p", site.url)]))
    assert crawled.outcomes["p"].state == "ok"
    archive = crawled.job.archive
    bring_up_to_date(archive)
    assert list(Check(archive, ()).problems()) == []
    assert warcio_check(*archive.glob("*.warc.gz")).returncode == 0
    chain = find(archive, f"{site.url}go?id=24")
    assert [found.record.http_headers.get_statuscode() for found in chain] == ["302", "200"]
    assert {found.record.rec_headers["WARC-IP-Address"] for found in chain} == {"127.0.2.9"}
    described = {one.snapshot.url: one.snapshot for _, several in holdings(archive, pytest.fail) for one in several}
    assert described == {one.url: one for one in crawled.snapshots}
