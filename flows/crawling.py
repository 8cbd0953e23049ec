"""The crawl stage: a batch of portals, shared out over crawler processes, which write the pass's journal themselves."""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from crawlers.job import DISK_FAULT, CrawlJob, CrawlSettings
from flows.crawler_process import LOOK_SECONDS, Crawlers
from flows.datafolder import DataFolder
from flows.journal import OpenedPass
from flows.sharing import processes_for, shared_out
from pipeline import jsonl
from pipeline.errors import NianbaoError
from pipeline.model import Portal

# Portals of one batch: enough to fill the requests in flight while each host waits its delay.
BATCH = 400

log = logging.getLogger("nianbao.crawling")

Share = tuple[Portal, ...]


def batches(opened: OpenedPass) -> list[Share]:
    """The portals that the journal does not call done. Batches are crawled one after another, so that no two ask one
    host at the same time."""
    return _in_batches(_remaining(opened.plan.portals, opened))


def _in_batches(portals: Share) -> list[Share]:
    return [portals[start : start + BATCH] for start in range(0, len(portals), BATCH)]


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
    remaining = _remaining(batch, work.opened)
    most = processes_for(len(remaining), work.settings)
    waiting = deque(shared_out(remaining, most, _work_for(remaining, work.data.portals)))
    working: dict[Path, Share] = {}
    numbers = count()
    with Crawlers(work.log, keep=(work.lock,)) as crawlers:
        while waiting or working:
            while waiting and len(working) < most:
                share = waiting.popleft()
                job = _job(share, next(numbers), most, work)
                crawlers.start(job)
                working[job] = share
            work.watch()
            time.sleep(LOOK_SECONDS)
            for job, status in crawlers.ended().items():
                if status:
                    waiting += _left_by(working[job], status, work)
                del working[job]
        work.watch()


def _left_by(share: Share, status: int, work: Crawl) -> list[Share]:
    """What a crawler that ended with this status has not done, in halves."""
    if status == DISK_FAULT:
        work.data.prepare()  # says which file or folder it is, if it still is
        raise NianbaoError(
            f"无法保存抓取的内容，未发布 / what is fetched cannot be kept, nothing was published: {work.log}"
        )
    remaining = _remaining(share, work.opened)
    if len(remaining) == 1:
        log.error("the crawler ended with %s over %s, see %s", status, remaining[0].id, work.log)
        return []
    middle = len(remaining) // 2
    return [half for half in (remaining[:middle], remaining[middle:]) if half]


def _remaining(portals: Sequence[Portal], opened: OpenedPass) -> Share:
    done = opened.journal.outcomes()
    return tuple(portal for portal in portals if portal.id not in done)


def _work_for(portals: Share, memory: Path) -> dict[str, float]:
    """About how much there will be to do for each, by what is remembered; most where that is nothing yet."""
    remembered = {portal.id: memory / f"{portal.id}.jsonl" for portal in portals}
    known = {portal: float(file.stat().st_size) for portal, file in remembered.items() if file.exists()}
    return dict.fromkeys(remembered, max(known.values(), default=1.0)) | known


def _job(share: Share, number: int, crawlers: int, work: Crawl) -> Path:
    job = CrawlJob(
        run_id=work.opened.plan.run_id,
        portals=share,
        settings=work.settings,
        archive=work.data.archive,
        memory=work.data.portals,
        journal=work.opened.journal.folder,
        full=work.opened.plan.full,
        years=work.opened.plan.years,
        crawlers=crawlers,
        hosts=work.opened.journal.hosts if crawlers > 1 else None,
    )
    file = work.opened.journal.folder / f"job-{number}.json"
    file.write_bytes(jsonl.dumps(job))
    return file
