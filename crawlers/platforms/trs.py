"""TRS WCM, dated (`/202502/t20250218_2534939.html`) and undated (`/t19700101_3441457.shtml`) articles alike.

The pager is the inline call `createPageHTML` with one of two signatures. It promises more pages than there are on some
sites, so each page names only the next one, and a stub or a page without articles is the end. The second signature's
first page number differs from site to site, so its ends are asked for without counting on them."""

from __future__ import annotations

import re
from typing import ClassVar
from urllib.parse import urljoin

from crawlers.exchange import Ask
from crawlers.page import Link, Page
from crawlers.platforms import site_search
from crawlers.platforms.base import Platform
from pipeline.titles import is_report_title

_CALL = re.compile(r"createPageHTML\s*\(([^()]{3,300})\)")
_DEFINED = re.compile(r"function\s+$")
_VARIABLE = re.compile(r"\bvar\s+(\w+)\s*=\s*['\"]?([\w./-]+)['\"]?\s*;")
_OF_AN_ARTICLE = re.compile(r"\d{6}")  # t20250117_9 goes on over several pages itself
_HYPHENATED = re.compile(r"column-index$")  # 成都: column-index-2.shtml
_MOST_PAGES = 500


class Trs(Platform):
    name = "trs"
    article: ClassVar[re.Pattern[str]] = re.compile(r"/t(\d{8}|\d{5,7})?_?\d*(_wap)?\.s?html?$")

    def detect(self, page: Page) -> float:
        if site_search.is_answer(page) or _pagers(page):
            return 0.9
        if "TRS_Editor" in page.text or "trs_editor_view" in page.text or "TRS_UEDITOR" in page.text:
            return 0.8
        articles = sum(bool(self.article.search(link.url)) for link in page.links)
        return 0.6 if articles >= 2 else 0.3 if articles else 0.0

    def answers(self, page: Page) -> bool:
        return site_search.answers(page)

    def needs_no_drawing(self, url: str) -> bool:
        return self.asks_for_rows or site_search.is_asked(url)

    def entries(self, page: Page) -> list[Link]:
        return site_search.rows(page) if site_search.is_answer(page) else super().entries(page)

    def searches(self, page: Page) -> list[Ask]:
        return site_search.searches(page)

    def next_pages(self, page: Page, ask: Ask) -> list[Ask]:
        if site_search.is_answer(page):
            return site_search.next_pages(page, ask)
        for arguments in _pagers(page):
            pager = _by_signature(arguments)
            if pager is not None:
                return self._numbered(page, ask, *pager)
        return super().next_pages(page, ask)

    def _numbered(self, page: Page, ask: Ask, total: int, base: str, extension: str, first: int) -> list[Ask]:
        """The page after this one. The last one of a pager that counts from `first` 2 may be numbered either way."""
        sign = "-" if _HYPHENATED.search(base) else "_"
        here = re.search(rf"/{re.escape(base.rsplit('/')[-1])}{sign}(\d{{1,4}})\.\w+$", page.url)
        last = min(total if first == 2 else total - 1, _MOST_PAGES)
        if here is None:
            numbers = [1] if first == 1 else [1, 2]
        elif first == 2 and here[1] == "1" and ask.optional:
            return []  # named with the second by the first page
        else:
            goes_on = _OF_AN_ARTICLE.search(base) or self._has_articles(page)
            numbers = [int(here[1]) + 1] if goes_on else []
        return [
            Ask(
                urljoin(page.url, f"{base}{sign}{number}.{extension.lstrip('.')}"),
                referer=page.url,
                optional=first == 2 and number in (1, last),
            )
            for number in numbers
            if total > 1 and number <= last
        ]

    def _has_articles(self, page: Page) -> bool:
        """A stub, of a few hundred bytes, has none."""
        links = [link for link in page.links if not link.furniture]
        return any(link.listed_on or self.article.search(link.url) or is_report_title(link.text) for link in links)


def _pagers(page: Page) -> list[list[str]]:
    """The arguments of every call, variables replaced by what the page sets them to."""
    if "createPageHTML" not in page.text:
        return []
    variables = dict(_VARIABLE.findall(page.text))
    calls = []
    for call in _CALL.finditer(page.text):
        if _DEFINED.search(page.text[max(0, call.start() - 20) : call.start()]):
            continue
        arguments = [argument.strip() for argument in call[1].split(",")]
        calls.append([variables.get(argument, argument) for argument in arguments])
    return calls


def _by_signature(arguments: list[str]) -> tuple[int, str, str, int] | None:
    """Pages, base name, extension, and the number of the second page as far as the signature tells."""
    quoted = [argument.strip("'\"") for argument in arguments]
    if len(arguments) >= 4 and quoted[0].isdigit() and quoted[1].isdigit():
        return int(quoted[0]), quoted[2], quoted[3], 2 if _HYPHENATED.search(quoted[2]) else 1
    if len(arguments) >= 5 and quoted[1].isdigit() and quoted[2].isdigit():
        return int(quoted[1]), quoted[3], quoted[4], 2
    return None
