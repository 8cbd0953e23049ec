"""What a pass over the archive works on: every document that is described there, as if it had just been fetched. The
stages behind the crawl notice no difference. Nothing is asked of any server, and only the archive is needed for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from flows.journal import OpenedPass
from flows.progress import Progress
from flows.request import REGISTRY, PassRequest
from pipeline.archive import Description
from pipeline.archive.holdings import holdings
from pipeline.errors import ConfigError, NianbaoError
from pipeline.model import Kind, Portal, Snapshot
from pipeline.registry import load_portals
from pipeline.titles import year_of_title


@dataclass(frozen=True, slots=True)
class Taken:
    portals: tuple[Portal, ...]  # whose documents are in the journal
    lost: tuple[str, ...]  # a line for each description that cannot be read


def take_up(request: PassRequest, archive: Path, opened: OpenedPass, progress: Progress) -> Taken:
    """Write the journal. What the registry says of a portal today goes before
    what it said when something was fetched; one that it no longer names stays as it was."""
    choice = _Choice(request)
    portals, lost, taken = dict[str, Portal](), list[str](), 0
    for portal_id, described in holdings(archive, lost.append):
        portal = choice.registered.get(portal_id or "") or _portal(described)
        if not choice.takes(portal_id, portal):
            continue
        snapshots = [
            replace(snapshot, run_id=opened.plan.run_id, unchanged=False)
            for snapshot in in_order(_wanted(described, request.years))
        ]
        opened.journal.add_fetches(snapshots)
        taken += len(snapshots)
        if portal is not None:
            portals[portal.id] = portal
        progress.update(taken)
    if choice.unknown:
        named = ", ".join(sorted(choice.unknown))
        raise ConfigError(f"名录和档案中都没有这个门户 / no such portal in the registry or the archive: {named}")
    if not taken:
        raise NianbaoError(f"档案中没有可重读的文件 / the archive holds nothing to read again: {archive}")
    return Taken(tuple(portals.values()), tuple(lost))


class _Choice:
    """Which portals' documents are asked for. With no word about that it is everything; a registry that is named means
    its portals, and any choice of portals leaves ingested files out."""

    def __init__(self, request: PassRequest) -> None:
        self.registered = {portal.id: portal for portal in load_portals(request.registry)}
        self.unknown = set(request.portals) - set(self.registered)
        self._portals = request.portals
        self._provinces = request.province_codes()
        self._only_registered = request.registry != (REGISTRY,)

    def takes(self, portal_id: str | None, portal: Portal | None) -> bool:
        self.unknown.discard(portal_id or "")
        if self._portals and portal_id not in self._portals:
            return False
        if self._provinces and (portal is None or portal.province not in self._provinces):
            return False
        return not self._only_registered or portal_id in self.registered


def _portal(described: Sequence[Description]) -> Portal | None:
    return max(described, key=lambda one: one.snapshot.fetched_at).portal


def _wanted(described: Sequence[Description], years: Sequence[int]) -> Iterator[Description]:
    """Without reports whose title names another year, and what hangs on their pages: they need not be read."""
    others = {
        one.snapshot.url
        for one in described
        if years and one.snapshot.kind is Kind.REPORT and (year_of_title(one.snapshot.title) or years[0]) not in years
    }
    return (one for one in described if not others & {one.snapshot.url, one.snapshot.page_url})


def in_order(described: Iterator[Description]) -> list[Snapshot]:
    """As a crawl would have journaled them: a page, then what hangs on it in the order in which the page names it.
    Pictures of a report are read in that order."""
    ordered = sorted(described, key=lambda one: one.snapshot.fetched_at)
    place = {key: number for one in ordered for number, key in enumerate(one.files)}
    pages = {one.snapshot.url: number for number, one in enumerate(ordered)}

    def order(one: Description) -> tuple[int, int]:
        page = pages.get(one.snapshot.page_url, pages[one.snapshot.url])
        return page, 1 + place.get(one.key, len(place)) if one.snapshot.page_url else 0

    return [one.snapshot for one in sorted(ordered, key=order)]
