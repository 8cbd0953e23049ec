"""How a page is rendered: in its portal's context, for as long as its scripts ask for things, clicked through if it
must be. What it may ask for is decided by `watch.py`."""

from __future__ import annotations

from typing import Any

from playwright.async_api import Error, Page, Request
from scrapy_playwright.page import PageMethod

from crawlers.clicking import click_through
from crawlers.job import CrawlSettings
from crawlers.scrolling import scroll_through
from crawlers.watch import Watch, watch_of

_QUIET_SECONDS = 8.0  # the longest wait for a page to finish asking, were there no delay between its requests
_REQUESTS_OF_A_PAGE = 15  # that the waits leave room for at the host's delay
_SECONDS_TO_SPARE = 15.0  # for what the browser does without a limit of its own: a page's script may never end


def rendering_meta(
    portal_id: str, settings: CrawlSettings, delay: float, watch: Watch, *, clicks: bool
) -> dict[str, Any]:
    """A context, so cookies, per portal; the page is taken when it has stopped asking, or been clicked through.
    Certificates are looked at as little as without a browser."""
    pacing = delay * _REQUESTS_OF_A_PAGE
    loads, settles = settings.timeout + pacing, _QUIET_SECONDS + pacing
    methods = [PageMethod(_settle, settles * 1000), PageMethod(scroll_through, delay)]
    watch.seconds = loads + settles + _SECONDS_TO_SPARE
    if clicks:
        methods.append(PageMethod(click_through, delay))
    methods.append(PageMethod(_hear))
    return {
        "playwright": True,
        "playwright_context": portal_id,
        "playwright_context_kwargs": {
            "accept_downloads": False,
            "service_workers": "block",
            "ignore_https_errors": True,
            "user_agent": settings.user_agent,
        },
        "playwright_page_init_callback": watch.begin,
        "playwright_page_goto_kwargs": {"wait_until": "domcontentloaded", "timeout": loads * 1000},
        "playwright_page_methods": methods,
    }


async def _settle(page: Page, timeout: float) -> None:
    try:
        await page.wait_for_load_state("networkidle", timeout=timeout)
    except Error:
        return  # it still asks for something: what stands there by now is taken


async def _hear(page: Page) -> None:
    if watch := watch_of(page):
        await watch.hear()


async def aborts(request: Request) -> bool:
    """Scrapy-playwright asks this about every request of the browser. A page that nobody watches asks for nothing."""
    watch = watch_of(request.frame.page)
    return watch is None or not await watch.allows(request)
