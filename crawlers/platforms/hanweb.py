"""Hanweb jcms: articles `/art/2025/1/21/art_1229351223_4209559.html`, columns `/col/col1229351223/index.html`.

The first rows lie in a datastore inside a script; the further ones come from `dataproxy.jsp` by POST, as the same
datastore. Servers cut large answers, so rows are asked for in portions of a few listing pages. Some ignore where a
portion starts and send the first rows again: then fewer rows come together than the column promises."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from crawlers.exchange import Ask
from crawlers.page import Link, Page, links_in, parse_fragment
from crawlers.platforms.base import Platform

_PROXY = "/module/web/jpage/dataproxy.jsp"
_DATASTORE = re.compile(r"<datastore\b", re.I)
_LARGEST_STORE = 2 * 1024 * 1024
_RECORD = re.compile(r"<record>\s{0,20}<!\[CDATA\[(.{0,4000}?)\]\]>\s{0,20}</record>", re.S | re.I)
_TOTAL = (re.compile(r"<totalrecord>\s*(\d+)", re.I), re.compile(r"totalRecord['\"]?\s*[:=]\s*['\"]?(\d+)"))
_PER_PAGE = re.compile(r"perPage['\"]?\s*[:=]\s*['\"]?(\d+)", re.I)
_FIELDS = ("col", "appid", "webid", "path", "columnid", "sourceContentType", "unitid", "webname", "permissiontype")
_ARTICLE = re.compile(r"/art/\d{4}/\d{1,2}/\d{1,2}/art_\d+_\d+\.html|/col/col\d+/")
_PORTION_PAGES = 3
_MOST_ROWS = 10_000


class Hanweb(Platform):
    name = "hanweb"

    def detect(self, page: Page) -> float:
        if _DATASTORE.search(page.text) or _PROXY in page.text:
            return 0.95
        return 0.7 if sum(bool(_ARTICLE.search(link.url)) for link in page.links) >= 2 else 0.0

    def entries(self, page: Page) -> list[Link]:
        rows = [link for record in _records(page) for link in links_in(parse_fragment(record), page.url)]
        return rows + [link for link in super().entries(page) if link.url not in {row.url for row in rows}]

    def promised(self, page: Page) -> int:
        return _first_number(page.text, _TOTAL) if _records(page) else 0

    def next_pages(self, page: Page, ask: Ask) -> list[Ask]:
        inlined, total = len(_records(page)), _first_number(page.text, _TOTAL)
        if ask.form:
            return []  # a portion; the column's page has named them all
        if not total or not _field(page.text, "columnid"):
            return super().next_pages(page, ask)
        per_page = _first_number(page.text, (_PER_PAGE,)) or 15
        portion = per_page * _PORTION_PAGES
        starts = range(inlined + 1, min(total, _MOST_ROWS) + 1, portion)
        return [_portion(page, start, min(start + portion - 1, total), per_page) for start in starts]


def _records(page: Page) -> list[str]:
    start = _DATASTORE.search(page.text)
    return _RECORD.findall(page.text[start.start() :][:_LARGEST_STORE]) if start else []


def _portion(page: Page, start: int, end: int, per_page: int) -> Ask:
    form = [(name, _field(page.text, name)) for name in _FIELDS if name != "col"]
    sent = (("col", "1"), *((name, value) for name, value in form if value))
    address = urljoin(page.url, f"{_PROXY}?startrecord={start}&endrecord={end}&perpage={per_page}")
    return Ask(address, form=sent, referer=page.url)


def _field(text: str, name: str) -> str:
    """A parameter of the pager, wherever the page holds it: script object, hidden field's value, query of a link."""
    found = re.search(rf"\b{name}['\"]?\s*[:=]\s*['\"]?([^'\"&,;<>\s}}]+)", text)
    return found[1] if found else ""


def _first_number(text: str, patterns: tuple[re.Pattern[str], ...]) -> int:
    for pattern in patterns:
        if found := pattern.search(text):
            return int(found[1])
    return 0
