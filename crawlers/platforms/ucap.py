"""UCAP: articles `/xjwqx/c128570/202601/<32 hex>.shtml`, columns `/xjwqx/c128570/zfxxgk_list.shtml`.

Lists are static pages with the pager of TRS, or come as JSON by the channel's id, which a <meta> names. The path of
that interface differs from site to site; the one that the page itself names goes before the commonest."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urljoin

from crawlers.addresses import absolute
from crawlers.attachments import is_file_address
from crawlers.exchange import Ask
from crawlers.page import Link, Page, parse_fragment, squeezed
from crawlers.platforms.replies import day_in, inside, members, number_in, text_in
from crawlers.platforms.trs import Trs

_CHANNEL = re.compile(r"[0-9a-f]{32}")
_INTERFACE = re.compile(r"['\"](?:https?://[^/'\"]{1,80})?(/(?:common/search|searchList|search)/)['\"0-9a-f?]")
_USUAL_INTERFACE = "/common/search/"
_ASKED = re.compile(r"/(?:common/search|searchList|search)/[0-9a-f]{32}\?.*_isJson=true")
_BODY = "ucap-content"  # of an article
_ROWS_OF_A_PAGE = 20
_MOST_PAGES = 300
_MOST_FILES = 20


class Ucap(Trs):
    name = "ucap"
    asks_for_rows = True
    article = re.compile(r"/(c\d+\w*|[a-z]\w*)/\d{6}/([0-9a-f]{32}|c\d\d_\d+|\d+)\.shtml$|/c\d{5,}/content\.shtml$")

    def detect(self, page: Page) -> float:
        if _ASKED.search(page.url):
            return 0.95
        articles = sum(bool(self.article.search(link.url)) for link in page.links)
        if _channel(page) and (articles or re.search(r"/c\d{4,}[^/]*/[^/]*\.shtml$", page.url)):
            return 0.95
        if _channel(page) and re.search(r"/[^/]+/\w{0,40}(list|index)\w{0,20}\.shtml$", page.url):
            return 0.85
        return 0.85 if page.says(_BODY) else 0.7 if articles >= 2 else 0.0

    def searches(self, page: Page) -> list[Ask]:
        return []

    def answers(self, page: Page) -> bool:
        return not _ASKED.search(page.url) or isinstance(_found(page).get("results"), list)

    def entries(self, page: Page) -> list[Link]:
        if not _ASKED.search(page.url):
            return super().entries(page)
        rows = (_row(page, article) for article in members(_found(page), "results"))
        return [row for row in rows if row.url and row.text]

    def promised(self, page: Page) -> int:
        return number_in(_found(page), "total")

    def next_pages(self, page: Page, ask: Ask) -> list[Ask]:
        if _ASKED.search(page.url):
            return _further(page, ask)
        static = super().next_pages(page, ask)
        rows = any(self.article.search(link.url) for link in page.links if not link.furniture)
        named, channel = _INTERFACE.search(page.text), _channel(page)
        if static or not channel or (rows and not named) or page.says(_BODY):
            return static
        query = f"?_isAgg=true&_isJson=true&_pageSize={_ROWS_OF_A_PAGE}&_template=index&page=1"
        return [Ask(urljoin(page.url, f"{named[1] if named else _USUAL_INTERFACE}{channel}{query}"), referer=page.url)]


def _channel(page: Page) -> str:
    named = page.meta("channelid").lower()
    return named if _CHANNEL.fullmatch(named) else ""


def _found(page: Page) -> dict[str, Any]:
    """The part of an answer that holds the rows."""
    for place in (("data",), ("results", "data")):
        part = inside(page.json, *place)
        if isinstance(part, dict) and "results" in part:
            return part
    return {}


def _further(page: Page, ask: Ask) -> list[Ask]:
    """Servers cut a page at a size of their own, so its number of rows says how many pages there are."""
    rows, number = len(members(_found(page), "results")), re.search(r"([?&]page=)(\d+)", page.url)
    if not rows or number is None or number[2] != "1":
        return []  # the first answer has named them all
    last = min(-(-number_in(_found(page), "total") // rows), _MOST_PAGES)
    before, after = page.url[: number.end(1)], page.url[number.end() :]
    return [Ask(f"{before}{one}{after}", referer=ask.referer) for one in range(2, last + 1)]


def _row(page: Page, article: dict[str, Any]) -> Link:
    address = absolute(page.url, text_in(article, "url"))
    title = squeezed(parse_fragment(text_in(article, "title")).text_content())  # words searched for are marked up
    day = day_in(article, "publishedTimeStr") or day_in(article, "publishedTime")
    return Link(address, title, day, files=tuple(_files(address, article))[:_MOST_FILES])


def _files(address: str, article: dict[str, Any]) -> list[str]:
    """Files lie beside their article. What the members of resList are called is not known: whatever names a file."""
    named = (value for one in members(article, "resList") for value in one.values() if isinstance(value, str))
    targets = (absolute(address, value) for value in named)
    return list(dict.fromkeys(target for target in targets if target and is_file_address(target)))
