"""One portal over which the crawler dies costs that portal, not its neighbours."""

from __future__ import annotations

import os
import signal
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawlers.job import CrawlSettings
from flows.crawling import Crawl, crawl
from flows.datafolder import DataFolder
from flows.journal import PassPlan, new_run_id, open_pass
from flows.sample_server import serve_sample

pytestmark = pytest.mark.timeout(300)

DEADLY = "deadly"


def kill_over_the_deadly(job: Path) -> None:
    """kill -9 of the crawler as long as its job names the deadly portal."""
    if not job.exists() or f'"{DEADLY}"' not in job.read_text("utf-8"):
        return
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if b"crawlers" in words and str(job).encode() in words:
            os.kill(int(process.name), signal.SIGKILL)


def test_a_portal_that_kills_the_crawler_is_left_out_and_all_others_are_crawled(tmp_path: Path) -> None:
    data = DataFolder(tmp_path)
    data.prepare()
    with serve_sample(port=0) as sample, data.locked() as lock:
        deadly = replace(sample.portals[0], id=DEADLY, url="http://127.0.0.9:9/")
        portals = (*sample.portals[:2], deadly)
        now = datetime.now(UTC)
        opened = open_pass(data.passes, PassPlan(new_run_id(now), now, portals, (), False, True), set())
        job = opened.journal.folder / "job.json"
        settings = CrawlSettings(delay=0, obey_robots=False)
        crawl(portals, Crawl(opened, data, settings, lock, lambda: kill_over_the_deadly(job)))
    outcomes = opened.journal.outcomes()
    assert {portal: outcome.state for portal, outcome in outcomes.items()} == {
        portal.id: "ok" for portal in sample.portals[:2]
    }
