"""robots.txt of every origin a crawl meets, Crawl-delay included.

As RFC 9309 has it: redirects are followed, 4xx means no rules, a server error means that nothing may be fetched for
now. That is no rule that keeps us out, it is a server that is down."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from protego import Protego

from crawlers.addresses import host_of
from crawlers.exchange import FetchFailed, Trouble
from crawlers.robots_kept import KeptRobots

_LARGEST = 512 * 1024
_MOST_REDIRECTS = 5
_LASTING = (200, 404, 410)  # answers that are good for a while; others may be the server's mood
_LONGEST_DELAY = 600.0  # who asks for more than ten minutes between two requests does not want to be read


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: bytes
    redirect: str = ""  # the absolute address it sends us to


Read = Callable[[str], Awaitable[Answer]]


class Robots:
    """`slow_down` is told of a host's Crawl-delay."""

    def __init__(
        self, user_agent: str, slow_down: Callable[[str, float], None], kept: KeptRobots | None = None
    ) -> None:
        self._user_agent = user_agent
        self._slow_down = slow_down
        self._kept = kept
        self._origins: dict[str, asyncio.Task[Protego]] = {}

    def knows(self, url: str) -> bool:
        """Whether the rules of this origin have been asked for, so that an answer about it needs no request."""
        return _origin(url) in self._origins

    async def refusal(self, url: str, read: Read) -> str:
        """Why robots.txt keeps us from this address; "" if it does not. The first to ask about an origin has it read.
        Raises FetchFailed where it cannot be had."""
        origin = _origin(url)
        if origin not in self._origins:
            self._origins[origin] = asyncio.ensure_future(self._rules(origin, host_of(url), read))
        rules = await self._origins[origin]
        if (rules.crawl_delay(self._user_agent) or 0) > _LONGEST_DELAY:
            return f"robots.txt asks for {rules.crawl_delay(self._user_agent):.0f} s between requests"
        return "" if rules.can_fetch(url, self._user_agent) else "robots.txt does not allow it"

    async def _rules(self, origin: str, host: str, read: Read) -> Protego:
        text = self._kept.get(origin) if self._kept else None
        if text is None:
            status, text = await self._read(origin, read)
            if self._kept and status in _LASTING:
                self._kept.keep(origin, text)
        rules = Protego.parse(text)
        delay = rules.crawl_delay(self._user_agent)
        if delay and delay <= _LONGEST_DELAY:
            self._slow_down(host, float(delay))
        return rules

    async def _read(self, origin: str, read: Read) -> tuple[int, str]:
        answer = await read(f"{origin}/robots.txt")
        for _ in range(_MOST_REDIRECTS):
            if not answer.redirect:
                break
            answer = await read(answer.redirect)
        if answer.status >= 500:
            raise FetchFailed(Trouble.DEAD, f"robots.txt: HTTP {answer.status}", answer.status, f"{origin}/robots.txt")
        text = answer.body[:_LARGEST].decode("utf-8-sig", "replace") if answer.status == 200 else ""
        return answer.status, "" if text.lstrip().startswith("<") else text


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
