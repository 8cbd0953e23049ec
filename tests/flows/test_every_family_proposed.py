"""Portals of every family, looked at as a probe does: the entry that is proposed for each is sound and leads a crawl to
the same reports, and its recorded pages are examples like the others."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from crawlers.job import Look
from crawlers.platforms import platform_of
from crawlers.probing import Findings, findings_of
from crawlers.recording import examples_from, write
from crawlers.trace import TracedPage
from flows.proposing import proposed_entry
from pipeline import jsonl
from pipeline.model import Kind, Portal
from pipeline.registry import load_portals
from pipeline.registry_checks import check_portals
from tests.support.crawling import Crawled, job_in, portal, run
from tests.support.examples import examples_in
from tests.support.families import (
    ZERO_BASED,
    annual,
    by_page_only,
    catalogue,
    hanweb,
    inlined,
    jpaas,
    searched,
    store,
    trs,
    ucap_json,
    ucap_static,
)
from tests.support.portal_site import portal_site
from tests.support.sites import Route, Site, serve
from tests.support.small_families import ASKED, OF_BODIES, PAGED

pytestmark = pytest.mark.slow

TODAY = date(2026, 11, 21)
SITES: dict[str, dict[str, Route]] = {
    "county": portal_site(),
    "jpaas": jpaas(),
    "ucap": ucap_static(),
    "ucap-json": ucap_json(),
    "hanweb": hanweb(40, inlined(store(1, 5)), by_page_only),
    "catalogue": catalogue(),
    "annual": annual(),
    "trs": trs(ZERO_BASED, "/nb/", "/nb/index_1.html", "/nb/index_2.html"),
    "searched": searched(),
    **{name.replace(", ", "-"): family(True) for name, family in {**PAGED, **ASKED}.items()},
    **{f"bodies-{name}": routes for name, routes in OF_BODIES.items()},
}
# No link leads to a column of all their reports, or their start page is that.
HOME_ONLY = {"searched", "catalogue", "annual", "bodies-ahopenness", "bodies-ahpublic"}


@dataclass(frozen=True)
class Looks:
    looked: Crawled
    whole: Crawled
    again: Crawled  # by the entries that were proposed
    findings: dict[str, Findings]
    entries: dict[str, Portal]


@pytest.fixture(scope="module")
def looks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Looks]:
    """Three crawls of them all."""
    folder = tmp_path_factory.mktemp("looks")
    with ExitStack() as held:
        sites = {
            name: held.enter_context(serve(Site(routes), f"127.0.9.{number}"))
            for number, (name, routes) in enumerate(SITES.items(), 1)
        }
        portals = [portal(name, site.url) for name, site in sites.items()]
        looked = run(job_in(folder / "look", portals), look=Look.COLUMNS)
        findings = {one.id: found for one in portals if (found := findings_of(one, looked.job))}
        registry = folder / "portals.yaml"
        registry.write_text("".join(proposed_entry(one, (), TODAY) for one in findings.values()), encoding="utf-8")
        assert check_portals([registry]) == []
        entries = dict(zip(findings, load_portals([registry]), strict=True))
        whole = run(job_in(folder / "whole", portals))
        again = run(job_in(folder / "again", list(entries.values())))
        yield Looks(looked, whole, again, findings, entries)


def _reports(crawled: Crawled, portal_id: str) -> set[str]:
    return {path for path, one in crawled.of(portal_id, Kind.REPORT).items() if not one.error}


@pytest.mark.parametrize("name", SITES)
def test_a_crawl_by_the_proposed_entry_brings_the_same_reports(looks: Looks, name: str) -> None:
    entry = looks.entries[name]
    assert looks.again.outcomes[entry.id].state == "ok", looks.again.outcomes[entry.id].reason
    assert _reports(looks.again, entry.id) == _reports(looks.whole, name)
    assert bool(entry.columns) == (name not in HOME_ONLY)


@pytest.mark.parametrize("name", SITES)
def test_a_look_brings_a_few_of_the_reports_and_knows_how_many_there_are(looks: Looks, name: str) -> None:
    found, whole = looks.findings[name], _reports(looks.whole, name)
    assert found.outcome.state == "ok", found.outcome.reason
    assert {report.url.split("/", 3)[3] for report in found.reports} <= {path[1:] for path in whole}
    assert len(found.reports) == min(5, len(whole))


@pytest.mark.parametrize("name", sorted(SITES))
def test_its_recorded_pages_are_examples_like_the_others(looks: Looks, name: str, tmp_path: Path) -> None:
    pages = jsonl.read(looks.looked.job.journal / "pages.jsonl", TracedPage)
    platform, examples = examples_from(
        [page for page in pages if page.portal_id == name], looks.looked.job.archive, TODAY
    )
    write(tmp_path / platform / name, examples)
    recorded = examples_in(tmp_path)
    assert {example.path.name.split(".")[0] for example in recorded} >= {"column", "report"}
    for example in recorded:
        assert example.found() == example.wanted()
        assert example.expected["recorded"] == f"{TODAY}"
        assert "Recorded from" in example.path.read_text(encoding="utf-8") or name == "truecms"  # JSONP has no room
        if example.expected["next"] and platform != "generic":
            assert platform_of(example.page).name == platform
