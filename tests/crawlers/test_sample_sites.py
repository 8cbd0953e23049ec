"""The crawl over the sample portals as they are served to `make run`, one of which draws its lists by script."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from crawlers.browser import CHROMIUM_VARIABLE, chromium
from crawlers.job import CrawlSettings
from flows.sample_server import Sample, serve_sample
from pipeline.model import Kind
from tests.support.crawling import Crawled, job_in, run

SETTINGS = CrawlSettings(delay=0, timeout=20)
REPORTS = {
    "sample-ningxia-gat": {
        "石嘴山市公安局2022年政府信息公开工作年度报告",
        "中卫市公安局2024年政府信息公开工作年度报告",
        "隆德县公安局2024年政府信息公开工作年度报告",
    },
    "sample-gaoqing": {"高青县公安局2024年政府信息公开工作年度报告"},
    "sample-huaiyuan-gaj": {"怀远县公安局2024年政府信息公开工作年度报告"},
}
DRAWN = "sample-huaiyuan-gaj"

needs_browser = pytest.mark.skipif(chromium() is None, reason="no Chromium on this machine")


def _crawl(folder: Path, sample: Sample, run_id: str, render: str = "auto", only: str = "") -> Crawled:
    portals = [portal for portal in sample.portals if only in ("", portal.id)]
    return run(job_in(folder, portals, run_id, replace(SETTINGS, render=render)))


@needs_browser
def test_every_report_and_no_look_alike_is_brought_and_the_next_night_none_is_asked_for(tmp_path: Path) -> None:
    with serve_sample(port=0) as sample:
        first = _crawl(tmp_path, sample, "run1")
        second = _crawl(tmp_path, sample, "run2")
    for crawled in (first, second):
        titles = {name: {one.title for one in crawled.of(name, Kind.REPORT).values()} for name in REPORTS}
        assert titles == REPORTS
        assert {outcome.state for outcome in crawled.outcomes.values()} == {"ok"}
    attached = [one for one in first.snapshots if one.kind is Kind.ATTACHMENT]
    assert len(attached) == 3
    assert all(one.page_url in {page.url for page in first.snapshots} for one in attached)
    assert all(one.unchanged for one in second.snapshots if one.kind in (Kind.REPORT, Kind.ATTACHMENT))
    assert {one.url: one.sha256 for one in second.snapshots if one.kind is Kind.REPORT} == {
        one.url: one.sha256 for one in first.snapshots if one.kind is Kind.REPORT
    }


def test_without_a_browser_a_drawn_portal_says_what_it_lacks_and_the_others_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(CHROMIUM_VARIABLE, "/nowhere/chromium")
    with serve_sample(port=0) as sample:
        crawled = _crawl(tmp_path, sample, "run1")
    assert crawled.exit_code == 0
    assert crawled.outcomes[DRAWN].state == "empty"
    assert "no browser starts" in crawled.outcomes[DRAWN].reason
    assert {crawled.outcomes[name].state for name in REPORTS if name != DRAWN} == {"ok"}


def test_no_browser_is_started_where_no_page_needs_one(tmp_path: Path) -> None:
    with serve_sample(port=0) as sample:
        crawled = _crawl(tmp_path, sample, "run1", only="sample-gaoqing")
    assert crawled.outcomes["sample-gaoqing"].state == "ok"
    assert "playwright/browser_count" not in crawled.log
