"""The download handler: Scrapy's own, the browser for what is rendered, and for portals whose registry entry says
`tls: legacy` one that still speaks TLS as servers of ten years ago do."""

from __future__ import annotations

import logging
from typing import Any, cast

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler

logger = logging.getLogger(__name__)

_LEGACY = {"DOWNLOAD_TLS_MIN_VERSION": "TLSv1.0", "DOWNLOADER_CLIENT_TLS_CIPHERS": "DEFAULT:@SECLEVEL=0"}


class DownloadHandler(ScrapyPlaywrightDownloadHandler):  # type: ignore[misc]
    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._with_legacy = _WithSettings(crawler, _LEGACY)
        self._legacy: HTTP11DownloadHandler | None = None
        self._told: set[str] = set()

    async def download_request(self, request: Request) -> Response:
        if not request.meta.get("legacy_tls") or request.meta.get("playwright"):
            return cast(Response, await super().download_request(request))
        if self._legacy is None:
            self._legacy = HTTP11DownloadHandler(cast(Crawler, self._with_legacy))
        portal = request.meta["cookiejar"]
        if portal not in self._told:
            self._told.add(portal)
            logger.warning("%s: old TLS versions and ciphers are accepted, as the registry asks", portal)
        return await self._legacy.download_request(request)

    async def close(self) -> None:
        await super().close()
        if self._legacy is not None:
            await self._legacy.close()


class _WithSettings:
    """The crawler as the legacy handler sees it: the same but for a few settings."""

    def __init__(self, crawler: Crawler, changed: dict[str, str]) -> None:
        self._crawler = crawler
        self.settings = crawler.settings.copy()
        self.settings.frozen = False  # the copy of a running crawler's settings is as frozen as they are
        for name, value in changed.items():
            self.settings.set(name, value, priority="cmdline")

    def __getattr__(self, name: str) -> Any:
        return getattr(self._crawler, name)
