"""What a look at a portal finds: its columns, and whether these alone lead to all of its reports."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from crawlers.job import Look
from crawlers.probing import Findings, findings_of
from tests.support.crawling import job_in, portal, run
from tests.support.sites import Answer, Route, Site, document, listing, report, serve

COLUMN = "政府信息公开年报"
YEARS = range(2024, 2019, -1)


def title(year: int) -> str:
    return f"隆德县公安局{year}年政府信息公开工作年度报告"


def row(year: int) -> tuple[str, str, str]:
    return f"/r/{year}.html", title(year), f"{year + 1}-01-20"


def home(*links: tuple[str, str]) -> str:
    return document("隆德县公安局", "".join(f'<a href="{url}">{text}</a>' for url, text in links))


REPORTS: dict[str, Route] = {row(year)[0]: report(title(year)) for year in YEARS}
ALL = [row(year) for year in YEARS]
SITES: dict[str, dict[str, Route]] = {
    "years": {
        "/": home(("/nb/", COLUMN)),
        "/nb/": home(*((f"/nb/{year}/", f"{year}年") for year in YEARS)),
        **{f"/nb/{year}/": listing(row(year), title=f"{year}年") for year in YEARS},
    },
    "stray": {"/": home(("/nb/", COLUMN), row(2020)[:2]), "/nb/": listing(*ALL[:4])},
    "mirror": {"/": home(("/nb/", COLUMN), ("/gk/nb/", COLUMN)), "/nb/": listing(*ALL), "/gk/nb/": listing(*ALL[:3])},
    "itself": {"/": home(("/nb/", COLUMN)), "/nb/": report(title(2024))},
    "broken": {
        "/": home(("/nb/", COLUMN), ("/gk/nb/", COLUMN)),
        "/nb/": listing(*ALL[1:]),
        "/gk/nb/": Answer("no", 403),
    },
    "bare": {
        "/": home(("/nb/", COLUMN)),
        "/nb/": home(("/r/2024.html", "县公安局"), ("/r/bare.html", "2023年")),
        "/r/bare.html": report("县公安局"),
    },
    "empty": {"/": home(("/xw/", "新闻"))},
}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, tuple[Findings, str]]]:
    """With the address of the site."""
    with ExitStack() as held:
        sites = {
            name: held.enter_context(serve(Site(REPORTS | routes), f"127.0.6.{number}"))
            for number, (name, routes) in enumerate(SITES.items(), 1)
        }
        portals = [portal(name, site.url) for name, site in sites.items()]
        crawled = run(job_in(tmp_path_factory.mktemp("probed"), portals), look=Look.COLUMNS)
        seen = {one.id: findings_of(one, crawled.job) for one in portals}
        yield {name: (findings, sites[name].url) for name, findings in seen.items() if findings is not None}


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("years", ["nb/"]),
        ("stray", []),  # beginning in the column a crawl would not look at the home page
        ("mirror", ["nb/"]),
        ("itself", ["nb/"]),
        ("broken", []),  # there may be more than could be read
        ("empty", []),
    ],
)
def test_a_crawl_is_to_begin_where_nothing_is_lost(
    found: dict[str, tuple[Findings, str]], name: str, columns: list[str]
) -> None:
    findings, url = found[name]
    assert findings.starting_points == tuple(f"{url}{column}" for column in columns)


def test_years_below_a_column_are_listings_of_their_own(found: dict[str, tuple[Findings, str]]) -> None:
    findings, url = found["years"]
    top, *below = findings.columns
    assert (top.url, top.title, top.entered, top.reports, top.others) == (f"{url}nb/", COLUMN, True, 0, len(YEARS))
    assert [(one.entered, one.reports) for one in below] == [(False, 1)] * len(YEARS)


def test_the_reports_come_with_their_years_and_days(found: dict[str, tuple[Findings, str]]) -> None:
    findings, url = found["mirror"]
    told = [(one.year, one.title, one.url, one.listed_on and one.listed_on.year) for one in findings.reports]
    assert told == [(year, title(year), f"{url}r/{year}.html", year + 1) for year in YEARS]


def test_a_row_that_says_little_is_called_as_its_page_is(found: dict[str, tuple[Findings, str]]) -> None:
    findings, _ = found["bare"]
    assert [(one.year, one.title) for one in findings.reports] == [(2024, title(2024)), (2023, "2023年")]


def test_what_the_server_refused_is_told(found: dict[str, tuple[Findings, str]]) -> None:
    findings, url = found["broken"]
    assert [(one.url, one.error) for one in findings.refused] == [(f"{url}gk/nb/", "blocked: HTTP 403")]
    assert findings.outcome.complete is False and len(findings.reports) == 4


def test_a_portal_without_reports_has_findings_too(found: dict[str, tuple[Findings, str]]) -> None:
    findings, _ = found["empty"]
    assert (findings.columns, findings.reports, findings.outcome.state) == ((), (), "empty")
    assert findings.site.title == "隆德县公安局"
