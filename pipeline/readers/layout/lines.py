"""Characters to lines: what overlaps vertically reads as one line, whatever fonts its letters and digits come from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.model import BBox
from pipeline.readers.layout.folding import fold
from pipeline.readers.layout.marks import Glyph

_SAME_LINE = 0.5  # of the lower character's height that must overlap
_SAME_SPOT = 0.6  # of a character's width: the same character printed again there is bold type
_WORD_GAP = 0.5  # of the character's height: a wider gap is a space, though nobody printed one
_SCRIPT_GAP = 0.2  # the same between Chinese and digits or letters, which Word sets a quarter apart
_COLUMN_GAP = 1.6  # a gap so wide separates columns of words
_NUMBER_GAP = 0.6  # the same before a number
_DIGIT_GAP = 0.4  # the same between two numbers, which are printed without gaps but may be spaced out
_WIDEST_SETTING = 0.35  # between the digits of a number that is spaced out
_UNEVEN = 0.2  # what the gaps between its digits may differ
_DASHES = frozenset("-—–－")  # which stand for a number that is nothing
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Line:
    glyphs: tuple[Glyph, ...]  # left to right
    text: str
    box: BBox
    clear: bool  # it is certain which characters these are, and no two are printed over each other


def lines_of(glyphs: Iterable[Glyph]) -> list[Line]:
    """Top to bottom; lines that print nothing are left out."""
    rows: list[list[Glyph]] = []
    for glyph in sorted((glyph for glyph in glyphs if glyph.text), key=_middle):
        if rows and _overlap(rows[-1][-1], glyph) >= _SAME_LINE:
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    return [line for line in map(line_of, rows) if line.text]


def line_of(glyphs: Iterable[Glyph]) -> Line:
    kept, clear = _once(sorted(glyphs, key=_left))
    box = (
        min(glyph.x0 for glyph in kept),
        min(glyph.top for glyph in kept),
        max(glyph.x1 for glyph in kept),
        max(glyph.bottom for glyph in kept),
    )
    return Line(tuple(kept), _text(kept), box, clear)


def joined(lines: Sequence[Line]) -> Line:
    """The lines of a label one after the other, as if they stood on one."""
    glyphs = tuple(glyph for line in lines for glyph in line.glyphs)
    boxes = [line.box for line in lines]
    box = (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )
    return Line(glyphs, _text(glyphs), box, all(line.clear for line in lines))


def pieces_of(line: Line) -> list[Line]:
    """The line cut where the gaps of columns are."""
    return _cut(line, _gap)


def words_of(line: Line) -> list[Line]:
    """The line cut wherever a space is."""
    return _cut(line, lambda before, glyph: _WORD_GAP)


def _cut(line: Line, gap: Callable[[Glyph, Glyph], float]) -> list[Line]:
    pieces: list[list[Glyph]] = []
    before: Glyph | None = None
    for glyph in line.glyphs:
        if glyph.text.isspace():
            continue
        if before is None or glyph.x0 - before.x1 > gap(before, glyph) * _height(glyph):
            pieces.append([])
        pieces[-1].append(glyph)
        before = glyph
    return [line] if len(pieces) == 1 else [line_of(piece) for piece in pieces]


def is_evenly_set(line: Line) -> bool:
    """Whether its digits keep one distance, so that they are one number."""
    gaps = [
        (glyph.x0 - before.x1) / max(_height(glyph), 0.1)
        for before, glyph in pairwise(line.glyphs)
        if before.text.isdigit() and glyph.text.isdigit()
    ]
    return not gaps or (max(gaps) <= _WIDEST_SETTING and max(gaps) - min(gaps) <= _UNEVEN)


def _gap(before: Glyph, glyph: Glyph) -> float:
    if glyph.text in _DASHES and (before.text.isdigit() or before.text in _DASHES):
        return _NUMBER_GAP
    if not glyph.text.isdigit():
        return _COLUMN_GAP
    return _DIGIT_GAP if before.text.isdigit() else _NUMBER_GAP


def _once(glyphs: Sequence[Glyph]) -> tuple[list[Glyph], bool]:
    """Without the second print of what is printed twice on one spot, and whether nothing else is overprinted."""
    kept: list[Glyph] = []
    clear = all(glyph.clear for glyph in glyphs)
    for glyph in glyphs:
        if kept and kept[-1].x1 - glyph.x0 > _SAME_SPOT * (glyph.x1 - glyph.x0) > 0 and not glyph.text.isspace():
            if kept[-1].text == glyph.text:
                continue
            clear = clear and kept[-1].text.isspace()
        kept.append(glyph)
    return kept, clear


def _text(glyphs: Sequence[Glyph]) -> str:
    parts: list[str] = []
    before: Glyph | None = None
    for glyph in glyphs:
        if before is not None and _is_apart(before, glyph):
            parts.append(" ")
        parts.append(glyph.text)
        before = glyph
    return _SPACES.sub(" ", fold("".join(parts))).strip()


def _is_apart(before: Glyph, glyph: Glyph) -> bool:
    gap = glyph.x0 - before.x1
    if gap <= 0:
        return False
    scripts_change = before.text.isascii() != glyph.text.isascii()
    return gap > (_SCRIPT_GAP if scripts_change else _WORD_GAP) * _height(glyph)


def _overlap(one: Glyph, other: Glyph) -> float:
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared / max(min(_height(one), _height(other)), 0.1)


def _height(glyph: Glyph) -> float:
    return glyph.bottom - glyph.top


def _middle(glyph: Glyph) -> float:
    return glyph.top + glyph.bottom


def _left(glyph: Glyph) -> float:
    return glyph.x0
