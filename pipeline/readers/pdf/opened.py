"""A PDF file opened by pdfium, and what it says of itself."""

from __future__ import annotations

import ctypes
import re

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from pipeline.errors import UnreadableDocument

MOST_PAGES = 400
_FILE_NAME = re.compile(r"\.(docx?|wps|rtf)\s*$", re.IGNORECASE)
_LONGEST_TITLE = 1000  # bytes


def opened(body: bytes) -> pdfium.PdfDocument | None:
    """None when pdfium makes nothing of the file; what is wrong with a file that it knows is one clear reason."""
    try:
        pdf = pdfium.PdfDocument(body)
    except pdfium.PdfiumError as error:
        if error.err_code == pdfium_c.FPDF_ERR_PASSWORD:
            raise UnreadableDocument("PDF 已加密 / the PDF is encrypted") from error
        if error.err_code == pdfium_c.FPDF_ERR_SECURITY:
            raise UnreadableDocument("PDF 的加密方式不支持 / the PDF is encrypted in an unknown way") from error
        return None
    if len(pdf) > MOST_PAGES:
        pdf.close()
        raise UnreadableDocument(f"PDF 超过 {MOST_PAGES} 页 / the PDF has more than {MOST_PAGES} pages")
    if not len(pdf):
        pdf.close()
        return None
    return pdf


def title_of(pdf: pdfium.PdfDocument) -> str:
    """From the file's metadata; "" where a program wrote its own idea of a title."""
    size = pdfium_c.FPDF_GetMetaText(pdf.raw, b"Title", None, 0)
    if not 2 < size <= _LONGEST_TITLE:
        return ""
    buffer = ctypes.create_string_buffer(size)
    pdfium_c.FPDF_GetMetaText(pdf.raw, b"Title", buffer, size)
    return _tidy(buffer.raw.decode("utf-16-le", errors="ignore"))


def _tidy(title: str) -> str:
    title = title.strip("\0 \ufeff")
    return "" if _FILE_NAME.search(title) or title == "about:blank" else title
