"""Epoint's disclosure module: articles `/govxxgk/<body>/2025-02-20/<uuid>.html`, listings by JSON from
`getgovinfolist`, for the body and category that the page's address names; the site's own number stands in
`/js/webBuilderCommon.js`. Static listings are `/govxxgk/<body>/category/<number>/govlist.html` and `2.html`.

Some servers may count the interface's pages from 0: page 0 is asked for where a page is empty that must have
rows if the first one is 1. Servers that want its words wrapped answer otherwise: then a browser shows the column."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from crawlers.exchange import Ask
from crawlers.page import Page
from crawlers.platforms.interface import Interface, as_json, fields
from crawlers.platforms.numbered import numbered
from crawlers.platforms.replies import members, number_in

_SCRIPT = "/js/webBuilderCommon.js"
_SITE = re.compile(r"\bsiteGuid['\"]?\s*[:=]\s*['\"]([0-9a-f-]{36})['\"]")
_PROJECT = re.compile(r"\bprojectName['\"]?\s*[:=]\s*['\"](/?[\w-]{1,60})['\"]")
_STATIC = re.compile(r"/category/[^?#]*/(?:govlist|\d{1,4})\.html$")
_ARTICLE = re.compile(r"/govxxgk/\w+/\d{4}-\d{2}-\d{2}/[0-9a-f-]{36}\.html")
_ROWS = 20


class Epoint(Interface):
    name = "epoint"
    place = "/rest/lightfrontaction/getgovinfolist"
    rows = ("custom", "data")
    total = ("custom", "total")
    number = "pageIndex"
    address = "infourl"
    titles = ("realtitle", "title")
    days = ("infodate", "showdate")

    def detect(self, page: Page) -> float:
        if self.place in page.url or _SCRIPT in page.url or _SCRIPT in page.text or _STATIC.search(page.url):
            return 0.95
        return 0.8 if any(_ARTICLE.search(link.url) for link in page.links) else 0.0

    def answers(self, page: Page) -> bool:
        return bool(_SITE.search(page.text)) if _SCRIPT in page.url else super().answers(page)

    def first(self, page: Page) -> Ask | None:
        site, project, asked = _SITE.search(page.text), _PROJECT.search(page.text), _asked(page)
        if not asked:
            return None
        if site is None:  # the script holds it; the query tells columns apart
            return Ask(urljoin(page.url, f"{_SCRIPT}?{urlencode(asked)}"), referer=page.url)
        sent = {"deptcode": "", **asked, "pageIndex": 1, "pageSize": _ROWS, "siteGuid": site[1]}
        name = project[1].strip("/") if project else "EWB-FRONT"
        return as_json(urljoin(page.url, f"/{name}{self.place}"), sent, page.url)

    def next_pages(self, page: Page, ask: Ask) -> list[Ask]:
        if _STATIC.search(page.url):
            return numbered(page, urljoin(page.url, "{}.html"))
        further = super().next_pages(page, ask)
        sent = fields(ask) if ask.json and self.replied(page) else {}
        before = (number_in(sent, self.number) - 1) * _ROWS
        if before >= 0 and not members(page.json, *self.rows) and self.promised(page) > before:
            further.append(as_json(ask.url, {**sent, self.number: 0}, ask.referer))
        return further


def _asked(page: Page) -> dict[str, str]:
    """The body and category of a column that is drawn from an interface."""
    query = dict(parse_qsl(urlsplit(page.url).query))
    words = {
        name: query[name] for name in ("deptcode", "categorynum") if re.fullmatch(r"\w{1,40}", query.get(name, ""))
    }
    return words if "categorynum" in words and not _ARTICLE.search(page.url) else {}
