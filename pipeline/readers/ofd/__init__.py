"""OFD (GB/T 33190): text, lines and pictures where the file places them, read without any converter. Pages that are
pictures go to the scan reader; annotations and seals are not part of what is printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from pipeline.errors import UnreadableDocument
from pipeline.model import Block, Document, Paragraph
from pipeline.readers.layout import document_blocks, page_blocks, turned_block
from pipeline.readers.layout.trust import PageKind, kind_of
from pipeline.readers.ofd.package import Package, open_package
from pipeline.readers.ofd.page import Drawn, drawn_page
from pipeline.readers.ofd.pictures import picture_of
from pipeline.readers.ofd.structure import OfdDocument, documents_of
from pipeline.readers.source import Source

MEDIA_TYPES = ("application/ofd",)

_MOST_PAGES = 400
_A_FEW_LETTERS = 20
_FILE_NAME = re.compile(r"\.(docx?|wps|rtf|ofd|pdf)\s*$", re.IGNORECASE)


@dataclass(slots=True)
class _Reading:
    """What has been read so far, by page number."""

    blocks: dict[int, list[Block]] = field(default_factory=dict)
    pictures: dict[int, Drawn] = field(default_factory=dict)  # pages for the scan reader
    doubts: list[str] = field(default_factory=list)


def read(source: Source) -> Document:
    with open_package(source.body) as package:
        documents = _documents(package)
        pages = [(document, part) for document in documents for part in document.pages]
        if len(pages) > _MOST_PAGES:
            raise UnreadableDocument(f"OFD 超过 {_MOST_PAGES} 页 / the OFD has more than {_MOST_PAGES} pages")
        reading = _Reading()
        for number, (document, part) in enumerate(pages, 1):
            _read_page(document, part, number, reading, source)
        if reading.pictures:
            _read_pictures(package, reading)
    blocks = document_blocks([reading.blocks[number] for number in sorted(reading.blocks)])
    if not blocks:
        raise UnreadableDocument("; ".join(reading.doubts[:3]) or "OFD 没有内容 / the OFD has no content")
    extractor = "scan" if len(reading.pictures) * 2 > len(pages) else "ofd"
    title = next((document.title for document in documents if document.title), "")
    title = "" if _FILE_NAME.search(title) else title
    return Document(extractor, source.media_type, blocks, title, pages=len(pages), doubts=tuple(reading.doubts))


def _documents(package: Package) -> list[OfdDocument]:
    try:
        return documents_of(package)
    except UnreadableDocument as error:
        if package.find("Encryptions.xml"):
            raise UnreadableDocument("OFD 已加密 / the OFD is encrypted") from error
        raise


def _read_page(document: OfdDocument, part: str, number: int, reading: _Reading, source: Source) -> None:
    try:
        drawn = drawn_page(document, part, number)
    except UnreadableDocument as error:
        reading.doubts.append(f"第 {number} 页未读 / page {number}: {error}")
        return
    if drawn.is_cut:
        reading.doubts.append(f"第 {number} 页内容过多，未读完 / page {number} draws too much and was not read whole")
    if drawn.on_side > _A_FEW_LETTERS:
        reading.doubts.append(f"第 {number} 页有横置的文字未读 / page {number} has text on its side that was not read")
    letters = [(glyph.text, glyph.clear) for glyph in drawn.glyphs]
    kind = kind_of(letters, drawn.pictured, 0)
    if kind is PageKind.TEXT:
        reading.blocks[number] = _blocks(drawn)
    elif kind is PageKind.PICTURE and source.ocr != "never":
        reading.pictures[number] = drawn
    elif kind is PageKind.PICTURE:
        reading.doubts.append(f"第 {number} 页是图片，未做 OCR / page {number} is a picture, OCR is off or missing")
        reading.blocks[number] = page_blocks(drawn.printed(drawn.hidden))
    elif kind is PageKind.RUBBISH:
        reading.doubts.append(f"第 {number} 页的文字没有编码 / the letters on page {number} have no codes, only shapes")


def _blocks(drawn: Drawn) -> list[Block]:
    """Places on a page whose text lies on its side are told as a viewer shows it."""
    blocks = page_blocks(drawn.printed(drawn.glyphs))
    if not drawn.quarters:
        return blocks
    size = (drawn.width, drawn.height)
    return [turned_block(block, size, drawn.quarters) for block in blocks]


def _read_pictures(package: Package, reading: _Reading) -> None:
    from pipeline.readers.scan.document import read_pictures  # OCR models take a second to load: only when needed

    numbers: list[int] = []

    def pictures() -> Iterator[bytes]:
        for number, drawn in sorted(reading.pictures.items()):
            try:
                body = picture_of(package, drawn)
            except UnreadableDocument as error:
                reading.doubts.append(f"第 {number} 页 / page {number}: {error}")
                continue
            numbers.append(number)
            yield body

    try:
        scanned = read_pictures(pictures(), "application/ofd")
    except UnreadableDocument as error:
        reading.doubts.append(f"图片页 / pages that are pictures: {error}")
        return
    reading.doubts += scanned.doubts
    for block in scanned.blocks:
        number = numbers[(block.page or 1) - 1]
        reading.blocks.setdefault(number, []).append(_on_page(block, number))


def _on_page(block: Block, number: int) -> Block:
    if isinstance(block, Paragraph):
        return replace(block, page=number)
    return replace(block, page=number, cells=tuple(replace(cell, page=number) for cell in block.cells))
