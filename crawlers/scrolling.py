"""Scrolls a rendered page to its end, for listings that bring further rows when a reader comes near it. What scrolling
shows is kept on the page like what clicks show."""

from __future__ import annotations

import asyncio

from playwright.async_api import Error, Page

from crawlers.clicking import changed, is_fault, keep_shown, rows_of
from crawlers.watch import watch_of

_MOST_SCROLLS = 100
_LONGEST = 300.0  # seconds over all scrolls, beyond the host's own delays
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
    faults: list[int] = []
    asked: list[str] = []
    page.on("response", lambda response: faults.append(response.status) if is_fault(response) else None)
    page.on("request", lambda request: asked.append(request.url) if request.resource_type in _ASKING else None)
    rows = await rows_of(page)
    shown, ended = dict.fromkeys(rows), False
    clock = asyncio.get_running_loop().time
    began, scrolls = clock(), 0
    while scrolls < _MOST_SCROLLS and clock() - began < _LONGEST + scrolls * delay:
        if not await _asks_on(page, asked):
            ended = True
            break
        if not scrolls and (watch := watch_of(page)):
            watch.extend(_LONGEST + 2 * delay * _MOST_SCROLLS)
        scrolls += 1
        rows = await changed(page, rows, delay)
        if shown.keys() >= set(rows):
            ended = True
            break
        shown |= dict.fromkeys(rows)
    if scrolls:
        await keep_shown(page, ended=ended and not faults, rows=list(shown))


async def _asks_on(page: Page, asked: list[str]) -> bool:
    before = len(asked)
    try:
        await page.evaluate(_DOWN)
    except Error:
        return False  # the page has gone elsewhere
    await asyncio.sleep(_ASKS_WITHIN)
    return len(asked) > before
