"""Crawls that bring less than a whole portal ask for less, and are judged by what they set out to bring."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from crawlers.job import Look
from crawlers.trace import TracedPage
from pipeline import jsonl
from tests.support.crawling import FAST, Crawled, job_in, portal, run
from tests.support.portal_site import portal_site, title
from tests.support.sites import Answer, Route, Site, document, listing, report, serve

COLUMN = "信息公开年报"
ROWS = [(f"/nb/{year}.html", title(year), f"{year + 1}-01-20") for year in range(2024, 2000, -1)]


def column_of_pages(pages: int = 5) -> dict[str, Route]:
    """Two rows a page."""
    routes: dict[str, Route] = {"/": document("隆德县", f'<a href="/nb/">{COLUMN}</a>')}
    for page in range(pages):
        after = f'<a href="/nb/{page + 1}">下一页</a>' if page + 1 < pages else ""
        routes[f"/nb/{page or ''}"] = listing(*ROWS[page * 2 : page * 2 + 2], after=after)
    return routes | {url: report(text) for url, text, _ in ROWS}


SITES: dict[str, dict[str, Route]] = {
    "county": portal_site(),
    "paged": column_of_pages(),
    "first-gone": column_of_pages() | {ROWS[0][0]: Answer("none", 404)},
    "empty": {"/": document("隆德县", "<p>欢迎</p>")},
    "moved": {"/": Answer(status=302, headers={"Location": "/main/"}), "/main/": document("隆德县", "<p>欢迎</p>")},
    "blocked": {"/": Answer("no", 403)},
}


@pytest.fixture(scope="module", params=[Look.REPORT, Look.DOOR])
def looked(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Look, Crawled, dict[str, list[str]]]]:
    with ExitStack() as held:
        sites = {
            name: held.enter_context(serve(Site(routes), f"127.0.7.{number}"))
            for number, (name, routes) in enumerate(SITES.items(), 1)
        }
        portals = [portal(name, site.url) for name, site in sites.items()]
        crawled = run(job_in(tmp_path_factory.mktemp("look"), portals), look=request.param)
        yield request.param, crawled, {name: site.paths for name, site in sites.items()}


def test_no_more_is_asked_than_it_takes(looked: tuple[Look, Crawled, dict[str, list[str]]]) -> None:
    look, _, asked = looked
    if look is Look.DOOR:
        assert asked == {name: ["/"] for name in SITES} | {"moved": ["/", "/main/"]}
        return
    assert asked["paged"] == ["/", "/nb/", ROWS[0][0]]
    assert asked["first-gone"] == ["/", "/nb/", ROWS[0][0], ROWS[1][0]]


def test_the_outcome_is_that_of_what_was_wanted(looked: tuple[Look, Crawled, dict[str, list[str]]]) -> None:
    look, crawled, _ = looked
    states = {name: outcome.state for name, outcome in crawled.outcomes.items()}
    reports = {name: outcome.reports_found for name, outcome in crawled.outcomes.items()}
    if look is Look.DOOR:
        assert states == dict.fromkeys(SITES, "ok") | {"blocked": "blocked"}
        assert set(reports.values()) == {0}
        return
    assert {name for name, state in states.items() if state == "ok"} >= {"county", "paged"}
    assert (states["empty"], states["moved"], states["blocked"]) == ("empty", "empty", "blocked")
    assert {name: reports[name] for name in ("county", "paged", "first-gone", "empty")} == {
        "county": 1, "paged": 1, "first-gone": 1, "empty": 0
    }  # fmt: skip


def test_every_page_that_was_read_is_told_with_what_was_made_of_it(
    looked: tuple[Look, Crawled, dict[str, list[str]]],
) -> None:
    look, crawled, _ = looked
    pages = [page for page in jsonl.read(crawled.job.journal / "pages.jsonl", TracedPage) if page.portal_id == "paged"]
    told = [(page.step.name, page.inside, page.report) for page in pages]
    whole = [("START", False, False), ("COLUMN", True, False), ("REPORT", False, True)]
    assert told == (whole[:1] if look is Look.DOOR else whole)


def test_a_long_listing_leaves_requests_for_reports_and_is_not_called_read(tmp_path: Path) -> None:
    with serve(Site(column_of_pages(12)), "127.0.7.9") as site:
        job = job_in(tmp_path, [portal("p", site.url)], settings=replace(FAST, max_pages=20))
        outcome = run(job, look=Look.COLUMNS).outcomes["p"]
        assert sum(path.startswith("/nb/") and path.count(".") == 0 for path in site.paths) == 11
    assert not outcome.complete and "only 10 pages of listings" in outcome.reason
    assert outcome.reports_found == 5


def test_a_pass_keeps_no_such_book(tmp_path: Path) -> None:
    job = job_in(tmp_path, [])
    assert job.pages is None
    assert replace(job, look=Look.DOOR).pages == job.journal / "pages.jsonl"
