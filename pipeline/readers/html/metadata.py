"""What a page says about itself: its title, when it was published and by whom."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from lxml import etree
from lxml.html import HtmlElement

from pipeline.published import published_on

# Names that the portals' systems use, most telling first; compared in lower case.
_TITLES = ("articletitle", "og:title", "title")
_SOURCES = ("contentsource", "source")

_LABELLED_SOURCE = re.compile(r"(?:信息)?(?:来源|发布机构|发布单位)\s*[:：]\s*([^\s:：|]{2,40})")
_TEXTS = etree.XPath(".//text()", smart_strings=False)
_LABELS_WITHIN = 20_000  # letters of the page


@dataclass(frozen=True, slots=True)
class Metadata:
    title: str
    published_on: date | None
    source: str


def metadata_of(tree: HtmlElement, markup: str) -> Metadata:
    """Of a page's tree, as a reader sees it, and of the markup that it came from."""
    named: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = (meta.get("name") or meta.get("property") or meta.get("itemprop") or "").strip().lower()
        content = (meta.get("content") or "").strip()
        if name and content:
            named.setdefault(name, content)
    text = _first_text(tree)
    called = [_first(named, _TITLES), _tag_text(tree, "h1"), _tag_text(tree, "title")]
    return Metadata(
        title=next(filter(None, called), ""),
        published_on=published_on(named, markup, text, dict.fromkeys(called)),
        source=_first(named, _SOURCES) or _labelled_source(text),
    )


def _first(named: dict[str, str], names: tuple[str, ...]) -> str:
    return next((named[name] for name in names if name in named), "")


def _tag_text(tree: HtmlElement, tag: str) -> str:
    element = next(tree.iter(tag), None)
    return " ".join(element.text_content().split()) if element is not None else ""


def _first_text(tree: HtmlElement) -> str:
    body = tree.find("body")
    pieces = _TEXTS(body if body is not None else tree)
    return " ".join(map(str, pieces if isinstance(pieces, list) else ()))[:_LABELS_WITHIN]


def _labelled_source(text: str) -> str:
    found = _LABELLED_SOURCE.search(text)
    return found[1] if found else ""
