"""Turns at a host: how many requests at once, how long between them, when it asked to be left alone. Pages,
attachments and the requests of rendered pages all wait here, those of other crawler processes included."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext

from crawlers.standing import Standings

# A request leaves some time after its turn began, on a busy machine a good deal later, and arrives later still. It has
# arrived when its answer is there, so the delay counts from then, though from no later than this after it left: a slow
# server is no reason to idle.
_LONGEST_WAY = 0.5  # seconds, or that part of the delay where it is long
_LOOK_AGAIN = 0.05  # seconds, where another process is at the host


class HostGate:
    def __init__(self, *, delay: float, per_host: int, concurrency: int, standings: Standings | None = None) -> None:
        self._delay = delay
        self._left: dict[str, float] = {}  # when the last one was on its way
        self._lanes: dict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(max(1, per_host)))
        self._total = asyncio.Semaphore(max(1, concurrency))
        self.standings = standings or Standings()

    def delay(self, host: str) -> float:
        return max(self._delay, self.standings.of(host).delay)

    def slow_down(self, host: str, delay: float) -> None:
        with self.standings.noted(host) as standing:
            standing.delay = max(delay, standing.delay)
            self.hold(host, delay)  # counted from the request that told us

    def hold(self, host: str, seconds: float) -> None:
        """Nothing more goes to this host for so long. For who has its turn."""
        standing = self.standings.of(host)
        standing.due = max(standing.due, time.monotonic() + seconds)

    def left(self, host: str) -> None:
        """A request to this host is on its way."""
        self._left[host] = time.monotonic()
        self.hold(host, self.delay(host))

    @asynccontextmanager
    async def turn(self, host: str, *, beside: bool = False) -> AsyncIterator[None]:
        """`beside` another turn that the same page holds: it has its place among all requests already."""
        async with self._lanes[host]:
            while True:
                await self._until_due(host)
                async with nullcontext() if beside else self._total:
                    if not self._begins(host):
                        continue  # while this waited for its place among all requests, another went there
                    self._left.pop(host, None)
                    try:
                        yield
                    finally:
                        self.hold(host, self.delay(host) - self._idled(host))
                        self.standings.give_back(host)
                    return

    def _idled(self, host: str) -> float:
        """How long ago the request that is answered must have arrived."""
        now = time.monotonic()
        return max(0.0, now - self._left.get(host, now) - _LONGEST_WAY * max(1.0, self.delay(host)))

    async def pace(self, host: str) -> None:
        """Wait for the delay alone: a rendered page's own requests go out while the page holds its turn."""
        await self._until_due(host)
        while not self._begins(host):
            await self._until_due(host)
        self.left(host)
        self.standings.give_back(host)

    def _begins(self, host: str) -> bool:
        """Take the turn where it is due, also by what other processes did there."""
        if self._wait(host) > 0:
            return False
        if not self.standings.take(host):
            self.hold(host, _LOOK_AGAIN)
            return False
        if self._wait(host) > 0:
            self.standings.give_back(host)
            return False
        self.hold(host, self.delay(host))
        self.standings.write(host)  # should this process die meanwhile
        return True

    async def _until_due(self, host: str) -> None:
        """Nobody books a time ahead: who wakes up late would then be followed too soon."""
        while (wait := self._wait(host)) > 0:
            await asyncio.sleep(wait)

    def _wait(self, host: str) -> float:
        return self.standings.of(host).due - time.monotonic()
