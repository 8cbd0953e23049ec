"""The crawl stage: one batch of portals by one crawler process, which writes the pass's journal itself."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from crawlers.job import DISK_FAULT, CrawlJob, CrawlSettings
from flows.crawler_process import run_crawler
from flows.datafolder import DataFolder
from flows.journal import OpenedPass
from pipeline import jsonl
from pipeline.errors import NianbaoError
from pipeline.model import Portal

# Portals of one crawler: enough to fill the requests in flight while each host waits its delay.
BATCH = 400

log = logging.getLogger("nianbao.crawling")


def batches(opened: OpenedPass) -> list[tuple[Portal, ...]]:
    """The portals that the journal does not call done. Batches are crawled one after another, so that a host's delay
    stays with one crawler."""
    done = opened.journal.outcomes()
    open_ = [portal for portal in opened.plan.portals if portal.id not in done]
    return [tuple(open_[start : start + BATCH]) for start in range(0, len(open_), BATCH)]


@dataclass(frozen=True)
class Crawl:
    """Where a crawl's processes work, and who is told meanwhile."""

    opened: OpenedPass
    data: DataFolder
    settings: CrawlSettings
    lock: int
    watch: Callable[[], None]  # called some times a second

    @property
    def log(self) -> Path:
        return self.data.logs / "crawl.log"


def crawl(batch: Sequence[Portal], work: Crawl) -> None:
    """Crawl what of the batch is not done yet. Where a crawler dies of something, its portals are tried again in
    halves, until the one that it dies of is alone; that one ends the pass without an outcome. What cannot be kept on
    disk ends the pass."""
    status = _run(batch, work)
    if not status:
        return
    if status == DISK_FAULT:
        work.data.prepare()  # says which file or folder it is, if it still is
        raise NianbaoError(
            f"无法保存抓取的内容，未发布 / what is fetched cannot be kept, nothing was published: {work.log}"
        )
    remaining = _remaining(batch, work.opened)
    if len(remaining) == 1:
        log.error("the crawler ended with %s over %s, see %s", status, remaining[0].id, work.log)
        return
    middle = len(remaining) // 2
    for half in (remaining[:middle], remaining[middle:]):
        crawl(half, work)


def _remaining(batch: Sequence[Portal], opened: OpenedPass) -> tuple[Portal, ...]:
    done = opened.journal.outcomes()
    return tuple(portal for portal in batch if portal.id not in done)


def _run(batch: Sequence[Portal], work: Crawl) -> int:
    """One crawler process over what is not done; its exit status."""
    remaining = _remaining(batch, work.opened)
    if not remaining:
        return 0
    job = CrawlJob(
        run_id=work.opened.plan.run_id,
        portals=remaining,
        settings=work.settings,
        archive=work.data.archive,
        memory=work.data.portals,
        journal=work.opened.journal.folder,
        full=work.opened.plan.full,
        years=work.opened.plan.years,
    )
    file = work.opened.journal.folder / "job.json"
    file.write_bytes(jsonl.dumps(job))
    return run_crawler(file, work.log, work.watch, keep=(work.lock,))
