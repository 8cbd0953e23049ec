"""Plain text and Markdown."""

from __future__ import annotations

import re

from pipeline.charset import decode
from pipeline.errors import UnreadableDocument
from pipeline.model import Document, Paragraph
from pipeline.readers.columns import tabbed
from pipeline.readers.lines import blocks_of
from pipeline.readers.source import Source

MEDIA_TYPES = ("text/plain", "text/markdown")

_MOST_BYTES = 10 * 1024 * 1024
_MOST_LINES = 50_000  # a report of one cell a line has some thousands
_DRAWN_ROW = re.compile(r"^\s*\|(.*)\|\s*$")
_RULE = re.compile(r"^(?=.*[|+\u2500-\u257f])[\s|:=+\-\u2500-\u257f]+$")  # of signs that draw tables and nothing else
_PAGE_NUMBER = re.compile(r"^\s*[-—–－]\s*\d{1,3}\s*[-—–－]\s*$")
_UPRIGHT = str.maketrans("│┃║｜", "||||")
_MARKDOWN_HEADING = re.compile(r"^#{1,6}\s+")


def read(source: Source) -> Document:
    if len(source.body) > _MOST_BYTES:
        raise UnreadableDocument(f"文本过大 / the text has {len(source.body)} bytes")
    text = decode(source.body, source.charset)
    printed = text.splitlines()
    if len(printed) > _MOST_LINES:
        raise UnreadableDocument(f"文本行数过多 / the text has {len(printed)} lines")
    lines = [plain for line in printed if (plain := _without_markup(line)) is not None]
    blocks = tuple(block for block in blocks_of(tabbed(lines)) if not isinstance(block, Paragraph) or block.text)
    return Document("text", source.media_type, blocks)


def _without_markup(line: str) -> str | None:
    """Drawn rows with tabs between their cells, without the rules around them; headings without their mark;
    page numbers not at all."""
    if (len(line) > 2 and _RULE.match(line)) or _PAGE_NUMBER.match(line):
        return None
    row = _DRAWN_ROW.match(line.translate(_UPRIGHT))
    if row:
        return "\t".join(cell.strip() for cell in row[1].split("|"))
    return _MARKDOWN_HEADING.sub("", line).replace("**", "")
