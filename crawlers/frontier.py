"""What one portal's crawl has still to look at, best first, each address once."""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum
from itertools import count

from crawlers.exchange import Ask
from crawlers.replay import Replay


class Step(IntEnum):
    """Why an address is visited; lower goes first. Listings are read to their end before their reports, and the way
    through the site is only searched on when nothing better is left."""

    START = 0
    LISTING = 1  # a further page of a listing
    REPORT = 2
    MAYBE = 3  # a row whose title leaves open what it is
    COLUMN = 4  # named like a column of annual reports
    PATH = 5  # 政务公开, 政府信息公开, ...


@dataclass(frozen=True, slots=True)
class Visit:
    ask: Ask
    step: Step
    title: str = ""
    found_on: str = ""
    listed_on: date | None = None
    score: float = 0.0
    depth: int = 0
    platform: str = ""  # of the listing that a further page belongs to
    column: Ask | None = None  # that listing's first page
    in_column: bool = False  # below a column of annual reports
    files: tuple[str, ...] = ()  # that the row named
    body: str = ""  # that the listings above it are called after
    by_crumb: bool = False  # come upon below a report: its column may be one of several that a menu names
    replay: Replay | None = None  # what the request is one of, where a page's script was seen to send it

    @property
    def listing(self) -> Ask:
        """The first page of the listing that this one is a page of."""
        return self.column if self.step is Step.LISTING and self.column else self.ask


@dataclass
class Frontier:
    _heap: list[tuple[int, float, int, Visit]] = field(default_factory=list)
    _seen: dict[str, Step] = field(default_factory=dict)
    _order: count[int] = field(default_factory=count)

    def add(self, visit: Visit) -> bool:
        """False where the address has been queued for as good a reason. A report that was first met as a mere way is
        queued again, and `take` gives only the better one."""
        known = self._seen.get(visit.ask.key)
        if known is not None and known <= visit.step:
            return False
        self._seen[visit.ask.key] = visit.step
        heapq.heappush(self._heap, (visit.step, -visit.score, next(self._order), visit))
        return True

    def knows(self, key: str) -> bool:
        """Whether the address has been queued for any reason."""
        return key in self._seen

    def take(self) -> Visit | None:
        while self._heap:
            visit = heapq.heappop(self._heap)[3]
            if self._seen[visit.ask.key] == visit.step:
                self._seen[visit.ask.key] = Step.START  # nothing is a better reason than having been there
                return visit
        return None
