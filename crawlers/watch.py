"""Looks after one page in the browser: what it asks for keeps the manners that the crawl's own requests keep, and what
it is sent stays in bounds."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from weakref import WeakKeyDictionary

from playwright.async_api import Error, Page, Request, Response

from crawlers.addresses import bare_host, host_of
from crawlers.breaker import Challenged
from crawlers.challenges import challenge_in, challenges, refuses
from crawlers.exchange import FetchFailed, Trouble
from crawlers.hosts import HostGate
from crawlers.job import CrawlSettings
from crawlers.scope import Scope

_NOT_LOADED = frozenset({"image", "font", "media", "stylesheet", "websocket", "eventsource", "ping", "manifest"})

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
        self.failed: FetchFailed | None = None

    async def begin(self, page: Page, _: object) -> None:
        """Before the page asks for anything. An attempt begins anew."""
        self._page = page
        self._sent = 0  # requests let out
        self._flying: set[Request] = set()  # of them not answered whole
        self._landed = asyncio.Event()
        self._turns: dict[Request, AsyncExitStack] = {}  # at other hosts than the page's own
        self._seen: asyncio.Task[None] | None = None  # looking at the last document
        self._bytes = 0
        self.failed = None
        page.on("request", self._redirected)
        page.on("response", self._answered)
        page.on("requestfinished", self._done)
        page.on("requestfailed", self._done)
        network = await page.context.new_cdp_session(page)
        network.on("Network.dataReceived", lambda event: self._weigh(int(event["dataLength"])))
        await network.send("Network.enable")
        self._network = network
        self._alarm = asyncio.get_running_loop().call_later(self.seconds, self._out_of_time)
        _watches[page] = self

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
        if request.resource_type in _NOT_LOADED or self.failed or self._scope.refusal(request.url):
            return False
        if not self._sent:  # the page itself, which the crawl has waited with
            self._sent = 1
            self._flying.add(request)
            self._gate.hold(self._host, self._gate.delay(self._host))  # the browser took its time until now
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
        if self._seen is not None:
            await self._seen

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
        """A browser follows redirects at once. Where one leaves the portal the page is not kept."""
        if request.redirected_from is None:
            return
        self._flying.add(request)
        self._scope.requests += 1
        self._gate.hold(bare_host(host_of(request.url)), self._gate.delay(self._host))
        if refusal := self._scope.refusal(request.url):
            trouble = Trouble.REFUSED if "private" in refusal else Trouble.MOVED
            self._fail(FetchFailed(trouble, refusal, url=request.url))

    # --- what it is sent ---------------------------------------------------------------------------------------

    def _answered(self, response: Response) -> None:
        request = response.request
        if request.is_navigation_request() and request.frame.parent_frame is None:
            self._seen = self._start(self._look(response))

    async def _look(self, response: Response) -> None:
        """A challenge is not given the chance to run: nothing more is asked for once it was seen."""
        if challenges(response.status):
            self._challenged(f"a challenge (HTTP {response.status})", response)
        elif not refuses(response.status):
            try:
                mark = challenge_in(await response.body())
            except Error:
                return  # a redirect has none
            if mark:
                self._challenged(f"a challenge page ({mark}), HTTP {response.status}", response)

    def _challenged(self, said: str, response: Response) -> None:
        self._fail(Challenged(Trouble.BLOCKED, said, response.status, response.url))

    def _weigh(self, length: int) -> None:
        self._bytes += length
        if self._bytes > self._settings.max_bytes and self.failed is None:
            reason = f"more than {self._settings.max_bytes} bytes"
            self._fail(FetchFailed(Trouble.TOO_LARGE, reason, url=self._url))
            self._start(self._stop())

    def _out_of_time(self) -> None:
        self._fail(FetchFailed(Trouble.DEAD, f"not drawn within {self.seconds:.0f} s", url=self._url))
        self._start(self._page.close())

    async def _stop(self) -> None:
        try:
            await self._network.send("Page.stopLoading")
        except Error:
            return  # it is gone already

    def _fail(self, failed: FetchFailed) -> None:
        self.failed = self.failed or failed

    def _start(self, work: Awaitable[None]) -> asyncio.Task[None]:
        async def run() -> None:
            await work

        task = asyncio.ensure_future(run())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task
