"""Pages drawn by script, with a real Chromium."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from tempfile import mkdtemp

import pytest

from crawlers.browser import chromium
from pipeline.archive import read_body
from pipeline.model import Kind
from tests.support.crawling import FAST, Crawled, job_in, portal, run, start
from tests.support.families import searched
from tests.support.sites import REPORT_TEXT, Answer, Asked, Route, Site, document, listing, report, serve

pytestmark = pytest.mark.skipif(chromium() is None, reason="no Chromium on this machine")

T2024 = "某县公安局2024年政府信息公开工作年度报告"
DRAWN = """<div id="nav"></div><img src="/big.png"><link rel="stylesheet" href="/s.css"><script src="%sx.js"></script>
<script>fetch('/nav.json').then(a => a.json()).then(rows => { for (const row of rows) {
  document.getElementById('nav').innerHTML += `<p><a href="${row[0]}">${row[1]}</a> ${row[2]}</p>` } })</script>"""
JSON = {"Content-Type": "application/json"}
SETTINGS = replace(FAST, render="auto", timeout=20, delay=0.3)


@pytest.fixture
def elsewhere() -> Iterator[Site]:
    with serve(Site({"/x.js": Answer("1")}), "127.0.3.2") as served:
        yield served


@pytest.fixture
def site(elsewhere: Site) -> Iterator[Site]:
    routes = {
        "/": document("某县公安局", DRAWN % elsewhere.url),
        "/nav.json": Answer('[["/nb/", "政府信息公开年报", ""]]', headers=JSON),
        "/nb/": listing(("/r24", T2024, "2025-01-20")),
        "/r24": report(T2024),
    }
    with serve(Site(routes), "127.0.3.1") as served:
        yield served


def test_a_page_without_links_is_drawn_by_the_browser_with_the_crawls_manners(
    tmp_path: Path, site: Site, elsewhere: Site
) -> None:
    crawled = run(job_in(tmp_path, [portal("p", site.url)], settings=SETTINGS))
    assert crawled.outcomes["p"].state == "ok", crawled.outcomes["p"].reason
    assert set(crawled.of("p", Kind.REPORT)) == {"/r24"}
    home = crawled.of("p", Kind.INDEX)["/"]
    assert "政府信息公开年报" in read_body(crawled.job.archive, home.archived).decode()  # type: ignore[arg-type]
    assert not {"/big.png", "/s.css"} & set(site.paths)
    assert elsewhere.asked == []  # the crawl stays on the portal's hosts, the browser too
    times = [one.at for one in site.asked]
    assert times[-1] - times[0] >= SETTINGS.delay * (len(times) - 1) - 0.1
    assert (
        min(later - earlier for earlier, later in pairwise(times)) >= SETTINGS.delay / 2
    )  # arrivals, on a busy machine


def test_what_needed_the_browser_is_given_to_it_at_once_the_next_night(tmp_path: Path, site: Site) -> None:
    run(job_in(tmp_path, [portal("p", site.url)], settings=SETTINGS))
    (tmp_path / "memory" / "p.columns.json").unlink()  # or the start page would not be asked at all
    site.asked.clear()
    second = run(job_in(tmp_path, [portal("p", site.url)], "run2", SETTINGS))
    assert site.paths.count("/") == 1
    assert "/r24" not in site.paths
    assert second.outcomes["p"].state == "ok"


def test_never_means_never(tmp_path: Path, site: Site) -> None:
    crawled = run(job_in(tmp_path, [portal("p", site.url, render="never")], settings=SETTINGS))
    assert crawled.outcomes["p"].state == "empty"
    assert "/nav.json" not in site.paths


def test_a_column_whose_rows_are_drawn_is_rendered_though_its_menu_is_not(tmp_path: Path) -> None:
    rows = json.dumps([["/r24", T2024, "2025-01-20"]])
    menu = '<div class="nav"><a href="/nb/">政府信息公开年报</a></div>'
    routes = {
        "/": document("某县公安局", menu),
        "/nb/": document("政府信息公开年报", menu + DRAWN % "/"),
        "/nav.json": Answer(rows, headers=JSON),
        "/r24": report(T2024),
    }
    crawled = _crawled(tmp_path, routes)
    assert set(crawled.of("p", Kind.REPORT)) == {"/r24"}
    assert crawled.of("p", Kind.REPORT)["/r24"].listed_on is not None


def test_a_portal_without_a_column_is_looked_through_again_with_the_browser(tmp_path: Path) -> None:
    routes = {
        "/": document("某县公安局", '<a href="/zwgk/">政务公开</a>'),
        "/zwgk/": document("政务公开", '<a href="/zwgk/zn.html">政府信息公开</a>' + DRAWN % "/"),
        "/zwgk/zn.html": document("政府信息公开", "内容"),
        "/nav.json": Answer(json.dumps([["/nb/", "政府信息公开年报", ""]]), headers=JSON),
        "/nb/": listing(("/r24", T2024, "2025-01-20")),
        "/r24": report(T2024),
    }
    crawled = _crawled(tmp_path, routes)
    assert set(crawled.of("p", Kind.REPORT)) == {"/r24"}
    urls = [one.url for one in crawled.snapshots]
    assert len(urls) == len(set(urls))


@pytest.mark.parametrize(
    ("variable", "reason"),
    [
        ("PLAYWRIGHT_NODEJS_PATH", "the browser's driver does not start: Connection closed while reading"),
        ("NIANBAO_CHROMIUM", "no browser starts: "),
    ],
)
def test_a_portal_that_needed_a_browser_that_does_not_start_says_so(
    tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch, variable: str, reason: str
) -> None:
    monkeypatch.setenv(variable, "/bin/false")
    crawled = run(job_in(tmp_path, [portal("p", site.url)], settings=replace(SETTINGS, delay=0)))
    outcome = crawled.outcomes["p"]
    assert (crawled.exit_code, outcome.state, outcome.reports_found) == (0, "empty", 0)
    assert reason in outcome.reason
    assert crawled.of("p", Kind.INDEX)["/"].archived is not None  # the page as it came is kept


def _crawled(folder: Path, routes: dict[str, Route]) -> Crawled:
    with serve(Site(routes), "127.0.3.3") as site:
        return run(job_in(folder, [portal("p", site.url)], settings=replace(SETTINGS, delay=0)))


def test_what_a_killed_crawl_left_of_its_browser_is_cleaned_away_by_the_next(
    tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = Path(mkdtemp(prefix="t"))  # a socket of the browser's lies there, whose path may not be long
    monkeypatch.setenv("TMPDIR", str(temporary))
    job = job_in(tmp_path, [portal("p", site.url)], settings=SETTINGS)
    killed = start(job)
    while "/nav.json" not in site.paths:
        assert killed.poll() is None
        time.sleep(0.05)
    killed.kill()
    killed.wait()
    assert list(temporary.iterdir())
    assert run(job).outcomes["p"].state == "ok"
    temporary.rmdir()  # it is empty


GKMLPT = """<div id="nav"></div><script>window._CONFIG = { SID: '7', TREE: [{id: 5, name: '政府信息公开年报'}] };
fetch('/drawn.json').then(a => a.json()).then(rows => { for (const row of rows) {
  document.getElementById('nav').innerHTML += `<p><a href="${row[0]}">${row[1]}</a> ${row[2]}</p>` } })</script>"""
ARTICLE = {"title": T2024, "url": "/gkmlpt/content/5/5/post_5.html", "created_at": "2025-01-20 09:00"}


def _disclosure_platform(articles: Route) -> dict[str, Route]:
    return {
        "/": document("某县公安局", '<a href="/gkmlpt/annualreport">政府信息公开年报</a>'),
        "/gkmlpt/annualreport": document("某县公安局", GKMLPT),
        "/gkmlpt/api/all/5": articles,
        "/drawn.json": Answer(json.dumps([[ARTICLE["url"], ARTICLE["title"], "2025-01-20"]]), headers=JSON),
        "/gkmlpt/content/5/5/post_5.html": report(T2024),
    }


def test_a_column_whose_rows_can_be_asked_for_needs_no_browser(tmp_path: Path) -> None:
    reply = {"classify": {"post_count": 1}, "articles": [ARTICLE]}
    with serve(Site(_disclosure_platform(Answer(json.dumps(reply), headers=JSON))), "127.0.3.3") as site:
        crawled = run(job_in(tmp_path, [portal("p", site.url)], settings=SETTINGS))
    assert crawled.outcomes["p"].state == "ok", crawled.outcomes["p"].reason
    assert len(crawled.of("p", Kind.REPORT)) == 1
    assert "/drawn.json" not in site.paths


@pytest.mark.parametrize(
    "otherwise",
    [
        Answer("none", 404),
        pytest.param(Answer("{}", headers=JSON), marks=pytest.mark.slow),
        pytest.param(Answer("busy", 503), marks=pytest.mark.slow),
    ],
)
def test_where_a_server_answers_otherwise_than_its_software_a_browser_shows_the_column(
    tmp_path: Path, otherwise: Answer
) -> None:
    with serve(Site(_disclosure_platform(otherwise)), "127.0.3.3") as site:
        crawled = run(job_in(tmp_path, [portal("p", site.url)], settings=replace(SETTINGS, retries=0)))
    assert crawled.outcomes["p"].state == "ok", crawled.outcomes["p"].reason
    assert len(crawled.of("p", Kind.REPORT)) == 1
    assert "/drawn.json" in site.paths


def test_a_column_that_neither_way_shows_is_unread(tmp_path: Path) -> None:
    routes = _disclosure_platform(Answer("none", 404)) | {"/drawn.json": Answer("[]", headers=JSON)}
    with serve(Site(routes), "127.0.3.3") as site:
        crawled = run(job_in(tmp_path, [portal("p", site.url)], settings=SETTINGS))
    assert not crawled.outcomes["p"].complete
    assert "/gkmlpt/api/all/5" in crawled.outcomes["p"].reason


CATALOGUE = """<div id="list"></div><script>var asked = {labelName: 'publicInfoList', siteId: '6', pageSize: '2',
organId: '9', type: '4', catId: '5'}, shown = {pageCount: 2}; fetch('/drawn.json').then(a => a.json()).then(rows => {
document.getElementById('list').innerHTML = rows.map(row => `<p><a href="${row[0]}">${row[1]}</a></p>`).join('') })
</script>"""


@pytest.mark.parametrize(("drawn", "whole"), [pytest.param(3, True, marks=pytest.mark.slow), (2, False)])
def test_a_column_that_a_browser_shows_is_whole_if_it_has_the_rows_that_its_page_promises(
    tmp_path: Path, drawn: int, whole: bool
) -> None:
    titles = {f"/public/9/{year}.html": f"某县公安局{year}年政府信息公开工作年度报告" for year in (2024, 2023, 2022)}
    routes: dict[str, Route] = {
        "/": document("某县公安局", '<a href="/public/column/9?type=4&catId=5">政府信息公开年报</a>'),
        "/public/column/9": document("政府信息公开年报", CATALOGUE),
        "/drawn.json": Answer(json.dumps(list(titles.items())[:drawn]), headers=JSON),
        **{path: report(title) for path, title in titles.items()},
    }
    with serve(Site(routes), "127.0.3.3") as site:
        crawled = run(job_in(tmp_path, [portal("p", site.url)], settings=SETTINGS))
    assert crawled.outcomes["p"].complete is whole, crawled.outcomes["p"].reason
    assert len(crawled.of("p", Kind.REPORT)) == drawn


SCROLLED = """<ul id="rows"></ul><div style="height: 3000px"></div><script>let page = 0, asks = false;
async function more() { if (asks) return; asks = true; const rows = await (await fetch('/rows?page=' + ++page)).json();
  const list = document.getElementById('rows');
  for (const [url, title] of rows) list.innerHTML += `<li><a href="${url}">${title}</a></li>`;
  asks = rows.length === 0 } more(); addEventListener('scroll', more);</script>"""


@pytest.mark.parametrize("breaks", [pytest.param(False, marks=pytest.mark.slow), True])
def test_a_listing_that_goes_on_when_scrolled_is_read_to_its_end_or_told_as_unread(
    tmp_path: Path, breaks: bool
) -> None:
    titles = [f"某县公安局{year}年政府信息公开工作年度报告" for year in range(2024, 2017, -1)]

    def rows(asked: Asked, times: int) -> Answer:
        start = int(asked.path.partition("=")[2]) * 2 - 2
        if breaks and start >= 4:
            return Answer("busy", 500)
        return Answer(json.dumps([[f"/{start + n}", t] for n, t in enumerate(titles[start : start + 2])]), headers=JSON)

    routes: dict[str, Route] = {
        "/": document("某县公安局", '<a href="/nb/">政府信息公开年报</a>'),
        "/nb/": document("政府信息公开年报", SCROLLED),
        "/rows": rows,
        **{f"/{number}": report(title) for number, title in enumerate(titles)},
    }
    crawled = _crawled(tmp_path, routes)
    assert crawled.outcomes["p"].complete is not breaks, crawled.outcomes["p"].reason
    assert len(crawled.of("p", Kind.REPORT)) == (4 if breaks else 7)


def test_reports_that_scripts_draw_are_rendered_each_once_it_is_known(tmp_path: Path) -> None:
    drawn = """<div id="text"></div><script>fetch('/text').then(a => a.text())
      .then(text => document.getElementById('text').innerHTML = text)</script>"""
    titles = {f"/{year}": f"某县公安局{year}年政府信息公开工作年度报告" for year in (2024, 2023)}
    routes: dict[str, Route] = {
        "/": document("某县公安局", '<a href="/nb/">政府信息公开年报</a>'),
        "/nb/": listing(*((path, title, "2025-01-20") for path, title in titles.items())),
        "/text": REPORT_TEXT,
        **{path: document(title, drawn) for path, title in titles.items()},
    }
    with serve(Site(routes), "127.0.3.3") as site:
        crawled = run(job_in(tmp_path, [portal("p", site.url)], settings=replace(SETTINGS, delay=0)))
    assert crawled.outcomes["p"].reports_found == 2
    assert [site.paths.count(path) for path in titles] == [2, 1]


def test_a_report_without_a_word_or_a_file_is_none(tmp_path: Path) -> None:
    routes: dict[str, Route] = {
        "/": listing(("/2024", T2024, "2025-01-20")),
        "/2024": document(T2024, "<script>var nothing;</script>"),
    }
    assert _crawled(tmp_path, routes).outcomes["p"].state == "empty"


def test_a_search_that_is_asked_after_the_browser_was_tried_is_not_drawn(tmp_path: Path) -> None:
    routes = searched(action="/igs/front/search.jhtml")
    crawled = _crawled(tmp_path, routes)
    assert crawled.outcomes["p"].state == "ok", crawled.outcomes["p"].reason
    assert len(crawled.of("p", Kind.REPORT)) == 6
