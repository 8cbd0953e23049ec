"""What a server in trouble does not give is asked for again when all else is read, and the next night; it is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import pytest

from pipeline.model import Kind
from tests.support.crawling import Crawled, job_in, portal, run
from tests.support.sites import Answer, Asked, Route, Site, document, listing, report, serve

PDF = Answer(b"%PDF-1.4\n" + b"0" * 900 + b"\n%%EOF", headers={"Content-Type": "application/pdf"})
BUSY = Answer("busy", 503)
TITLES = {year: f"某县公安局{year}年政府信息公开工作年度报告" for year in range(2010, 2025)}


def _after(failures: int) -> Callable[[Asked, int], Answer]:
    return lambda asked, times: PDF if times >= failures else BUSY


def _hung(year: int, file: str) -> str:
    return document(TITLES[year], f"<h1>{TITLES[year]}</h1><p>全文请见附件。</p><a href='{file}'>附件.pdf</a>")


def _paged(**pages: Route) -> Site:
    """Two pages of a column; rows of which nothing is said are texts."""
    rows = [(f"/{year}.html", TITLES[year], f"{year + 1}-01-20") for year in sorted(TITLES, reverse=True)]
    routes: dict[str, Route] = {f"/{year}.html": report(title) for year, title in TITLES.items()}
    routes["/"] = listing(*rows[:4], after="<div class='page'><a href='/2.html'>下一页</a></div>")
    routes["/2.html"] = listing(*rows[4:])
    named = ((f"/{name[1:]}.html" if name[1:].isdigit() else f"/{name}.pdf", route) for name, route in pages.items())
    return Site(routes | dict(named))


SITES = {
    # A file fails for good; the one after it would come at a second attempt, which a host in trouble is spared.
    "hurried": lambda: _paged(
        r2024=_hung(2024, "/never.pdf"), never=BUSY, r2023=_hung(2023, "/soon.pdf"), soon=_after(1)
    ),
    "recovers": lambda: _paged(
        r2022=lambda asked, times: BUSY if times < 3 else Answer(report(TITLES[2022])),
        r2021=_hung(2021, "/late.pdf"),
        late=_after(3),
    ),
    "owing": lambda: _paged(r2018=_hung(2018, "/tomorrow.pdf"), tomorrow=_after(4)),
    "never": lambda: _paged(r2019=BUSY, r2020=BUSY),
}


@dataclass(frozen=True)
class Nights:
    first: Crawled
    second: Crawled
    sites: dict[str, Site]
    asked: dict[str, list[str]]  # on the first night


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nights]:
    folder = tmp_path_factory.mktemp("later")
    with ExitStack() as stack:
        sites = {
            name: stack.enter_context(serve(make(), f"127.0.46.{number}"))
            for number, (name, make) in enumerate(SITES.items(), 1)
        }
        portals = [portal(name, site.url) for name, site in sites.items()]
        first = run(job_in(folder, portals))
        asked = {name: list(site.paths) for name, site in sites.items()}
        yield Nights(first, run(job_in(folder, portals, "run2")), sites, asked)


def test_what_was_asked_for_less_often_than_usual_is_brought_in_the_end(nights: Nights) -> None:
    files = nights.first.of("hurried", Kind.ATTACHMENT)
    assert files["/soon.pdf"].error == ""
    assert nights.asked["hurried"].count("/soon.pdf") == 2
    assert "HTTP 503" in files["/never.pdf"].error


def test_one_more_request_does_for_what_failed_as_often_as_anything_is_asked_for(nights: Nights) -> None:
    asked = nights.asked["recovers"]
    assert (asked.count("/2022.html"), asked.count("/late.pdf"), asked.count("/2021.html")) == (4, 4, 1)
    assert nights.asked["hurried"].count("/never.pdf") == 4


def test_a_trouble_that_is_over_before_the_night_leaves_no_trace(nights: Nights) -> None:
    outcome = nights.first.outcomes["recovers"]
    assert (outcome.state, outcome.reports_found, outcome.failures, outcome.reason) == ("ok", len(TITLES), 0, "")
    assert all(one.error == "" for one in nights.first.snapshots if one.portal_id == "recovers")


def test_a_report_without_its_only_file_is_told_and_not_counted(nights: Nights) -> None:
    outcome = nights.first.outcomes["owing"]
    assert outcome.reports_found == len(TITLES) - 1
    assert "1 reports, or files of theirs, were not to be had" in outcome.reason
    assert nights.sites["owing"].url + "2018.html" in outcome.reason


def test_the_file_is_asked_for_again_the_next_night_wherever_its_row_stands(nights: Nights) -> None:
    site, before = nights.sites["owing"], nights.asked["owing"]
    assert sorted(site.paths[len(before) :]) == ["/", "/tomorrow.pdf"]
    outcome = nights.second.outcomes["owing"]
    assert (outcome.reports_found, outcome.reason) == (len(TITLES), "")


def test_what_still_fails_the_next_night_costs_one_request_each_and_ends_nothing(nights: Nights) -> None:
    site, before = nights.sites["never"], nights.asked["never"]
    assert sorted(site.paths[len(before) :]) == ["/", "/2019.html", "/2020.html"]
    outcome = nights.second.outcomes["never"]
    assert (outcome.state, outcome.reports_found) == ("ok", len(TITLES) - 2), outcome.reason
