"""Word's DOCX: paragraphs and tables in the order of the body, merged cells as spans."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from lxml import etree

from pipeline.errors import UnreadableDocument
from pipeline.model import Block, Cell, Document, Grid, Paragraph
from pipeline.readers.source import Source

MEDIA_TYPES = ("application/vnd.openxmlformats-officedocument.wordprocessingml.document",)

_MOST_UNPACKED = 200 * 1024 * 1024
_DEEPEST = 8  # tables in tables
_WIDEST = 200  # columns

_P, _TBL, _TR, _TC, _T = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc"), qn("w:t")
_BREAKS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n"}
_WRAPPERS = {qn("w:sdt"), qn("w:sdtContent"), qn("w:customXml"), qn("w:ins"), qn("w:smartTag")}
_UNSEEN = {
    qn("w:del"),  # removed by a tracked change
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",  # a second copy for older programs
}

Element = Any  # lxml's elements as python-docx subclasses them


def read(source: Source) -> Document:
    _refuse_bombs(source.body)
    try:
        document = docx.Document(io.BytesIO(source.body))
        blocks = tuple(_numbered(_blocks(document.element.body, 0)))
        title = document.core_properties.title or ""
    except (PackageNotFoundError, KeyError, ValueError, zipfile.BadZipFile, etree.XMLSyntaxError) as error:
        raise UnreadableDocument(f"DOCX 损坏 / the DOCX is broken: {error}"[:200]) from error
    return Document("docx", source.media_type, blocks, title=title.strip())


def _refuse_bombs(body: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as package:
            unpacked = sum(info.file_size for info in package.infolist())
    except zipfile.BadZipFile as error:
        raise UnreadableDocument(f"DOCX 损坏 / the DOCX is broken: {error}") from error
    if unpacked > _MOST_UNPACKED:
        raise UnreadableDocument(f"DOCX 解压后过大 / the DOCX unpacks to {unpacked} bytes")


def _blocks(parent: Element, depth: int) -> Iterator[Block]:
    if depth > _DEEPEST:
        return
    for child in parent.iterchildren():
        if child.tag == _P:
            text = _text(child)
            if text:
                yield Paragraph(text)
        elif child.tag == _TBL:
            yield from _table(child, depth)
        elif child.tag in _WRAPPERS:
            yield from _blocks(child, depth + 1)


def _table(table: Element, depth: int) -> Iterator[Block]:
    """A grid, or the contents of the cells one by one when tables stand in them: that one only lays out the page. A
    table of a single cell in a cell is no more than a frame around its text."""
    if all(len(list(nested.iter(_TC))) <= 1 for nested in table.iterfind(f".//{_TC}//{_TBL}")):
        yield Grid(tuple(_cells(table)), number=0)
        return
    for cell in _own(table, _TC):
        yield from _blocks(cell, depth + 1)


def _own(element: Element, tag: str) -> Iterator[Element]:
    """Descendants with a tag, without looking inside them or behind wrappers that hide text."""
    for child in element.iterchildren():
        if child.tag == tag:
            yield child
        elif child.tag not in _UNSEEN:
            yield from _own(child, tag)


def _cells(table: Element) -> list[Cell]:
    cells: dict[tuple[int, int], Cell] = {}  # by where they start
    open_above: dict[int, tuple[int, int]] = {}  # column -> start of the vertically merged cell it is in
    for row, tr in enumerate(_own(table, _TR)):
        column = min(_number(tr, "w:trPr/w:gridBefore", 0), _WIDEST)
        for tc in _own(tr, _TC):
            span = max(1, min(_number(tc, "w:tcPr/w:gridSpan", 1), _WIDEST))
            start = open_above.get(column)
            if _continues_above(tc) and start is not None:
                cells[start] = replace(cells[start], rowspan=row - start[0] + 1)
            else:
                open_above[column] = (row, column)
                cells[row, column] = Cell(_cell_text(tc), row, column, colspan=span)
            column += span
    return list(cells.values())


def _continues_above(tc: Element) -> bool:
    merge = tc.find("w:tcPr/w:vMerge", tc.nsmap)
    return merge is not None and merge.get(qn("w:val"), "continue") == "continue"


def _number(element: Element, path: str, default: int) -> int:
    found = element.find(path, element.nsmap)
    value = found.get(qn("w:val")) if found is not None else None
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 10 else default


def _cell_text(tc: Element) -> str:
    """The lines of a cell joined: it breaks labels anywhere, and long numbers too."""
    return "".join(_text(paragraph) for paragraph in _own(tc, _P)).replace("\n", "").replace("\t", " ").strip()


def _text(paragraph: Element) -> str:
    return "".join(_pieces(paragraph)).strip()


def _pieces(element: Element) -> Iterator[str]:
    for child in element.iterchildren():
        if child.tag == _T:
            yield child.text or ""
        elif child.tag in _BREAKS:
            yield _BREAKS[child.tag]
        elif child.tag not in _UNSEEN:
            yield from _pieces(child)


def _numbered(blocks: Iterator[Block]) -> Iterator[Block]:
    count = 0
    for block in blocks:
        if isinstance(block, Grid):
            count += 1
            yield replace(block, number=count)
        else:
            yield block
