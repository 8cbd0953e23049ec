"""Page numbers between dashes or words, or by themselves in the middle of the foot. A row too tall for its page lies
over the foot, where the number would read as a part of what the row's cells print."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.readers.layout.marks import Glyph, PrintedPage

_FOOT = 0.9  # of the page's height, from the top
_WIDEST_GAP = 1.0  # of a character's height
_LEVEL = 0.5  # points
_SAME_SIZE = 0.02  # of a character's height
_NEAR = 0.05  # of the page's width, to either side of its middle
_MOST = 50  # digits so near to the middle that are looked at
_CENTRED = 0.01  # of the page's width, by which a number may stand beside the middle
_NUMBERED = re.compile(r"([-—–－])\s*\d{1,3}\s*\1|第\s*\d{1,3}\s*页")


def without_page_number(page: PrintedPage) -> list[Glyph]:
    """The page's characters but for a number that stands by itself at its foot, between dashes or words, or as its
    own."""
    glyphs = page.glyphs
    at_foot = [place for place, glyph in enumerate(glyphs) if glyph.top > _FOOT * page.height]
    written = "".join(glyphs[place].text if len(glyphs[place].text) == 1 else "\0" for place in at_foot)
    dropped: set[int] = set()
    for found in _NUMBERED.finditer(written):
        places = at_foot[found.start() : found.end()]
        before, after = at_foot[max(found.start() - 1, 0) : found.start()], at_foot[found.end() : found.end() + 1]
        if (
            _is_one_run(glyphs, places)
            and not (before and _is_beside(glyphs[before[0]], glyphs[places[0]]))
            and not (after and _is_beside(glyphs[places[-1]], glyphs[after[0]]))
        ):
            dropped |= set(places)
    dropped |= _own_number(page, at_foot)
    return [glyph for place, glyph in enumerate(glyphs) if place not in dropped] if dropped else list(glyphs)


def _own_number(page: PrintedPage, at_foot: Sequence[int]) -> set[int]:
    """The page's number in the middle of its foot, in a size that no other figure of the page has."""
    middle, near = page.width / 2, _NEAR * page.width
    digits = [p for p in at_foot if page.glyphs[p].text.isdigit() and abs(page.glyphs[p].x0 - middle) < near]
    for first in digits[:_MOST]:
        run = [place for place in digits if _is_level(page.glyphs[first], page.glyphs[place])]
        begin, end = page.glyphs[run[0]], page.glyphs[run[-1]]
        if (
            "".join(page.glyphs[place].text for place in run) == str(page.number)
            and _is_one_run(page.glyphs, run)
            and abs((begin.x0 + end.x1) / 2 - middle) <= _CENTRED * page.width
        ):
            return set() if _is_among_figures(page.glyphs, run) else set(run)
    return set()


def _is_among_figures(glyphs: Sequence[Glyph], run: Sequence[int]) -> bool:
    height = glyphs[run[0]].bottom - glyphs[run[0]].top
    return any(
        glyph.text.isdigit() and place not in run and abs(glyph.bottom - glyph.top - height) < _SAME_SIZE * height
        for place, glyph in enumerate(glyphs)
    )


def _is_level(glyph: Glyph, other: Glyph) -> bool:
    return abs(glyph.top - other.top) < _LEVEL and abs(glyph.bottom - other.bottom) < _LEVEL


def _is_one_run(glyphs: Sequence[Glyph], places: Sequence[int]) -> bool:
    return all(_is_beside(glyphs[one], glyphs[other]) for one, other in pairwise(places))


def _is_beside(glyph: Glyph, following: Glyph) -> bool:
    return _is_level(glyph, following) and abs(following.x0 - glyph.x1) <= _WIDEST_GAP * (glyph.bottom - glyph.top)
