"""A family of Wuxi: articles `/doc/2022/12/13/3847735.shtml`. A listing is static, `index.shtml` and `index_2.shtml`,
or comes as JSON from `/info_open/search` with the words of the page's call `getSearchList(…)`, or of
the request itself.

A static listing's pager is drawn by a script of unknown form, and one city counts from 3 on: where the page names no
last page, further ones are asked for without counting on them."""

from __future__ import annotations

import re
from itertools import islice
from urllib.parse import urljoin

from crawlers.exchange import Ask
from crawlers.page import Page
from crawlers.platforms.interface import Interface, as_form
from crawlers.platforms.numbered import numbered
from crawlers.platforms.replies import word_in

_ARTICLE = re.compile(r"/doc/\d{4}/\d{2}/\d{2}/\d+\.shtml$")
_CALLED = "getSearchList"
_CALL = re.compile(_CALLED + r"\s{0,5}\(([^()]{5,300})\)")
_MOST_CALLS = 50
_ROWS = 15
_NUMBERED = re.compile(r"/index_(\d{1,4})\.shtml$")
_MOST_PAGES = 300


class Wuxi(Interface):
    name = "wuxi"
    place = "/info_open/search"
    rows = ("data", "data")
    total = ("data", "totalElements")
    number = "pageIndex"
    days = ("writeTimeString", "writeTime", "openTime")

    def detect(self, page: Page) -> float:
        if self.place in page.url or self.first(page):
            return 0.95
        articles = sum(bool(_ARTICLE.search(link.url)) for link in page.links)
        return 0.65 if articles >= 2 else 0.3 if articles else 0.0

    def first(self, page: Page) -> Ask | None:
        for call in islice(_CALL.finditer(page.text), _MOST_CALLS) if _CALLED in page.text else ():
            words = [word.strip().strip("'\"") for word in call[1].split(",")]
            if len(words) < 6 or _is_comment(page.text, call.start()):
                continue
            _, size, site, channel, kind, order = words[:6]
            channels = channel if channel.isdecimal() else _variable(page, channel)
            if channels and size.isdecimal() and site.isdecimal():  # without a channel it would bring the whole site
                sent = {"siteId": site, "channelIds": channels, "pageIndex": "1", "pageSize": size, "searchType": kind,
                        "order": order, "title": ""}  # fmt: skip
                return as_form(urljoin(page.url, self.place), sent, page.url)
        return self._by_words(page)

    def _by_words(self, page: Page) -> Ask | None:
        """Where no such call is made, from the request's own words, wherever the page holds them."""
        if self.place not in page.text:
            return None
        site, channels = (word_in(page, name, r"\d[\d,]{0,200}") for name in ("siteId", "channelIds"))
        if not site or not channels:
            return None
        size = word_in(page, "pageSize", r"\d{1,3}") or str(_ROWS)
        sent = {"siteId": site, "channelIds": channels, "pageIndex": "1", "pageSize": size}
        sent |= dict.fromkeys(("searchType", "order", "title"), "")
        return as_form(urljoin(page.url, self.place), sent, page.url)

    def next_pages(self, page: Page, ask: Ask) -> list[Ask]:
        if self.place in page.url or self.first(page):
            return super().next_pages(page, ask)
        return numbered(page, urljoin(page.url, "index_{}.shtml")) or super().next_pages(page, ask) or _guessed(page)


def _is_comment(text: str, at: int) -> bool:
    line = text[text.rfind("\n", 0, at) + 1 : at]
    return line.lstrip().startswith("//") or text.rfind("/*", 0, at) > text.rfind("*/", 0, at)


def _variable(page: Page, name: str) -> str:
    """A channel and those that are added to it: `var ids = '38939'; ids = ids + ',' + 38940;`."""
    if not name.isidentifier():
        return ""
    held = re.search(rf"\b{name}\s*=\s*['\"]([\d,]{{1,400}})['\"]", page.text)
    added = re.findall(rf"\b{name}\s*=\s*{name}\s*\+\s*['\"],['\"]\s*\+\s*['\"]?(\d{{1,10}})", page.text)[:100]
    return ",".join([held[1], *added]) if held else ""


def _guessed(page: Page) -> list[Ask]:
    if not any(_ARTICLE.search(link.url) for link in page.links):
        return []
    reached = _NUMBERED.search(page.url)
    numbers = (int(reached[1]) + 1,) if reached else (2, 3)
    addresses = (urljoin(page.url, f"index_{number}.shtml") for number in numbers if number <= _MOST_PAGES)
    return [Ask(address, referer=page.url, optional=True) for address in addresses]
