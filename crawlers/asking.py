"""One request with all its attempts: the host's turn, waiting as it asks, giving up where it has had enough. Brings the
answer or raises `FetchFailed`; robots.txt and redirects are `fetch.py`'s affair."""

from __future__ import annotations

import asyncio
import email.utils
import logging
import re
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadCancelledError, IgnoreRequest
from scrapy.http import Response

from crawlers.addresses import bare_host, host_of
from crawlers.breaker import Breaker, Challenged
from crawlers.browser import NoBrowser
from crawlers.challenges import challenge_in, challenges, refuses
from crawlers.exchange import FetchFailed, Trouble
from crawlers.guard import PrivateAddress
from crawlers.hosts import HostGate
from crawlers.job import CrawlSettings
from crawlers.scope import Scope
from crawlers.tls import tell_when_left
from crawlers.watch import Watch

logger = logging.getLogger(__name__)

WATCH = "watch"  # in a request's meta: who looks after the page that is rendered
ONCE = "once"  # in a request's meta: no further attempts
_LONGEST_WAIT = 300.0  # who asks to be left alone for longer is, for this night
_SHORTEST_WAIT = 0.1
_MOST_DOUBLINGS = 6
_SECONDS_TO_SPARE = 5.0
_PASSING = frozenset({408, 429})  # answers that may be others the next time, as those from 500 on are


@dataclass(frozen=True, slots=True)
class _Vain:
    failed: FetchFailed
    passes: bool = False  # worth another attempt
    wait: float = 0.0  # seconds that the server asks for


class Asker:
    def __init__(self, crawler: Crawler, settings: CrawlSettings, gate: HostGate) -> None:
        self._crawler = crawler
        self._settings = settings
        self._gate = gate
        self._breaker = Breaker(gate.standings)
        tell_when_left(crawler, gate.left)

    async def ask(self, request: Request, scope: Scope) -> Response:
        """Whatever the server says in the end, unless that is that it cannot or will not."""
        host = bare_host(host_of(request.url))
        self._breaker.check(host)
        most = 1 if request.meta.get(ONCE) else self._settings.retries + 1
        attempt = 0
        while True:
            attempt += 1
            async with self._gate.turn(host):  # what is learned of the host is told with it
                answer = await self._once(request, scope, host)
                if isinstance(answer, Response):
                    self._breaker.answered(host, brought=_brings(answer))
                    return answer
                self._await_another(answer, host, attempt, most)

    def _await_another(self, vain: _Vain, host: str, attempt: int, most: int) -> None:
        """The host rests until the next attempt. Raises what went wrong where there is to be none."""
        failed = vain.failed
        if failed.trouble not in (Trouble.DEAD, Trouble.BLOCKED):
            raise failed  # no fault of the host
        wait = max(vain.wait, self._backed_off(host, attempt))
        if vain.passes and wait > _LONGEST_WAIT:
            asked = f"{failed.reason}, asks to wait {wait:.0f} s"
            failed = FetchFailed(Trouble.BLOCKED, asked, failed.status, failed.url)
            self._breaker.leave(host, failed)
        elif vain.passes:
            self._gate.hold(host, wait)
            logger.info("%s: %s, attempt %d, %.1f s of rest", failed.url, failed, attempt, wait)
            self._breaker.attempted(host)
            allowed = self._breaker.attempts(host, most)
            if attempt < allowed:
                return
            failed.hurried = attempt < most
        self._breaker.failed(host, failed)
        raise failed

    async def _carry_out(self, request: Request) -> Response:
        """By middlewares and handler at once. The engine's own way leads through the queues of its downloader, which
        have nothing to limit: the gate has done that. They would take a tenth of a page's time."""
        assert self._crawler.engine is not None
        downloader = self._crawler.engine.downloader
        response = await downloader.middleware.download_async(downloader.handlers.download_request_async, request)
        assert isinstance(response, Response), "a middleware that asks for something else is switched off"
        return response

    async def _once(self, request: Request, scope: Scope, host: str) -> Response | _Vain:
        watch: Watch | None = request.meta.get(WATCH)
        answer: Response | _Vain
        self._breaker.enter(host)
        scope.requests += 1
        scope.delay = max(scope.delay, self._gate.delay(host))
        try:
            async with asyncio.timeout(self._limit(watch)) as limit:
                if watch is not None:
                    watch.limit = limit
                response = await self._carry_out(request.copy())
            answer = _refusal(response) or response
        except Exception as error:  # of the network: Scrapy, Twisted and the browser each have their own families
            answer = self._failure(error, request.url)
        finally:
            if watch is not None:
                await watch.end()
        return answer if watch is None or watch.failed is None else _Vain(watch.failed)

    def _limit(self, watch: Watch | None) -> float:
        """Seconds after which nobody is waited for, should the limits below not be kept: an answer to a request whose
        connection is gone never comes."""
        return (self._settings.timeout if watch is None else watch.seconds) + _SECONDS_TO_SPARE

    def _backed_off(self, host: str, attempt: int) -> float:
        doublings = min(attempt - 1, _MOST_DOUBLINGS)
        return max(_SHORTEST_WAIT, self._gate.delay(host)) * (1 << doublings)

    def _failure(self, error: Exception, url: str) -> _Vain:
        said = _in_words(error)
        if isinstance(error, NoBrowser):
            return _Vain(FetchFailed(Trouble.NO_BROWSER, str(error), url=url))
        if isinstance(error, DownloadCancelledError | IgnoreRequest):
            return _Vain(FetchFailed(Trouble.TOO_LARGE, f"more than {self._settings.max_bytes} bytes", url=url))
        if isinstance(error, PrivateAddress):
            return _Vain(FetchFailed(Trouble.REFUSED, str(error), url=url))
        if "ERR_TOO_MANY_REDIRECTS" in said:
            return _Vain(FetchFailed(Trouble.REFUSED, "too many redirects", url=url))
        return _Vain(FetchFailed(Trouble.DEAD, said, url=url), passes=True)


def header(response: Response, name: str | bytes) -> str:
    value = response.headers.get(name)
    return value.decode("latin-1") if value else ""


def _brings(answer: Response) -> bool:
    return answer.status < 400 and urlsplit(answer.url).path != "/robots.txt"


def _refusal(response: Response) -> _Vain | None:
    """Why an answer is none; None where the server did what it was asked for."""
    status, url = response.status, response.url
    if mark := challenge_in(response.body):
        return _Vain(Challenged(Trouble.BLOCKED, f"a challenge page ({mark}), HTTP {status}", status, url))
    if challenges(status):
        return _Vain(Challenged(Trouble.BLOCKED, f"a challenge (HTTP {status})", status, url))
    passes = status in _PASSING or status >= 500
    if not passes and not refuses(status):
        return None
    trouble = Trouble.BLOCKED if refuses(status) else Trouble.DEAD
    wait = retry_after(header(response, "Retry-After")) if passes else 0.0
    return _Vain(FetchFailed(trouble, f"HTTP {status}", status, url), passes, wait)


def retry_after(value: str) -> float:
    """Seconds, from a number or a date; 0 from anything else."""
    if re.fullmatch(r"\s*[0-9]{1,9}\s*", value):
        return float(value)
    try:
        return max(0.0, email.utils.parsedate_to_datetime(value).timestamp() - time.time())
    except (TypeError, ValueError, OverflowError):
        return 0.0


def _in_words(error: Exception) -> str:
    text = str(error).split("\n")[0].strip() or type(error).__name__
    if isinstance(error, TimeoutError):
        text = "timed out"
    return f"{type(error).__name__}: {text}"[:300]
