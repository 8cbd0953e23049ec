"""TrueCMS (南通, 连云港): articles `/content/<uuid>.html`; a listing shows its first rows itself, and the further ones
come from `getMessage.do` as JSONP around XML.

Servers cut or refuse portions of more than 10, 20 or 50 rows, so rows are asked for by the listing's own page. On some
hosts the interface is dead: then the portal's listing is told as unread."""

from __future__ import annotations

import json
import re
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from crawlers.exchange import Ask
from crawlers.page import Link, Page, links_in, parse_fragment
from crawlers.platforms.base import Platform
from crawlers.platforms.replies import text_in

_NAME = "/messageController/getMessage.do"
_INTERFACE = re.compile(rf"/\w{{1,30}}{re.escape(_NAME)}")
_COLUMN = re.compile(r"\bcolumnId['\"]?\s*[:=]\s*['\"]([0-9a-f-]{36})['\"]", re.I)
_TOTAL = (re.compile(r"<totalrecord>\s*(\d{1,6})", re.I), re.compile(r"\btotalRecord['\"]?\s*:\s*['\"]?(\d{1,6})"))
_PER_PAGE = re.compile(r"\bperPage['\"]?\s*:\s*['\"]?(\d{1,2})\b")
_CALLED = re.compile(r"[\w$.]{1,80}\(")
_CALLBACK = "rows"
_ROWS = 10  # of a portion where the page does not say
_MOST_ROWS = 6000
_LONGEST_ROW = 4000


class TrueCms(Platform):
    name = "truecms"
    asks_for_rows = True

    def detect(self, page: Page) -> float:
        return 0.97 if _NAME in page.text or _NAME in page.url else 0.0

    def answers(self, page: Page) -> bool:
        return _NAME not in page.url or bool(_records(page))

    def entries(self, page: Page) -> list[Link]:
        if _NAME not in page.url:
            return super().entries(page)
        return [link for row in _records(page) for link in links_in(parse_fragment(row), page.url)]

    def promised(self, page: Page) -> int:
        return _total(_store(page)) if _NAME in page.url else 0

    def listed(self, page: Page) -> list[str]:
        return super().listed(page) if _NAME in page.url else []

    def next_pages(self, page: Page, ask: Ask) -> list[Ask]:
        column, address = _COLUMN.search(page.text), _INTERFACE.search(page.text)
        if _NAME in page.url:
            return _rest(page, ask)
        total, shown = min(_total(page.text), _MOST_ROWS), _PER_PAGE.search(page.text)
        if column is None or address is None:
            return super().next_pages(page, ask)
        size = max(int(shown[1]), 1) if shown else _ROWS
        place = urljoin(page.url, address[0])
        return [_portion(place, column[1], start, size, page.url) for start in range(1, (total or 1) + 1, size)]


def _rest(page: Page, ask: Ask) -> list[Ask]:
    """What the first portion names where the column's page does not say how many rows there are."""
    asked = dict(parse_qsl(urlsplit(ask.url).query))
    size, total = int(asked.get("perpage", _ROWS)), min(_total(_store(page)), _MOST_ROWS)
    if asked.get("startrecord") != "1":
        return []
    place = ask.url.partition("?")[0]
    return [_portion(place, asked["columnId"], start, size, ask.referer) for start in range(1 + size, total + 1, size)]


def _portion(place: str, column: str, start: int, size: int, referer: str) -> Ask:
    words = {"startrecord": start, "endrecord": start + size - 1, "perpage": size, "columnId": column}
    return Ask(f"{place}?{urlencode({**words, 'callback': _CALLBACK})}", referer=referer)


def _store(page: Page) -> str:
    """The XML inside the call, as it is, as text or under a name; or inside bare JSON."""
    text = page.text.strip("\ufeff ;\r\n\t")
    called = _CALLED.match(text)
    inner = text[called.end() : -1] if called else text
    try:
        held = json.loads(inner)
    except (ValueError, RecursionError):
        return inner if inner.lstrip().startswith("<") else ""
    return held if isinstance(held, str) else text_in(held, "result")


def _records(page: Page) -> list[str]:
    parts = _store(page).split("<![CDATA[", _MOST_ROWS)[1:]
    return [part.partition("]]>")[0][:_LONGEST_ROW] for part in parts]


def _total(text: str) -> int:
    return max((int(found[1]) for pattern in _TOTAL if (found := pattern.search(text))), default=0)
