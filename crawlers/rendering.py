"""The real browser, for pages that are empty without one. It starts when the first page needs it, loads neither
pictures nor fonts nor media, and its requests keep the same manners as ours."""

from __future__ import annotations

import asyncio
import os
import shutil
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Error, Page, Playwright, Request, async_playwright
from scrapy_playwright.page import PageMethod

from crawlers.addresses import bare_host, host_of
from crawlers.clicking import click_through
from crawlers.hosts import HostGate
from pipeline.scratch import scratch

CHROMIUM_VARIABLE = "NIANBAO_CHROMIUM"
_SYSTEM = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
_NOT_LOADED = frozenset({"image", "font", "media", "stylesheet", "websocket", "eventsource", "ping", "manifest"})
_DRIVER_SECONDS = 60  # for Playwright's driver to start
_QUIET_SECONDS = 8.0  # the longest wait for a page to finish asking, were there no delay between its requests
_REQUESTS_OF_A_PAGE = 15  # that the waits leave room for at the host's delay


class NoBrowser(Exception):
    """There is no browser to render with, or it does not start."""


def chromium() -> str | None:
    """The executable to use: the one that is named, the system's, or one that Playwright has installed."""
    named = os.environ.get(CHROMIUM_VARIABLE)
    if named:
        return named
    found = next((path for path in _SYSTEM if Path(path).exists()), None)
    return found or shutil.which("chromium") or _of_playwright()


def _of_playwright() -> str | None:
    """Looked up on disk: asking Playwright itself would start its driver."""
    named = os.environ.get("PLAYWRIGHT_BROWSERS_PATH")
    folder = Path(named) if named else Path.home() / ".cache" / "ms-playwright"
    found = sorted(folder.glob("chromium-*/chrome-linux*/chrome"))
    return str(found[-1]) if found else None


def launch_options(own_hosts: frozenset[str]) -> dict[str, Any]:
    """Names and addresses outside the crawl's hosts do not exist for the browser, whatever a page redirects to."""
    reachable = [f"EXCLUDE {host}, EXCLUDE *.{host}" for host in sorted(own_hosts)]
    flags = ["--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
             "--disable-extensions", "--disable-dev-shm-usage", "--no-first-run", "--mute-audio"]  # fmt: skip
    flags.append(f"--host-resolver-rules=MAP * ~NOTFOUND, {', '.join(reachable)}")
    if os.geteuid() == 0:
        flags.append("--no-sandbox")  # Chromium's sandbox does not work for root, so it would not start at all
    return {"headless": True, "executable_path": chromium(), "args": flags}


class LazyBrowser:
    """A provider for scrapy-playwright that starts neither driver nor browser before the first page needs them."""

    def __init__(self, config: Any) -> None:
        self._options: dict[str, Any] = config.launch_options
        self._driver: Playwright | None = None
        self._held = ExitStack()

    async def start(self) -> None:
        """Nothing yet."""

    async def launch_browser(self) -> Browser:
        """Raises NoBrowser for whatever does not start: Playwright has no family of errors for its driver."""
        try:
            if self._driver is None:
                os.environ["TMPDIR"] = str(self._held.enter_context(scratch("browser")))  # of driver and browser
                self._driver = await asyncio.wait_for(async_playwright().start(), _DRIVER_SECONDS)
        except Exception as error:
            raise NoBrowser(f"浏览器驱动无法启动 / the browser's driver does not start: {_in_words(error)}") from error
        try:
            return await self._driver.chromium.launch(**self._options)
        except Exception as error:
            said = f"找不到可用的浏览器 / no browser starts: {_in_words(error)} (set {CHROMIUM_VARIABLE})"
            raise NoBrowser(said) from error

    async def launch_persistent_context(self, context_kwargs: dict[str, Any]) -> Any:
        raise NotImplementedError("contexts are never persistent here")

    async def close(self) -> None:
        if self._driver is not None:
            await self._driver.stop()
        self._held.close()


def _in_words(error: Exception) -> str:
    return str(error).split("\n")[0].strip() or type(error).__name__


def rendering_meta(portal_id: str, timeout: float, delay: float, *, clicks: bool) -> dict[str, Any]:
    """A context, so cookies, per portal; the page is taken when it has stopped asking, or been clicked through."""
    pacing = delay * _REQUESTS_OF_A_PAGE
    methods = [PageMethod(_settle, (_QUIET_SECONDS + pacing) * 1000)]
    if clicks:
        methods.append(PageMethod(click_through, delay))
    return {
        "playwright": True,
        "playwright_context": portal_id,
        "playwright_context_kwargs": {"accept_downloads": False, "service_workers": "block"},
        "playwright_page_goto_kwargs": {"wait_until": "domcontentloaded", "timeout": (timeout + pacing) * 1000},
        "playwright_page_methods": methods,
    }


async def _settle(page: Page, timeout: float) -> None:
    try:
        await page.wait_for_load_state("networkidle", timeout=timeout)
    except Error:
        return  # it still asks for something: what stands there by now is taken


class RequestFilter:
    """Decides about every request of a rendered page: only what it needs, only from the crawl's hosts, in turn."""

    def __init__(self, gate: HostGate, own_hosts: frozenset[str]) -> None:
        self._gate = gate
        self._own_hosts = own_hosts

    async def aborts(self, request: Request) -> bool:
        if request.resource_type in _NOT_LOADED:
            return True
        host = host_of(request.url)
        if bare_host(host) not in self._own_hosts:
            return True
        if request.is_navigation_request() and request.frame.parent_frame is None:
            self._gate.hold(host, self._gate.delay(host))  # it has waited its turn, but the browser took its time
            return False
        await self._gate.pace(host)
        return False
