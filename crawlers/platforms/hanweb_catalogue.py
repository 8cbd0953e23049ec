"""Hanweb's 信息公开 catalogue: a column frames `/module/xxgk/tree.jsp?area=…`, whose nodes name the kinds of
information, and its rows come by POST from `/module/xxgk/search.jsp`.

The server answers with rows of every column, so the column's own are told by `art_<column>_` in their addresses; a
report of another column is one nevertheless. Asking for a word in titles where no kind is known rests on inference: a
server that ignores it sends more pages."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

from crawlers.exchange import Ask
from crawlers.page import Link, Page
from crawlers.platforms.hanweb import ARTICLE, Hanweb
from pipeline.titles import is_column_label, is_report_title, word_in_titles

_MODULES = "/module/xxgk/"
_SEARCH = f"{_MODULES}search.jsp"
_TREE = f"{_MODULES}tree.jsp"
_NODE = re.compile(r"funclick\(\s*\\?['\"](\w{1,40})\\?['\"][^)<>]{0,200}\)[^<>]{0,80}>\s*([^<]{1,40})", re.I)
_AREA = re.compile(r"/module/xxgk/(?:tree|search)\.jsp\?[^'\"\s]{0,300}?\barea=([\w-]{0,40})")
_KIND = re.compile(r"/module/xxgk/search\.jsp\?[^'\"\s]{0,300}?\binfotypeId=(\w{1,40})")
_COLUMN = re.compile(r"/col/col(\d+)")
_PAGES = re.compile(r"共\s*(\d{1,5})\s*页")
_COUNTED = re.compile(r"共\s*\d+\s*(?:页|条)|tr_main_value_")
_MOST_PAGES = 400  # more than a crawl reads: too many are told, not cut


class HanwebCatalogue(Hanweb):
    name = "hanweb_catalogue"

    def detect(self, page: Page) -> float:
        if urlsplit(page.url).path in (_SEARCH, _TREE):
            return 0.96
        return 0.93 if _MODULES in page.text and _AREA.search(page.text) else 0.0

    def columns(self, page: Page) -> list[Ask]:
        """The kinds of the tree that are called annual reports."""
        if urlsplit(page.url).path != _TREE:
            return []
        place = {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}
        kinds = dict.fromkeys(kind for kind, label in _NODE.findall(page.text) if is_column_label(label))
        return [_ask(page, kind, place.get("area", ""), place.get("divid", ""), "") for kind in kinds]

    def answers(self, page: Page) -> bool:
        if urlsplit(page.url).path != _SEARCH:
            return super().answers(page)
        return bool(_COUNTED.search(page.text)) or any(ARTICLE.search(link.url) for link in page.links)

    def entries(self, page: Page) -> list[Link]:
        column = re.search(r"[?&]divid=div(\d+)", page.url)
        if urlsplit(page.url).path != _SEARCH or column is None:
            return super().entries(page)
        own = f"art_{column[1]}_"
        return [link for link in super().entries(page) if own in link.url or is_report_title(link.text)]

    def next_pages(self, page: Page, ask: Ask) -> list[Ask]:
        if urlsplit(page.url).path == _SEARCH:
            return _further(page, ask)
        area, column = _AREA.search(page.text), _COLUMN.search(page.url)
        listed = any(ARTICLE.search(link.url) for link in page.links if not link.furniture)
        if area is None or column is None or (listed and _SEARCH not in page.text):
            return super().next_pages(page, ask)
        kind = _KIND.search(page.text)
        return [_ask(page, kind[1] if kind else "", area[1], f"div{column[1]}", "" if kind else word_in_titles())]


def _ask(page: Page, kind: str, area: str, division: str, title: str) -> Ask:
    number = re.search(r"\bjdid['\"]?\s*[=:]\s*['\"]?(\d{1,6})", page.text)
    fields = {"infotypeId": kind, "jdid": number[1] if number else "", "area": area, "divid": division}
    fields |= {"vc_title": title, "vc_number": "", "currpage": "1"}
    address = urljoin(page.url, f"{_SEARCH}?{urlencode(fields)}")
    return Ask(address, form=tuple(fields.items()), referer=page.url)


def _further(page: Page, ask: Ask) -> list[Ask]:
    pages = _PAGES.search(page.running_text)
    if pages is None or dict(ask.form).get("currpage") != "1":
        return []  # the first answer has named them all
    asks = []
    for number in range(2, min(int(pages[1]), _MOST_PAGES) + 1):
        form = tuple((name, str(number) if name == "currpage" else value) for name, value in ask.form)
        address = re.sub(r"([?&]currpage=)1\b", rf"\g<1>{number}", ask.url)
        asks.append(Ask(address, form=form, referer=ask.referer))
    return asks
