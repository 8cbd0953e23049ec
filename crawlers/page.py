"""A fetched page as the crawl sees it: links with their text and the date beside them, title, running text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import islice
from typing import Any

import lxml.html
from lxml.etree import ParserError, XMLSyntaxError
from lxml.html import HtmlElement

from crawlers.addresses import absolute
from pipeline.charset import decode
from pipeline.titles import column_score, is_report_title, year_of_title

_LARGEST = 20 * 1024 * 1024  # of a page that is parsed
_MOST_LINKS = 5000
_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)")
_ROW_TAGS = frozenset({"li", "tr", "dd", "dt", "p", "div", "td", "span", "h3", "h4"})
_ROW_TEXT = 240  # a row says little more than title and date
_TITLE_META = ("articletitle", "title", "og:title")
_DATE_META = ("pubdate", "publishdate", "firstpublishedtime", "maketime")


@dataclass(frozen=True, slots=True)
class Link:
    url: str
    text: str
    listed_on: date | None = None
    furniture: bool = False  # in a header, menu, breadcrumb or footer
    files: tuple[str, ...] = ()  # that the row names beside its page
    year: int | None = None  # that a report found there is about, where its address asks for one


def date_in(text: str) -> date | None:
    found = _DATE.search(text)
    if not found:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def parse_fragment(text: str) -> HtmlElement:
    """Never fails: what cannot be parsed is an empty page."""
    cleaned = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", text)
    cleaned = re.sub(r"^\s*<\?xml[^>]*\?>", "", cleaned)  # lxml takes no declared encoding in text
    try:
        return lxml.html.document_fromstring(cleaned or "<html/>")
    except (ParserError, XMLSyntaxError, ValueError):
        return lxml.html.document_fromstring("<html/>")


class Page:
    def __init__(self, url: str, body: bytes, *, charset: str = "", encoding: str = "auto") -> None:
        self.url = url
        self.text = decode(body[:_LARGEST], charset, encoding)

    @cached_property
    def json(self) -> Any:
        """What an answer of an interface says; None where it is no JSON."""
        start = self.text[:200].lstrip("\ufeff \r\n\t")[:1]
        try:
            return json.loads(self.text.strip("\ufeff \r\n\t")) if start in ("{", "[") else None
        except (ValueError, RecursionError):
            return None

    @cached_property
    def root(self) -> HtmlElement:
        return parse_fragment(self.text)

    @cached_property
    def base(self) -> str:
        declared = self.root.find(".//base")
        href = declared.get("href", "") if declared is not None else ""
        return absolute(self.url, href) or self.url

    @cached_property
    def links(self) -> tuple[Link, ...]:
        return tuple(links_in(self.root, self.base))

    @cached_property
    def title(self) -> str:
        """The article's title: what the page declares, else its first heading, else the window's title to the first
        separator."""
        for name in _TITLE_META[:1]:
            if declared := self.meta(name):
                return declared
        for heading in self.root.iter("h1", "h2"):
            if text := squeezed(heading.text_content()):
                return text[:300]
        return re.split(r"[_|]|\s[-—–]+\s|-(?=[^-]{2,20}$)", self.window_title)[0].strip()

    @cached_property
    def window_title(self) -> str:
        found = self.root.find(".//title")
        return squeezed(found.text_content())[:300] if found is not None else ""

    @cached_property
    def running_text(self) -> str:
        """Everything a reader sees, scripts and styles left out."""
        parts = self.root.xpath("//body//text()[not(parent::script or parent::style or parent::noscript)]")
        return squeezed(" ".join(str(part) for part in parts if str(part).strip()))

    @cached_property
    def published_on(self) -> date | None:
        return next((found for name in _DATE_META if (found := date_in(self.meta(name)))), None)

    @cached_property
    def has_scripts(self) -> bool:
        return self.root.find(".//script") is not None

    @cached_property
    def refresh(self) -> str:
        """Where the page sends its reader by itself: a meta refresh, or a script that does nothing else."""
        for element in self.root.iter("meta"):
            if (element.get("http-equiv") or "").lower() == "refresh":
                _, _, target = (element.get("content") or "").partition("=")
                return absolute(self.base, target.strip(" '\""))
        if len(self.text) < 2000 and not self.links:
            found = re.search(r"location(?:\.href)?\s*=\s*[\"']([^\"']+)[\"']", self.text)
            return absolute(self.base, found[1]) if found else ""
        return ""

    def frames(self) -> Iterator[str]:
        for element in self.root.iter("iframe", "frame"):
            if target := absolute(self.base, element.get("src") or ""):
                yield target

    def meta(self, name: str) -> str:
        for element in self.root.iter("meta"):
            if (element.get("name") or element.get("property") or "").lower() == name:
                return squeezed(element.get("content") or "")[:300]
        return ""


def links_in(root: HtmlElement, base: str) -> Iterator[Link]:
    seen = 0
    for anchor in root.iter("a", "area"):
        target = absolute(base, anchor.get("href") or "")
        if not target:
            continue
        seen += 1
        if seen > _MOST_LINKS:
            return
        text = link_text(anchor)
        if text:
            yield Link(target, text, _date_beside(anchor), _is_furniture(anchor))


def link_text(anchor: HtmlElement) -> str:
    """The title attribute where the text is a shortened form of it or says nothing of the report that it names; an
    image's alt where there is no text."""
    text, title = squeezed(anchor.text_content())[:300], squeezed(anchor.get("title") or "")[:300]
    stem = re.sub(r"(\.{2,}|…+)$", "", text)
    shortened = (stem != text and len(title) >= len(stem)) or (stem in title and len(stem) >= 4)
    if title and (not text or shortened or _names_the_report(title, text)):
        return title
    if not text:
        return next((squeezed(image.get("alt") or "") for image in anchor.iter("img")), "")
    return _DATE.sub("", text).strip(" []()（）·•") or text


def _names_the_report(title: str, text: str) -> bool:
    """Whether a title attribute tells that 查看, 详情 or 全文 leads to a report. A text that is a look-alike's title is
    believed, and so is a column's name unless the title knows of a year."""
    if is_report_title(title) is not True or is_report_title(text) is not None:
        return False
    return year_of_title(title) is not None or column_score(text) == 0


def _date_beside(anchor: HtmlElement) -> date | None:
    """The date in the link's own row. A block with other links is no row: its date may be a neighbour's."""
    element = anchor
    for _ in range(4):
        text = element.text_content()
        if len(text) > _ROW_TEXT:
            return None
        found = date_in(text)
        if found:
            return found
        parent = element.getparent()
        if parent is None or parent.tag not in _ROW_TAGS or len(list(islice(parent.iter("a"), 2))) > 1:
            return None
        element = parent
    return None


_FURNITURE_TAGS = frozenset({"header", "nav", "footer"})
_FURNITURE = re.compile(
    r"(^|[\s_-])(nav|menu|head|header|foot|footer|crumb|breadcrumb|position|location|friend|banner)", re.I
)


def _is_furniture(anchor: HtmlElement) -> bool:
    for element in (anchor, *anchor.iterancestors()):
        if element.tag in _FURNITURE_TAGS:
            return True
        if element.tag in ("body", "html"):
            return False
        if _FURNITURE.search(f"{element.get('class') or ''} {element.get('id') or ''}"):
            return True
    return False
