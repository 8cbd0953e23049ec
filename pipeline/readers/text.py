"""Plain text and Markdown."""

from __future__ import annotations

import re

from pipeline.charset import decode
from pipeline.errors import UnreadableDocument
from pipeline.model import Document, Paragraph
from pipeline.readers.lines import blocks_of
from pipeline.readers.source import Source

MEDIA_TYPES = ("text/plain", "text/markdown")

_MOST_BYTES = 10 * 1024 * 1024
_MARKDOWN_ROW = re.compile(r"^\s*\|(.*)\|\s*$")
_MARKDOWN_RULE = re.compile(r"^[\s|:-]+$")
_MARKDOWN_HEADING = re.compile(r"^#{1,6}\s+")


def read(source: Source) -> Document:
    if len(source.body) > _MOST_BYTES:
        raise UnreadableDocument(f"文本过大 / the text has {len(source.body)} bytes")
    text = decode(source.body, source.charset)
    lines = [plain for line in text.splitlines() if (plain := _without_markdown(line)) is not None]
    blocks = tuple(block for block in blocks_of(lines) if not isinstance(block, Paragraph) or block.text)
    return Document("text", source.media_type, blocks)


def _without_markdown(line: str) -> str | None:
    row = _MARKDOWN_ROW.match(line)
    if row:
        return None if _MARKDOWN_RULE.match(line) else "\t".join(cell.strip() for cell in row[1].split("|"))
    return _MARKDOWN_HEADING.sub("", line).replace("**", "")
