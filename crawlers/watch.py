"""Looks after one page in the browser: what it asks for keeps the manners that the crawl's own requests keep, and what
it is sent stays in bounds."""

from __future__ import annotations

import asyncio
from base64 import b64decode, b64encode
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any
from weakref import WeakKeyDictionary

from playwright.async_api import Error, Page, Request

from crawlers.addresses import absolute, bare_host, host_of
from crawlers.breaker import Challenged
from crawlers.challenges import challenge_in, challenges
from crawlers.exchange import REDIRECTS, FetchFailed, Heard, Trouble
from crawlers.hearing import Hearing
from crawlers.hosts import HostGate
from crawlers.job import CrawlSettings
from crawlers.scope import Scope

_NOT_LOADED = frozenset({"image", "font", "media", "stylesheet", "websocket", "eventsource", "ping", "manifest"})
# What a document may do in ways that nobody here is asked about: open no windows, no workers, no sockets.
_CONFINED = (
    "sandbox allow-scripts allow-same-origin allow-forms allow-modals allow-top-navigation; worker-src 'none'; "
    "connect-src http: https: data: blob:"
)

_watches: WeakKeyDictionary[Page, Watch] = WeakKeyDictionary()


def watch_of(page: Page) -> Watch | None:
    return _watches.get(page)


class Watch:
    """`refusal` is what robots.txt says of an address."""

    def __init__(
        self,
        url: str,
        scope: Scope,
        gate: HostGate,
        settings: CrawlSettings,
        refusal: Callable[[str], Awaitable[str]],
    ) -> None:
        self._url = url
        self._host = bare_host(host_of(url))
        self._scope = scope
        self._gate = gate
        self._settings = settings
        self._refusal = refusal
        self._tasks: set[asyncio.Task[None]] = set()
        self.seconds = 0.0  # that the page may take for everything
        self.limit: asyncio.Timeout | None = None  # of the request as a whole
        self.failed: FetchFailed | None = None
        self.heard: tuple[Heard, ...] = ()  # when the page is taken

    async def begin(self, page: Page, _: object) -> None:
        """Before the page asks for anything. An attempt begins anew."""
        self._page = page
        self._sent = 0  # requests let out
        self._flying: set[Request] = set()  # of them not answered whole
        self._landed = asyncio.Event()
        self._turns: dict[Request, AsyncExitStack] = {}  # at other hosts than the page's own
        self._bytes = 0
        self.failed, self.heard = None, ()
        page.on("request", self._redirected)
        page.on("requestfinished", self._done)
        page.on("requestfailed", self._done)
        self._browser = await page.context.new_cdp_session(page)
        self._browser.on("Network.dataReceived", lambda event: self._weigh(int(event["dataLength"])))
        self._browser.on("Fetch.requestPaused", lambda event: self._start(self._answered(event)))
        self._hearing = Hearing(self._browser, self._scope)
        self._frame = (await self._browser.send("Page.getFrameTree"))["frameTree"]["frame"]["id"]
        await self._browser.send("Network.enable")
        await self._browser.send("Fetch.enable", {"patterns": [{"urlPattern": "*", "requestStage": "Response"}]})
        self._alarm = asyncio.get_running_loop().call_later(self.seconds, self._out_of_time)
        _watches[page] = self

    def extend(self, seconds: float) -> None:
        """A page that goes on when scrolled takes longer than one that is drawn."""
        self.seconds += seconds
        self._alarm.cancel()
        self._alarm = asyncio.get_running_loop().call_at(self._alarm.when() + seconds, self._out_of_time)
        if self.limit is not None and (when := self.limit.when()) is not None:
            self.limit.reschedule(when + seconds)

    async def hear(self) -> None:
        """The page's scripts have asked for all that they will."""
        self.heard = await self._hearing.all()

    async def end(self) -> None:
        """The page's time is over, however it went."""
        if hasattr(self, "_alarm"):
            self._alarm.cancel()
            _watches.pop(self._page, None)
            self._flying.clear()
            self._landed.set()
            for turn in list(self._turns.values()):
                await turn.aclose()

    # --- what it asks for --------------------------------------------------------------------------------------

    async def allows(self, request: Request) -> bool:
        """One request at a time, each in turn, to the portal's own hosts alone."""
        if request.resource_type in _NOT_LOADED or self.failed or self._scope.refusal(request.url, draws=True):
            return False
        if not self._sent:  # the page itself, which the crawl has waited with
            self._sent = 1
            self._flying.add(request)
            self._gate.left(self._host)  # the browser took its time until now
            return True
        try:
            await asyncio.wait_for(self._alone(request), self._settings.timeout)
        except TimeoutError:
            return False
        if await self._may_go(request):
            self._sent += 1
            self._scope.requests += 1
            return True
        self._done(request)
        return False

    async def _alone(self, request: Request) -> None:
        while self._flying:
            self._landed.clear()
            await self._landed.wait()
        self._flying.add(request)

    async def _may_go(self, request: Request) -> bool:
        if self.failed or _watches.get(self._page) is not self:
            return False
        host = bare_host(host_of(request.url))
        if await self._refusal(request.url):
            return False
        if host == self._host:
            await self._gate.pace(host)
        else:
            turn = AsyncExitStack()
            await turn.enter_async_context(self._gate.turn(host, beside=True))
            self._turns[request] = turn
        return self.failed is None

    def _done(self, request: Request) -> None:
        self._flying.discard(request)
        if turn := self._turns.pop(request, None):
            self._start(turn.aclose())
        self._landed.set()

    def _redirected(self, request: Request) -> None:
        if request.redirected_from is not None:
            self._flying.add(request)
            self._scope.requests += 1

    # --- what it is sent ---------------------------------------------------------------------------------------

    async def _answered(self, event: dict[str, Any]) -> None:
        """Every answer waits here before the page sees it: a challenge is not given the chance to run, and a redirect
        keeps the manners of any request."""
        body = await self._body_of(event)
        failed = await self._fault_of(event, body)
        if failed is not None and event["frameId"] == self._frame and event["resourceType"] == "Document":
            self._fail(failed)
        verdict = {"requestId": event["requestId"]}
        if failed is not None:
            await self._tell("Fetch.failRequest", verdict | {"errorReason": "BlockedByClient"})
        elif body is not None:
            await self._tell("Fetch.fulfillRequest", verdict | _confined(event, body))
        else:
            await self._tell("Fetch.continueRequest", verdict)

    async def _body_of(self, event: dict[str, Any]) -> bytes | None:
        """Of what becomes a document; None of anything else."""
        status = int(event.get("responseStatusCode") or 0)
        if event["resourceType"] != "Document" or not status or status in REDIRECTS:
            return None
        answer = await self._tell("Fetch.getResponseBody", {"requestId": event["requestId"]})
        body = str(answer.get("body") or "")
        return b64decode(body) if answer.get("base64Encoded") else body.encode()

    async def _fault_of(self, event: dict[str, Any], body: bytes | None) -> FetchFailed | None:
        url, status = event["request"]["url"], int(event.get("responseStatusCode") or 0)
        if status in REDIRECTS:
            named = {one["name"].lower(): one["value"] for one in event.get("responseHeaders") or ()}
            return await self._fault_of_redirect(absolute(url, named.get("location", "")))
        if body is None:
            return None
        if challenges(status):
            return Challenged(Trouble.BLOCKED, f"a challenge (HTTP {status})", status, url)
        mark = challenge_in(body)
        return Challenged(Trouble.BLOCKED, f"a challenge page ({mark}), HTTP {status}", status, url) if mark else None

    async def _fault_of_redirect(self, target: str) -> FetchFailed | None:
        if refusal := self._scope.refusal(target, draws=True) if target else "redirects to no address of the web":
            trouble = Trouble.MOVED if target and "private" not in refusal else Trouble.REFUSED
            return FetchFailed(trouble, refusal, url=target or self._url)
        if refusal := await self._refusal(target):
            return FetchFailed(Trouble.FORBIDDEN, refusal, url=target)
        await self._gate.pace(bare_host(host_of(target)))
        return None

    def _weigh(self, length: int) -> None:
        self._bytes += length
        if self._bytes > self._settings.max_bytes and self.failed is None:
            reason = f"more than {self._settings.max_bytes} bytes"
            self._fail(FetchFailed(Trouble.TOO_LARGE, reason, url=self._url))
            self._start(self._tell("Page.stopLoading", {}))

    def _out_of_time(self) -> None:
        self._fail(FetchFailed(Trouble.DEAD, f"not drawn within {self.seconds:.0f} s", url=self._url))
        self._start(self._page.close())

    async def _tell(self, command: str, parameters: dict[str, Any]) -> dict[str, Any]:
        try:
            return dict(await self._browser.send(command, parameters) or {})
        except Error:
            return {}  # what it is about is gone already

    def _fail(self, failed: FetchFailed) -> None:
        self.failed = self.failed or failed

    def _start(self, work: Awaitable[Any]) -> asyncio.Task[None]:
        async def run() -> None:
            await work

        task = asyncio.ensure_future(run())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task


def _confined(event: dict[str, Any], body: bytes) -> dict[str, Any]:
    """The answer as it was sent, but for what its document may do."""
    headers = [*(event.get("responseHeaders") or ()), {"name": "Content-Security-Policy", "value": _CONFINED}]
    status = event["responseStatusCode"]
    return {"responseCode": status, "responseHeaders": headers, "body": b64encode(body).decode()}
