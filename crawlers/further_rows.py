"""Has a drawn listing show its further rows, one click or scroll after the other, until none is new. All that were seen
end up on the page, as a reader would see them one after the other."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from playwright.async_api import Error, Page, Request, Response

from crawlers.paging import SHOWN
from crawlers.watch import watch_of

_LONGEST = 300.0  # seconds over all steps, beyond the host's own delays
_CHANGES_WITHIN = 5.0  # seconds after a step
_LOOKS = 0.2

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

_Row = tuple[str, str]  # a link's markup and the date beside it


@dataclass(frozen=True, slots=True)
class Shown:
    rows: tuple[_Row, ...]
    steps: int
    ended: bool  # without a fault: these are all there are


async def show_further(page: Page, ask_on: Callable[[], Awaitable[bool]], most: int, delay: float) -> Shown:
    """`ask_on` takes a step; it is False where there is none to take. A step waits until the rows are others."""
    faults: list[int] = []
    page.on("response", lambda response: faults.append(response.status) if _is_fault(response) else None)
    page.on("requestfailed", lambda request: faults.append(0) if _is_of_rows(request) else None)
    rows = await _rows_of(page)
    shown = dict.fromkeys(rows)
    clock = asyncio.get_running_loop().time
    began, steps, ended = clock(), 0, False
    while steps < most and clock() - began < _LONGEST + steps * delay:
        if not await ask_on():
            ended = True
            break
        if not steps and (watch := watch_of(page)):
            watch.extend(_LONGEST + 2 * delay * most)
        steps += 1
        rows = await _changed(page, rows, delay)
        if shown.keys() >= set(rows):
            ended = True
            break
        shown |= dict.fromkeys(rows)
    return Shown(tuple(shown), steps, ended and not faults)


async def keep_shown(page: Page, shown: Shown) -> None:
    """Put all rows that were seen on the page, and whether they are all there are. Scrolls go before clicks."""
    await page.evaluate(_SHOW, [SHOWN, shown.ended, shown.rows])


def _is_fault(response: Response) -> bool:
    """An answer that leaves rows out."""
    return response.status >= 400 and _is_of_rows(response.request)


def _is_of_rows(request: Request) -> bool:
    """Whether the page's own host is asked for what it may show."""
    own = urlsplit(request.url).netloc == urlsplit(request.frame.url).netloc
    return own and request.resource_type in ("xhr", "fetch", "document")


async def _rows_of(page: Page) -> list[_Row]:
    try:
        return [(str(link), str(day)) for link, day in await page.evaluate(_ROWS)]
    except Error:
        return []  # between two pages


async def _changed(page: Page, before: list[_Row], delay: float) -> list[_Row]:
    """The rows once they are others than before; the same where nothing changes."""
    for _ in range(int((_CHANGES_WITHIN + delay) / _LOOKS)):
        await asyncio.sleep(_LOOKS)
        rows = await _rows_of(page)
        if rows and set(rows) != set(before):
            await asyncio.sleep(_LOOKS)  # for the last of them
            return await _rows_of(page) or rows
    return before
