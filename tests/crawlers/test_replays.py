"""Columns that a script draws, read by its own requests without the browser, with a real headless Chromium for what has
to be seen first."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from crawlers.browser import chromium
from pipeline.model import Kind
from tests.support.crawling import FAST, Crawled, job_in, portal, run
from tests.support.drawn import (
    SIZE,
    YEARS,
    Drawn,
    boasting,
    by_form,
    by_get,
    by_json,
    by_markup,
    changed,
    title,
    with_keys,
    with_menu,
)
from tests.support.sites import Site, serve

pytestmark = pytest.mark.skipif(chromium() is None, reason="no Chromium on this machine")

SETTINGS = replace(FAST, render="auto", timeout=20, retries=0)
PAGES = len(YEARS) // SIZE


@dataclass(frozen=True)
class Nights:
    """What was found and asked for on each, report pages left out."""

    crawled: list[Crawled]
    asked: dict[str, list[list[str]]]

    def columns(self, name: str) -> list[list[str]]:
        return [[path for path in night if path != "/"] for night in self.asked[name]]


def _nights(folder: Path, portals: dict[str, tuple[Callable[[], Drawn], ...]]) -> Nights:
    """As many as there are forms that a portal takes one after the other."""
    made = {name: [one() for one in forms] for name, forms in portals.items()}
    crawled, asked = [], {name: list[list[str]]() for name in made}
    with ExitStack() as held:
        sites = {
            name: held.enter_context(serve(Site(forms[0].routes()), f"127.0.9.{number}"))
            for number, (name, forms) in enumerate(made.items(), start=1)
        }
        for night in range(max(map(len, made.values()))):
            for name, site in sites.items():
                site.routes = made[name][night].routes()
                site.asked.clear()
            job = job_in(folder, [portal(name, site.url) for name, site in sites.items()], f"run{night}", SETTINGS)
            crawled.append(run(job))
            for name, site in sites.items():
                asked[name].append([path for path in site.paths if not path.startswith("/r/")])
    return Nights(crawled, asked)


def _found(crawled: Crawled, name: str) -> set[str]:
    assert crawled.outcomes[name].state == "ok", crawled.outcomes[name].reason
    return {one.title for one in crawled.of(name, Kind.REPORT).values()}


ALL = {title(year) for year in YEARS}


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> Nights:
    forms: dict[str, tuple[Callable[[], Drawn], ...]] = {
        "get": (by_get, by_get),
        "form": (by_form, by_form),
        "changed": (by_get, changed),
    }
    return _nights(tmp_path_factory.mktemp("replayed"), forms)


def test_a_listing_that_a_script_draws_is_read_to_its_end_by_the_scripts_own_requests(nights: Nights) -> None:
    for name in ("get", "form"):
        assert _found(nights.crawled[0], name) == ALL
    once, *replayed = [path for path in nights.columns("get")[0] if path.startswith("/api")]
    assert "&_=" in once  # the browser's
    assert replayed == [f"/api?channel=7&page={page}&size=3" for page in range(1, PAGES + 1)]
    assert nights.columns("form")[0].count("/api") == 1 + PAGES + 1  # uncounted: until there are no rows


def test_an_unchanged_second_night_is_one_plain_request(nights: Nights) -> None:
    assert nights.asked["get"][1] == ["/api?channel=7&page=1&size=3"]
    assert nights.asked["form"][1] == ["/api"]
    for name in ("get", "form"):
        assert _found(nights.crawled[1], name) == ALL
        assert nights.crawled[1].outcomes[name].requests == 1


def test_an_interface_that_answers_otherwise_is_seen_in_the_browser_and_learnt_anew(nights: Nights) -> None:
    plain, page, drawn, *further = nights.asked["changed"][1]
    assert (plain, page) == ("/api?channel=7&page=1&size=3", "/nb/")
    assert "&_=" in drawn
    assert further == [f"/api?channel=7&page={number}&size=3" for number in range(2, PAGES + 2)]
    assert _found(nights.crawled[1], "changed") == ALL


def broken_at_the_end() -> Drawn:
    """It has come to promise more than its server gives."""
    drawn = by_get()
    drawn.total, drawn.allows = 12, lambda asked: "page=4" not in asked.path
    return drawn


@pytest.fixture(scope="module")
def harder(tmp_path_factory: pytest.TempPathFactory) -> Nights:
    forms: dict[str, tuple[Callable[[], Drawn], ...]] = {
        "json": (by_json, by_json),
        "markup": (by_markup, by_markup),
        "keys": (with_keys, with_keys),
        "boasting": (boasting, boasting),
        "broken": (by_get, broken_at_the_end),
        "menu": (with_menu, with_menu),
    }
    return _nights(tmp_path_factory.mktemp("harder"), forms)


@pytest.mark.slow
def test_what_the_number_of_a_page_is_called_is_seen_from_the_clicks(harder: Nights) -> None:
    assert _found(harder.crawled[0], "json") == _found(harder.crawled[1], "json") == ALL
    assert harder.asked["json"][1] == ["/api"]


@pytest.mark.slow
def test_rows_may_come_as_markup(harder: Nights) -> None:
    assert _found(harder.crawled[0], "markup") == _found(harder.crawled[1], "markup") == ALL
    assert harder.asked["markup"][1] == ["/api?pageIndex=1"]


@pytest.mark.slow
def test_links_of_a_menu_need_not_be_among_the_rows(harder: Nights) -> None:
    assert _found(harder.crawled[0], "menu") == _found(harder.crawled[1], "menu") == ALL
    assert harder.asked["menu"][1] == ["/api?channel=7&page=1&size=3"]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["keys", "boasting"])
def test_a_request_that_cannot_be_replayed_is_left_to_the_browser_for_good(harder: Nights, name: str) -> None:
    assert _found(harder.crawled[0], name) == _found(harder.crawled[1], name) == ALL
    assert harder.columns(name)[0].count("/nb/") == 3  # as it came, as it was drawn, and clicked through
    second = harder.asked[name][1]
    assert second[0] == "/nb/"
    assert sum(path.startswith("/api") for path in second) == second.count("/nb/")  # the page's own


def in_trouble() -> Drawn:
    """When it is asked without the browser."""
    drawn = by_get()
    drawn.refusal, drawn.allows = 500, lambda asked: "&_=" in asked.path
    return drawn


@pytest.mark.slow
def test_a_request_that_a_server_in_trouble_did_not_answer_is_learnt_on_the_next_night(tmp_path: Path) -> None:
    nights = _nights(tmp_path, {"late": (in_trouble, by_get, by_get)})
    assert [_found(crawled, "late") for crawled in nights.crawled] == [ALL] * 3
    assert nights.asked["late"][1][0] == "/nb/"
    assert nights.asked["late"][2] == ["/api?channel=7&page=1&size=3"]


@pytest.mark.slow
def test_a_listing_that_neither_way_comes_to_its_promised_end_is_not_complete(harder: Nights) -> None:
    assert not harder.crawled[1].outcomes["broken"].complete
    assert "/nb/" in harder.asked["broken"][1]
