"""Reading what portal software answers as data: nothing of it is certain to be there, or of the kind one expects."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import islice
from typing import Any

from lxml import etree

from crawlers.page import Page, date_in
from pipeline.charset import without_halves

_CHINA = timedelta(hours=8)
_MOST_MEMBERS = 2000
_DEEPEST = 8  # of XML
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")


@lru_cache(maxsize=4)
def reply_of(page: Page) -> Any:
    """What an answer says: JSON, or XML by the names of its elements. None where it is neither."""
    if page.json is not None or not _DECLARATION.match(page.text):
        return page.json
    safe = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(_DECLARATION.sub("", page.text).encode("utf-8", "replace"), safe)
    except etree.XMLSyntaxError:
        return None
    return {str(root.tag): _named(root, _DEEPEST)}


def _named(element: etree._Element, deepest: int) -> Any:
    """An element's members by their names; those of one name as a list. What has none is its text."""
    children = [child for child in islice(element, _MOST_MEMBERS) if isinstance(child.tag, str)]
    if not children or not deepest:
        return _attributes(element) or element.text or ""
    members: dict[str, Any] = {}
    for child in children:
        members.setdefault(child.tag, []).append(_named(child, deepest - 1))
    return _attributes(element) | {name: found[0] if len(found) == 1 else found for name, found in members.items()}


def _attributes(element: etree._Element) -> dict[str, Any]:
    return {str(name): str(value) for name, value in element.attrib.items()}


def inside(reply: Any, *names: str) -> Any:
    """The value at the end of a path of names, and of places in lists; None where there is none."""
    for name in names:
        if isinstance(reply, list):
            reply = reply[int(name)] if name.isdecimal() and int(name) < min(len(reply), _MOST_MEMBERS) else None
        else:
            reply = reply.get(name) if isinstance(reply, dict) else None
    return reply


def rows_at(reply: Any, *names: str) -> list[Any] | None:
    """The objects of a list, or the lists; None where there is no list, nor one object in its place."""
    found = inside(reply, *names)
    if isinstance(found, dict):
        return [found]
    return [one for one in found[:_MOST_MEMBERS] if isinstance(one, dict | list)] if isinstance(found, list) else None


def members(reply: Any, *names: str) -> list[dict[str, Any]]:
    """The objects of a list; what else it may hold is left out."""
    found = inside(reply, *names)
    return [one for one in found[:_MOST_MEMBERS] if isinstance(one, dict)] if isinstance(found, list) else []


def word_in(page: Page, name: str, pattern: str = r"[\w.-]{1,60}") -> str:
    """What a page calls a word of its request: `name = '1'`, `"name": ["1"]`, `&name=1`, a hidden field of that name or
    `data-name="1"`; "" where it names none, or several."""
    value = rf"['\"]?({pattern})(?![\w.-])"
    found = re.findall(rf"(?<![\w.-]){name}['\"]?\s*[:=]\s*\[?\s*{value}", page.text, re.I)
    for field in page.root.iterfind(".//input[@value]"):
        if name.lower() in ((field.get("name") or "").lower(), (field.get("id") or "").lower()):
            found += re.findall(rf"^{pattern}$", field.get("value"))
    found += re.findall(rf"\bdata-{name}=['\"]{value}", page.text, re.I)
    named = dict.fromkeys(found)
    return next(iter(named)) if len(named) == 1 else ""


def text_in(reply: Any, *names: str) -> str:
    found = inside(reply, *names)
    if isinstance(found, bool) or not isinstance(found, str | int):
        return ""
    return without_halves(str(found)).strip()


def said_in(reply: Any, *names: str) -> str:
    """The same for true and false as well, which are no text."""
    found = inside(reply, *names)
    return str(found) if isinstance(found, bool) else text_in(reply, *names)


def number_in(reply: Any, *names: str) -> int:
    found = text_in(reply, *names)
    return int(found) if found.isdecimal() and len(found) < 10 else 0


def pattern_in(row: Any, pieces: Iterable[tuple[str, tuple[str, ...]]]) -> str:
    """A text made of fixed parts and, after each, what the row has at a path; after the last there may be none."""
    return "".join(text + (text_in(row, *names) if names else "") for text, names in pieces)


def day_in(reply: Any, *names: str) -> date | None:
    """A date as printed, or as seconds or milliseconds since 1970, in China."""
    found = text_in(reply, *names)
    if found.isdecimal() and len(found) in (9, 10, 12, 13):
        seconds = int(found) / (1000 if len(found) > 10 else 1)
        return (datetime.fromtimestamp(seconds, UTC) + _CHINA).date()
    return date_in(found)
