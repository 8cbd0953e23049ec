"""The smaller families of portal software, whole crawls: a column is read to its end and brings every report once; a
server that answers otherwise than its software would is never taken for a portal that was read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from pipeline.model import Kind
from tests.support.crawling import Crawled, job_in, portal, run
from tests.support.sites import Site, serve
from tests.support.small_families import ASKED, GUESSED, OF_BODIES, PAGED, TITLES, WITHOUT_NUMBERS

KNOWN = {**PAGED, **GUESSED, **ASKED}
OTHERWISE = "otherwise: "
PLAIN = "plain: "
BODIES = "bodies: "
SITES = {
    **{name: family(True) for name, family in KNOWN.items()},
    **{OTHERWISE + name: family(False) for name, family in {**PAGED, **ASKED}.items()},
    **{PLAIN + name: family(True) for name, family in WITHOUT_NUMBERS.items()},
    **{BODIES + name: routes for name, routes in OF_BODIES.items()},
}


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Crawled, dict[str, Site]]]:
    """One crawl of them all."""
    with ExitStack() as held:
        sites = {
            name: held.enter_context(serve(Site(routes), f"127.0.8.{number}"))
            for number, (name, routes) in enumerate(SITES.items(), 1)
        }
        portals = [portal(name, site.url) for name, site in sites.items()]
        yield run(job_in(tmp_path_factory.mktemp("families"), portals)), sites


@pytest.mark.parametrize("name", sorted(KNOWN))
def test_a_column_is_read_to_its_end_and_every_report_is_brought_once(
    crawled: tuple[Crawled, dict[str, Site]], name: str
) -> None:
    found, sites = crawled
    outcome = found.outcomes[name]
    assert (outcome.state, outcome.platform) == ("ok", name.split(",")[0]), outcome.reason
    assert sorted(one.title for one in found.of(name, Kind.REPORT).values()) == sorted(TITLES)
    asked = [(one.path, one.form) for one in sites[name].asked]
    assert len(asked) == len(set(asked)), "asked twice"


@pytest.mark.parametrize("name", sorted(WITHOUT_NUMBERS))
def test_a_listing_without_its_familys_words_is_paged_the_generic_way(
    crawled: tuple[Crawled, dict[str, Site]], name: str
) -> None:
    outcome = crawled[0].outcomes[PLAIN + name]
    assert outcome.state == "ok", outcome.reason
    assert sorted(one.title for one in crawled[0].of(PLAIN + name, Kind.REPORT).values()) == sorted(TITLES)


@pytest.mark.parametrize("name", sorted(OF_BODIES))
def test_the_reports_of_all_bodies_that_a_governments_page_links_are_asked_for(
    crawled: tuple[Crawled, dict[str, Site]], name: str
) -> None:
    outcome = crawled[0].outcomes[BODIES + name]
    assert outcome.state == "ok", outcome.reason
    assert len(crawled[0].of(BODIES + name, Kind.REPORT)) == 2 * len(TITLES)


@pytest.mark.parametrize("name", sorted(PAGED))
def test_a_server_that_gives_its_first_page_for_every_number_is_no_portal_that_was_read(
    crawled: tuple[Crawled, dict[str, Site]], name: str
) -> None:
    outcome = crawled[0].outcomes[OTHERWISE + name]
    assert not outcome.complete
    assert "no rows of its own" in outcome.reason
    assert len(crawled[0].of(OTHERWISE + name, Kind.REPORT)) == 3, "what the first page lists is brought all the same"


@pytest.mark.parametrize("name", sorted(ASKED))
def test_an_interface_that_answers_otherwise_is_no_empty_column(
    crawled: tuple[Crawled, dict[str, Site]], name: str
) -> None:
    outcome = crawled[0].outcomes[OTHERWISE + name]
    assert not outcome.complete
    assert "answers otherwise than its software does" in outcome.reason
