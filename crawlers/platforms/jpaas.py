"""Hanweb jpaas: a column's page declares its parts as units (`queryData="{'webId': …}"`), which a script fetches by GET
from the publishing server and which come as HTML within JSON. Articles `/art/2026/art_87ee4e34….html`.

A page number counts only within `paramJson`; the first page is asked for without, so that the server's own number of
rows a page holds for all. Rows are believed by the `count` that the pager prints."""

from __future__ import annotations

import json
import re
import tomllib
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from lxml.html import HtmlElement

from crawlers.exchange import Ask
from crawlers.page import Link, Page, links_in, parse_fragment
from crawlers.platforms.base import Platform
from crawlers.platforms.replies import inside
from pipeline.resources import CONFIG

_UNIT = "/api-gateway/jpaas-publish-server/front/page/build/unit"
_DECLARED = re.compile(r"\bquerydata\s*=\s*[\"'][^<>]{0,400}webId", re.I)
_FIELD = re.compile(r"['\"](\w{1,40})['\"]\s*:\s*['\"]([^'\"]{0,200})['\"]")
_ARTICLE = re.compile(r"/art/\d{4}/art_([0-9a-f]{32}|\d{9,})\.html$")
_PAGER = "//*[@count and contains(@class, 'pagination')]"
_ROWS_OF_A_PAGE = 15
_MOST_PAGES = 300
_MOST_UNITS = 6


class Jpaas(Platform):
    name = "jpaas"
    asks_for_rows = True

    def detect(self, page: Page) -> float:
        if _UNIT in page.url or (page.says("querydata") and _DECLARED.search(page.text)):
            return 0.95
        return 0.75 if sum(bool(_ARTICLE.search(link.url)) for link in page.links) >= 2 else 0.0

    def answers(self, page: Page) -> bool:
        return _UNIT not in page.url or _html_of(page) is not None

    def entries(self, page: Page) -> list[Link]:
        part = _html_of(page)
        return super().entries(page) if part is None else list(links_in(parse_fragment(part), page.url))

    def promised(self, page: Page) -> int:
        return _pager(page)[0]

    def listed(self, page: Page) -> list[str]:
        """Around a pager that is built into the column's page there are menus as well."""
        links = [link for link in self.entries(page) if not link.furniture]
        return [link.url for link in links if _html_of(page) is not None or link.listed_on or _ARTICLE.search(link.url)]

    def next_pages(self, page: Page, ask: Ask) -> list[Ask]:
        count, rows = _pager(page)
        last = min(-(-count // rows), _MOST_PAGES)
        if _UNIT in page.url:
            address, number = _first_and_number(page.url)
            if number == 0:
                return [_numbered(address, n, rows, ask.referer) for n in range(2, last + 1)]
            return []  # the first answer has named them all
        asks = []
        for element, address in _units(page):
            if element.get("count") and count:  # a pager that is built in stands below the first page's rows
                asks += [_numbered(address, n, rows, page.url) for n in range(2, last + 1)]
            elif not element.get("count"):
                asks.append(Ask(address, referer=page.url))
        return asks or super().next_pages(page, ask)


def _html_of(page: Page) -> str | None:
    """The part that an answer brings; None where it is no answer."""
    if inside(page.json, "success") is False:
        return None
    found = inside(page.json, "data", "html")
    found = inside(page.json, "data") if found is None else found
    return found if isinstance(found, str) else None


def _units(page: Page) -> list[tuple[HtmlElement, str]]:
    found: dict[str, HtmlElement] = {}
    for element in page.root.xpath("//*[@querydata]"):
        fields = {name: value for name, value in _FIELD.findall(element.get("querydata")) if name != "paramJson"}
        if "pageId" not in fields or "webId" not in fields:
            continue
        fields = {"parseType": "bulidstatic", "pageType": "column"} | fields  # the vendor spells it so
        found.setdefault(urljoin(page.url, f"{element.get('url') or _UNIT}?{urlencode(fields)}"), element)
    units = [(element, address) for address, element in found.items()]
    of_rows = [unit for unit in units if _holds_rows(unit[0])]
    return (of_rows or units)[:_MOST_UNITS]


def _holds_rows(unit: HtmlElement) -> bool:
    name = dict(_FIELD.findall(unit.get("querydata"))).get("tagId", "").lower()
    return any(word in name for word in _words_of_rows())


@lru_cache(maxsize=1)
def _words_of_rows() -> tuple[str, ...]:
    words = tomllib.loads((CONFIG / "platforms.toml").read_text(encoding="utf-8"))
    return tuple(words["jpaas"]["units_of_rows"])


@lru_cache(maxsize=4)
def _pager(page: Page) -> tuple[int, int]:
    """How many rows there are, and how many of them on a page; (0, …) where there is no pager."""
    part = _html_of(page)
    for element in (page.root if part is None else parse_fragment(part)).xpath(_PAGER):
        count, rows = element.get("count").strip(), (element.get("rows") or "").strip()
        if count.isdecimal() and len(count) < 7:
            size = int(rows) if rows.isdecimal() and len(rows) < 5 else 0
            return int(count), size or _ROWS_OF_A_PAGE
    return 0, _ROWS_OF_A_PAGE


def _first_and_number(address: str) -> tuple[str, int]:
    """A unit's address without its page number, and that number; 0 where there is none."""
    parts = urlsplit(address)
    fields = parse_qsl(parts.query, keep_blank_values=True)
    plain = parts._replace(query=urlencode([(name, value) for name, value in fields if name != "paramJson"])).geturl()
    number = re.search(r"\"pageNo\"\s*:\s*\"?(\d+)", dict(fields).get("paramJson", ""))
    return plain, int(number[1]) if number else 0


def _numbered(address: str, number: int, rows: int, referer: str) -> Ask:
    wanted = json.dumps({"pageNo": number, "pageSize": rows}, separators=(",", ":"))
    return Ask(f"{address}&{urlencode({'paramJson': wanted})}", referer=referer)
