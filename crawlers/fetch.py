"""One polite request after another: robots.txt, the host's turn, retries with back-off, redirects that stay where they
may. Brings a `Fetched` or raises `FetchFailed`; knows nothing of what pages mean."""

from __future__ import annotations

import asyncio
import email.utils
import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadCancelledError, IgnoreRequest
from scrapy.http import Response

from crawlers import robots
from crawlers.addresses import absolute, bare_host, host_of
from crawlers.challenges import BLOCKING_STATUSES, challenge_in
from crawlers.exchange import Ask, Fetched, FetchFailed, Trouble
from crawlers.guard import is_private, refused_names
from crawlers.hosts import HostGate
from crawlers.job import CrawlSettings
from crawlers.rendering import NoBrowser, rendering_meta
from crawlers.robots_kept import KeptRobots

logger = logging.getLogger(__name__)

_REDIRECTS = (301, 302, 303, 307, 308)
_MOST_REDIRECTS = 6
_RETRIED = frozenset({408, 429, 500, 502, 503, 504, 520, 522, 524})
_PAGES_AT_ONCE = 4  # rendered: each has a process of its own in the browser
_LONGEST_WAIT = 300.0  # a Retry-After beyond it means: not tonight


@dataclass(slots=True)
class Scope:
    """What one portal's requests share: where they may go, their cookies, how many were sent."""

    portal_id: str
    hosts: frozenset[str]  # bare
    legacy_tls: bool = False
    linked_hosts: set[str] = field(default_factory=set)  # of attachments that report pages link
    requests: int = 0
    delay: float = 0.0  # the longest between two of them that was kept

    def refusal(self, url: str) -> str:
        host = host_of(url)
        if bare_host(host) in self.hosts:
            return ""
        if is_private(host) or host == "localhost":
            return f"{host} is a private address"
        return "" if bare_host(host) in self.linked_hosts else f"{host} does not belong to the portal"


class Fetcher:
    def __init__(
        self, crawler: Crawler, settings: CrawlSettings, gate: HostGate, kept: KeptRobots | None = None
    ) -> None:
        self._crawler = crawler
        self._settings = settings
        self._gate = gate
        self._robots = robots.Robots(settings.user_agent, gate.slow_down, kept)
        self._pages = asyncio.Semaphore(_PAGES_AT_ONCE)

    async def render(self, ask: Ask, scope: Scope) -> Fetched:
        """The page as the browser shows it when its scripts have run."""
        async with self._pages:
            return await self.fetch(ask, scope, render=True)

    async def fetch(
        self, ask: Ask, scope: Scope, headers: Mapping[str, str] | None = None, *, render: bool = False
    ) -> Fetched:
        url, via = ask.url, list[Fetched]()
        for _ in range(_MOST_REDIRECTS):
            if refusal := scope.refusal(url):
                trouble = Trouble.REFUSED if url == ask.url or "private" in refusal else Trouble.MOVED
                raise FetchFailed(trouble, refusal, url=url)
            if self._settings.obey_robots and (refusal := await self._refused_by_robots(url, scope)):
                raise FetchFailed(Trouble.FORBIDDEN, refusal, url=url)
            response = await self._with_retries(self._request(ask, url, scope, headers or {}, render), scope)
            target = absolute(url, _header(response, "Location")) if response.status in _REDIRECTS else ""
            if response.status == 304 and not headers:
                raise FetchFailed(Trouble.DEAD, "HTTP 304 to a request that named no version", 304, url)
            if not target:
                return replace(self._answer(ask, response, render), via=tuple(via))
            via.append(_fetched(ask, response))
            url = target
        raise FetchFailed(Trouble.REFUSED, "too many redirects", url=url)

    async def _refused_by_robots(self, url: str, scope: Scope) -> str:
        """Asked with the TLS of the portal that first needs it, and counted among its requests."""

        async def read(address: str) -> robots.Answer:
            if is_private(host_of(address)) and scope.refusal(address):
                return robots.Answer(404, b"")  # a redirect that nobody may follow
            response = await self._with_retries(self._request(Ask(address), address, scope, {}, render=False), scope)
            target = _header(response, "Location") if response.status in _REDIRECTS else ""
            return robots.Answer(response.status, response.body, absolute(address, target) if target else "")

        return await self._robots.refusal(url, read)

    def _request(self, ask: Ask, url: str, scope: Scope, headers: Mapping[str, str], render: bool) -> Request:
        meta: dict[str, Any] = {"cookiejar": scope.portal_id, "legacy_tls": scope.legacy_tls}
        meta |= (
            rendering_meta(scope.portal_id, self._settings.timeout, self._gate.delay(host_of(url)), clicks=ask.clicks)
            if render
            else {}
        )
        sent = dict(headers)
        if ask.referer:
            sent["Referer"] = ask.referer
        if ask.posts and url == ask.url:  # a redirect is followed by GET
            sent["Content-Type"] = ask.sent_as
            return Request(url, method="POST", body=ask.sent, headers=sent, meta=meta)
        return Request(url, headers=sent, meta=meta)

    async def _with_retries(self, request: Request, scope: Scope) -> Response:
        host = host_of(request.url)
        for attempt in range(self._settings.retries + 1):
            last = attempt == self._settings.retries
            wait = max(0.1, self._gate.delay(host)) * 2**attempt
            try:
                response = await self._once(request, scope, host)
            except FetchFailed as failed:
                if last or failed.trouble is not Trouble.DEAD:
                    raise
                logger.info("%s: %s, again in %.1f s", request.url, failed, wait)
            else:
                if last or response.status not in _RETRIED:
                    return response
                wait = max(wait, _retry_after(_header(response, "Retry-After")))
                if wait > _LONGEST_WAIT:
                    raise FetchFailed(
                        Trouble.BLOCKED,
                        f"HTTP {response.status}, asks to wait {wait:.0f} s",
                        response.status,
                        request.url,
                    )
                logger.info("%s: HTTP %d, again in %.1f s", request.url, response.status, wait)
            self._gate.hold(host, wait)
        raise AssertionError("the last attempt returns or raises")

    async def _once(self, request: Request, scope: Scope, host: str) -> Response:
        engine = self._crawler.engine
        assert engine is not None
        async with self._gate.turn(host):
            scope.requests += 1
            scope.delay = max(scope.delay, self._gate.delay(host))
            try:
                return await engine.download_async(request.copy())
            except NoBrowser as error:
                raise FetchFailed(Trouble.NO_BROWSER, str(error), url=request.url) from error
            except (DownloadCancelledError, IgnoreRequest) as error:
                reason = f"more than {self._settings.max_bytes} bytes"
                raise FetchFailed(Trouble.TOO_LARGE, reason, url=request.url) from error
            except Exception as error:  # of the network: Scrapy, Twisted and the browser each have their own families
                if host in refused_names:
                    raise FetchFailed(Trouble.REFUSED, f"{host} is a private address", url=request.url) from error
                raise FetchFailed(Trouble.DEAD, _in_words(error), url=request.url) from error

    def _answer(self, ask: Ask, response: Response, render: bool) -> Fetched:
        status = response.status
        if status in BLOCKING_STATUSES:
            raise FetchFailed(Trouble.BLOCKED, f"HTTP {status}", status, response.url)
        if status in (404, 410):
            raise FetchFailed(Trouble.MOVED, f"HTTP {status}", status, response.url)
        if status not in (200, 203, 304):
            raise FetchFailed(Trouble.DEAD, f"HTTP {status}", status, response.url)
        if mark := challenge_in(response.body):
            raise FetchFailed(Trouble.BLOCKED, f"a challenge page ({mark})", status, response.url)
        return _fetched(ask, response, render=render)


def _fetched(ask: Ask, response: Response, *, render: bool = False) -> Fetched:
    headers = {name.decode("latin-1").lower(): _header(response, name) for name in response.headers}
    return Fetched(
        url=absolute(response.url, response.url) or ask.url,
        status=response.status,
        headers=headers,
        body=response.body,
        fetched_at=datetime.now(UTC),
        charset=_charset(headers.get("content-type", "")),
        rendered=render,
        ip=str(response.ip_address or ""),
    )


def _header(response: Response, name: str | bytes) -> str:
    value = response.headers.get(name)
    return value.decode("latin-1") if value else ""


def _charset(content_type: str) -> str:
    _, _, charset = content_type.lower().partition("charset=")
    return charset.split(";")[0].strip(" \"'")


def _retry_after(value: str) -> float:
    """Seconds, from a number or a date; 0 from anything else."""
    if value.strip().isdigit():
        return float(value)
    try:
        return max(0.0, email.utils.parsedate_to_datetime(value).timestamp() - time.time())
    except (TypeError, ValueError):
        return 0.0


def _in_words(error: Exception) -> str:
    text = str(error).split("\n")[0].strip() or type(error).__name__
    if isinstance(error, asyncio.TimeoutError):
        text = "timed out"
    return f"{type(error).__name__}: {text}"[:300]
