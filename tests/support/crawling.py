"""Runs a crawl as the pass runs it: in a process of its own that is given a job file."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path

from crawlers.job import CrawlJob, CrawlSettings
from pipeline import jsonl
from pipeline.model import Kind, Portal, PortalOutcome, Snapshot
from pipeline.resources import ROOT
from tests.support.crawler_server import crawl

FAST = CrawlSettings(delay=0, timeout=2, retries=2, max_bytes=300_000, render="never")


@dataclass(frozen=True)
class Crawled:
    job: CrawlJob
    exit_code: int
    log: str

    @property
    def snapshots(self) -> list[Snapshot]:
        return list(jsonl.read(self.job.fetches, Snapshot))

    @property
    def outcomes(self) -> dict[str, PortalOutcome]:
        return {outcome.portal_id: outcome for outcome in jsonl.read(self.job.outcomes, PortalOutcome)}

    def of(self, portal_id: str, kind: Kind | None = None) -> dict[str, Snapshot]:
        """By path, so that expectations need no port."""
        chosen = [one for one in self.snapshots if one.portal_id == portal_id and kind in (None, one.kind)]
        return {"/" + one.url.split("/", 3)[3]: one for one in chosen}


def portal(portal_id: str, url: str, **more: object) -> Portal:
    return Portal(id=portal_id, authority="某县公安局", division="640000", url=url, **more)  # type: ignore[arg-type]


def job_in(folder: Path, portals: list[Portal], run_id: str = "run1", settings: CrawlSettings = FAST) -> CrawlJob:
    return CrawlJob(run_id, tuple(portals), settings, folder / "archive", folder / "memory", folder / "passes" / run_id)


def start(job: CrawlJob, name: str = "job.json") -> subprocess.Popen[bytes]:
    file = _written(job, name)
    with (job.journal / "crawl.log").open("ab") as log:
        return subprocess.Popen([sys.executable, "-m", "crawlers", str(file)], cwd=ROOT, stderr=log)


def run(job: CrawlJob, *, seconds: float = 120, **changes: object) -> Crawled:
    job = replace(job, **changes)  # type: ignore[arg-type]
    log = job.journal / "crawl.log"
    exit_code = crawl(_written(job, "job.json"), log, seconds)
    return Crawled(job, exit_code, log.read_text())


def _written(job: CrawlJob, name: str) -> Path:
    job.journal.mkdir(parents=True, exist_ok=True)
    (job.journal / name).write_bytes(jsonl.dumps(job))
    return job.journal / name
