"""Pictures that lie over a whole page, as scanners' programs put them over the text that they recognised. What is under
an opaque one no reader sees; a watermark is mostly transparent."""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as pdfium_c

from pipeline.readers.pdf.drawings import Drawings, Picture
from pipeline.readers.pdf.shapes import Rect

_WHOLE = 0.6  # of the page
_OPAQUE = 250  # of 255
_SHARE = 0.7  # of the picture that is opaque: one that is turned has empty corners
_BYTES = 4  # of a pixel: blue, green, red and how opaque it is
_STEP = 16  # one pixel of so many is enough
_MOST = 8  # that are looked at


def sheets_over(page: Any, drawings: Drawings, rect: Rect) -> frozenset[int]:
    """Which objects of the page, by their order, are such pictures. `page` is one of pypdfium2."""
    first = min((text.order for text in drawings.texts.values() if text.color is not None), default=None)
    if first is None:
        return frozenset()
    large = [picture for picture in drawings.pictures if picture.order > first and _is_large(picture.box, rect)]
    return frozenset(picture.order for picture in large[:_MOST] if _is_opaque(page, picture))


def _is_large(box: Rect, rect: Rect) -> bool:
    width = min(box[2], rect[2]) - max(box[0], rect[0])
    height = min(box[3], rect[3]) - max(box[1], rect[1])
    return width > 0 < height and width * height >= _WHOLE * (rect[2] - rect[0]) * (rect[3] - rect[1])


def _is_opaque(page: Any, picture: Picture) -> bool:
    if pdfium_c.FPDFPageObj_HasTransparency(picture.handle):
        return False
    raw = pdfium_c.FPDFImageObj_GetRenderedBitmap(page.pdf.raw, page.raw, picture.handle)
    if not raw:
        return True
    try:
        if pdfium_c.FPDFBitmap_GetFormat(raw) != pdfium_c.FPDFBitmap_BGRA:
            return True
        size = pdfium_c.FPDFBitmap_GetStride(raw) * pdfium_c.FPDFBitmap_GetHeight(raw)
        alphas = ctypes.string_at(pdfium_c.FPDFBitmap_GetBuffer(raw), size)[3::_BYTES]
        return sum(1 for alpha in alphas[::_STEP] if alpha >= _OPAQUE) >= _SHARE * len(alphas[::_STEP])
    finally:
        pdfium_c.FPDFBitmap_Destroy(raw)
