"""An address as a portal may ask for it: robots.txt first, then redirects hop by hop where they stay in bounds. Brings
a `Fetched` or raises `FetchFailed`; knows nothing of what pages mean."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawlers import robots
from crawlers.addresses import absolute, bare_host, host_of
from crawlers.asking import ONCE, WATCH, Asker, header
from crawlers.breaker import Challenged
from crawlers.exchange import REDIRECTS, Ask, Fetched, FetchFailed, Heard, Trouble
from crawlers.guard import OUTSIDE, PrivateAddress, is_private, leads_inside
from crawlers.hosts import HostGate
from crawlers.job import CrawlSettings
from crawlers.rendering import rendering_meta
from crawlers.robots_kept import KeptRobots
from crawlers.scope import Scope
from crawlers.watch import Watch

_MOST_HOPS = 6
_PAGES_AT_ONCE = 4  # rendered, by all crawlers: each has a process of its own in the browser


class Fetcher:
    def __init__(
        self,
        crawler: Crawler,
        settings: CrawlSettings,
        gate: HostGate,
        kept: KeptRobots | None = None,
        crawlers: int = 1,
    ) -> None:
        self._settings = settings
        self._gate = gate
        self._asker = Asker(crawler, settings, gate)
        self._robots = robots.Robots(settings.user_agent, self._slow_down, kept)
        self._pages = asyncio.Semaphore(max(1, _PAGES_AT_ONCE // crawlers))

    def _slow_down(self, host: str, delay: float) -> None:
        self._gate.slow_down(bare_host(host), delay)

    async def render(self, ask: Ask, scope: Scope) -> Fetched:
        """The page as the browser shows it when its scripts have run."""
        async with self._pages:
            return await self.fetch(ask, scope, render=True)

    async def fetch(
        self, ask: Ask, scope: Scope, headers: Mapping[str, str] | None = None, *, render: bool = False
    ) -> Fetched:
        url, via = ask.url, list[Fetched]()
        for _ in range(_MOST_HOPS):
            await self._check(url, scope, beginning=url == ask.url)
            request = self._request(ask, url, scope, headers or {}, render)
            response = await self._asker.ask(request, scope)
            if response.status == 304 and not headers:
                raise FetchFailed(Trouble.DEAD, "HTTP 304 to a request that named no version", 304, url)
            if response.status not in REDIRECTS:
                if render:
                    await self._check_rendered(response, url, scope)
                _check_status(response)
                heard = request.meta[WATCH].heard if render else ()
                return _fetched(ask, response, render=render, via=tuple(via), heard=heard)
            via.append(_fetched(ask, response))
            url = _target(response)
        raise FetchFailed(Trouble.REFUSED, "too many redirects", url=url)

    async def _check(self, url: str, scope: Scope, *, beginning: bool) -> None:
        """Raises FetchFailed where this address may not be asked for."""
        if refusal := scope.refusal(url, redirected=not beginning):
            trouble = Trouble.REFUSED if beginning or "private" in refusal else Trouble.MOVED
            raise FetchFailed(trouble, refusal, url=url)
        if self._is_outside(url, scope) and await leads_inside(host_of(url)):
            raise FetchFailed(Trouble.REFUSED, str(PrivateAddress(host_of(url))), url=url)
        if refusal := await self._refused_by_robots(url, scope):
            raise FetchFailed(Trouble.FORBIDDEN, refusal, url=url)

    @staticmethod
    def _is_outside(url: str, scope: Scope) -> bool:
        """Whether it must not lead to a private address."""
        return not scope.owns(url) and not scope.links_inside(url)

    async def _check_rendered(self, response: Response, url: str, scope: Scope) -> None:
        """A browser follows redirects itself: where they ended is looked at afterwards."""
        if len(response.body) > self._settings.max_bytes:
            raise FetchFailed(Trouble.TOO_LARGE, f"more than {self._settings.max_bytes} bytes", url=url)
        if absolute(response.url, response.url) != url:
            await self._check(response.url, scope, beginning=False)

    async def _refused_by_robots(self, url: str, scope: Scope) -> str:
        """Asked with the TLS of the portal that first needs it, and counted among its requests."""

        async def read(address: str) -> robots.Answer:
            if is_private(host_of(address)) and scope.refusal(address):
                return robots.Answer(404, b"")  # a redirect that nobody may follow
            try:
                response = await self._asker.ask(self._request(Ask(address), address, scope, {}, render=False), scope)
            except Challenged:
                raise
            except FetchFailed as failed:
                if failed.status is None or failed.status == 429 or failed.status >= 500:
                    raise
                return robots.Answer(failed.status, b"")
            redirect = absolute(address, header(response, "Location")) if response.status in REDIRECTS else ""
            return robots.Answer(response.status, response.body, redirect)

        return await self._robots.refusal(url, read) if self._settings.obey_robots else ""

    async def _refused_beside(self, url: str, other: str, scope: Scope) -> str:
        """The same for what a page in the browser asks for while it has its host's turn."""
        same_host = bare_host(host_of(other)) == bare_host(host_of(url))
        if self._settings.obey_robots and same_host and not self._robots.knows(other):
            return "its robots.txt would have to be asked for first"
        return await self._refused_by_robots(other, scope)

    def _request(self, ask: Ask, url: str, scope: Scope, headers: Mapping[str, str], render: bool) -> Request:
        meta: dict[str, Any] = {"cookiejar": scope.portal_id, "legacy_tls": scope.legacy_tls, ONCE: ask.once}
        meta[OUTSIDE] = self._is_outside(url, scope)
        if render:
            watch = Watch(url, scope, self._gate, self._settings, lambda other: self._refused_beside(url, other, scope))
            delay = self._gate.delay(bare_host(host_of(url)))
            meta |= rendering_meta(scope.portal_id, self._settings, delay, watch, clicks=ask.clicks) | {WATCH: watch}
        sent = dict(ask.headers) | dict(headers)
        if ask.referer:
            sent["Referer"] = ask.referer
        if ask.posts and url == ask.url:  # a redirect is followed by GET
            sent["Content-Type"] = ask.sent_as
            return Request(url, method="POST", body=ask.sent, headers=sent, meta=meta)
        return Request(url, headers=sent, meta=meta)


def _target(response: Response) -> str:
    """Where a redirect leads: to an address that can be fetched, or nowhere."""
    said = header(response, "Location")
    if target := absolute(response.url, said):
        return target
    reason = f"redirects to no address of the web: {said[:100]!r}" if said else f"HTTP {response.status} to nowhere"
    raise FetchFailed(Trouble.REFUSED, reason, response.status, response.url)


def _check_status(response: Response) -> None:
    status = response.status
    if status in (404, 410):
        raise FetchFailed(Trouble.MOVED, f"HTTP {status}", status, response.url)
    if status not in (200, 203, 304):
        raise FetchFailed(Trouble.DEAD, f"HTTP {status}", status, response.url)


def _fetched(
    ask: Ask,
    response: Response,
    *,
    render: bool = False,
    via: tuple[Fetched, ...] = (),
    heard: tuple[Heard, ...] = (),
) -> Fetched:
    headers = {name.decode("latin-1").lower(): header(response, name) for name in response.headers}
    return Fetched(
        url=absolute(response.url, response.url) or ask.url,
        status=response.status,
        headers=headers,
        body=response.body,
        fetched_at=datetime.now(UTC),
        charset=_charset(headers.get("content-type", "")),
        rendered=render,
        ip=str(response.ip_address or ""),
        via=via,
        heard=heard,
    )


def _charset(content_type: str) -> str:
    _, _, charset = content_type.lower().partition("charset=")
    return charset.split(";")[0].strip(" \"'")
