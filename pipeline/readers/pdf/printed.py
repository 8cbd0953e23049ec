"""One page as pdfium draws it, for the layout: letters that can be seen, ruling lines and pictures in the frame of the
page's text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium_c

from pipeline.model import BBox
from pipeline.readers.layout import Glyph, PrintedPage, Ruling, rulings_between
from pipeline.readers.layout.trust import PageKind, covered, is_rubbish, kind_of
from pipeline.readers.pdf.drawings import MOST_OBJECTS, Drawings, drawings_of
from pipeline.readers.pdf.frame import Frame
from pipeline.readers.pdf.letters import MOST_LETTERS, Letter, are_lost, letters_of
from pipeline.readers.pdf.shapes import Rect
from pipeline.readers.pdf.sheets import sheets_over
from pipeline.readers.pdf.sight import Grounds, seen

_DOT = 3.0  # points
_NOT_PRINT = {"\x00", "\u200b", "\ufeff"}


@dataclass(frozen=True, slots=True)
class Look:
    """What a page holds and how it lies: `turn` is how many quarters clockwise a reader turns the page that a viewer
    shows to read it."""

    page: PrintedPage
    kind: PageKind
    turn: int
    doubts: tuple[str, ...] = ()


def look_at(page: Any, number: int) -> Look:
    """At a page of pypdfium2."""
    shown = _frame(page)
    drawings = drawings_of(page.raw)
    letters = letters_of(page.raw)
    doubts = _too_much(number, letters, drawings)
    rect = (shown.left, shown.low, shown.right, shown.high)
    grounds = Grounds(drawings, sheets_over(page, drawings, rect))
    visible = seen(letters or (), drawings, grounds, rect)
    upright = _upright(visible, shown)
    lines = drawings.lines if drawings.complete else []
    rulings = [
        ruling
        for line in lines
        if not line.color.is_white or grounds.is_dark(*_middle(line.box), line.order)
        for ruling in _rulings(_within(line.box, rect), upright)
    ]
    if drawings.complete:
        rulings += rulings_between((upright.box(*_within(area.box, rect)) for area in drawings.grounds), rulings)
    pictures = tuple(upright.box(*_within(picture.box, rect)) for picture in drawings.pictures)
    width, height = upright.size
    kind = kind_of(
        [(letter.text, letter.named) for letter in visible], covered(pictures, width, height), drawings.outlines
    )
    if kind is PageKind.TEXT and are_lost(letters or (), drawings):
        kind = PageKind.LOST
    printed = PrintedPage(number, width, height, tuple(_glyphs(visible, upright)), tuple(rulings), pictures)
    return Look(printed, kind, (upright.quarters - shown.quarters) % 4, doubts)


def _frame(page: Any) -> Frame:
    box = pdfium_c.FS_RECTF()
    if not pdfium_c.FPDF_GetPageBoundingBox(page.raw, box):
        return Frame(0.0, 0.0, *page.get_size())
    return Frame(box.left, box.bottom, box.right, box.top, pdfium_c.FPDFPage_GetRotation(page.raw) % 4)


def _upright(letters: Sequence[Letter], shown: Frame) -> Frame:
    """The frame in which most of the text stands upright."""
    ways = Counter(letter.quarters for letter in letters if letter.quarters is not None and not letter.text.isspace())
    quarters = ways.most_common(1)[0][0] if ways else shown.quarters
    return Frame(shown.left, shown.low, shown.right, shown.high, quarters)


def _too_much(number: int, letters: Sequence[Letter] | None, drawings: Drawings) -> tuple[str, ...]:
    doubts = []
    if letters is None:
        doubts.append(
            f"第 {number} 页超过 {MOST_LETTERS} 字，未读 / more than {MOST_LETTERS} characters on page {number}"
        )
    if not drawings.complete:
        doubts.append(
            f"第 {number} 页图形超过 {MOST_OBJECTS} 个，表线未读 / more than {MOST_OBJECTS} drawings on page {number}"
        )
    return tuple(doubts)


def _glyphs(letters: Sequence[Letter], frame: Frame) -> Iterator[Glyph]:
    """Slanting letters are watermarks."""
    for letter in letters:
        if letter.quarters is None or letter.text in _NOT_PRINT:
            continue
        x0, top, x1, bottom = frame.box(letter.left, letter.low, letter.right, letter.high)
        yield Glyph(letter.text, x0, top, x1, bottom, letter.named and not is_rubbish(letter.text))


def _rulings(box: Rect, frame: Frame) -> Iterator[Ruling]:
    x0, top, x1, bottom = frame.box(*box)
    wide, high = x1 - x0, bottom - top
    x, y = (x0 + x1) / 2, (top + bottom) / 2
    if wide < 0 or high < 0:
        return
    is_dot = max(wide, high) <= _DOT  # of a lying line or of a standing one
    if is_dot or wide >= high:
        yield Ruling(x0, y, x1, y)
    if is_dot or wide < high:
        yield Ruling(x, top, x, bottom)


def _within(box: Rect, rect: Rect) -> Rect:
    return (max(box[0], rect[0]), max(box[1], rect[1]), min(box[2], rect[2]), min(box[3], rect[3]))


def _middle(box: BBox) -> tuple[float, float]:
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
