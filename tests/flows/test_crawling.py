"""A batch crawled by several processes: one portal over which a crawler dies costs that portal, not its neighbours, and
what one process does is no other's trouble."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawlers.job import CrawlJob, CrawlSettings
from flows.crawling import Crawl, crawl
from flows.datafolder import DataFolder
from flows.journal import OpenedPass, PassPlan, new_run_id, open_pass
from pipeline import jsonl
from pipeline.archive import index, read_body
from pipeline.errors import NianbaoError
from pipeline.model import Portal
from tests.support.crawling import portal
from tests.support.sites import Route, Site, listing, report, serve

pytestmark = pytest.mark.timeout(300)

DEADLY = "deadly"


def processes_of(opened: OpenedPass) -> dict[int, CrawlJob]:
    """The crawlers that are at work for this pass."""
    found = {}
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        jobs = [Path(word.decode()) for word in words if word.startswith(str(opened.journal.folder).encode())]
        if b"crawlers" in words and jobs:
            found[int(process.name)] = jsonl.loads(CrawlJob, jobs[0].read_bytes())
    return found


@dataclass
class Looker:
    """Sees the crawlers at work, and kills those that `is_doomed` says."""

    is_doomed: Callable[[CrawlJob], bool] = lambda job: False
    opened: OpenedPass | None = None
    most_at_once: int = 0
    shares: list[set[str]] = field(default_factory=list)
    killed: int = 0

    def __call__(self) -> None:
        assert self.opened is not None
        working = processes_of(self.opened)
        self.most_at_once = max(self.most_at_once, len(working))
        for process, job in working.items():
            if (share := {one.id for one in job.portals}) not in self.shares:
                self.shares.append(share)
            if self.is_doomed(job):
                os.kill(process, signal.SIGKILL)
                self.killed += 1


@contextmanager
def working(folder: Path, portals: tuple[Portal, ...], looker: Looker) -> Iterator[Crawl]:
    data = DataFolder(folder)
    data.prepare()
    now = datetime.now(UTC)
    looker.opened = open_pass(data.passes, PassPlan(new_run_id(now), now, portals, (), False, True), set())
    settings = CrawlSettings(delay=0, obey_robots=False, render="never", processes=2)
    with data.locked() as lock:
        yield Crawl(looker.opened, data, settings, lock, looker)


@contextmanager
def sites() -> Iterator[tuple[Portal, ...]]:
    """Three portals of two reports each."""
    with ExitStack() as stack:
        portals = []
        for number in range(3):
            rows = [
                (f"/r{year}", f"某县第{number}局{year}年政府信息公开工作年度报告", "2025-01-20")
                for year in (2023, 2024)
            ]
            routes: dict[str, Route] = {"/": listing(*rows), **{path: report(title) for path, title, _ in rows}}
            site = stack.enter_context(serve(Site(routes), f"127.0.62.{number + 1}"))
            portals.append(portal(f"p{number}", site.url))
        yield tuple(portals)


def test_two_processes_bring_what_one_would(tmp_path: Path) -> None:
    brought = []
    with sites() as portals:
        for processes in (1, 2):
            looker = Looker()
            with working(tmp_path / str(processes), portals, looker) as work:
                crawl(portals, replace(work, settings=replace(work.settings, processes=processes)))
                fetches = work.opened.journal.fetches()
                assert {one.state for one in work.opened.journal.outcomes().values()} == {"ok"}
                index.bring_up_to_date(work.data.archive)
                assert all(index.lookup(work.data.archive, one.url) for one in fetches)
                assert all(read_body(work.data.archive, one.archived) for one in fetches if one.archived)
                brought.append(sorted((one.portal_id or "", one.url, one.sha256) for one in fetches))
    assert looker.most_at_once == len(looker.shares) == 2
    assert brought[0] == brought[1] and len(brought[0]) == 9


def test_a_portal_that_kills_the_crawler_is_left_out_and_all_others_are_crawled(tmp_path: Path) -> None:
    looker = Looker(lambda job: DEADLY in {one.id for one in job.portals})
    with sites() as portals:
        deadly = portal(DEADLY, "http://127.0.0.9:9/")
        with working(tmp_path, (*portals, deadly), looker) as work:
            crawl((*portals, deadly), work)
    assert looker.killed > 1
    outcomes = work.opened.journal.outcomes()
    assert {portal_id: one.state for portal_id, one in outcomes.items()} == {one.id: "ok" for one in portals}


def test_a_process_that_is_killed_once_costs_nothing(tmp_path: Path) -> None:
    looker = Looker(lambda job: len(job.portals) == 2 and not looker.killed)
    with sites() as portals, working(tmp_path, portals, looker) as work:
        crawl(portals, work)
    assert looker.killed == 1
    assert {one.state for one in work.opened.journal.outcomes().values()} == {"ok"}


def test_an_interrupt_ends_all_processes(tmp_path: Path) -> None:
    def interrupt() -> None:
        if len(processes_of(work.opened)) == 2:
            raise KeyboardInterrupt

    with sites() as portals, working(tmp_path, portals, Looker()) as work:
        with pytest.raises(KeyboardInterrupt):
            crawl(portals, replace(work, watch=interrupt))
        assert processes_of(work.opened) == {}


def test_a_disk_fault_of_one_process_ends_all(tmp_path: Path) -> None:
    with sites() as portals, working(tmp_path, portals, Looker()) as work:
        (work.data.portals / f"{portals[0].id}.jsonl").mkdir(parents=True)  # nothing can be remembered of this one
        with pytest.raises(NianbaoError, match="nothing was published"):
            crawl(portals, work)
        assert processes_of(work.opened) == {}
