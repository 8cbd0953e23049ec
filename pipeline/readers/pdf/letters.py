"""The characters of a page as pdfium's text layer names them, each in a box as wide as it advances and as high as an
em around its baseline: what fonts say of their own height is often that of the few characters they were cut down to."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium_c

from pipeline.readers.layout.trust import is_rubbish
from pipeline.readers.pdf.drawings import Drawings
from pipeline.readers.pdf.shapes import Rect

MOST_LETTERS = 100_000  # on a page
_HYPHENS = {0x02, 0xFFFE}  # what pdfium makes of a hyphen that ends a line
_SPACE = 0x20
_LAST = 0x10FFFF
_LEAN = math.radians(3)
_ASCENT, _DESCENT = 0.88, 0.2  # of an em, as Chinese fonts have them
_SOLID = 0.3  # of the loose box's height that an em measures at least, unless the font has sizes of its own


class Letter(NamedTuple):
    text: str
    left: float
    low: float
    right: float
    high: float
    source: int  # the address of the text object that paints it
    named: bool  # the font says which character it is
    quarters: int | None  # anticlockwise, in which its line runs; None for a slanting line


def letters_of(page: Any) -> list[Letter] | None:
    """Of a page handle of pdfium, in the order of its content; None when there are too many."""
    layer = pdfium_c.FPDFText_LoadPage(page)
    if not layer:
        return []
    try:
        count = pdfium_c.FPDFText_CountChars(layer)
        return _letters(layer, count) if count <= MOST_LETTERS else None
    finally:
        pdfium_c.FPDFText_ClosePage(layer)


def are_lost(letters: Sequence[Letter], drawings: Drawings) -> bool:
    """Whether pdfium has dropped text: it does where a font is not in the file and no other on this machine has the
    character. Such text has no width; only what is in the file's own fonts is known to be blank then."""
    told = {letter.source for letter in letters}
    return any(
        not pdfium_c.FPDFFont_GetIsEmbedded(pdfium_c.FPDFTextObj_GetFont(text.handle))
        for address, text in drawings.texts.items()
        if address not in told and text.color is not None
    )


def _letters(layer: Any, count: int) -> list[Letter]:
    box = pdfium_c.FS_RECTF()
    pointer = ctypes.byref(box)
    x, y = ctypes.c_double(), ctypes.c_double()
    at = ctypes.byref(x), ctypes.byref(y)
    letters: list[Letter] = []
    source, quarters, em, known = -1, None, 0.0, False
    across = (0.0, 0.0)  # where the loose boxes of a line begin and end; its letters have one baseline
    for index in range(count):
        code = pdfium_c.FPDFText_GetUnicode(layer, index)
        if code <= _SPACE and pdfium_c.FPDFText_IsGenerated(layer, index) == 1:  # a space that nobody printed
            continue
        if not pdfium_c.FPDFText_GetLooseCharBox(layer, index, pointer):
            continue
        handle = pdfium_c.FPDFText_GetTextObject(layer, index)
        painter = ctypes.addressof(handle.contents) if handle else 0
        if painter != source:
            source, quarters, em = painter, _quarters(layer, index), _em(layer, index)
            known = not pdfium_c.FPDFText_HasUnicodeMapError(layer, index)
            across = (math.nan, math.nan)
        lies = (box.left, box.right) if quarters in (1, 3) else (box.bottom, box.top)
        if lies != across:
            pdfium_c.FPDFText_GetCharOrigin(layer, index, *at)
            across = lies
        rect = _box(box, x.value, y.value, em, quarters)
        text = "-" if code in _HYPHENS else chr(code) if code <= _LAST else "\ufffd"
        named = known and (not is_rubbish(text) or not pdfium_c.FPDFText_HasUnicodeMapError(layer, index))
        letters.append(Letter(text, *rect, source, named, quarters))
    return letters


def _quarters(layer: Any, index: int) -> int | None:
    """pdfium tells the angle clockwise."""
    angle = pdfium_c.FPDFText_GetCharAngle(layer, index)
    turns = round(angle / (math.pi / 2))
    return -turns % 4 if abs(angle - turns * math.pi / 2) <= _LEAN else None


def _em(layer: Any, index: int) -> float:
    matrix = pdfium_c.FS_MATRIX()
    if not pdfium_c.FPDFText_GetMatrix(layer, index, matrix):
        return 0.0
    return float(pdfium_c.FPDFText_GetFontSize(layer, index) * math.hypot(matrix.c, matrix.d))


def _box(loose: Any, x: float, y: float, em: float, quarters: int | None) -> Rect:
    """Along the line as the loose box, across it an em around the baseline."""
    left, low, right, high = loose.left, loose.bottom, loose.right, loose.top
    if quarters is None or em < _SOLID * (right - left if quarters % 2 else high - low):
        return (left, low, right, high)
    up, down = _ASCENT * em, _DESCENT * em
    if quarters == 0:
        return (left, y - down, right, y + up)
    if quarters == 1:
        return (x - up, low, x + down, high)
    if quarters == 2:
        return (left, y - up, right, y + down)
    return (x - down, low, x + up, high)
