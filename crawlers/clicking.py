"""Clicks 下一页 in a rendered page until its rows repeat, for listings whose pager only scripts can follow."""

from __future__ import annotations

import asyncio
from typing import Any

from playwright.async_api import Error, Page

from crawlers.further_rows import keep_shown, show_further
from crawlers.words import words

_MOST_CLICKS = 60

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
  for (const link of document.querySelectorAll('a')) {  // a pager of nothing but numbers
    const href = (link.getAttribute('href') || '').toLowerCase(), strip = link.closest('tr, ul, ol, div, p');
    if (!/^\\d{1,3}$/.test(link.textContent.trim()) || !strip || !link.getClientRects().length) continue;
    if (href && !href.startsWith('#') && !href.startsWith('javascript:')) continue;
    const said = strip.innerText.split(/\\s+/).filter(Boolean), links = [...strip.querySelectorAll('a')];
    if (!said.every(text => /^(\\d{1,3}|\\.{2,3}|…)$/.test(text))) continue;
    const linked = links.map(one => one.textContent.trim());
    const here = said.findIndex(text => /^\\d/.test(text) && !linked.includes(text));
    const next = here < 0 ? -1 : linked.indexOf(said[here + 1]);
    if (here < 0 || here + 1 >= said.length) continue;
    (/^\\d/.test(said[here + 1]) ? links[next] : links[links.length - 1]).click();
    return true;
  }
  return false;
}"""


async def click_through(page: Page, delay: float) -> None:
    """Every click waits the host's delay; what a click asks the server for is paced by the request filter."""

    async def click() -> bool:
        await asyncio.sleep(delay)
        return await _clicked(page)

    await keep_shown(page, await show_further(page, click, _MOST_CLICKS, delay))


async def _clicked(page: Page) -> bool:
    known: list[Any] = [words().click.pattern, sorted(words().click_class), sorted(words().disabled)]
    try:
        return bool(await page.evaluate(_CLICK, known))
    except Error:
        return True  # the click has led to another page while it was answered
