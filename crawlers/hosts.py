"""Turns at a host: how many requests at once, how long between them, when it asked to be left alone. Pages,
attachments and the requests of rendered pages all wait here."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext

# A request leaves some time after its turn began, on a busy machine a good deal later, and arrives later still. It has
# arrived when its answer is there, so the delay counts from then, though from no later than this after it left: a slow
# server is no reason to idle.
_LONGEST_WAY = 0.5  # seconds, or that part of the delay where it is long


class HostGate:
    def __init__(self, *, delay: float, per_host: int, concurrency: int) -> None:
        self._delay = delay
        self._slower: dict[str, float] = {}  # from robots.txt
        self._next: dict[str, float] = defaultdict(float)  # when the next request may start
        self._left: dict[str, float] = {}  # when the last one was on its way
        self._lanes: dict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(max(1, per_host)))
        self._total = asyncio.Semaphore(max(1, concurrency))

    def delay(self, host: str) -> float:
        return max(self._delay, self._slower.get(host, 0.0))

    def slow_down(self, host: str, delay: float) -> None:
        self._slower[host] = max(delay, self._slower.get(host, 0.0))
        self.hold(host, delay)  # counted from the request that told us

    def hold(self, host: str, seconds: float) -> None:
        """Nothing more goes to this host for so long."""
        self._next[host] = max(self._next[host], asyncio.get_running_loop().time() + seconds)

    def left(self, host: str) -> None:
        """A request to this host is on its way."""
        self._left[host] = asyncio.get_running_loop().time()
        self._began(host)

    @asynccontextmanager
    async def turn(self, host: str, *, beside: bool = False) -> AsyncIterator[None]:
        """`beside` another turn that the same page holds: it has its place among all requests already."""
        async with self._lanes[host]:
            while True:
                await self._until_due(host)
                async with nullcontext() if beside else self._total:
                    if self._wait(host) > 0:
                        continue  # while this waited for its place among all requests, another went there
                    self._began(host)
                    self._left.pop(host, None)
                    try:
                        yield
                    finally:
                        self.hold(host, self.delay(host) - self._idled(host))
                    return

    def _idled(self, host: str) -> float:
        """How long ago the request that is answered must have arrived."""
        now = asyncio.get_running_loop().time()
        return max(0.0, now - self._left.get(host, now) - _LONGEST_WAY * max(1.0, self.delay(host)))

    async def pace(self, host: str) -> None:
        """Wait for the delay alone: a rendered page's own requests go out while the page holds its turn."""
        await self._until_due(host)
        self.left(host)

    async def _until_due(self, host: str) -> None:
        """Nobody books a time ahead: who wakes up late would then be followed too soon."""
        while (wait := self._wait(host)) > 0:
            await asyncio.sleep(wait)

    def _wait(self, host: str) -> float:
        return self._next[host] - asyncio.get_running_loop().time()

    def _began(self, host: str) -> None:
        self.hold(host, self.delay(host))
