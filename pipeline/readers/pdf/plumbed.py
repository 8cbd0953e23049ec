"""The second reader, pdfplumber: for files and pages that pdfium makes nothing of, and for fonts that do not tell it
which characters they have. It is some ten times slower, and looks neither for what is hidden nor for how text lies."""

from __future__ import annotations

import io
import logging
from collections.abc import Collection, Iterator, Mapping
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.page import Page
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from pipeline.errors import UnreadableDocument
from pipeline.readers.layout import Glyph, PrintedPage, Ruling
from pipeline.readers.layout.trust import PageKind, covered, is_rubbish, kind_of
from pipeline.readers.pdf.opened import MOST_PAGES

logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it warns of every font that lacks a box

# pdfminer follows references in a broken file wherever they lead
_BROKEN = (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError, AssertionError,
           MalformedPDFException)  # fmt: skip
_THIN = 3.0  # points: a filled rectangle no thicker than this is a ruling line
_WHITE = 0.95

Obj = Mapping[str, Any]


def plumbed_pages(body: bytes, numbers: Collection[int] | None = None) -> dict[int, tuple[PrintedPage, PageKind]]:
    """The pages with these numbers, or all. Raises UnreadableDocument when the file cannot be read at all."""
    try:
        with pdfplumber.open(io.BytesIO(body)) as pdf:
            pages = pdf.pages
            if len(pages) > MOST_PAGES:
                raise UnreadableDocument(f"PDF 超过 {MOST_PAGES} 页 / the PDF has more than {MOST_PAGES} pages")
            return {page.page_number: _page(page) for page in pages if numbers is None or page.page_number in numbers}
    except PdfminerException as error:
        if isinstance(error.__cause__ or error.args[0], PDFPasswordIncorrect):
            raise UnreadableDocument("PDF 已加密 / the PDF is encrypted") from error
        raise UnreadableDocument("PDF 损坏或不完整 / the PDF is broken or cut short") from error
    except _BROKEN as error:
        raise UnreadableDocument(f"PDF 损坏 / the PDF is broken: {type(error).__name__}: {error}"[:200]) from error


def _page(page: Page) -> tuple[PrintedPage, PageKind]:
    glyphs = tuple(
        Glyph(char["text"], char["x0"], char["top"], char["x1"], char["bottom"], not is_rubbish(char["text"]))
        for char in page.chars
    )
    drawn = [ruling for obj in (*page.lines, *page.rects, *page.curves) for ruling in _rulings(obj)]
    width, height = float(page.width), float(page.height)
    pictures = tuple((image["x0"], image["top"], image["x1"], image["bottom"]) for image in page.images)
    kind = kind_of([(glyph.text, True) for glyph in glyphs], covered(pictures, width, height), 0)
    page.close()
    return PrintedPage(page.page_number, width, height, glyphs, tuple(drawn), pictures), kind


def _rulings(obj: Obj) -> Iterator[Ruling]:
    """White or wide filled rectangles are backgrounds of text, not lines; Word and WPS draw one behind every line."""
    x0, top, x1, bottom = obj["x0"], obj["top"], obj["x1"], obj["bottom"]
    x, y = (x0 + x1) / 2, (top + bottom) / 2
    drawn = obj.get("stroking_color" if obj.get("stroke") and not obj.get("fill") else "non_stroking_color")
    if _is_white(obj.get("stroking_color") if obj["object_type"] == "line" else drawn):
        return
    if max(x1 - x0, bottom - top) <= _THIN:  # a dot: of a lying line or of a standing one
        yield Ruling(x0, y, x1, y)
        yield Ruling(x, top, x, bottom)
    elif min(x1 - x0, bottom - top) <= _THIN:
        lying = x1 - x0 >= bottom - top
        yield Ruling(x0, y, x1, y) if lying else Ruling(x, top, x, bottom)
    elif obj["object_type"] != "line" and obj.get("stroke") and not _is_white(obj.get("stroking_color")):
        yield from (Ruling(x0, top, x1, top), Ruling(x0, bottom, x1, bottom))
        yield from (Ruling(x0, top, x0, bottom), Ruling(x1, top, x1, bottom))


def _is_white(color: Any) -> bool:
    if not isinstance(color, list | tuple) or not color or not all(isinstance(part, int | float) for part in color):
        return False  # no colour given is black
    if len(color) == 4:  # CMYK
        return bool(max(color) <= 1 - _WHITE)
    return bool(min(color) >= _WHITE)
