"""The site search of TRS portals, which is asked where no column is found: `/igs/front/search.jhtml` answers in JSON,
the older `/was5/web/search` in HTML. Its ids are taken from what the portal's own pages print, never guessed.

Hits come best first, so a page without a single report is the end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from crawlers.addresses import absolute
from crawlers.exchange import Ask
from crawlers.page import Link, Page, links_in, parse_fragment, squeezed
from crawlers.platforms.replies import day_in, inside, members, number_in, text_in
from pipeline.titles import is_report_title, search_words

_JSON = "/igs/front/search.jhtml"
_HTML = "/was5/web/search"
_ADDRESS = re.compile(r"[^\s\"'<>]{0,200}/(?:search\.j?html|was5/web/search)\?[^\s\"'<>]{5,400}")
_ROWS_OF_A_PAGE = 20
_MOST_PAGES = 50
_MOST_SEARCHES = 2


def is_answer(page: Page) -> bool:
    return is_asked(page.url)


def is_asked(url: str) -> bool:
    return urlsplit(url).path in (_JSON, _HTML)


def is_named(page: Page) -> bool:
    """Whether a page that tells of no software names one of these searches by its path."""
    return _JSON in page.text or _HTML in page.text


def answers(page: Page) -> bool:
    return urlsplit(page.url).path != _JSON or isinstance(inside(page.json, "page", "content"), list)


def searches(page: Page) -> list[Ask]:
    """The portal's searches for reports, as links and forms of a page name them."""
    asks: dict[str, Ask] = {}
    for server, fields in (*_printed(page), *_forms(page)):
        wanted: dict[str, object] = {}
        if re.fullmatch(r"[0-9a-f]{32}", fields.get("code", "")) and fields.get("siteId", "").isdecimal():
            wanted = {"code": fields["code"], "siteId": fields["siteId"], "position": "TITLE", "pageNumber": 1}
            path, wanted = _JSON, wanted | {"pageSize": _ROWS_OF_A_PAGE, "searchWord": search_words()}
        elif fields.get("channelid", "").isdecimal():
            path, wanted = _HTML, {"channelid": fields["channelid"], "searchword": search_words(), "page": 1}
            wanted["perpage"] = _ROWS_OF_A_PAGE
        if wanted:
            address = urljoin(server, f"{path}?{urlencode(wanted)}")
            asks.setdefault(address, Ask(address, referer=page.url, optional=True))
    return list(asks.values())[:_MOST_SEARCHES]


def rows(page: Page) -> list[Link]:
    """Only what is called a report: everything else a search finds is by chance."""
    hits = _hits(page) if urlsplit(page.url).path == _JSON else links_in(page.root, page.base)
    return [hit for hit in hits if hit.url and is_report_title(hit.text)]


def next_pages(page: Page, ask: Ask) -> list[Ask]:
    number = re.search(r"([?&]page(?:Number)?=)(\d{1,4})", page.url)
    if number is None or not rows(page):
        return []
    following = int(number[2]) + 1
    last = number_in(page.json, "page", "totalPages") if urlsplit(page.url).path == _JSON else _MOST_PAGES
    if following > min(last, _MOST_PAGES):
        return []
    return [Ask(f"{page.url[: number.end(1)]}{following}{page.url[number.end() :]}", referer=ask.referer)]


def _hits(page: Page) -> Iterator[Link]:
    for hit in members(page.json, "page", "content"):
        title = squeezed(parse_fragment(text_in(hit, "title")).text_content())  # the words searched for are marked up
        day = day_in(hit, "docreltime") or day_in(hit, "trs_time")
        yield Link(absolute(page.url, text_in(hit, "url")), title, day)


def _printed(page: Page) -> Iterator[tuple[str, dict[str, str]]]:
    for printed in _ADDRESS.findall(page.text[:500_000]):
        if address := absolute(page.base, unescape(printed)):
            yield address, dict(parse_qsl(urlsplit(address).query))


def _forms(page: Page) -> Iterator[tuple[str, dict[str, str]]]:
    for form in page.root.iter("form"):
        if "search" in (form.get("action") or "") and (server := absolute(page.base, form.get("action"))):
            yield server, {field.get("name") or "": field.get("value") or "" for field in form.iter("input")}
