"""What pdfplumber finds printed on a page."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from pdfplumber.page import Page

from pipeline.readers.layout import Glyph, PrintedPage, Ruling

_FEWEST_CHARS = 8
_RUBBISH_SHARE = 0.3
_PICTURE_SHARE = 0.3  # of the page that images must cover to make it a scan
_THIN = 3.0  # points: a filled rectangle no thicker than this is a ruling line
_WHITE = 0.95

Obj = Mapping[str, Any]


def printed_page(page: Page) -> PrintedPage:
    glyphs = tuple(Glyph(char["text"], char["x0"], char["top"], char["x1"], char["bottom"]) for char in page.chars)
    drawn = [ruling for obj in (*page.lines, *page.rects, *page.curves) for ruling in _rulings(obj)]
    return PrintedPage(page.page_number, float(page.width), float(page.height), glyphs, tuple(drawn))


def has_text_layer(page: Page) -> bool:
    """Whether the page's text can be trusted: a scan may carry a stamp or a layer of rubbish."""
    letters = [char["text"] for char in page.chars if not char["text"].isspace()]
    if len(letters) < _FEWEST_CHARS:
        return False
    rubbish = sum(1 for letter in letters if _is_rubbish(letter))
    return rubbish <= _RUBBISH_SHARE * len(letters)


def _is_rubbish(letter: str) -> bool:
    return (
        letter.startswith("(cid:") or unicodedata.category(letter[0]) in {"Co", "Cn", "Cc", "Cs"} or letter == "\ufffd"
    )


def is_picture(page: Page) -> bool:
    covered = sum(image["width"] * image["height"] for image in page.images)
    return bool(covered >= _PICTURE_SHARE * page.width * page.height)


def _rulings(obj: Obj) -> Iterator[Ruling]:
    """White or wide filled rectangles are backgrounds of text, not lines; Word and WPS draw one behind every line."""
    x0, top, x1, bottom = obj["x0"], obj["top"], obj["x1"], obj["bottom"]
    if obj["object_type"] == "line":
        if not _is_white(obj.get("stroking_color")) and min(x1 - x0, bottom - top) <= _THIN:
            yield Ruling(x0, top, x1, bottom)
        return
    if max(x1 - x0, bottom - top) <= _THIN:  # a dot: of a lying line or of a standing one
        yield Ruling(x0, (top + bottom) / 2, x1, (top + bottom) / 2)
        yield Ruling((x0 + x1) / 2, top, (x0 + x1) / 2, bottom)
    elif min(x1 - x0, bottom - top) <= _THIN:
        drawn = obj.get("stroking_color" if obj.get("stroke") and not obj.get("fill") else "non_stroking_color")
        if not _is_white(drawn):
            yield Ruling(x0, top, x1, bottom)
    elif obj.get("stroke") and not _is_white(obj.get("stroking_color")):
        yield Ruling(x0, top, x1, top)
        yield Ruling(x0, bottom, x1, bottom)
        yield Ruling(x0, top, x0, bottom)
        yield Ruling(x1, top, x1, bottom)


def _is_white(color: Any) -> bool:
    if not isinstance(color, list | tuple) or not color or not all(isinstance(part, int | float) for part in color):
        return False  # no colour given is black
    if len(color) == 4:  # CMYK
        return bool(max(color) <= 1 - _WHITE)
    return bool(min(color) >= _WHITE)
