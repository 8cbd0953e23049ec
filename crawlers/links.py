"""The links of a page: of anchors, maps and select boxes, of what scripts open on a click, of menus that scripts hold
as data; each with its text, what stands beside it, and where on the page it is."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from itertools import islice

from lxml.html import HtmlElement

from crawlers.addresses import absolute
from crawlers.naming import DATE, is_mere_year, link_text, points_beside, said_beside, squeezed
from crawlers.paths import elements_at
from crawlers.words import words
from pipeline.charset import without_halves
from pipeline.days import day_of
from pipeline.titles import body_of_label, is_column_label, is_report_title

MAIN, MENU, CRUMB, FOOT = "main", "menu", "crumb", "foot"
_MOST_LINKS = 5000
_ROW_TAGS = frozenset({"li", "tr", "dd", "dt", "p", "div", "td", "span", "h3", "h4"})
_LONGEST_NAMES = 1000  # letters of an element's classes and id
_ROW_TEXT = 240  # a row says little more than title and date
_PLACE_TAGS = {"header": MENU, "nav": MENU, "footer": FOOT}
_OPENS = re.compile(
    r"(?:location(?:\.href)?\s*=|open\s*\()\s*['\"]([^'\"]{1,500})['\"]"
    r"|['\"]((?:https?:/)?/[^'\"]{1,400}|[^'\"]{1,300}\.(?:s?html?|jspx?|pdf|docx?|ofd|wps|zip|rar))['\"]",
    re.I,
)
OPENING = ("onclick", "data-href", "data-url", "data-link")  # attributes of what a click opens, an anchor or not
_OPTION_ADDRESS = re.compile(r"^(https?:/)?/|^\.{1,2}/|^\?|\.(s?html?|jspx?|php|aspx?)([?#]|$)", re.I)
_MADE_OF_VALUE = re.compile(
    r"(?:location(?:\.href)?\s*=|open\s*\()\s*['\"]([^'\"]{1,300})['\"]\s*\+\s*this\.(?:value|options\s*\[[^\]]{1,60}\]\.value)"
    r"(?:\s*\+\s*['\"]([^'\"]{1,100})['\"])?",
    re.I,
)
_DATA = re.compile(r"\{[^{}]{10,800}\}")
_LITERAL = r"""['"]?\s*:\s*("(?:[^"\\]|\\.){1,400}"|'[^'\\]{1,400}')"""
_NAME_IN_DATA = re.compile(rf"\b(?:name|title|text|label|\w{{0,20}}Name){_LITERAL}", re.I)
_ADDRESS_IN_DATA = re.compile(rf"\b(?:url|href|link|\w{{0,20}}Url){_LITERAL}", re.I)
_NODE_IN_DATA = re.compile(r"\bid['\"]?\s*:\s*['\"]?([\w-]{1,40})", re.I)
_PARENT_IN_DATA = re.compile(r"\bp(?:arent)?_?id['\"]?\s*:\s*['\"]?([\w-]{1,40})", re.I)
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
    beside: str = ""  # what else it is called: its title attribute, the heading over 更多, its table's row

    @property
    def called(self) -> str:
        """What a row announces: 查看 is called what stands beside it, and 2024年 in the row of a body that body's."""
        if not self.beside or not self.text:
            return self.text
        if points_beside(self.text):
            return self.beside
        bare = is_mere_year(self.text) or is_column_label(self.text)
        return f"{self.beside}{self.text}" if bare and body_of_label(self.beside) else self.text

    @property
    def furniture(self) -> bool:
        """In a header, menu, breadcrumb or footer."""
        return self.place != MAIN


def date_in(text: str) -> date | None:
    return day_of(DATE.search(text))


def links_in(root: HtmlElement, base: str, *, opening: tuple[str, ...] = OPENING) -> Iterator[Link]:
    """Anchors first, in the page's order; of what else leads somewhere only addresses that no anchor has. `opening` are
    the attributes of `OPENING` that elements may have."""
    anchored: set[str] = set()
    for link in islice(_anchored(root, base), _MOST_LINKS):
        anchored.add(link.url)
        yield link
    others = (link for link in _otherwise(root, base, opening) if link.url not in anchored)
    yield from islice(others, max(0, _MOST_LINKS - len(anchored)))


def _anchored(root: HtmlElement, base: str) -> Iterator[Link]:
    for anchor in root.iter("a", "area"):
        target = absolute(base, anchor.get("href") or "") or opened_by(anchor, base)
        text = link_text(anchor) if target else ""
        if text:
            yield Link(target, text, _date_beside(anchor), place_of(anchor), beside=said_beside(anchor, text))


def _otherwise(root: HtmlElement, base: str, opening: tuple[str, ...]) -> Iterator[Link]:
    for element in _with_any(opening)(root) if opening else ():
        if element.tag not in ("a", "area", "script") and (target := opened_by(element, base)):
            text = link_text(element)
            if text:
                yield Link(target, text, _date_beside(element), place_of(element))
    for option in root.iter("option"):
        text = squeezed(option.text_content())[:100]
        value = option.get("value", text).strip()
        written = _built_from(option, value) or (value if _OPTION_ADDRESS.search(value) else "")
        if text and written and (target := absolute(base, written)):
            yield Link(target, text, None, place_of(option))
    yield from _in_data(root, base)


@cache
def _with_any(names: tuple[str, ...]) -> Callable[[HtmlElement], list[HtmlElement]]:
    return elements_at(f"/descendant::*[{' or '.join(f'@{name}' for name in names)}]")  # every further one costs


def _built_from(option: HtmlElement, value: str) -> str:
    """The address that a select box makes of a mere value: location.href = 'list.aspx?year=' + this.value."""
    select = next((one for one in islice(option.iterancestors(), 2) if one.tag == "select"), None)
    found = _MADE_OF_VALUE.search((select.get("onchange") or "")[:1000]) if select is not None and value else None
    return f"{found[1]}{value}{found[2] or ''}" if found else ""


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
    """Menus that a script draws: objects with a name and an address, below others that may be a column's."""
    seen = 0
    columns: dict[str, str] = {}  # names of annual-report columns, by the numbers of their nodes
    for script in root.iter("script"):
        text = (script.text or "")[: max(0, _MOST_OF_SCRIPTS - seen)]
        seen += len(text)
        for data in islice(_DATA.finditer(text), _MOST_IN_DATA):
            name, address = _NAME_IN_DATA.search(data[0]), _ADDRESS_IN_DATA.search(data[0])
            text = squeezed(_unescaped(name[1])) if name else ""
            node, parent = _NODE_IN_DATA.search(data[0]), _PARENT_IN_DATA.search(data[0])
            if node and is_column_label(text):
                columns[node[1]] = text
            if text and address and (target := absolute(base, _unescaped(address[1]))):
                above = columns.get(parent[1], "") if parent else ""
                yield Link(target, text, date_in(data[0]), MENU, beside=above)


def _unescaped(literal: str) -> str:
    try:
        return without_halves(str(json.loads(literal, strict=False)))
    except ValueError:
        return literal.strip("'\"")


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
    kinds, own = element.get("class"), element.get("id")
    return _place_called(f"{kinds or ''} {own or ''}"[:_LONGEST_NAMES]) if kinds or own else ""


@lru_cache(maxsize=1024)  # what stands around one link of a menu stands around all of them
def _place_called(named: str) -> str:
    return next((place for place, pattern in words().place_names if pattern.search(named)), "")
