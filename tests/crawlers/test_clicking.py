"""Listings whose further pages only clicks bring, with a real Chromium and without."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from crawlers.browser import chromium
from crawlers.job import CrawlSettings
from pipeline.model import Kind
from tests.support.crawling import FAST, Crawled, job_in, portal, run
from tests.support.sites import Answer, Asked, Route, Site, document, report, serve

needs_browser = pytest.mark.skipif(chromium() is None, reason="no Chromium on this machine")
RENDERED = replace(FAST, render="auto", timeout=20, delay=0.2)
YEARS = range(2024, 2015, -1)
PAGES = 3


def _title(year: int) -> str:
    return f"某县公安局{year}年政府信息公开工作年度报告"


def _row(year: int) -> str:
    return f'<li><a href="/r{year}">{_title(year)}</a><span>{year + 1}-01-20</span></li>'


FIRST = "".join(_row(year) for year in YEARS[:3])
SCRIPT = """<script>let page = 1;
function turn() { fetch('/rows?page=' + ++page).then(a => a.json()).then(rows => {
  document.getElementById('rows').innerHTML = rows.join('') }) }</script>"""
PAGER = '<div class="pages"><a href="javascript:;">上一页</a><a href="javascript:turn()">下一页</a></div>'
ALONE = '<div class="pages"><a href="javascript:turn()">下一页</a></div>'  # which says no more than its link
MORE = '<p class="load-more" onclick="turn()">加载更多</p>'
ADDS = SCRIPT.replace("innerHTML =", "innerHTML +=")


def _rows(asked: Asked, times: int) -> Answer:
    """Three rows a page; beyond the last page it is shown again."""
    page = min(int(asked.path.split("=")[1]), PAGES)
    rows = [_row(year) for year in YEARS[(page - 1) * 3 : page * 3]]
    return Answer(json.dumps(rows), headers={"Content-Type": "application/json"})


def _routes(pager: str = PAGER, script: str = SCRIPT, rows: Route = _rows) -> dict[str, Route]:
    column = document("政府信息公开年报", f'<ul id="rows">{FIRST}</ul>{pager}{script}')
    reports: dict[str, Route] = {f"/r{year}": report(_title(year)) for year in YEARS}
    return {
        "/": document("某县公安局", '<a href="/nb/">政府信息公开年报</a>'),
        "/nb/": column,
        "/rows": rows,
        **reports,
    }


def _crawled(folder: Path, routes: dict[str, Route], settings: CrawlSettings) -> tuple[Crawled, Site]:
    with serve(Site(routes), "127.0.3.7") as site:
        return run(job_in(folder, [portal("p", site.url)], settings=settings)), site


@needs_browser
@pytest.mark.parametrize(
    ("pager", "script"),
    [
        pytest.param(PAGER, SCRIPT, id="pages"),
        pytest.param(ALONE, SCRIPT, marks=pytest.mark.slow, id="nothing but the next page"),
        pytest.param(MORE, ADDS, marks=pytest.mark.slow, id="more"),
    ],
)
def test_a_listing_is_clicked_through_to_its_end(tmp_path: Path, pager: str, script: str) -> None:
    crawled, site = _crawled(tmp_path, _routes(pager, script), RENDERED)
    assert crawled.outcomes["p"].state == "ok", crawled.outcomes["p"].reason
    found = crawled.of("p", Kind.REPORT)
    assert {one.title for one in found.values()} == {_title(year) for year in YEARS}
    assert {str(one.listed_on) for one in found.values()} == {f"{year + 1}-01-20" for year in YEARS}
    clicked = [one.at for one in site.asked if one.path.startswith("/rows")]
    assert len(clicked) == PAGES  # one of them beyond the end
    assert min(later - earlier for earlier, later in pairwise(clicked)) >= RENDERED.delay / 2


@needs_browser
@pytest.mark.slow
def test_the_numbers_of_a_pager_without_a_next_are_clicked_one_after_the_other(tmp_path: Path) -> None:
    numbers = '<p id="n">1 <a href="javascript:turn()">2</a> <a href="javascript:turn()">3</a></p>'
    redraw = """document.getElementById('n').innerHTML = [1, 2, 3].map(
      n => n === page ? n : `<a href="javascript:turn()">${n}</a>`).join(' ')"""
    script = SCRIPT.replace("rows.join('') }", f"rows.join(''); {redraw} }}")
    crawled, site = _crawled(tmp_path, _routes(numbers, script), RENDERED)
    assert crawled.outcomes["p"].state == "ok", crawled.outcomes["p"].reason
    assert {one.title for one in crawled.of("p", Kind.REPORT).values()} == {_title(year) for year in YEARS}
    assert [one.path for one in site.asked if one.path.startswith("/rows")] == ["/rows?page=2", "/rows?page=3"]


@needs_browser
def test_a_listing_that_breaks_under_the_clicks_is_not_read_to_its_end(tmp_path: Path) -> None:
    def fail(asked: Asked, times: int) -> Answer:
        return Answer("busy", 500) if "page=3" in asked.path else _rows(asked, times)

    crawled, _ = _crawled(tmp_path, _routes(rows=fail), replace(RENDERED, delay=0))
    assert len(crawled.of("p", Kind.REPORT)) == 6
    assert not crawled.outcomes["p"].complete
    assert "only clicks" in crawled.outcomes["p"].reason


def test_without_a_browser_such_a_listing_is_unread(tmp_path: Path) -> None:
    crawled, site = _crawled(tmp_path, _routes(), FAST)
    outcome = crawled.outcomes["p"]
    assert (outcome.reports_found, outcome.complete) == (3, False)
    assert "only clicks" in outcome.reason
    assert site.paths.count("/nb/") == 1


def test_reports_without_addresses_make_a_listing_unread(tmp_path: Path) -> None:
    rows = f'<li><a href="/r2024">{_title(2024)}</a></li><li><a href="javascript:show(7)">{_title(2023)}</a></li>'
    routes = _routes() | {"/nb/": document("政府信息公开年报", f"<ul>{rows}</ul>")}
    crawled, _ = _crawled(tmp_path, routes, FAST)
    assert (crawled.outcomes["p"].reports_found, crawled.outcomes["p"].complete) == (1, False)
    assert "without addresses" in crawled.outcomes["p"].reason
