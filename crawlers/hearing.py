"""Listens to what the scripts of one page in the browser ask for, and keeps the answers that may be its rows: whatever
the portal's own hosts sent, by requests that can be sent again as they are."""

from __future__ import annotations

import asyncio
from base64 import b64decode
from dataclasses import dataclass
from typing import Any

from playwright.async_api import CDPSession, Error

from crawlers.exchange import Ask, Heard
from crawlers.lasting import lasting_ask
from crawlers.scope import Scope

_KINDS = frozenset({"XHR", "Fetch"})
_MOST_ANSWERS = 80  # of a page
_LARGEST = 2_000_000  # bytes of one answer,
_MOST_BYTES = 16_000_000  # and of all
_WAITS = 3.0  # seconds for the last answers to be handed over


@dataclass(slots=True)
class _Asked:
    ask: Ask
    well: bool = False
    size: int = 0


class Hearing:
    def __init__(self, browser: CDPSession, scope: Scope) -> None:
        self._browser = browser
        self._scope = scope
        self._asked: dict[str, _Asked] = {}  # not answered whole, by the browser's own id
        self._tasks: set[asyncio.Task[None]] = set()
        self._heard: list[Heard] = []
        self._bytes = 0
        browser.on("Network.requestWillBeSent", self._sent)
        browser.on("Network.responseReceived", self._answered)
        browser.on("Network.dataReceived", self._grown)
        browser.on("Network.loadingFinished", self._finished)

    async def all(self) -> tuple[Heard, ...]:
        """What was heard by now, when the last of it is handed over."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=_WAITS)
        return tuple(self._heard)

    def _sent(self, event: dict[str, Any]) -> None:
        request, number = event["request"], str(event["requestId"])
        self._asked.pop(number, None)  # it was redirected
        if event.get("type") not in _KINDS or len(self._asked) + len(self._heard) >= _MOST_ANSWERS:
            return
        if self._scope.owns(str(request["url"])) and (ask := lasting_ask(request, str(event["documentURL"]))):
            self._asked[number] = _Asked(ask)

    def _answered(self, event: dict[str, Any]) -> None:
        if asked := self._asked.get(str(event["requestId"])):
            asked.well = int(event["response"]["status"]) == 200

    def _grown(self, event: dict[str, Any]) -> None:
        if asked := self._asked.get(str(event["requestId"])):
            asked.size += int(event["dataLength"])

    def _finished(self, event: dict[str, Any]) -> None:
        number = str(event["requestId"])
        asked = self._asked.pop(number, None)
        if asked is None or not asked.well or not 0 < asked.size <= min(_LARGEST, _MOST_BYTES - self._bytes):
            return
        self._bytes += asked.size
        task = asyncio.ensure_future(self._take(number, asked.ask))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _take(self, number: str, ask: Ask) -> None:
        try:
            answer = await self._browser.send("Network.getResponseBody", {"requestId": number})
        except Error:
            return  # the page has gone elsewhere
        body = str(answer.get("body") or "")
        self._heard.append(Heard(ask, b64decode(body) if answer.get("base64Encoded") else body.encode(), "utf-8"))
