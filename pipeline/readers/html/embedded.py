"""Markup that a page or a server's answer carries as text: in JSON and script strings, CDATA sections, templates, text
areas and parts that a script shows. Only a page that shows no report itself is searched for it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from lxml.html import HtmlElement, tostring

_MARKUP = re.compile(r"</(?:p|table|td|tr|div|span|section)\s*>", re.IGNORECASE)
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"|\'((?:[^\'\\]|\\.)*)\'', re.DOTALL)
_HOLDERS = ("script", "template", "textarea", "noscript")
_ESCAPED = "//body//text()[contains(., '</') and not(parent::script or parent::style or parent::textarea)]"
_SHORTEST = 300  # letters
_MOST = 8
_MOST_TEXT = 8_000_000  # letters that are searched


def embedded_in(tree: HtmlElement) -> list[str]:
    """Pieces of markup, the longest first."""
    found: list[str] = []
    for holder in tree.iter(*_HOLDERS):
        found += pieces_of(_inner(holder))
    for text in tree.xpath(_ESCAPED):
        if _MARKUP.search(text):
            found.append(str(text))
    return _longest(found)


def shows_markup(text: str) -> bool:
    return "</" in text and bool(_MARKUP.search(text))


def pieces_of(text: str) -> list[str]:
    """The markup in a text that is script, JSON, XML or markup itself; the longest first."""
    text = text[:_MOST_TEXT]
    if len(text) < _SHORTEST:
        return []
    sections = [section for section in _CDATA.findall(text) if _MARKUP.search(section)]
    strings = [] if sections else [string for string in strings_of(text) if _MARKUP.search(string)]
    itself = [text] if not sections and not strings and _MARKUP.search(text) else []
    return _longest([*sections, *strings, *itself])


def strings_of(text: str) -> Iterator[str]:
    """The long string literals of a script or of JSON, unescaped."""
    for found in _STRING.finditer(text):
        literal = found[1] if found[1] is not None else found[2]
        if len(literal) >= _SHORTEST:
            yield _unescaped(literal)


def _unescaped(literal: str) -> str:
    plain = literal.replace("\\'", "'").replace("\r", "").replace("\n", "\\n").replace("\t", " ")
    if '"' in plain:
        plain = re.sub(r'(?<!\\)"', '\\"', plain)
    try:
        return str(json.loads(f'"{plain}"', strict=False))
    except ValueError:
        return literal.replace('\\"', '"').replace("\\/", "/").replace("\\n", "\n")


def _inner(holder: HtmlElement) -> str:
    if not len(holder):
        return holder.text or ""
    return (holder.text or "") + "".join(str(tostring(child, encoding="unicode")) for child in holder)


def _longest(found: list[str]) -> list[str]:
    return sorted(dict.fromkeys(found), key=len, reverse=True)[:_MOST]
