"""What one portal's crawl has still to look at, best first, each address once."""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from crawlers.desk import Desk, Pile
from crawlers.exchange import Ask
from crawlers.keys import Numbers
from crawlers.replay import Replay


class Step(IntEnum):
    """Why an address is visited; lower goes first. Listings are read to their end before their reports, and the way
    through the site is only searched on when nothing better is left."""

    START = 0
    LISTING = 1  # a further page of a listing
    REPORT = 2
    MAYBE = 3  # a row whose title leaves open what it is
    COLUMN = 4  # named like a column of annual reports
    BODIES = 5  # 部门信息公开, and the own page of a body that stands there
    PATH = 6  # 政务公开, 政府信息公开, ...


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


class Frontier:
    """Visits wait on the desk; in memory is which addresses have been queued and why."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._seen = Numbers("b")  # steps
        self._queues: dict[tuple[int, float], _Queue] = {}  # of equally good visits
        self._order: list[tuple[int, float]] = []  # a heap of these

    def add(self, visit: Visit) -> bool:
        """False where the address has been queued for as good a reason. A report that was first met as a mere way is
        queued again, and `take` gives only the better one."""
        if not self._seen.lower(visit.ask.key, visit.step):
            return False
        rank = int(visit.step), -visit.score
        if rank not in self._queues:
            self._queues[rank] = _Queue(self._desk)
            heapq.heappush(self._order, rank)
        self._queues[rank].put(visit)
        return True

    def knows(self, key: str) -> bool:
        """Whether the address has been queued for any reason."""
        return key in self._seen

    def take(self) -> Visit | None:
        while self._order:
            queue = self._queues[self._order[0]]
            visit = queue.take()
            if not queue:
                del self._queues[heapq.heappop(self._order)]
            # Nothing is a better reason than having been there.
            if self._seen.exchange(visit.ask.key, visit.step, Step.START):
                return visit
        return None


class _Queue:
    """First in, first out."""

    def __init__(self, desk: Desk) -> None:
        self._visits = Pile[Visit](desk, Visit)
        self._taken = 0

    def put(self, visit: Visit) -> None:
        self._visits.append(visit)

    def take(self) -> Visit:
        self._taken += 1
        return self._visits[self._taken - 1]

    def __len__(self) -> int:
        return len(self._visits) - self._taken
