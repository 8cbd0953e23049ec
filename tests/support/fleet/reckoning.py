"""What a crawl has brought against what the fleet knows: reports missed and mistaken, rules broken, requests spent."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from crawlers.exchange import Trouble
from pipeline.model import Kind
from tests.support.crawling import Crawled
from tests.support.fleet.making import Fleet
from tests.support.fleet.server import Logged
from tests.support.fleet.truth import Member

_GRACE = 0.01  # seconds: two ticks of the clock by which the kernel tells when something came in


@dataclass(frozen=True)
class Reckoning:
    """By portal: addresses, paths with their query."""

    reports: dict[str, set[str]]  # brought as reports
    held: dict[str, set[str]]  # brought at all
    crawled: Crawled

    @classmethod
    def of(cls, crawled: Crawled) -> Reckoning:
        reports: dict[str, set[str]] = {}
        held: dict[str, set[str]] = {}
        for one in crawled.snapshots:
            if one.archived is None or one.portal_id is None:
                continue
            path = _path(one.url)
            held.setdefault(one.portal_id, set()).add(path)
            if one.kind is Kind.REPORT:
                reports.setdefault(one.portal_id, set()).add(path)
        return cls(reports, held, crawled)

    def missed(self, member: Member) -> list[str]:
        """Reports that could be had and were not, and files of reports."""
        brought, held = self.reports.get(member.id, set()), self.held.get(member.id, set())
        wanted = member.obtainable
        reports = [one.address for one in wanted if not brought & {one.address, *one.again}]
        return reports + [file for one in wanted for file in one.files if file not in held]

    def mistaken(self, member: Member) -> list[str]:
        """What was taken for a report and is none, and reports that came under two addresses."""
        brought = self.reports.get(member.id, set())
        known = {address for one in member.reports for address in (one.address, *one.again)}
        twice = [one.address for one in member.reports if len(brought & {one.address, *one.again}) > 1]
        return sorted(brought - known) + twice

    def found(self, member: Member) -> set[str]:
        """The reports brought of those that could be had, each by its usual address."""
        brought = self.reports.get(member.id, set())
        return {one.address for one in member.obtainable if brought & {one.address, *one.again}}

    def owed(self, member: Member) -> set[str]:
        """Papers that the portal's server was asked for and, being in trouble, did not give."""
        mine = [one for one in self.crawled.snapshots if one.portal_id == member.id]
        lost = [one for one in mine if one.error.startswith((Trouble.DEAD, Trouble.BLOCKED))]
        return {_path(url) for one in lost for url in (one.url, one.page_url) if url}

    def reports_brought(self, members: Iterable[Member]) -> int:
        return sum(len(self.reports.get(member.id, ())) for member in members)


def _path(url: str) -> str:
    return "/" + url.split("/", 3)[3]


def against_robots(made: Fleet) -> list[str]:
    return [
        f"{member.id} {one.path}"
        for member in made.members
        for one in made.log.of(member)
        if any(re.search(pattern, one.path) for pattern in member.forbidden)
    ]


def too_soon(requests: list[Logged], delay: float) -> list[str]:
    """Requests to one host that came while the one before was answered, before the time that it asked for was over, or
    sooner than the host's delay allows, counted from any request before."""
    requests = _meant(requests)
    found = [
        f"{later.path} while {earlier.path} was answered, or before its {earlier.asks_to_wait} s were over"
        for earlier, later in pairwise(requests)
        if later.began < earlier.ended + earlier.asks_to_wait - _GRACE and not earlier.broken
    ]
    latest = 0.0
    for number, one in enumerate(requests):
        allowed = one.began - number * delay
        if number and allowed < latest - _GRACE:
            found.append(f"{one.path} {latest - allowed:.3f} s too soon")
        latest = max(latest, allowed) if number else allowed
    return found


def _meant(requests: list[Logged]) -> list[Logged]:
    """Without what the browser sends again, once and at once, where a connection is torn: nobody can forbid it that."""
    meant: list[Logged] = []
    before: Logged | None = None
    for one in requests:
        again = before is not None and before.broken and before.browser and one.browser and one.path == before.path
        if not again:
            meant.append(one)
        before = None if again else one
    return meant


def spent(members: Iterable[Member], log: list[Logged], *, files: bool = True) -> int:
    """Requests but for robots.txt, which is asked for once a night whatever there is to read. Without `files` one
    request for each file that hangs on a report does not count, and one for each address that redirects to it, as the
    report would not be whole without them; asking for one a second time does."""
    counted = 0
    for member in members:
        free = set() if files else {address for one in member.reports for address in (*one.files, *one.ways_to_files)}
        for one in log:
            if one.host == member.host and one.path != "/robots.txt":
                counted += one.path not in free
                free.discard(one.path)
    return counted
