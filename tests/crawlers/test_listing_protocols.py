"""One crawl over sites that list as the software of large families does, each read to its end; and over sites that say
they are of a family and answer otherwise, which is no success."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from pipeline.model import Kind
from tests.support.crawling import Crawled, job_in, portal, run
from tests.support.families import (
    ART,
    DOWNLOAD,
    JPAAS,
    MODULE,
    PROXY,
    SIDE_LIST,
    UCAP,
    ZERO_BASED,
    annual,
    by_group,
    by_own_size,
    by_page_only,
    by_start,
    catalogue,
    hanweb,
    inlined,
    jpaas,
    report,
    rows,
    searched,
    store,
    title,
    trs,
    ucap_json,
    ucap_static,
    value_of,
)  # fmt: skip
from tests.support.sites import Answer, Route, Site, document, serve

SITES: dict[str, tuple[dict[str, Route], int]] = {  # with the number of reports that are found there
    "jpaas": (jpaas(), 8),
    "ucap": (ucap_static(), 9),
    "ucap-json": (ucap_json(), 10),
    "hanweb-page": (hanweb(40, inlined(store(1, 5)), by_page_only), 40),
    "hanweb-own-size": (hanweb(40, inlined(store(1, 5)), by_own_size), 40),
    "hanweb-group": (hanweb(0, inlined(store(1, 5, group=f"{PROXY}?page=1&columnid=9&unitid=7")), by_group), 40),
    "hanweb-listed": (hanweb(6, "", Answer(""), extra=f"<ul>{rows(ART, 1, 6)}</ul>"), 6),
    "hanweb-elsewhere": (
        hanweb(7, "", Answer(""), extra=f"<ul>{rows(ART, 1, 6)}{rows('/xw/{}.html', 7, 7)}</ul>")
        | {"/xw/7.html": report(title(7))},
        7,
    ),
    "hanweb-two-lists": (hanweb(40, SIDE_LIST + inlined(store(1, 5)), by_start), 40),
    "catalogue": (catalogue(), 9),
    "annual": (annual(), 6),
    "trs": (trs(ZERO_BASED, "/nb/", "/nb/index_1.html", "/nb/index_2.html", stub="/nb/index_3.html", more=2), 9),
    "trs-from-1": (trs("'p', {0}, {1}, 'b', 'shtml', 9", "/nb/b.shtml", "/nb/b_1.shtml", "/nb/b_2.shtml"), 9),
    "chengdu": (trs("{0}, {1}, 'column-index', 'shtml'", "/nb/column-index-1.shtml", "/nb/column-index-2.shtml"), 6),
    "searched": (searched(), 6),
    "searched-by-path": (searched(action="/igs/front/search.jhtml"), 6),
}
OTHERWISE: dict[str, tuple[dict[str, Route], str]] = {  # with what the outcome says
    "jpaas-otherwise": (jpaas(otherwise=True), "otherwise than its software"),
    "ucap-otherwise": (ucap_json(otherwise=True), "otherwise than its software"),
    "ucap-short": (ucap_json(lost=5), "promises 15 rows, gave 10"),
    "hanweb-empty": (hanweb(30, "", Answer(""), extra=f"<ul>{rows(ART, 1, 6)}</ul>"), "promises 30 rows, gave 6"),
    "hanweb-otherwise": (hanweb(30, "", Answer(document("错误", "系统繁忙"))), "otherwise than its software"),
    "trs-broken": (trs(ZERO_BASED, "/nb/", "/nb/index_1.html", more=1), "/nb/index_2.html HTTP 404"),
    "searched-otherwise": (searched(otherwise=True), "otherwise than its software"),
}
AREAS = ("A0001", "A0002")
LATE, LATE_ROUTES = "jpaas-late", jpaas()
FIXED_YEAR = "annual-one-for-all"
SITE: dict[str, Site] = {}


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    every = {name: routes for name, (routes, _) in {**SITES, **OTHERWISE}.items()}
    every[FIXED_YEAR] = annual(always="2020")
    every[LATE] = LATE_ROUTES | {DOWNLOAD: Answer("too many", 403)}
    with ExitStack() as stack:
        for number, (name, routes) in enumerate(every.items(), start=1):
            SITE[name] = stack.enter_context(serve(Site(routes), f"127.0.5.{number}"))
        portals = [portal(name, site.url) for name, site in SITE.items()]
        yield run(job_in(tmp_path_factory.mktemp("protocols"), portals))


@pytest.mark.parametrize("name", SITES)
def test_a_family_is_read_to_its_end_and_every_report_brought_once(crawled: Crawled, name: str) -> None:
    outcome = crawled.outcomes[name]
    assert (outcome.state, outcome.reason) == ("ok", ""), crawled.log
    assert outcome.reports_found == SITES[name][1]
    reports = [one for one in crawled.snapshots if one.portal_id == name and one.kind is Kind.REPORT]
    assert len(reports) == SITES[name][1]
    paths = [(one.path, one.form) for one in SITE[name].asked]
    assert len(paths) == len(set(paths)), "something was asked for twice"


@pytest.mark.parametrize("name", OTHERWISE)
def test_a_server_that_answers_otherwise_is_no_success(crawled: Crawled, name: str) -> None:
    outcome = crawled.outcomes[name]
    assert not outcome.complete
    assert OTHERWISE[name][1] in outcome.reason, outcome.reason


def test_a_module_that_shows_one_report_for_every_year_gives_it_once_for_each_unit(crawled: Crawled) -> None:
    found = crawled.of(FIXED_YEAR, Kind.REPORT)
    assert set(found) == {f"{MODULE}?area={area}&fbtime=2020" for area in AREAS}


def test_a_menu_of_years_tells_the_oldest_and_without_one_all_are_asked_for(crawled: Crawled) -> None:
    years = {area: [int(value_of(one, "fbtime")) for one in SITE["annual"].asked if area in one.path] for area in AREAS}
    assert min(years["A0001"]) == 2019
    assert min(years["A0002"]) == 2008
    assert years["A0001"][:3] == [2019, 2020, 2021], "what is linked goes first"


def test_a_file_behind_an_address_that_expires_is_brought_at_once(crawled: Crawled) -> None:
    attached = crawled.of("jpaas", Kind.ATTACHMENT)
    assert [one.error for one in attached.values()] == [""]
    paths = [path.split("?")[0] for path in SITE["jpaas"].paths]
    assert paths.index(DOWNLOAD) == paths.index(JPAAS.format(1)) + 1


def test_a_file_behind_a_servlet_that_leads_elsewhere_is_brought(crawled: Crawled) -> None:
    attached = crawled.of("hanweb-page", Kind.ATTACHMENT)
    assert [one.media_type for one in attached.values()] == ["application/pdf"]


def test_a_file_that_only_the_list_names_hangs_on_its_article(crawled: Crawled) -> None:
    attached = crawled.of("ucap-json", Kind.ATTACHMENT)["/mx/c128570/202501/files/1.pdf"]
    assert attached.page_url.endswith(UCAP.format(1))


def test_a_file_whose_address_expired_is_looked_for_on_its_page_again(crawled: Crawled) -> None:
    late = portal(LATE, SITE[LATE].url)
    SITE[LATE].routes[DOWNLOAD] = LATE_ROUTES[DOWNLOAD]
    second = run(job_in(crawled.job.memory.parent, [late], "run2"))
    assert [one.error for one in crawled.of(LATE, Kind.ATTACHMENT).values()] == ["blocked: HTTP 403"]
    assert [one.error for one in second.of(LATE, Kind.ATTACHMENT).values()] == [""]
    assert second.outcomes[LATE].reports_found == 8


def test_a_module_is_asked_only_for_the_years_that_are_wanted(tmp_path: Path) -> None:
    with serve(Site(annual()), "127.0.5.1") as site:
        run(job_in(tmp_path, [portal("p", site.url)]), years=(2020,))
    entered = [f"{MODULE}?area=A0001&fbtime=2019", f"{MODULE}?fbtime=2021&area=A0002"]
    assert set(site.paths) == {"/", *entered, *(f"{MODULE}?area={area}&fbtime=2020" for area in AREAS)}
