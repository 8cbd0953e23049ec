"""Whether two versions of a page say the same, though their bytes differ: by visit counters, clocks, tokens in scripts,
and around a report by other news.

From a report's first words on every letter counts; whatever may be a correction is a change."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from crawlers.attachments import attachments
from crawlers.naming import squeezed
from crawlers.page import Page
from pipeline.titles import before_headings, reads_like_report

_BEFORE_A_REPORT = 200  # letters above a report: title, date, source, visits; what is longer is its preamble
_COUNTER = re.compile(r"(访问|浏览|点击|阅读|访客)(次数|总?量|总?数)?\s*[:：]?\s*\d+\s*(人?次)?")
_CLOCK = re.compile(
    r"(今天是|现在是|今日)[:：]?\s*\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日\s*(星期.)?|\d{1,2}:\d{2}(:\d{2})?"
)
_TOKEN = re.compile(r"\d{10,}|[0-9a-f]{16,}", re.I)
_SHOWN = ("img", "iframe", "embed", "object", "frame")
_DEEPEST = 60


def says_the_same(before: Page, after: Page) -> bool:
    if before.title != after.title or before.refresh != after.refresh:
        return False
    if reads_like_report(before.running_text) and reads_like_report(after.running_text):
        return _report(before) == _report(after)
    return _page(before) == _page(after)


def _report(page: Page) -> tuple[object, ...]:
    """The narrowest element around all of the report, and the files that hang on the page."""
    around = page.root
    for _ in range(_DEEPEST):
        inner = next((child for child in around if reads_like_report(_text(child))), None)
        if inner is None:
            break
        around = inner
    text = _text(around)
    above = min(before_headings(text), _BEFORE_A_REPORT)
    begin = _CLOCK.sub("", _COUNTER.sub("", text[:above]))
    files = [(one.url, one.title) for one in attachments(page)]
    return begin, text[above:], list(_addresses(around)), files


def _page(page: Page) -> tuple[object, ...]:
    """All that is read, linked or shown, and the scripts that may hold rows."""
    links = [(link.url, link.text, link.listed_on) for link in page.links]
    scripts = [_TOKEN.sub("", script.text or "") for script in page.root.iter("script")]
    text = _CLOCK.sub("", _COUNTER.sub("", page.running_text))
    return text, links, list(_addresses(page.root)), scripts


def _addresses(element: HtmlElement) -> Iterator[str]:
    for shown in element.iter(*_SHOWN):
        yield shown.get("src") or shown.get("data") or ""
    for anchor in element.iter("a"):
        yield anchor.get("href") or ""


def _text(element: HtmlElement) -> str:
    if not isinstance(element.tag, str):
        return ""  # a comment
    parts = element.xpath(".//text()[not(parent::script or parent::style)]")
    return squeezed(" ".join(str(part) for part in parts))
