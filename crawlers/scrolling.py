"""Scrolls a rendered page to its end, for listings that bring further rows when a reader comes near it."""

from __future__ import annotations

import asyncio

from playwright.async_api import Error, Page

from crawlers.further_rows import keep_shown, show_further

_MOST_SCROLLS = 100
_ASKS_WITHIN = 0.3  # seconds after a scroll, of a page that reacts to it
_ASKING = frozenset({"xhr", "fetch", "script"})
_DOWN = """() => {
  const deep = one => one.scrollHeight > one.clientHeight + 20 && /auto|scroll/.test(getComputedStyle(one).overflowY);
  for (const one of document.querySelectorAll('div, ul, section, main')) if (deep(one)) one.scrollTop = 1e7;
  window.scrollTo(0, document.documentElement.scrollHeight);
  window.dispatchEvent(new Event('scroll'));
}"""


async def scroll_through(page: Page, delay: float) -> None:
    """One look where nothing is asked for when the end is reached; else until a scroll asks for nothing, or shows
    nothing new."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.resource_type in _ASKING else None)
    shown = await show_further(page, lambda: _asks_on(page, asked), _MOST_SCROLLS, delay)
    if shown.steps:
        await keep_shown(page, shown)


async def _asks_on(page: Page, asked: list[str]) -> bool:
    before = len(asked)
    try:
        await page.evaluate(_DOWN)
    except Error:
        return False  # the page has gone elsewhere
    await asyncio.sleep(_ASKS_WITHIN)
    return len(asked) > before
