"""Articles as servers hand them to scripts: JSON with markup in a string, XML with markup in CDATA sections."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

from pipeline.charset import decode
from pipeline.errors import UnreadableDocument
from pipeline.media import JSON, XML
from pipeline.model import Document
from pipeline.readers.html import read_markup
from pipeline.readers.html.embedded import pieces_of, strings_of
from pipeline.readers.source import Source

MEDIA_TYPES = (JSON, XML)

_MOST_BYTES = 30 * 1024 * 1024
_DEEPEST = 60
# What the systems call these fields, most telling first; compared in lower case.
_TITLES = ("title", "articletitle", "doctitle", "name")
_DATES = ("publishedtimestr", "publishedtime", "publishdate", "pubdate", "docpubtime", "created_at", "date")
_SOURCES = ("source", "contentsource", "publisher", "author")
_FIELD = re.compile(r"<(\w+)>\s*(?:<!\[CDATA\[)?([^<\]]{1,300}?)(?:\]\]>)?\s*</\1>")

_LINK = re.compile(r"<a\b[^<>]*>(.{4,300}?)</a>", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_HEAD = 4000  # letters


def read(source: Source) -> Document:
    if len(source.body) > _MOST_BYTES:
        raise UnreadableDocument(f"文件过大 / the file has {len(source.body)} bytes")
    text = decode(source.body, source.charset)
    if source.media_type == JSON:
        fields, content = _of_json(text)
    else:
        fields, content = dict(_FIELD.findall(text)), next(iter(pieces_of(text)), "")
    if not content:
        raise UnreadableDocument("没有可读的正文 / no article in this data file")
    return read_markup(_page(fields, content), source)


def _of_json(text: str) -> tuple[dict[str, str], str]:
    """The short fields of the object that holds the longest string, and that string."""
    try:
        data = json.loads(text[text.index("{") :] if text[:1] not in "{[" else text)
    except (ValueError, RecursionError):  # a script around it, or cut off
        return {}, max(strings_of(text), key=len, default="")
    best: tuple[dict[str, str], str] = ({}, "")
    for fields in _objects(data):
        longest = max(fields.values(), key=len, default="")
        if len(longest) > len(best[1]):
            best = fields, longest
    return best


def _objects(data: Any, depth: int = 0) -> Iterator[dict[str, str]]:
    if depth > _DEEPEST:
        return
    if isinstance(data, dict):
        yield {name: value for name, value in data.items() if isinstance(value, str)}
    for value in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        if isinstance(value, dict | list):
            yield from _objects(value, depth + 1)


def _page(fields: dict[str, str], content: str) -> str:
    named = {name.lower(): value for name, value in fields.items() if len(value) < 300}
    title, date, author = (
        html.escape(next((named[name] for name in names if named.get(name)), ""))
        for names in (_TITLES, _DATES, _SOURCES)
    )
    title = title or _linked_title(content)
    body = content if re.search(r"</\w+\s*>|<br", content) else html.escape(content).replace("\n", "<br>")
    head = f'<meta name="ArticleTitle" content="{title}"><meta name="PubDate" content="{date}">'
    return (
        f'<html><head>{head}<meta name="ContentSource" content="{author}"></head><body><div>{body}</div></body></html>'
    )


def _linked_title(content: str) -> str:
    """A record of a list begins with the link to its page."""
    found = _LINK.search(content[:_HEAD])
    return html.escape(_TAG.sub("", found[1]).strip()) if found else ""
