"""The crawl stage: one batch of portals by one crawler process, which writes the pass's journal itself."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from crawlers.job import CrawlJob, CrawlSettings
from flows.datafolder import DataFolder
from flows.journal import OpenedPass
from flows.logs import set_aside_when_long
from pipeline import jsonl
from pipeline.errors import NianbaoError
from pipeline.model import Portal

# Portals of one crawler: enough to fill the requests in flight while each host waits its delay.
BATCH = 400
_LOOK_SECONDS = 0.2
_STOP_SECONDS = 10


class CrawlerDied(NianbaoError):
    """The crawler process ended before its portals were done. That says nothing about the portals."""


def batches(opened: OpenedPass) -> list[tuple[Portal, ...]]:
    """The portals that the journal does not call done. Batches are crawled one after another, so that a host's delay
    stays with one crawler."""
    done = opened.journal.outcomes()
    open_ = [portal for portal in opened.plan.portals if portal.id not in done]
    return [tuple(open_[start : start + BATCH]) for start in range(0, len(open_), BATCH)]


def crawl(
    batch: Sequence[Portal],
    *,
    opened: OpenedPass,
    data: DataFolder,
    settings: CrawlSettings,
    lock: int,
    watch: Callable[[], None],
) -> None:
    """Crawl what of the batch is not done yet. `watch` is called some times a second meanwhile."""
    done = opened.journal.outcomes()
    remaining = tuple(portal for portal in batch if portal.id not in done)
    if not remaining:
        return
    job = CrawlJob(
        run_id=opened.plan.run_id,
        portals=remaining,
        settings=settings,
        archive=data.archive,
        memory=data.portals,
        journal=opened.journal.folder,
        full=opened.plan.full,
        years=opened.plan.years,
    )
    file = opened.journal.folder / "job.json"
    file.write_bytes(jsonl.dumps(job))
    with _crawler(file, data.logs / "crawl.log", lock) as process:
        while process.poll() is None:
            watch()
            time.sleep(_LOOK_SECONDS)
        watch()
    if process.returncode:
        data.prepare()  # says so when it is the disk
        raise CrawlerDied(
            f"抓取进程异常结束，未发布 / the crawler ended with {process.returncode}, nothing was published, "
            f"see {data.logs / 'crawl.log'}"
        )


@contextmanager
def _crawler(job: Path, log: Path, lock: int) -> Iterator[subprocess.Popen[bytes]]:
    set_aside_when_long(log)
    with log.open("ab") as out:
        process = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-m", "crawlers", str(job)],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            pass_fds=(lock,),
            start_new_session=True,  # Ctrl-C reaches us alone, and we end it
        )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
