"""What a page says about itself: its title, when it was published and by whom."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from lxml.html import HtmlElement

# Names that the portals' systems use, most telling first; compared in lower case.
_TITLES = ("articletitle", "og:title", "title")
_DATES = ("pubdate", "publishdate", "firstpublishedtime", "article:published_time", "publishedtime", "createdate")
_SOURCES = ("contentsource", "source")

_DATE = re.compile(r"(20\d\d)\s*[-年/.]\s*(\d{1,2})\s*[-月/.]\s*(\d{1,2})")
_LABELLED_DATE = re.compile(r"(?:发布|公开|发文|更新|成文|生成)?(?:日期|时间)\s*[:：]?\s*" + _DATE.pattern)
_LABELLED_SOURCE = re.compile(r"(?:信息)?(?:来源|发布机构|发布单位)\s*[:：]\s*([^\s:：|]{2,40})")
_LABELS_WITHIN = 20_000  # letters of the page


@dataclass(frozen=True, slots=True)
class Metadata:
    title: str
    published_on: date | None
    source: str


def metadata_of(tree: HtmlElement) -> Metadata:
    named: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = (meta.get("name") or meta.get("property") or "").strip().lower()
        content = (meta.get("content") or "").strip()
        if name and content:
            named.setdefault(name, content)
    text = _first_text(tree)
    return Metadata(
        title=_first(named, _TITLES) or _tag_text(tree, "h1") or _tag_text(tree, "title"),
        published_on=_date(_first(named, _DATES)) or _labelled_date(text),
        source=_first(named, _SOURCES) or _labelled_source(text),
    )


def _first(named: dict[str, str], names: tuple[str, ...]) -> str:
    return next((named[name] for name in names if name in named), "")


def _tag_text(tree: HtmlElement, tag: str) -> str:
    element = next(tree.iter(tag), None)
    return " ".join(element.text_content().split()) if element is not None else ""


def _first_text(tree: HtmlElement) -> str:
    body = tree.find("body")
    return str((body if body is not None else tree).text_content())[:_LABELS_WITHIN]


def _labelled_date(text: str) -> date | None:
    found = _LABELLED_DATE.search(text)
    return _date(found[0]) if found else None


def _labelled_source(text: str) -> str:
    found = _LABELLED_SOURCE.search(text)
    return found[1] if found else ""


def _date(text: str) -> date | None:
    found = _DATE.search(text)
    if not found:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None
