"""A family of Anhui, also met in Sichuan and Gansu: articles `/public/<body>/<id>.html`, columns
`/public/column/<body>?type=…`, where type 3 is the annual reports: `type=3&action=detail&title=2023` shows one year's.

A catalogue's further pages come as HTML from `/site/label/8888?labelName=publicInfoList&pageIndex=2&…` with the words
that the page's script holds. What a body without reports answers is not known: its column is asked for without counting
on it."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import parse_qs, parse_qsl, unquote, urlencode, urlsplit

from crawlers.exchange import Ask
from crawlers.links import MAIN, Link
from crawlers.page import Page
from crawlers.platforms.base import Platform
from pipeline.titles import is_report_title

_COLUMN = re.compile(r"^(https?://[^/?#]+(?:/[\w-]+)*?)/public/column/(\d{1,20})(?:[?#]|$)")
_ARTICLE = re.compile(r"/public/(?:\d+|content)/\d+(\.html)?$")
_LIST = "publicInfoList"
_PAGES = re.compile(r"\bpageCount['\"]?\s*[:=]\s*['\"]?(\d{1,4})\b")
_WORDS = ("siteId", "pageSize", "isDate", "dateFormat", "length", "organId", "type", "catId", "catIds", "cId", "result",
          "file", "fuzzySearch", "fromCode", "keyWords", "sortType", "isInvalid")  # fmt: skip
_TYPE = re.compile(r"\btype['\"]?\s*[:=]\s*['\"]?(\d{1,2})\b")  # a script's request has a type of its own, "get"
_NEEDED = {"siteId", "pageSize", "organId", "type"}
_NOTHING = "暂无相关信息"
_MOST_PAGES = 300
_MOST_BODIES = 300


class AnhuiPublic(Platform):
    name = "ahpublic"
    asks_for_rows = True

    def detect(self, page: Page) -> float:
        if _LIST in page.text or _LIST in page.url or _COLUMN.match(page.url):
            return 0.95
        if any(_COLUMN.match(link.url) for link in page.links):
            return 0.9
        return 0.7 if sum(bool(_ARTICLE.search(link.url)) for link in page.links) >= 2 else 0.0

    def columns(self, page: Page) -> list[Ask]:
        """The reports of the page's own body, else of all bodies that it links."""
        own = _COLUMN.match(page.url)
        if own and _is_of_reports(page.url):
            return []
        named = [own] if own else [found for link in page.links if (found := _COLUMN.match(link.url))]
        known = {_body(link.url) for link in page.links if _is_of_reports(link.url)}
        bodies = dict.fromkeys(f"{found[1]}/public/column/{found[2]}" for found in named if found[2] not in known)
        return [
            Ask(f"{body}?type=3&action=list", referer=page.url, optional=True) for body in list(bodies)[:_MOST_BODIES]
        ]

    def answers(self, page: Page) -> bool:
        return _LIST not in page.url or _NOTHING in page.text or _has_articles(page)

    def entries(self, page: Page) -> list[Link]:
        """A link to one year's report may say 查看 or stand in a menu: it is a row of its body's column anyway."""
        return [_year_row(link) if _body(link.url) == _body(page.url) else link for link in super().entries(page)]

    def promised(self, page: Page) -> int:
        """As many full pages as there are before the last one, and a row on that."""
        pages, words = _pages(page), {} if _shows_another(page) else _request(page)
        return (pages - 1) * int(words["pageSize"]) + 1 if pages > 1 and words else 0

    def listed(self, page: Page) -> list[str]:
        return [address for address in super().listed(page) if _ARTICLE.search(address)]

    def next_pages(self, page: Page, ask: Ask) -> list[Ask]:
        pages, words = _pages(page), _request(page)
        if _LIST in page.url or _shows_another(page):
            return []  # the column's page has named them all
        place = _COLUMN.match(page.url)
        if place is None or not words or (pages < 2 and _has_articles(page)):
            return super().next_pages(page, ask)
        first = 2 if _has_articles(page) else 1
        listed = {"labelName": _LIST, **words, "action": "list"}
        address = f"{place[1]}/site/label/8888?"
        asked = ({**listed, "pageIndex": str(number)} for number in range(first, min(max(pages, 1), _MOST_PAGES) + 1))
        return [Ask(address + urlencode(one), referer=page.url, counted=True) for one in asked]


def _is_of_reports(url: str) -> bool:
    return bool(_COLUMN.match(url)) and parse_qs(urlsplit(url).query).get("type") == ["3"]


def _shows_another(page: Page) -> bool:
    """A catalogue where the body's reports were asked for: it would be paged to its end for nothing."""
    return _is_of_reports(page.url) and _request(page).get("type", "3") != "3"


def _body(url: str) -> str:
    found = _COLUMN.match(url)
    return found[2] if found else ""


def _year_row(link: Link) -> Link:
    asked = dict(parse_qsl(urlsplit(link.url).query))
    year = asked.get("title") or asked.get("timeFrame") or ""
    if asked.get("type") != "3" or not re.fullmatch(r"(19|20)\d\d", year):
        return link
    text = link.text if is_report_title(link.text) else f"{year}年"
    return replace(link, text=text, place=MAIN, year=int(year))


def _has_articles(page: Page) -> bool:
    return any(_ARTICLE.search(link.url) for link in page.links)


def _pages(page: Page) -> int:
    found = _PAGES.search(page.text)
    return int(found[1]) if found else 0


def _request(page: Page) -> dict[str, str]:
    """The words of the request as the page's script or its answers' address hold them; none without the needed ones."""
    script = page.text[max(0, page.text.find(_LIST) - 3000) :][:6000] if _LIST in page.text else ""
    found = {name: _word(script, name) for name in _WORDS}
    place = _COLUMN.match(page.url)
    asked = dict(parse_qsl(urlsplit(page.url).query))
    found["type"] = number[1] if (number := _TYPE.search(script)) else ""
    found["siteId"] = found["siteId"] or page.meta("siteid")
    found["organId"] = found["organId"] or (place[2] if place else "")
    found |= {name: asked[name] for name in ("type", "catId") if not found[name] and name in asked}
    sent = {name: value for name, value in found.items() if value}
    return sent if script and sent.keys() >= _NEEDED and sent["pageSize"].isdecimal() else {}


def _word(script: str, name: str) -> str:
    found = re.search(rf"\b{name}['\"]?\s*[:=]\s*(?:['\"]([^'\"<>]{{0,200}})['\"]|([\w/%.-]{{1,200}}))", script)
    return unquote(found[1] or found[2] or "") if found else ""
