"""A pass over the archive: what it takes up and in which order, and that it makes the warehouse again with nothing else
left; no server takes part in any of these tests."""

from __future__ import annotations

import hashlib
import os
import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from flows.datafolder import DataFolder
from flows.ingesting import ingest
from flows.journal import OpenedPass, PassPlan, open_pass
from flows.nightpass import archive_pass
from flows.progress import LogProgress
from flows.publishing import PassResult
from flows.request import PassRequest
from flows.rereading import take_up
from pipeline import jsonl, warehouse
from pipeline.archive import ArchiveWriter, Description, Response
from pipeline.archive.index import NAME, bring_up_to_date
from pipeline.errors import ConfigError, NianbaoError
from pipeline.extraction import ExtractSettings, extract_one
from pipeline.model import Kind, Overrides, Portal, Snapshot
from tests.support.gold import sample_document
from tests.support.warc_files import NOW

GAJ = Portal("gaj", "隆德县公安局", "640423", "http://gaj.example/")
LOST = Portal("lost", "高青县公安局", "370322", "http://lost.example/")
TITLE = "隆德县公安局2024年政府信息公开工作年度报告"
PAGE = sample_document("longde-gaj-2024", "html").read_bytes()


class Crawls:
    """What crawls leave in an archive."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._count = 0

    def bring(self, portal: Portal, path: str, body: bytes = PAGE, *, files: tuple[str, ...] = (), **more: Any) -> None:
        self._count += 1
        at, url = NOW + timedelta(days=self._count), f"{portal.url}{path}"
        given = {"kind": Kind.REPORT, "title": TITLE, "media_type": "text/html", "charset": "utf-8", **more}
        with ArchiveWriter(self.folder, f"r{self._count:03d}") as writer:
            archived = writer.write_response(Response(url, body, 200, {}, at))
            digest = hashlib.sha256(body).hexdigest()
            about = Snapshot(
                url, portal.id, "r", fetched_at=at, http_status=200, bytes=len(body), sha256=digest,
                archived=archived, **given,
            )  # fmt: skip
            writer.describe(Description(url, about, portal, tuple(f"{portal.url}{one}" for one in files)))
        bring_up_to_date(self.folder)


@pytest.fixture
def crawls(tmp_path: Path) -> Crawls:
    return Crawls(tmp_path / "data" / "archive")


@pytest.fixture
def request_(tmp_path: Path) -> PassRequest:
    return PassRequest(tmp_path / "data", workers=1, from_archive=True)


@pytest.fixture
def registry(tmp_path: Path) -> Path:
    """That of today, which names one of the portals and gives it another address."""
    path = tmp_path / "gaj.yaml"
    path.write_text(f'- {{id: gaj, authority: {GAJ.authority}, division: "640423", url: "http://now.example/"}}\n')
    return path


def taken(crawls: Crawls, request: PassRequest) -> tuple[list[str], dict[str, Portal]]:
    """Addresses without their host as they are journaled, and the portals."""
    passes = crawls.folder.parent / "passes"
    shutil.rmtree(passes, ignore_errors=True)
    opened: OpenedPass = open_pass(passes, PassPlan("run9", NOW, (), crawls=False), ())
    portals = take_up(request, crawls.folder, opened, LogProgress()).portals
    snapshots = opened.journal.fetches()
    assert all(one.run_id == "run9" and not one.unchanged for one in snapshots)
    return [one.url.split("/", 3)[3] for one in snapshots], {portal.id: portal for portal in portals}


def test_a_page_comes_before_what_hangs_on_it_and_that_in_the_pages_order(
    crawls: Crawls, request_: PassRequest
) -> None:
    hanging = {"kind": Kind.ATTACHMENT, "page_url": f"{GAJ.url}page", "media_type": "image/png"}
    crawls.bring(GAJ, "first")
    for path in ("2.png", "1.png", "3.png"):
        crawls.bring(GAJ, path, **hanging)
    crawls.bring(GAJ, "page", files=("3.png", "2.png", "1.png"))
    crawls.bring(GAJ, "last")
    crawls.bring(GAJ, "3.png", b"corrected", **hanging)
    assert taken(crawls, request_)[0] == ["first", "page", "3.png", "2.png", "1.png", "last"]


def test_what_is_asked_for_is_taken_and_the_registry_of_today_goes_first(
    crawls: Crawls, request_: PassRequest, registry: Path
) -> None:
    crawls.bring(GAJ, "r24")
    crawls.bring(LOST, "r23", title="高青县公安局2023年政府信息公开工作年度报告")
    crawls.bring(LOST, "r23.pdf", kind=Kind.ATTACHMENT, title="附件", page_url=f"{LOST.url}r23")
    crawls.bring(LOST, "r", title="年报")
    with ArchiveWriter(crawls.folder, "i") as writer:
        writer.describe(
            Description(
                "file:///a.txt",
                Snapshot("file:///a.txt", None, "r", Kind.REPORT, NOW,
                         archived=writer.write_file("file:///a.txt", b"x", media_type="text/plain", fetched_at=NOW)),
            )
        )  # fmt: skip
    bring_up_to_date(crawls.folder)
    urls, portals = taken(crawls, request_)
    assert urls == ["a.txt", "r24", "r23", "r23.pdf", "r"]
    assert portals == {"gaj": GAJ, "lost": LOST}
    urls, portals = taken(crawls, replace(request_, registry=(registry,)))
    assert (urls, portals["gaj"].url) == (["r24"], "http://now.example/")
    assert taken(crawls, replace(request_, portals=("lost",)))[0] == ["r23", "r23.pdf", "r"]
    assert taken(crawls, replace(request_, provinces=("宁夏",)))[0] == ["r24"]
    assert taken(crawls, replace(request_, provinces=("370000",)))[0] == ["r23", "r23.pdf", "r"]
    assert taken(crawls, replace(request_, years=(2024,)))[0] == ["a.txt", "r24", "r"]


@pytest.mark.parametrize(
    ("changes", "error", "said"),
    [
        ({"portals": ("nobody",)}, ConfigError, "no such portal in the registry or the archive: nobody"),
        ({"provinces": ("000000",)}, NianbaoError, "holds nothing to read again"),
        ({"years": (1700,)}, ConfigError, "no such year"),
    ],
)
def test_what_cannot_be_taken_up_is_one_line(
    crawls: Crawls, request_: PassRequest, changes: dict[str, Any], error: type[Exception], said: str
) -> None:
    crawls.bring(GAJ, "r24")
    with pytest.raises(error, match=said):
        taken(crawls, replace(request_, **changes))


# --- whole passes ------------------------------------------------------------------------------------------


def reread(request: PassRequest) -> PassResult:
    """In this process: workers take seconds to start."""
    with archive_pass(request, LogProgress()) as work:
        for snapshot in work.unread():
            extract_one(work.data.archive, work.data.extracts, ExtractSettings(), snapshot)
        return work.publish()


def test_a_description_that_is_lost_is_told_at_the_end_and_costs_only_itself(
    crawls: Crawls, request_: PassRequest
) -> None:
    crawls.bring(GAJ, "r24")
    crawls.bring(LOST, "r24", sample_document("gaoqing-gaj-2024", "html").read_bytes(), title="高青县公安局2024年年报")
    file = crawls.folder / "r001-000.warc.gz"
    file.write_bytes(file.read_bytes()[:-20])
    os.utime(crawls.folder / NAME)
    result = reread(request_)
    assert (result.record.new, result.record.portals) == (1, 1)
    assert "a description cannot be read: urn:nianbao:gaj:http://gaj.example/r24" in result.failures[0]


def tables(data: Path) -> list[tuple[tuple[Any, ...], ...]]:
    return [
        warehouse.query(data, sql).rows
        for sql in (
            "FROM reports ORDER BY ALL", "FROM facts ORDER BY ALL", "FROM sections ORDER BY ALL",
            "FROM checks ORDER BY ALL", "FROM archived ORDER BY ALL",
            "SELECT * EXCLUDE (run_id) FROM documents ORDER BY ALL",
        )
    ]  # fmt: skip


@pytest.mark.slow
def test_an_ingest_is_made_again_from_the_archive_alone_with_what_the_user_said(
    tmp_path: Path, request_: PassRequest
) -> None:
    file = tmp_path / "某局.html"
    file.write_bytes(PAGE)
    ingest([file], request_, Overrides(year=2019, authority="高青县公安局"), LogProgress())
    before = tables(request_.data)
    assert [row[2] for row in before[0]] == [2019]
    shutil.move(request_.data, tmp_path / "old")
    (request_.data / "archive").mkdir(parents=True)
    for path in (tmp_path / "old" / "archive").glob("*.warc.gz"):
        shutil.copy(path, request_.data / "archive")
    file.unlink()
    assert reread(request_).record.new == 1
    assert tables(request_.data) == before
    assert reread(request_).record.unchanged == 1


def test_what_the_readers_now_read_otherwise_becomes_a_version_and_a_killed_crawl_is_left_alone(
    crawls: Crawls, request_: PassRequest
) -> None:
    crawls.bring(GAJ, "r24")
    data = DataFolder(request_.data)
    reread(request_)
    for path in data.extracts.rglob("*.json"):  # as readers of an earlier day would have left it
        path.write_text(path.read_text("utf-8").replace('"raw":"0"', '"raw":"7"'), "utf-8")
    killed = open_pass(data.passes, PassPlan("20260101T000000Z-killed", NOW, (GAJ,)), ())
    assert reread(request_).record.changed == 1
    shutil.rmtree(data.extracts)
    assert reread(request_).record.changed == 1
    ((version, sevens),) = warehouse.query(
        request_.data, "SELECT version, (SELECT count(*) FROM facts WHERE raw = '7') FROM reports"
    ).rows
    assert version == 3
    assert sevens < 10
    assert [path.name for path in data.passes.iterdir()] == [killed.plan.run_id]
    assert jsonl.loads(PassPlan, (killed.journal.folder / "pass.json").read_bytes()) == killed.plan
