"""Plain text and Markdown, with the tables that converters leave in it as HTML."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.charset import decode
from pipeline.errors import UnreadableDocument
from pipeline.model import Block, Document, Grid, Paragraph
from pipeline.readers.columns import tabbed
from pipeline.readers.html.parse import parse
from pipeline.readers.html.tables import grid_of
from pipeline.readers.lines import blocks_of
from pipeline.readers.marked import without_marks
from pipeline.readers.source import Source

MEDIA_TYPES = ("text/plain", "text/markdown")

_MOST_BYTES = 10 * 1024 * 1024
_MOST_LINES = 50_000  # a report of one cell a line has some thousands
_TABLE = re.compile(r"<table\b", re.IGNORECASE)
_TABLE_END = re.compile(r"</table\s*>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][^<>]{0,300}>", re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


def read(source: Source) -> Document:
    if len(source.body) > _MOST_BYTES:
        raise UnreadableDocument(f"文本过大 / the text has {len(source.body)} bytes")
    text = decode(source.body, source.charset)
    if text.count("\n") > _MOST_LINES or len(text.splitlines()) > _MOST_LINES:
        raise UnreadableDocument(f"文本行数过多 / the text has {len(text.splitlines())} lines")
    return Document("text", source.media_type, tuple(_numbered(_blocks(text))))


def _blocks(text: str) -> Iterator[Block]:
    """What stands between HTML tables is lines; tags in those are marks like others."""
    has_tables = bool(_TABLE.search(text))
    for part in _parts(text):
        table = parse(part).find(".//table") if _TABLE.match(part) else None
        if table is not None:
            yield grid_of(table)
        else:
            yield from blocks_of(tabbed(without_marks((_without_tags(part) if has_tables else part).splitlines())))


def _parts(text: str) -> Iterator[str]:
    """HTML tables and what stands between them; one without an end is none."""
    place = 0
    while begin := _TABLE.search(text, place):
        end = _TABLE_END.search(text, begin.end())
        if end is None:
            break
        yield text[place : begin.start()]
        yield text[begin.start() : end.end()]
        place = end.end()
    yield text[place:]


def _without_tags(text: str) -> str:
    return html.unescape(_TAG.sub("", _BREAK.sub("\n", text)))


def _numbered(blocks: Iterator[Block]) -> Iterator[Block]:
    count = 0
    for block in blocks:
        if isinstance(block, Grid):
            count += 1
            yield replace(block, number=count)
        elif not isinstance(block, Paragraph) or block.text:
            yield block
