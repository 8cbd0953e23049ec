"""A crawl that is only looked at: the crawl of a pass over a folder that is thrown away. Nothing of it reaches the data
folder or the warehouse."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from crawlers.job import CrawlJob, CrawlSettings, Look
from flows.crawler_process import run_crawler
from pipeline import jsonl
from pipeline.errors import NianbaoError
from pipeline.model import Portal, PortalOutcome, Snapshot
from pipeline.scratch import scratch

_MOST_OF_LOG = 64 * 1024


@dataclass(frozen=True)
class Looked:
    """What came of it, for as long as the folder stands."""

    job: CrawlJob

    @property
    def outcomes(self) -> dict[str, PortalOutcome]:
        return {outcome.portal_id: outcome for outcome in jsonl.read(self.job.outcomes, PortalOutcome)}

    @property
    def snapshots(self) -> list[Snapshot]:
        return list(jsonl.read(self.job.fetches, Snapshot))


@contextmanager
def looked_at(
    portals: Sequence[Portal],
    look: Look,
    settings: CrawlSettings,
    watch: Callable[[int], None] = lambda done: None,
) -> Iterator[Looked]:
    """`watch` is told now and then how many portals are done. Raises NianbaoError where the crawler dies of all."""
    with scratch("look") as folder:
        job = CrawlJob(
            "look", tuple(portals), settings, folder / "archive", folder / "memory", folder / "journal", look=look
        )
        job.journal.mkdir()
        order, log = job.journal / "job.json", folder / "crawl.log"
        order.write_bytes(jsonl.dumps(job))
        looked = Looked(job)
        status = run_crawler(order, log, lambda: watch(len(looked.outcomes)))
        if status and not looked.outcomes:
            said = f"抓取进程异常退出 / the crawler ended with status {status}"
            raise NianbaoError(f"{said}: {_last_line(log)}")
        yield looked


def _last_line(log: Path) -> str:
    lines = log.read_bytes()[-_MOST_OF_LOG:].decode("utf-8", "replace").split("\n")
    return next((line.strip() for line in reversed(lines) if line.strip()), "")[:300]
