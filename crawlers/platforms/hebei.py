"""A family of Hebei: articles `/columns/<uuid>/202401/24/<uuid>.html`, columns `/columns/<uuid>/index.html`, whose rows
come as HTML from `/columns/<uuid>/templates/<uuid>/blocks/<uuid>?page=2&fix=0`.

That a column's page holds this address, in a script or in its pager, is inferred; without it the listing is paged the
generic way. Blocks name no last page as far as is known: then they are read until one brings nothing new."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from crawlers.exchange import Ask
from crawlers.page import Page
from crawlers.platforms.base import Platform
from crawlers.platforms.numbered import numbered

_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_ARTICLE = re.compile(rf"/columns/{_UUID}/\d{{6}}/\d{{2}}/{_UUID}\.html")
_COLUMN = re.compile(rf"/columns/{_UUID}/")
_BLOCK = re.compile(rf"/(?:[\w-]+/)?columns/{_UUID}/templates/{_UUID}/blocks/{_UUID}")
_NUMBER = re.compile(r"[?&]page=(\d{1,4})\b")
_MOST_PAGES = 300


class HebeiColumns(Platform):
    name = "hebei"
    asks_for_rows = True

    def detect(self, page: Page) -> float:
        if ("/blocks/" in page.text and _BLOCK.search(page.text)) or _BLOCK.search(page.url):
            return 0.95
        return 0.8 if any(_COLUMN.search(link.url) for link in page.links) or _COLUMN.search(page.url) else 0.0

    def answers(self, page: Page) -> bool:
        """A block's first page without an article is none; a later one may lie behind the last."""
        return not _BLOCK.search(page.url) or _number(page) != 1 or _has_articles(page)

    def next_pages(self, page: Page, ask: Ask) -> list[Ask]:
        if _BLOCK.search(page.url):
            return _after(page, page.url.split("?")[0], _number(page))
        blocks = list(dict.fromkeys(f"{found[0]}" for found in _BLOCK.finditer(page.text)))
        if len(blocks) != 1:
            return super().next_pages(page, ask)  # none, or nobody says which of them is the listing
        block = urljoin(page.url, blocks[0])
        return _after(page, block, 1) if _has_articles(page) else [_page(page, block, 1)]


def _after(page: Page, block: str, number: int) -> list[Ask]:
    known = numbered(page, f"{block}?page={{}}&fix=0")
    if known or number >= _MOST_PAGES:
        return known
    return [_page(page, block, number + 1, optional=True)] if _has_articles(page) else []


def _page(page: Page, block: str, number: int, *, optional: bool = False) -> Ask:
    return Ask(f"{block}?page={number}&fix=0", referer=page.url, optional=optional)


def _number(page: Page) -> int:
    found = _NUMBER.search(page.url)
    return int(found[1]) if found else 1


def _has_articles(page: Page) -> bool:
    return any(_ARTICLE.search(link.url) for link in page.links)
