"""PDF: text and tables of born-digital pages, as pdfium draws them; pages that are pictures go to the scan reader.

pdfium reads a page's characters, their loose boxes and its paths some ten times faster than pdfplumber, undoes
rotation, and tells what is hidden from a reader; our own table finder (`layout`) needs no more. pdfplumber is the
second reader where pdfium is at its end: see `plumbed`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pypdfium2 as pdfium

from pipeline.errors import UnreadableDocument
from pipeline.model import BBox, Block, Document
from pipeline.readers.layout import PrintedPage, document_blocks, page_blocks, turned, turned_block
from pipeline.readers.layout.trust import PageKind, covered
from pipeline.readers.pdf.opened import opened, title_of
from pipeline.readers.pdf.pictured import candidates, tables_in, top_of
from pipeline.readers.pdf.plumbed import plumbed_pages
from pipeline.readers.pdf.printed import Look, look_at
from pipeline.readers.source import Source

MEDIA_TYPES = ("application/pdf",)

_LARGE = 0.3  # of a page of text: a picture that may say much


@dataclass(slots=True)
class _Reading:
    """What has been read so far, by page number."""

    blocks: dict[int, list[Block]] = field(default_factory=dict)
    pictures: list[int] = field(default_factory=list)  # pages for the scan reader
    pictured: dict[int, list[BBox]] = field(default_factory=dict)  # pictures on pages of text, as a viewer shows them
    second: dict[int, Look | None] = field(default_factory=dict)  # pages for the second reader; None: not opened
    doubts: list[str] = field(default_factory=list)


def read(source: Source) -> Document:
    pdf = opened(source.body)
    if pdf is None:
        return _plumbed_document(source)
    reading = _Reading()
    with pdf:
        title, count = title_of(pdf), len(pdf)
        for number in range(1, count + 1):
            _read_page(pdf, number, reading)
    if reading.second:
        _read_plumbed(source.body, reading)
    _read_pictures(source, reading)
    _read_pictured(source, reading)
    blocks = document_blocks([reading.blocks[number] for number in sorted(reading.blocks)])
    if not blocks:
        raise UnreadableDocument("; ".join(reading.doubts) or "PDF 没有内容 / the PDF has no content")
    extractor = "scan" if len(reading.pictures) * 2 > count else "pdf"
    return Document(extractor, source.media_type, blocks, title=title, pages=count, doubts=tuple(reading.doubts))


def _read_page(pdf: pdfium.PdfDocument, number: int, reading: _Reading) -> None:
    try:
        page = pdf[number - 1]
    except pdfium.PdfiumError:
        reading.second[number] = None
        return
    try:
        look = look_at(page, number)
    finally:
        page.close()
    reading.doubts += look.doubts
    if look.kind is PageKind.TEXT:
        reading.blocks[number] = _blocks(look)
        _remember_pictures(look, reading)
    elif look.kind in {PageKind.RUBBISH, PageKind.LOST}:
        reading.second[number] = look
    elif look.kind is PageKind.PICTURE:
        reading.pictures.append(number)


def _remember_pictures(look: Look, reading: _Reading) -> None:
    size = (look.page.width, look.page.height)
    boxes = candidates(look.page)
    if not boxes:
        return
    reading.pictured[look.page.number] = [turned(box, size, -look.turn) for box in boxes]
    if covered(boxes, *size) >= _LARGE:
        number = look.page.number
        reading.doubts.append(f"第 {number} 页的插图只读表格 / of the pictures on page {number} only tables are read")


def _blocks(look: Look) -> list[Block]:
    """Places on a page whose text lies on its side are told as a viewer shows it."""
    blocks = page_blocks(look.page)
    size = (look.page.width, look.page.height)
    return [turned_block(block, size, -look.turn) for block in blocks] if look.turn else blocks


def _read_plumbed(body: bytes, reading: _Reading) -> None:
    """Pages of which pdfium makes nothing or too little."""
    try:
        pages = plumbed_pages(body, reading.second.keys())
    except UnreadableDocument:
        pages = {}
    for number, look in reading.second.items():
        page, kind = pages.get(number, (None, PageKind.RUBBISH))
        if page is not None and kind is PageKind.TEXT and _tells_more(page, look):
            reading.blocks[number] = page_blocks(page)
        elif look is None:
            reading.doubts.append(f"第 {number} 页损坏 / page {number} is broken")
        elif look.kind is PageKind.LOST:
            reading.blocks[number] = _blocks(look)
        else:
            reading.pictures.append(number)


def _tells_more(page: PrintedPage, look: Look | None) -> bool:
    """Whether pdfplumber reads letters that pdfium dropped; what it finds beyond spaces may also be hidden."""
    if look is None or look.kind is not PageKind.LOST:
        return True
    return _letters(page) > _letters(look.page)


def _letters(page: PrintedPage) -> int:
    return sum(1 for glyph in page.glyphs if not glyph.text.isspace())


def _plumbed_document(source: Source) -> Document:
    """A file that pdfium does not open: a last try."""
    pages = plumbed_pages(source.body)
    readable = {number: page for number, (page, kind) in pages.items() if kind is PageKind.TEXT}
    blocks = document_blocks([page_blocks(readable[number]) for number in sorted(readable)])
    if not blocks:
        raise UnreadableDocument("PDF 损坏，没有可读的文字 / the PDF is broken, and no text in it is readable")
    lost = [number for number in pages if number not in readable]
    doubts = (f"第 {_ranges(lost)} 页未读 / pages of a broken PDF that were not read",) if lost else ()
    return Document("pdf", source.media_type, blocks, pages=len(pages), doubts=doubts)


def _read_pictures(source: Source, reading: _Reading) -> None:
    if not reading.pictures:
        return
    reading.pictures.sort()
    if source.ocr == "never":
        reading.doubts.append(
            f"第 {_ranges(reading.pictures)} 页是图片，未做 OCR / pages that are pictures, OCR is off or missing"
        )
        return
    from pipeline.readers.scan.document import read_scanned_pdf  # OCR models take a second to load: only when needed

    scanned = read_scanned_pdf(source.body, reading.pictures)
    reading.doubts += scanned.doubts
    for block in scanned.blocks:
        reading.blocks.setdefault(block.page or 0, []).append(block)


def _read_pictured(source: Source, reading: _Reading) -> None:
    if not reading.pictured:
        return
    if source.ocr == "never":
        pages = _ranges(sorted(reading.pictured))
        reading.doubts.append(f"第 {pages} 页的插图未做 OCR / pictures beside text, OCR is off or missing")
        return
    for grid in tables_in(source.body, reading.pictured):
        page = grid.page or 0
        reading.blocks[page] = sorted([*reading.blocks.get(page, ()), grid], key=top_of)


def _ranges(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers[:10])) + ("…" if len(numbers) > 10 else "")
