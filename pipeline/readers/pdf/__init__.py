"""PDF: text and ruled tables of born-digital pages; pages that are pictures go to the scan reader."""

from __future__ import annotations

import codecs
import io
import logging
import re
from collections.abc import Sequence

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.pdf import PDF
from pdfplumber.utils.exceptions import PdfminerException

from pipeline.errors import UnreadableDocument
from pipeline.model import Block, Document
from pipeline.readers.layout import document_blocks, page_blocks
from pipeline.readers.pdf.plumbed import has_text_layer, is_picture, printed_page
from pipeline.readers.source import Source

MEDIA_TYPES = ("application/pdf",)

logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it warns of every font that lacks a box

_MOST_PAGES = 400
_FILE_NAME = re.compile(r"\.(docx?|wps|rtf)\s*$", re.IGNORECASE)


def read(source: Source) -> Document:
    try:
        with pdfplumber.open(io.BytesIO(source.body)) as pdf:
            return _read(pdf, source)
    except PdfminerException as error:
        if isinstance(error.__cause__ or error.args[0], PDFPasswordIncorrect):
            raise UnreadableDocument("PDF 已加密 / the PDF is encrypted") from error
        raise UnreadableDocument("PDF 损坏或不完整 / the PDF is broken or cut short") from error
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError) as error:
        # pdfminer follows references in a broken file wherever they lead
        raise UnreadableDocument(f"PDF 损坏 / the PDF is broken: {type(error).__name__}: {error}"[:200]) from error


def _read(pdf: PDF, source: Source) -> Document:
    if len(pdf.pages) > _MOST_PAGES:
        raise UnreadableDocument(f"PDF 超过 {_MOST_PAGES} 页 / the PDF has more than {_MOST_PAGES} pages")
    by_page: dict[int, Sequence[Block]] = {}
    pictures: list[int] = []
    for page in pdf.pages:
        if has_text_layer(page):
            by_page[page.page_number] = page_blocks(printed_page(page))
        elif is_picture(page):
            pictures.append(page.page_number)
        page.close()
    doubts: tuple[str, ...] = ()
    if pictures and source.ocr == "never":
        doubts = (f"第 {_ranges(pictures)} 页是图片，未做 OCR / pages that are pictures, OCR is off",)
    elif pictures:
        scanned = _scan(source.body, pictures)
        doubts = scanned.doubts
        for block in scanned.blocks:
            by_page[block.page or 0] = [*by_page.get(block.page or 0, ()), block]
    blocks = document_blocks([by_page[number] for number in sorted(by_page)])
    if not blocks:
        raise UnreadableDocument("; ".join(doubts) or "PDF 没有内容 / the PDF has no content")
    extractor = "scan" if pictures and len(pictures) * 2 > len(pdf.pages) else "pdf"
    return Document(extractor, source.media_type, blocks, title=_title(pdf), pages=len(pdf.pages), doubts=doubts)


def _scan(body: bytes, pages: Sequence[int]) -> Document:
    from pipeline.readers.scan import read_scanned_pdf  # OCR models take a second to load: only when needed

    return read_scanned_pdf(body, pages)


def _title(pdf: PDF) -> str:
    raw = next((info["Title"] for info in pdf.doc.info if isinstance(info.get("Title"), bytes)), b"")
    if raw.startswith(codecs.BOM_UTF16_LE):  # PDF asks for big-endian; WPS writes what it likes
        title = raw[2:].decode("utf-16-le", errors="ignore")
    else:
        title = str(pdf.metadata.get("Title") or "")
    return "" if _FILE_NAME.search(title) or title == "about:blank" else title.strip("\0 ")


def _ranges(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers[:10])) + ("…" if len(numbers) > 10 else "")
