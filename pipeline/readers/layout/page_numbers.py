"""Page numbers between dashes. A row too tall for its page lies over the foot, where the number would read as a part
of what the row's cells print."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.readers.layout.marks import Glyph

_FOOT = 0.9  # of the page's height, from the top
_WIDEST_GAP = 1.0  # of a character's height
_LEVEL = 0.5  # points
_NUMBERED = re.compile(r"([-—–－])\s*\d{1,3}\s*\1")


def without_page_number(glyphs: Sequence[Glyph], height: float) -> list[Glyph]:
    """The same characters but for a number that stands by itself between dashes at the foot of the page."""
    at_foot = [place for place, glyph in enumerate(glyphs) if glyph.top > _FOOT * height]
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
    return [glyph for place, glyph in enumerate(glyphs) if place not in dropped] if dropped else list(glyphs)


def _is_one_run(glyphs: Sequence[Glyph], places: Sequence[int]) -> bool:
    return all(_is_beside(glyphs[one], glyphs[other]) for one, other in pairwise(places))


def _is_beside(glyph: Glyph, following: Glyph) -> bool:
    on_one_line = abs(glyph.top - following.top) < _LEVEL and abs(glyph.bottom - following.bottom) < _LEVEL
    return on_one_line and abs(following.x0 - glyph.x1) <= _WIDEST_GAP * (glyph.bottom - glyph.top)
