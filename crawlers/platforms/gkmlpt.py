"""Guangdong's common disclosure platform: `/gkmlpt/index` and `/gkmlpt/annualreport` are drawn by script from a
configuration in the page, whose tree names the categories; `/gkmlpt/api/all/<category>` gives their articles as JSON.

Pages 0 and 1 are the same. Some sites answer 404 from page 2 on: then fewer rows come together than are promised."""

from __future__ import annotations

import re
from typing import Any

from crawlers.addresses import absolute
from crawlers.exchange import Ask
from crawlers.page import Link, Page, squeezed
from crawlers.platforms.base import Platform
from crawlers.platforms.replies import day_in, members, number_in, text_in
from pipeline.titles import is_column_label

_PLACE = re.compile(r"^(https?://[^/]+(?:/[^/]+)?)/gkmlpt/")
_SITE = re.compile(r"\bSID['\"]?\s*:\s*['\"]?(\d{1,12})")
_CATEGORY = re.compile(  # of the tree, whose keys and values are quoted in either way or not at all
    r"\bid['\"]?\s*:\s*['\"]?(\d{1,12})['\"]?\s*,[^{}\[\]]{0,300}?\bname['\"]?\s*:\s*['\"]([^'\"]{1,60})['\"]"
)
_ROWS_OF_A_PAGE = 100
_MOST_PAGES = 100


class Gkmlpt(Platform):
    name = "gkmlpt"
    asks_for_rows = True

    def detect(self, page: Page) -> float:
        if not _PLACE.search(page.url):
            return 0.0
        return 0.95 if _SITE.search(page.text) or self.answers(page) else 0.6

    def columns(self, page: Page) -> list[Ask]:
        place, site = _PLACE.match(page.url), _SITE.search(page.text)
        if place is None or site is None:
            return []
        named = (number for number, name in _CATEGORY.findall(page.text) if is_column_label(name))
        pages = (f"{place[1]}/gkmlpt/api/all/{number}?page=1&sid={site[1]}" for number in dict.fromkeys(named))
        return [Ask(address, referer=page.url) for address in pages]

    def answers(self, page: Page) -> bool:
        return isinstance(page.json, dict) and "articles" in page.json

    def entries(self, page: Page) -> list[Link]:
        if not self.answers(page):
            return super().entries(page)
        rows = (_row(page, article) for article in members(page.json, "articles"))
        return [row for row in rows if row.url and row.text]

    def promised(self, page: Page) -> int:
        return number_in(page.json, "classify", "post_count") or number_in(page.json, "total")

    def next_pages(self, page: Page, ask: Ask) -> list[Ask]:
        if not self.answers(page):
            return self.columns(page)
        last = min(-(-self.promised(page) // _ROWS_OF_A_PAGE), _MOST_PAGES)
        first = re.sub(r"([?&]page=)\d+", r"\g<1>%d", page.url)
        return [Ask(first % number, referer=ask.referer, optional=True) for number in range(2, last + 1)]


def _row(page: Page, article: dict[str, Any]) -> Link:
    address = text_in(article, "url") or text_in(article, "post_url")
    day = day_in(article, "created_at") or day_in(article, "first_publish_time")
    return Link(absolute(page.url, address), squeezed(text_in(article, "title")), day)
