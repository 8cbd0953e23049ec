"""The download handler: Scrapy's own, the browser for what is rendered, and for portals whose registry entry says
`tls: legacy` one that still speaks TLS as servers of ten years ago do. What goes to hosts that are not the portal's has
connections of its own, which lead to no private address."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import ClassVar, cast
from weakref import WeakKeyDictionary

from OpenSSL import SSL
from scrapy import Request
from scrapy.core.downloader.contextfactory import _ScrapyCertificateOptions, _ScrapyClientContextFactory
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler
from twisted.internet.ssl import CertificateOptions, TLSVersion
from twisted.web.iweb import IPolicyForHTTPS

from crawlers.guard import OUTSIDE
from crawlers.wire import remember_names, watch_over

logger = logging.getLogger(__name__)


portal_finished = object()  # a signal with the portal's id: its browser context is no longer needed
_listening: WeakKeyDictionary[Crawler, Callable[[str], None]] = WeakKeyDictionary()


def tell_when_left(crawler: Crawler, tell: Callable[[str], None]) -> None:
    """Of every request that leaves, the host that it goes to. There are too many of them for a signal."""
    _listening[crawler] = tell


class DownloadHandler(ScrapyPlaywrightDownloadHandler):  # type: ignore[misc]
    """One for both schemes, so that there is one browser."""

    _of_crawler: ClassVar[WeakKeyDictionary[Crawler, DownloadHandler]] = WeakKeyDictionary()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> DownloadHandler:
        return cls._of_crawler.get(crawler) or cls._of_crawler.setdefault(crawler, cls(crawler))

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        watch_over(self._pool, self._left)
        remember_names()
        self.config.target_closed_max_retries = 0  # 3; a page that was closed took too long
        self._others: dict[tuple[bool, bool], _Handler] = {}  # by whether TLS is old and the host not the portal's
        self._told: set[str] = set()
        self._closed = False
        crawler.signals.connect(self._forget, signal=portal_finished)

    def _left(self, host: str) -> None:
        """What is written leaves when the loop comes round again, on a busy machine a good deal later."""
        self._tell_left(host)
        asyncio.get_running_loop().call_later(0, self._tell_left, host)

    def _tell_left(self, host: str) -> None:
        if tell := _listening.get(self._crawler):
            tell(host)

    async def _forget(self, portal_id: str) -> None:
        if held := self.context_wrappers.get(portal_id):
            await held.context.close()

    async def download_request(self, request: Request) -> Response:
        legacy = bool(request.meta.get("legacy_tls"))
        outside = bool(request.meta.get(OUTSIDE)) and not request.meta.get("proxy")  # which would be the other end
        if request.meta.get("playwright") or not (legacy or outside):
            return cast(Response, await super().download_request(request))
        portal = request.meta["cookiejar"]
        if legacy and portal not in self._told:
            self._told.add(portal)
            logger.warning("%s: old TLS versions and ciphers are accepted, as the registry asks", portal)
        if (legacy, outside) not in self._others:
            other = self._others[legacy, outside] = _Handler(self._crawler, legacy=legacy)
            watch_over(other._pool, self._left, outside=outside)
        return await self._others[legacy, outside].download_request(request)

    async def close(self) -> None:
        if self._closed:
            return
        self._closed = True
        await super().close()
        for other in self._others.values():
            await other.close()


class _Handler(HTTP11DownloadHandler):
    def __init__(self, crawler: Crawler, *, legacy: bool) -> None:
        super().__init__(crawler)
        if legacy:
            contexts = _LegacyContexts(tls_min_version=TLSVersion.TLSv1_0, method=None)
            self._contextFactory = cast(IPolicyForHTTPS, contexts)


class _LegacyContexts(_ScrapyClientContextFactory):
    def _get_cert_options(self) -> CertificateOptions:
        return _LegacyOptions(**self._get_cert_options_kwargs())


class _LegacyOptions(_ScrapyCertificateOptions):
    """Security level 0 is what lets OpenSSL 3 use the old versions at all. A cipher list given by Twisted's own
    parameter is resolved to names, which loses the level, so it is set on the context."""

    def _makeContext(self, skipCiphers: bool = False) -> SSL.Context:
        context = super()._makeContext(skipCiphers=True)
        context.set_cipher_list(b"ALL:@SECLEVEL=0")
        return context
