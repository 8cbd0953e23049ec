"""A fetched page as the crawl sees it: title, running text, frames, and its links as `links.py` finds them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from functools import cached_property
from html import escape
from itertools import islice
from typing import Any

import lxml.html
from lxml.etree import ElementDefaultClassLookup, ParserError, XMLSyntaxError
from lxml.html import HtmlElement

from crawlers.addresses import absolute
from crawlers.links import OPENING, Link, date_in, links_in, without_address
from crawlers.naming import link_text, squeezed
from crawlers.paths import texts_at
from pipeline.charset import decode

__all__ = ["Link", "Page", "date_in", "decode", "link_text", "links_in", "parse_fragment", "squeezed"]

_UNSEEN = ("script", "style", "noscript")
_TEXTS = texts_at(f"/descendant::body/descendant::text()[not({'|'.join(f'parent::{name}' for name in _UNSEEN)})]")
_ALL_TEXTS = texts_at("/descendant::body/descendant::text()")
# The first in half the time, where few texts are left out: all of them are compared with every other.
_TEXTS_BUT_FEW = texts_at(
    f"set:difference(/descendant::body//text(), {'|'.join(f'/descendant::{name}/text()' for name in _UNSEEN)})"
)
_FEW = 200
_DATA = "data-"
_CONTROLS = bytes({*range(32)} - {*b"\t\n\r"})
_SENDS = re.compile(r"location(?:(?:\.href)?\s*=|\.(?:replace|assign)\s*\()\s*[\"']([^\"']+)[\"']")
_LARGEST = 20 * 1024 * 1024  # of a page that is parsed
_WORDS_OF_A_DOOR = 60
_MOST_DOORS = 4
_MOST_INPUTS = 200
_TITLE_META = ("articletitle", "title", "og:title")
_DATE_META = ("pubdate", "publishdate", "firstpublishedtime", "maketime")


def _quick_parser() -> lxml.html.HTMLParser:
    """One class for all elements: lxml's own choice among classes for forms and inputs costs more than parsing. Bytes
    are parsed in half the time that text takes; what a page says of its encoding no longer holds for them."""
    parser = lxml.html.HTMLParser(encoding="utf-8")
    parser.set_element_class_lookup(
        ElementDefaultClassLookup(
            element=HtmlElement,
            comment=lxml.html.HtmlComment,
            pi=lxml.html.HtmlProcessingInstruction,
            entity=lxml.html.HtmlEntity,
        )
    )
    return parser


_PARSER = _quick_parser()
_EMPTY = b"<html/>"


def parse_fragment(text: str) -> HtmlElement:
    """Never fails: what cannot be parsed is an empty page."""
    return _parsed(text.encode("utf-8", "replace"))


def _parsed(written: bytes) -> HtmlElement:
    cleaned = written.translate(None, _CONTROLS)
    try:
        return lxml.html.document_fromstring(cleaned or _EMPTY, parser=_PARSER)
    except (ParserError, XMLSyntaxError, ValueError):
        return lxml.html.document_fromstring(_EMPTY, parser=_PARSER)


class Page:
    def __init__(self, url: str, body: bytes, *, charset: str = "", encoding: str = "auto") -> None:
        self.url = url
        self.text = decode(body[:_LARGEST], charset, encoding)

    @cached_property
    def _written(self) -> bytes:
        return self.text.encode("utf-8", "replace")

    @cached_property
    def _lowered(self) -> bytes:
        return self._written.lower()

    def says(self, word: str) -> bool:
        """Whether the markup has these ASCII letters, in whatever case: give them in lower case. A pattern for any case
        takes many times as long to find them."""
        return word.encode() in self._lowered

    @cached_property
    def opening(self) -> tuple[str, ...]:
        """What elements may have here that a click opens without an href: `links.OPENING`, as far as the page has it.
        Of all the texts there are, most have none of them."""
        possible = OPENING if self.says(_DATA) else [name for name in OPENING if not name.startswith(_DATA)]
        return tuple(filter(self.says, possible))

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
        handed_out = self._handed_out
        return parse_fragment(handed_out) if handed_out else _parsed(self._written)

    @property
    def _handed_out(self) -> str:
        """An article that comes as data: its title and markup as a page; "" where there is none."""
        for article in (self.json, self.json.get("data")) if isinstance(self.json, dict) else ():
            named = article if isinstance(article, dict) else {}
            title, content, address = (str(named.get(name) or "") for name in ("title", "content", "url"))
            if title and "<" in content:
                head = f'<meta name="ArticleTitle" content="{escape(title)}"><base href="{escape(address)}">'
                return f"<html><head>{head}</head><body>{content}</body></html>"
        return ""

    @cached_property
    def base(self) -> str:
        declared = self.root.find(".//base")
        href = declared.get("href", "") if declared is not None else ""
        return absolute(self.url, href) or self.url

    @cached_property
    def links(self) -> tuple[Link, ...]:
        return tuple(links_in(self.root, self.base, opening=self.opening))

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
        unseen = list(islice(self.root.iter(*_UNSEEN), _FEW))
        few = sum(1 + len(one) for one in unseen) < _FEW
        texts = (_TEXTS_BUT_FEW if few else _TEXTS) if unseen else _ALL_TEXTS
        return " ".join(" ".join(texts(self.root)).split())

    @property
    def values(self) -> str:
        """What stands on buttons that are inputs."""
        return " ".join(str(element.get("value") or "") for element in islice(self.root.iter("input"), _MOST_INPUTS))

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
            found = _SENDS.search(self.text)
            return absolute(self.base, found[1]) if found else ""
        return ""

    @cached_property
    def without_address(self) -> list[str]:
        """The reports that it announces and only scripts can open."""
        return list(without_address(self.root, self.base))

    def doors(self) -> list[str]:
        """Where a page leads that is nothing but a picture or a word to click on: 进入网站."""
        if len(self.running_text) > _WORDS_OF_A_DOOR:
            return []
        targets = (absolute(self.base, anchor.get("href") or "") for anchor in self.root.iter("a", "area"))
        doors = dict.fromkeys(target for target in targets if target and target != self.url)
        return list(doors) if len(doors) <= _MOST_DOORS else []

    def frames(self) -> Iterator[str]:
        for element in self.root.iter("iframe", "frame"):
            if target := absolute(self.base, element.get("src") or ""):
                yield target

    def meta(self, name: str) -> str:
        return self._metas.get(name, "")

    @cached_property
    def _metas(self) -> dict[str, str]:
        """By name, of each the first."""
        found: dict[str, str] = {}
        for element in self.root.iter("meta"):
            name = (element.get("name") or element.get("property") or "").lower()
            found.setdefault(name, squeezed(element.get("content") or "")[:300])
        return found
