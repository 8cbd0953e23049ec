"""博达 VSB: articles `/info/13951/728740.htm`, listings that count backwards.

`base.htm` is the newest page, `base/1.htm` the oldest; N pages have `base/N-1.htm` for the second. Every new article
shifts them, so a listing is always read from `base.htm` on, and all addresses follow from N there."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from crawlers.exchange import Ask
from crawlers.page import Page
from crawlers.platforms.base import Platform

_GO_TO_PAGE = "_simple_list_gotopage_fun"
_PAGES = re.compile(rf"{_GO_TO_PAGE}\s*\(\s*(\d{{1,4}})")
_FIRST_PAGE = re.compile(r"/([^/]+)\.htm$")
_FURTHER_PAGE = re.compile(r"/\d+\.htm$")
_ARTICLE = re.compile(r"/info/\d+/\d+\.htm$|wbnewsid=\d+")
_MOST_PAGES = 500


class Vsb(Platform):
    name = "vsb"

    def detect(self, page: Page) -> float:
        paged = _GO_TO_PAGE in page.text and _PAGES.search(page.text)
        if paged or "Visual SiteBuilder" in page.text or page.says("vsbcontent"):
            return 0.9
        return 0.7 if sum(bool(_ARTICLE.search(link.url)) for link in page.links) >= 2 else 0.0

    def next_pages(self, page: Page, ask: Ask) -> list[Ask]:
        pages, first = _PAGES.search(page.text), _FIRST_PAGE.search(page.url)
        if _FURTHER_PAGE.search(page.url):
            return []  # the first page has named them all
        if pages is None or first is None:
            return super().next_pages(page, ask)
        total = min(int(pages[1]), _MOST_PAGES)
        return [
            Ask(urljoin(page.url, f"{first[1]}/{number}.htm"), referer=page.url) for number in range(total - 1, 0, -1)
        ]
