"""The text of an element: its lines at block borders and breaks, without what cannot be seen and without the marks of
footnotes."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

from lxml import etree
from lxml.html import HtmlElement

from pipeline.readers.ragged import is_value

_SPACE = re.compile(r"\s+")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_ENTITY = re.compile(r"&(?:#\d{1,6}|#x[0-9a-fA-F]{1,5}|[a-zA-Z]{2,8});")
_BREAKING = {"p", "div", "br", "li", "tr", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "section", "dt", "dd"}
_HEADS = ("data-label", "data-title", "data-th", "data-head", "data-header", "data-column")
_BROKEN_NUMBER = re.compile(r"[\d０-９][,，.．]$")


def tidy(text: str) -> str:
    """With single spaces, without letters that have no width; entities that were escaped twice are what they meant."""
    if "&" in text:
        text = _ENTITY.sub(lambda entity: html.unescape(entity[0]), text)
    return _SPACE.sub(" ", _UNSEEN.sub("", text)).strip()


def cell_text(element: HtmlElement) -> str:
    """The lines of a cell joined; a space stays only between what is no Chinese, so that two numbers stay two."""
    if not len(element):
        return tidy(element.text or "")
    text = joined(lines_of(element, marks=False)) or joined(lines_of(element, marks=True))
    return _without_head(text, element)


def _without_head(text: str, element: HtmlElement) -> str:
    """Without its column's head, which pages for small screens repeat in each cell beside an attribute for it."""
    named = next((tidy(head) for name in _HEADS if (head := element.get(name))), "")
    value = text.removeprefix(named).lstrip(":： ") if named else ""
    return value if is_value(value) else text


def joined(lines: Iterable[str]) -> str:
    text = ""
    for line in filter(None, map(tidy, lines)):
        apart = text and text[-1].isascii() and line[0].isascii() and not _BROKEN_NUMBER.search(text)
        text += " " + line if apart else line
    return text


def lines_of(element: HtmlElement, *, marks: bool) -> list[str]:
    """`marks` says whether raised text is taken in: a footnote's mark is no digit of the number before it."""
    lines = [""]
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, child in walk:
        breaking = child.tag in _BREAKING and child is not element
        if breaking:
            lines.append("")
        if event == "end":
            lines[-1] += (child.tail or "") if child is not element else ""
        elif child.tag == "sup" and not marks:
            walk.skip_subtree()
        else:
            lines[-1] += child.text or ""
    return lines
