"""One report from every portal: what came of it, portal by portal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from crawlers.job import CrawlSettings, Look
from crawlers.trace import TracedPage
from flows.looking import Looked, looked_at
from pipeline import jsonl
from pipeline.model import Kind, Portal

COLUMNS = ("portal", "state", "platform", "browser", "requests", "report", "reason")


def sample(portals: Sequence[Portal], settings: CrawlSettings, watch: Callable[[int], None]) -> list[list[object]]:
    """A row for each."""
    asked = [replace(portal, min_reports=1) for portal in portals]
    with looked_at(asked, Look.REPORT, settings, watch) as looked:
        return list(_rows(portals, looked))


def _rows(portals: Sequence[Portal], looked: Looked) -> Iterator[list[object]]:
    outcomes, titles, rendered = looked.outcomes, _titles(looked), _rendered(looked)
    for portal in portals:
        outcome = outcomes.get(portal.id)
        if outcome is None:
            yield [portal.id, "failed", "", "", None, "", "抓取进程中断 / the crawler died of it"]
            continue
        drawn = "yes" if portal.id in rendered else ""
        title = titles.get(portal.id, "") if outcome.state == "ok" else ""
        yield [portal.id, outcome.state, outcome.platform, drawn, outcome.requests, title, outcome.reason]


def _titles(looked: Looked) -> dict[str, str]:
    """Of each portal's first report."""
    found: dict[str, str] = {}
    for snapshot in looked.snapshots:
        if snapshot.kind is Kind.REPORT and not snapshot.error and snapshot.portal_id:
            found.setdefault(snapshot.portal_id, snapshot.title or snapshot.url)
    return found


def _rendered(looked: Looked) -> set[str]:
    pages = looked.job.pages
    return {page.portal_id for page in jsonl.read(pages, TracedPage) if page.rendered} if pages else set()
