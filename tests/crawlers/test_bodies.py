"""Portals whose bodies have listings of their own: each report is called after the body that its listing names."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from pipeline.model import Kind
from tests.support.crawling import Crawled, job_in, portal, run
from tests.support.sites import Route, Site, document, listing, report, serve

TITLE = "2024年政府信息公开工作年度报告"
HOME = document("中宁县人民政府", '<a href="/xxgk/">政府信息公开</a>')
BODIES = {"jyj": "教育局", "slj": "水利局", "naz": "宁安镇"}


def _each_below(folder: str, page: str) -> dict[str, Route]:
    """Every body's page in its own folder, and its one report there."""
    routes: dict[str, Route] = {}
    for short in BODIES:
        routes[f"{folder}{short}/{page}"] = listing((f"{folder}{short}/1.html", TITLE, "2025-01-20"))
        routes[f"{folder}{short}/1.html"] = report(TITLE)
    return routes


def _links(folder: str) -> str:
    return "".join(f'<a href="{folder}{short}/">{name}</a>' for short, name in BODIES.items())


def _column_of_bodies() -> dict[str, Route]:
    home = document("中宁县人民政府", '<a href="/nb/">政府信息公开年报</a>')
    return {"/": home, "/nb/": document("政府信息公开年报", _links("/nb/")), **_each_below("/nb/", "")}


def _bodies_with_columns() -> dict[str, Route]:
    """政府信息公开 names the bodies alone; the home page of each leads to its column."""
    menus = {
        f"/xxgk/{short}/": document(name, '<a href="zn.html">信息公开指南</a><a href="nb.html">信息公开年报</a>')
        for short, name in BODIES.items()
    }
    return {
        "/": HOME,
        "/xxgk/": document("政府信息公开", _links("/xxgk/")),
        **menus,
        **_each_below("/xxgk/", "nb.html"),
    }


SITES = {"column": _column_of_bodies(), "homes": _bodies_with_columns()}


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    with ExitStack() as stack:
        sites = {
            name: stack.enter_context(serve(Site(routes), f"127.0.75.{number}"))
            for number, (name, routes) in enumerate(SITES.items(), start=1)
        }
        yield run(job_in(tmp_path_factory.mktemp("bodies"), [portal(name, site.url) for name, site in sites.items()]))


@pytest.mark.parametrize("name", SITES)
def test_a_report_whose_title_names_nobody_is_called_after_the_listing_that_it_stands_in(
    crawled: Crawled, name: str
) -> None:
    assert crawled.outcomes[name].state == "ok", crawled.outcomes[name].reason
    assert {one.title for one in crawled.of(name, Kind.REPORT).values()} == {
        f"{body}{TITLE}" for body in BODIES.values()
    }
