"""Hanweb jcms: articles `/art/2025/1/21/art_1229351223_4209559.html`, columns `/col/col1229351223/index.html`; the
Huai'an variant has `/col/1_2/art/<8 digits>/<17 digits and 6 characters>.html`.

The first rows lie in a datastore inside a script; the further ones come from `dataproxy.jsp` as the same datastore, by
POST, or by GET as the older pager's <nextgroup> names it. Some servers go by `startrecord`, some only by `page`; all
cut large answers: a portion is asked for in both ways at once, and the next one begins where its rows ended. A server
that answers without rows lists in the column's page instead, which must then hold all that the column promises."""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from itertools import pairwise
from urllib.parse import urljoin

from crawlers.addresses import absolute
from crawlers.exchange import Ask
from crawlers.page import Link, Page, links_in, parse_fragment
from crawlers.platforms.base import Platform

_PROXY = "/module/web/jpage/dataproxy.jsp"
_DATASTORE = re.compile(r"<datastore\b", re.I)
_LARGEST_STORE = 2 * 1024 * 1024
_RECORD = re.compile(r"<record>\s{0,20}<!\[CDATA\[(.{0,4000}?)\]\]>\s{0,20}</record>", re.S | re.I)
_NEXT_GROUP = re.compile(
    r"<nextgroup>.{0,200}?href=['\"]([^'\"]{0,900}dataproxy\.jsp\?[^'\"]{1,900})['\"]", re.S | re.I
)
_TOTAL = (re.compile(r"<totalrecord>\s*(\d+)", re.I), re.compile(r"totalRecord['\"]?\s*[:=]\s*['\"]?(\d+)"))
_PER_PAGE = re.compile(r"perPage['\"]?\s*[:=]\s*['\"]?(\d+)", re.I)
_FIELDS = ("col", "appid", "webid", "path", "columnid", "sourceContentType", "unitid", "webname", "permissiontype")
ARTICLE = re.compile(r"/art/\d{4}/\d{1,2}/\d{1,2}/art_\d+_\d+\.html|/col/\d+_\d+/art/\d{8}/\w{23}\.html")
_COLUMN = re.compile(r"/col/(col\d+|\d+_\d+)/")
_PORTION_PAGES = 3
_LARGEST_PORTION = 100  # servers are known to cut at some 300
_MOST_ROWS = 10_000


class Hanweb(Platform):
    name = "hanweb"
    asks_for_rows = True

    def detect(self, page: Page) -> float:
        if (page.says("datastore") and _DATASTORE.search(page.text)) or _PROXY in page.text or _PROXY in page.url:
            return 0.95
        own = sum(bool(ARTICLE.search(link.url) or _COLUMN.search(link.url)) for link in page.links)
        return 0.7 if own >= 2 else 0.0

    def answers(self, page: Page) -> bool:
        """An empty answer is one: the rows are in the column's page then."""
        return _PROXY not in page.url or not page.text.strip() or bool(_DATASTORE.search(page.text))

    def entries(self, page: Page) -> list[Link]:
        rows = _rows(page)
        return rows + [link for link in super().entries(page) if link.url not in {row.url for row in rows}]

    def promised(self, page: Page) -> int:
        return _first_number(_own(page), _TOTAL) if _records(page) or _asks_for_column(page) else 0

    def listed(self, page: Page) -> list[str]:
        """Without a datastore the rows are the page's articles and whatever else has a date, as an entry may lead to
        any other site; its menus are none."""
        rows = [link.url for link in _rows(page)]
        shown = (link for link in page.links if not link.furniture)
        return rows or [link.url for link in shown if ARTICLE.search(link.url) or link.listed_on is not None]

    def next_pages(self, page: Page, ask: Ask) -> list[Ask]:
        if _PROXY in page.url:
            return _following(page, ask) if ask.form else _older(page, ask)
        inlined, total = len(_records(page)), _first_number(_own(page), _TOTAL)
        older = _older(page, Ask(page.url, referer=page.url))
        if not _asks_for_column(page) or (not total and not older and inlined):
            return older or super().next_pages(page, ask)
        if total and inlined >= total:
            return []
        shown = (_first_number(_own(page), (_PER_PAGE,)) or 15) * _PORTION_PAGES
        size = min(total or max(inlined, shown), _LARGEST_PORTION)
        done = inlined // size  # portions that are inlined whole: pages of one size begin where they end
        return [_portion(page, size, done + 1, done * size + 1, total)]


@lru_cache(maxsize=4)
def _own(page: Page) -> str:
    """The part of the page about its own column: beside it others may be listed, each by a datastore and a script."""
    starts = [found.start() for found in _DATASTORE.finditer(page.text)]
    column = _COLUMN.search(page.url)
    number = column[1].removeprefix("col").split("_")[0] if column else ""
    for start, end in pairwise([*starts, len(page.text)] if len(starts) > 1 and number else []):
        part = page.text[start:end]
        named = _field(part, "columnid")  # where it names none, its script stands elsewhere
        if named == number or (named and f"/art_{number}_" in part):
            return part
    return page.text


@lru_cache(maxsize=4)
def _records(page: Page) -> tuple[str, ...]:
    start = _DATASTORE.search(_own(page))
    return tuple(_RECORD.findall(_own(page)[start.start() :][:_LARGEST_STORE])) if start else ()


def _rows(page: Page) -> list[Link]:
    return [link for record in _records(page) for link in links_in(parse_fragment(record), page.url)]


def _asks_for_column(page: Page) -> bool:
    """Whether the page's script asks for rows by POST: it holds the column's id, as the older pager's link does too."""
    if _PROXY in page.url or not (_PROXY in page.text or _DATASTORE.search(page.text)):
        return False
    return bool(_field(_NEXT_GROUP.sub("", _own(page)), "columnid"))


def _portion(page: Page, size: int, number: int, start: int, total: int) -> Ask:
    form = [(name, _field(_own(page), name)) for name in _FIELDS if name != "col"]
    sent = (("col", "1"), *((name, value) for name, value in form if value))
    return Ask(_place(page.url, size, number, start, total), form=sent, referer=page.url)


def _place(base: str, size: int, number: int, start: int, total: int) -> str:
    end = min(start + size - 1, total or _MOST_ROWS)
    return urljoin(base, f"{_PROXY}?startrecord={start}&endrecord={end}&perpage={size}&page={number}")


def _following(page: Page, ask: Ask) -> list[Ask]:
    """The portion after this one, which may have been cut."""
    asked = {name: int(value) for name, value in re.findall(r"[?&](\w+)=(\d{1,7})\b", ask.url)}
    start = asked.get("startrecord", 1) + len(_records(page))
    total, size = _first_number(_own(page), _TOTAL), asked.get("perpage", 15)
    if not _records(page) or start > min(total or _MOST_ROWS, _MOST_ROWS):
        return []
    address = _place(page.url, size, asked.get("page", 1) + 1, start, total)
    return [Ask(address, form=ask.form, referer=ask.referer)]


def _older(page: Page, ask: Ask) -> list[Ask]:
    """What the older pager names. On a column's page it may name the very rows that are inlined there."""
    named = _NEXT_GROUP.search(_own(page))
    address = absolute(page.url, unescape(named[1])) if named else ""
    number = re.search(r"([?&]page=)(\d{1,4})", address)
    if number is None or not _records(page):
        return []
    numbers = [int(number[2])] if _PROXY in page.url else [int(number[2]), int(number[2]) + 1]
    before, after = address[: number.end(1)], address[number.end() :]
    return [Ask(f"{before}{one}{after}", referer=ask.referer) for one in numbers]


def _field(text: str, name: str) -> str:
    """A parameter of the pager, wherever the page holds it: script object, hidden field's value, query of a link."""
    found = re.search(rf"\b{name}['\"]?\s*[:=]\s*['\"]?([^'\"&,;<>\s}}]+)", text)
    return found[1] if found else ""


def _first_number(text: str, patterns: tuple[re.Pattern[str], ...]) -> int:
    for pattern in patterns:
        if found := pattern.search(text):
            return int(found[1])
    return 0
