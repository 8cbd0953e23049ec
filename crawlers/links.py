"""The links of a page: of anchors, maps and select boxes, of what scripts open on a click, of menus that scripts hold
as data; each with its text, what stands beside it, and where on the page it is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from lxml.html import HtmlElement

from crawlers.addresses import absolute
from crawlers.paths import elements_at
from crawlers.words import words
from pipeline.days import day_of
from pipeline.titles import column_score, is_report_title, year_of_title

MAIN, MENU, CRUMB, FOOT = "main", "menu", "crumb", "foot"
_MOST_LINKS = 5000
_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)")
_ROW_TAGS = frozenset({"li", "tr", "dd", "dt", "p", "div", "td", "span", "h3", "h4"})
_ROW_TEXT = 240  # a row says little more than title and date
_HEADING_TEXT = 40
_PLACE_TAGS = {"header": MENU, "nav": MENU, "footer": FOOT}
_OPENS = re.compile(
    r"(?:location(?:\.href)?\s*=|open\s*\()\s*['\"]([^'\"]{1,500})['\"]"
    r"|['\"]((?:https?:/)?/[^'\"]{1,400}|[^'\"]{1,300}\.(?:s?html?|jspx?|pdf|docx?|ofd|wps|zip|rar))['\"]",
    re.I,
)
OPENING = ("onclick", "data-href", "data-url", "data-link")  # attributes of what a click opens, an anchor or not
_SCRIPTED = elements_at(f"//*[{' or '.join(f'@{name}' for name in OPENING)}][not(self::script)]")
_OPTION_ADDRESS = re.compile(r"^(https?:/)?/|^\.{1,2}/|^\?|\.(s?html?|jspx?|php|aspx?)([?#]|$)", re.I)
_DATA = re.compile(r"\{[^{}]{10,800}\}")
_LITERAL = r"""['"]?\s*:\s*("(?:[^"\\]|\\.){1,400}"|'[^'\\]{1,400}')"""
_NAME_IN_DATA = re.compile(rf"\b(?:name|title|text|label|\w{{0,20}}Name){_LITERAL}", re.I)
_ADDRESS_IN_DATA = re.compile(rf"\b(?:url|href|link|\w{{0,20}}Url){_LITERAL}", re.I)
_MOST_OF_SCRIPTS = 400_000
_MOST_IN_DATA = 500


@dataclass(frozen=True, slots=True)
class Link:
    url: str
    text: str
    listed_on: date | None = None
    place: str = MAIN
    files: tuple[str, ...] = ()  # that the row names beside its page
    year: int | None = None  # that a report found there is about, where its address asks for one
    beside: str = ""  # what else it is called: its title attribute, or the heading over 更多

    @property
    def furniture(self) -> bool:
        """In a header, menu, breadcrumb or footer."""
        return self.place != MAIN


def date_in(text: str) -> date | None:
    return day_of(_DATE.search(text))


def squeezed(text: str) -> str:
    return " ".join(text.split())


def links_in(root: HtmlElement, base: str, *, scripted: bool = True) -> Iterator[Link]:
    """Anchors first, in the page's order; of what else leads somewhere only addresses that no anchor has. `scripted` is
    whether there may be elements with an attribute of `OPENING`."""
    anchored: set[str] = set()
    for link in islice(_anchored(root, base), _MOST_LINKS):
        anchored.add(link.url)
        yield link
    others = (link for link in _otherwise(root, base, scripted) if link.url not in anchored)
    yield from islice(others, max(0, _MOST_LINKS - len(anchored)))


def _anchored(root: HtmlElement, base: str) -> Iterator[Link]:
    for anchor in root.iter("a", "area"):
        target = absolute(base, anchor.get("href") or "") or opened_by(anchor, base)
        text = link_text(anchor) if target else ""
        if text:
            yield Link(target, text, _date_beside(anchor), place_of(anchor), beside=_beside(anchor, text))


def _otherwise(root: HtmlElement, base: str, scripted: bool) -> Iterator[Link]:
    for element in _SCRIPTED(root) if scripted else ():
        if element.tag not in ("a", "area") and (target := opened_by(element, base)):
            text = link_text(element)
            if text:
                yield Link(target, text, _date_beside(element), place_of(element))
    for option in root.iter("option"):
        value, text = (option.get("value") or "").strip(), squeezed(option.text_content())[:100]
        if text and _OPTION_ADDRESS.search(value) and (target := absolute(base, value)):
            yield Link(target, text, None, place_of(option))
    yield from _in_data(root, base)


def opened_by(element: HtmlElement, base: str) -> str:
    """The address that a click goes to where no href has it."""
    for name in ("data-href", "data-url", "data-link"):
        if target := absolute(base, element.get(name) or ""):
            return target
    found = _OPENS.search(f"{element.get('onclick') or ''} {element.get('href') or ''}"[:2000])
    return absolute(base, found[1] or found[2]) if found else ""


def without_address(root: HtmlElement, base: str) -> Iterator[str]:
    """Reports that a listing announces and only a script can open: it has their numbers, not their addresses."""
    for anchor in root.iter("a"):
        called = "(" in f"{anchor.get('onclick') or ''}{anchor.get('href') or ''}"
        if called and not absolute(base, anchor.get("href") or "") and not opened_by(anchor, base):
            text = link_text(anchor)
            if is_report_title(text):
                yield text


def _in_data(root: HtmlElement, base: str) -> Iterator[Link]:
    """Menus that a script draws: objects with a name and an address."""
    seen = 0
    for script in root.iter("script"):
        text = (script.text or "")[: max(0, _MOST_OF_SCRIPTS - seen)]
        seen += len(text)
        for data in islice(_DATA.finditer(text), _MOST_IN_DATA):
            name, address = _NAME_IN_DATA.search(data[0]), _ADDRESS_IN_DATA.search(data[0])
            if name and address and (target := absolute(base, _unescaped(address[1]))):
                yield Link(target, squeezed(_unescaped(name[1])), date_in(data[0]), MENU)


def _unescaped(literal: str) -> str:
    try:
        return str(json.loads(literal, strict=False))
    except ValueError:
        return literal.strip("'\"")


# --- what a link is called -------------------------------------------------------------------------------


def link_text(anchor: HtmlElement) -> str:
    """The title attribute where the text is a shortened form of it or says nothing of the report that it names; an
    image's alt where there is no text."""
    text, title = squeezed(anchor.text_content())[:300], squeezed(anchor.get("title") or "")[:300]
    stem = re.sub(r"(\.{2,}|…+)$", "", text)
    shortened = (stem != text and len(title) >= len(stem)) or (stem in title and len(stem) >= 4)
    if title and (not text or shortened or _names_the_report(title, text)):
        return title
    if not text:
        alts = (squeezed(image.get("alt") or "") for image in anchor.iter("img", "area"))
        return next((alt for alt in alts if alt), "")
    return _DATE.sub("", text).strip(" []()（）·•") or text


def _names_the_report(title: str, text: str) -> bool:
    """Whether a title attribute tells that 查看, 详情 or 全文 leads to a report. A text that is a look-alike's title is
    believed, and so is a column's name unless the title knows of a year."""
    if is_report_title(title) is not True or is_report_title(text) is not None:
        return False
    return year_of_title(title) is not None or column_score(text) == 0


def _beside(anchor: HtmlElement, text: str) -> str:
    if words().more.search(text):
        return _heading_of(anchor)
    title = squeezed(anchor.get("title") or "")[:300]
    return title if title != text else ""


def _heading_of(anchor: HtmlElement) -> str:
    """What stands before 更多: in its own row, else in the element before it."""
    element = anchor
    for _ in range(3):
        parent = element.getparent()
        if parent is None or parent.tag == "body":
            return ""
        own = squeezed(anchor.text_content())
        said = squeezed(" ".join(str(part) for part in islice(parent.itertext(), 40)))
        if said and said != own:
            return said.replace(own, "").strip(" >»+|") if len(said) <= _HEADING_TEXT + len(own) else ""
        element = parent
    return ""


# --- where it stands -------------------------------------------------------------------------------------


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


def place_of(anchor: HtmlElement) -> str:
    for element in (anchor, *anchor.iterancestors()):
        if element.tag in _PLACE_TAGS:
            inner = _named_place(element)
            return inner or _PLACE_TAGS[element.tag]
        if element.tag in ("body", "html"):
            return MAIN
        if place := _named_place(element):
            return place
    return MAIN


def _named_place(element: HtmlElement) -> str:
    named = f"{element.get('class') or ''} {element.get('id') or ''}"
    return next((place for place, pattern in words().place_names if pattern.search(named)), "")
