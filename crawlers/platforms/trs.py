"""TRS WCM, dated (`/202502/t20250218_2534939.html`) and undated (`/t19700101_3441457.shtml`) articles alike.

The pager is the inline call `createPageHTML` with one of two signatures. The second one's first page number differs
from site to site, so its ends are asked for without counting on them."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from crawlers.exchange import Ask
from crawlers.page import Page
from crawlers.platforms.base import Platform

_ARTICLE = re.compile(r"/t(\d{8}|\d{5,7})?_?\d*(_wap)?\.s?html?$")
_CALL = re.compile(r"createPageHTML\s*\(([^()]{3,300})\)")
_DEFINED = re.compile(r"function\s+$")
_VARIABLE = re.compile(r"\bvar\s+(\w+)\s*=\s*['\"]?([\w./-]+)['\"]?\s*;")
_MOST_PAGES = 500


class Trs(Platform):
    name = "trs"

    def detect(self, page: Page) -> float:
        if _pagers(page):
            return 0.9
        if "TRS_Editor" in page.text or "trs_editor_view" in page.text or "TRS_UEDITOR" in page.text:
            return 0.8
        articles = sum(bool(_ARTICLE.search(link.url)) for link in page.links)
        return 0.6 if articles >= 2 else 0.3 if articles else 0.0

    def next_pages(self, page: Page, ask: Ask) -> list[Ask]:
        for arguments in _pagers(page):
            if asks := _by_signature(page, arguments):
                return asks
        return super().next_pages(page, ask)


def _pagers(page: Page) -> list[list[str]]:
    """The arguments of every call, variables replaced by what the page sets them to."""
    variables = dict(_VARIABLE.findall(page.text))
    calls = []
    for call in _CALL.finditer(page.text):
        if _DEFINED.search(page.text[max(0, call.start() - 20) : call.start()]):
            continue
        arguments = [argument.strip() for argument in call[1].split(",")]
        calls.append([variables.get(argument, argument) for argument in arguments])
    return calls


def _by_signature(page: Page, arguments: list[str]) -> list[Ask]:
    quoted = [argument.strip("'\"") for argument in arguments]
    if len(arguments) >= 4 and quoted[0].isdigit() and quoted[1].isdigit():
        total, base, extension = int(quoted[0]), quoted[2], quoted[3]
        numbers = range(1, min(total, _MOST_PAGES))
        return [_page(page, base, number, extension) for number in numbers]
    if len(arguments) >= 5 and quoted[1].isdigit() and quoted[2].isdigit():
        total, base, extension = min(int(quoted[1]), _MOST_PAGES), quoted[3], quoted[4]
        if total < 2:
            return []
        ends = (1, total)  # the first further page is _1 here and _2 there; the last one's number follows from it
        return [_page(page, base, number, extension, optional=number in ends) for number in range(1, total + 1)]
    return []


def _page(page: Page, base: str, number: int, extension: str, *, optional: bool = False) -> Ask:
    return Ask(urljoin(page.url, f"{base}_{number}.{extension.lstrip('.')}"), referer=page.url, optional=optional)
