"""robots.txt of every origin a crawl meets, Crawl-delay included.

As RFC 9309 has it: 4xx means no rules, a server error means that nothing may be fetched for now. That is no rule
that keeps us out, it is a server that is down."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from protego import Protego

from crawlers.exchange import FetchFailed, Trouble

_LARGEST = 512 * 1024
_LONGEST_DELAY = 600.0  # who asks for more than ten minutes between two requests does not want to be read


class Robots:
    """`read` brings status and body of a robots.txt; `slow_down` is told of a host's Crawl-delay."""

    def __init__(
        self,
        user_agent: str,
        read: Callable[[str], Awaitable[tuple[int, bytes]]],
        slow_down: Callable[[str, float], None],
    ) -> None:
        self._user_agent = user_agent
        self._read = read
        self._slow_down = slow_down
        self._origins: dict[str, asyncio.Task[Protego]] = {}

    async def refusal(self, url: str) -> str:
        """Why robots.txt keeps us from this address; "" if it does not. Raises FetchFailed where it cannot be had."""
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._origins:
            self._origins[origin] = asyncio.ensure_future(self._rules(origin, parts.hostname or ""))
        rules = await self._origins[origin]
        if (rules.crawl_delay(self._user_agent) or 0) > _LONGEST_DELAY:
            return f"robots.txt asks for {rules.crawl_delay(self._user_agent):.0f} s between requests"
        return "" if rules.can_fetch(url, self._user_agent) else "robots.txt does not allow it"

    async def _rules(self, origin: str, host: str) -> Protego:
        status, body = await self._read(f"{origin}/robots.txt")
        if status >= 500:
            raise FetchFailed(Trouble.DEAD, f"robots.txt: HTTP {status}", status, f"{origin}/robots.txt")
        text = body[:_LARGEST].decode("utf-8-sig", "replace") if status == 200 else ""
        rules = Protego.parse("" if text.lstrip().startswith("<") else text)
        delay = rules.crawl_delay(self._user_agent)
        if delay and delay <= _LONGEST_DELAY:
            self._slow_down(host, float(delay))
        return rules
