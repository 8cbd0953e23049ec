"""The real browser: which executable it is, how it is started and that it starts no earlier than needed."""

from __future__ import annotations

import asyncio
import os
import shutil
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Playwright, async_playwright

from pipeline.scratch import scratch

CHROMIUM_VARIABLE = "NIANBAO_CHROMIUM"
_SYSTEM = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
_DRIVER_SECONDS = 60  # for Playwright's driver to start
_VARIANTS = ("", "www.", "m.", "wap.", "app.", "3g.", "mobile.")  # of a host, as `addresses.bare_host` takes them off


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
    reachable = [f"EXCLUDE {variant}{host}" for host in sorted(own_hosts) for variant in _VARIANTS]
    flags = ["--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
             "--disable-extensions", "--disable-dev-shm-usage", "--no-first-run", "--mute-audio",
             "--disable-auto-reload",  # of what failed: that is asked for again when its host allows
             "--js-flags=--max-old-space-size=512"]  # fmt: skip
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
