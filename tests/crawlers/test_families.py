"""The smaller families of portal software, whole crawls: a column is read to its end and brings every report once; a
server that answers otherwise than its software would is never taken for a portal that was read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from pipeline.model import Kind
from tests.support.crawling import Crawled, job_in, portal, run
from tests.support.sites import Site, serve
from tests.support.small_families import ASKED, PAGED, TITLES

FAMILIES = {**PAGED, **ASKED}
OTHERWISE = "-otherwise"


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Crawled, dict[str, Site]]]:
    """One crawl of every family twice: as it is known, and as one that does not obey."""
    with ExitStack() as held:
        sites = {
            name + ("" if obeys else OTHERWISE): held.enter_context(serve(Site(family(obeys)), f"127.0.8.{number}"))
            for number, (name, family, obeys) in enumerate(
                ((name, family, obeys) for obeys in (True, False) for name, family in FAMILIES.items()), 1
            )
        }
        portals = [portal(name, site.url) for name, site in sites.items()]
        yield run(job_in(tmp_path_factory.mktemp("families"), portals)), sites


@pytest.mark.parametrize("name", sorted(FAMILIES))
def test_a_column_is_read_to_its_end_and_every_report_is_brought_once(
    crawled: tuple[Crawled, dict[str, Site]], name: str
) -> None:
    found, sites = crawled
    outcome = found.outcomes[name]
    assert (outcome.state, outcome.platform) == ("ok", name), outcome.reason
    assert sorted(one.title for one in found.of(name, Kind.REPORT).values()) == sorted(TITLES)
    asked = [(one.path, one.form) for one in sites[name].asked]
    assert len(asked) == len(set(asked)), "asked twice"


@pytest.mark.parametrize("name", sorted(PAGED))
def test_a_server_that_gives_its_first_page_for_every_number_is_no_portal_that_was_read(
    crawled: tuple[Crawled, dict[str, Site]], name: str
) -> None:
    outcome = crawled[0].outcomes[name + OTHERWISE]
    assert not outcome.complete
    assert "no rows of its own" in outcome.reason
    assert len(crawled[0].of(name + OTHERWISE, Kind.REPORT)) == 3, "what the first page lists is brought all the same"


@pytest.mark.parametrize("name", sorted(ASKED))
def test_an_interface_that_answers_otherwise_is_no_empty_column(
    crawled: tuple[Crawled, dict[str, Site]], name: str
) -> None:
    outcome = crawled[0].outcomes[name + OTHERWISE]
    assert not outcome.complete
    assert "answers otherwise than its software does" in outcome.reason
