"""Clicks 下一页 in a rendered page until its rows repeat, for listings whose pager only scripts can follow. The rows of
all its pages end up in the one that is kept, as a reader would see them one after the other."""

from __future__ import annotations

import asyncio
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import Error, Page, Request, Response

from crawlers.paging import SHOWN
from crawlers.words import words

MOST_CLICKS = 60
LONGEST = 300.0  # seconds over all clicks, beyond the host's own delays
_CHANGES_WITHIN = 5.0  # seconds after a click
_LOOKS = 0.2

_CLICK = """([said, classes, disabled]) => {
  const pattern = new RegExp(said, 'i');
  const barred = one => one.hasAttribute('disabled') || one.getAttribute('aria-disabled') === 'true'
    || (one.getAttribute('class') || '').toLowerCase().split(/[\\s_-]+/).some(part => disabled.includes(part));
  for (const one of document.querySelectorAll('a, button, span, li, div, input, p, td, em, b, i, dd, label')) {
    if (one.children.length > 2 || !one.getClientRects().length) continue;
    const text = (one.textContent || one.value || '').replace(/\\s+/g, ' ').trim();
    const icon = text.length <= 1
      && (one.getAttribute('class') || '').toLowerCase().split(/\\s+/).some(part => classes.includes(part));
    if (!icon && !pattern.test(text)) continue;
    if ([...one.children].some(inner => (inner.textContent || '').trim() === text)) continue;  // it is what is clicked
    const href = one.getAttribute('href') || '';
    if (href && !href.startsWith('#') && !href.toLowerCase().startsWith('javascript:')) continue;
    if (barred(one) || (one.parentElement && barred(one.parentElement))) return false;
    one.click();
    return true;
  }
  return false;
}"""
_ROWS = """() => [...document.querySelectorAll('body a')].slice(0, 3000).map(link => {
  const row = link.closest('li, tr, dd, p') || link;
  const day = (row.textContent || '').match(/(19|20)\\d\\d\\s*[-\\/.年]\\s*\\d{1,2}\\s*[-\\/.月]\\s*\\d{1,2}/);
  return [link.outerHTML.slice(0, 3000), row.textContent.length < 300 && day ? day[0] : ''];
})"""
_SHOW = """([id, ended, rows]) => {
  const before = document.getElementById(id), shown = document.createElement('div');
  shown.id = id;
  shown.dataset.ended = ended && (!before || before.dataset.ended === 'yes') ? 'yes' : 'no';
  if (before) before.remove();
  shown.innerHTML = rows.map(([link, day]) => `<p>${link} <span>${day}</span></p>`).join('');
  document.body.appendChild(shown);
}"""


async def click_through(page: Page, delay: float) -> None:
    """Every click waits the host's delay; what a click asks the server for is paced by the request filter."""
    faults: list[int] = []
    page.on("response", lambda response: faults.append(response.status) if is_fault(response) else None)
    page.on("requestfailed", lambda request: faults.append(0) if is_of_rows(request) else None)
    rows = await rows_of(page)
    shown = dict.fromkeys(rows)
    ended = False
    clock = asyncio.get_running_loop().time
    began, clicks = clock(), 0
    while clicks < MOST_CLICKS and clock() - began < LONGEST + clicks * delay:
        await asyncio.sleep(delay)
        if not await _clicked(page):
            ended = True
            break
        clicks += 1
        rows = await changed(page, rows, delay)
        if shown.keys() >= set(rows):
            ended = True
            break
        shown |= dict.fromkeys(rows)
    await keep_shown(page, ended=ended and not faults, rows=list(shown))


async def keep_shown(page: Page, *, ended: bool, rows: list[tuple[str, str]]) -> None:
    """Put all rows that were seen on the page, and whether they are all there are. Scrolls go before clicks."""
    await page.evaluate(_SHOW, [SHOWN, ended, rows])


def is_fault(response: Response) -> bool:
    """An answer that leaves rows out."""
    return response.status >= 400 and is_of_rows(response.request)


def is_of_rows(request: Request) -> bool:
    """Whether the page's own host is asked for what it may show."""
    own = urlsplit(request.url).netloc == urlsplit(request.frame.url).netloc
    return own and request.resource_type in ("xhr", "fetch", "document")


async def _clicked(page: Page) -> bool:
    known: list[Any] = [words().click.pattern, sorted(words().click_class), sorted(words().disabled)]
    try:
        return bool(await page.evaluate(_CLICK, known))
    except Error:
        return True  # the click has led to another page while it was answered


async def rows_of(page: Page) -> list[tuple[str, str]]:
    try:
        return [(str(link), str(day)) for link, day in await page.evaluate(_ROWS)]
    except Error:
        return []  # between two pages


async def changed(page: Page, before: list[tuple[str, str]], delay: float) -> list[tuple[str, str]]:
    """The rows once they are others than before; the same where nothing changes."""
    for _ in range(int((_CHANGES_WITHIN + delay) / _LOOKS)):
        await asyncio.sleep(_LOOKS)
        rows = await rows_of(page)
        if rows and set(rows) != set(before):
            await asyncio.sleep(_LOOKS)  # for the last of them
            return await rows_of(page) or rows
    return before
