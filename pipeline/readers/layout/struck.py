"""Text that is struck through, as a print of tracked changes has it: a line through the middle of the characters. It
is not what the page says. A line that merely runs across characters leaves a doubt on them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from pipeline.readers.layout.marks import Glyph, Ruling

_MIDDLE = (0.38, 0.68)  # of a character's height, from its top: lines below are drawn under the text
_CROSSED = 0.6  # of a character's width
_SHORTEST = 3.0  # points
_OFF_CENTRE = max(0.5 - _MIDDLE[0], _MIDDLE[1] - 0.5)
_ENDS = 0.2  # of the height: as near to the ends of its characters does a strike begin and end
_GAP = 0.6  # of the height: at most between two characters under one strike


def without_struck(glyphs: Sequence[Glyph], rulings: Sequence[Ruling]) -> list[Glyph]:
    """The same characters, with no text where they are struck, and not clear where that is uncertain."""
    lying = [ruling for ruling in rulings if ruling.x1 - ruling.x0 >= _SHORTEST and ruling.top == ruling.bottom]
    order = sorted(range(len(glyphs)), key=lambda place: glyphs[place].top + glyphs[place].bottom)
    middles = [(glyphs[place].top + glyphs[place].bottom) / 2 for place in order]
    reach = _OFF_CENTRE * max((glyph.bottom - glyph.top for glyph in glyphs), default=0.0)
    changed: dict[int, Glyph] = {}
    for ruling in lying:
        first = bisect_left(middles, ruling.top - reach)
        last = bisect_right(middles, ruling.top + reach)
        crossed = [place for place in order[first:last] if _crosses(ruling, glyphs[place])]
        if not crossed:
            continue
        struck = _is_strike(ruling, sorted((glyphs[place] for place in crossed), key=lambda glyph: glyph.x0))
        for place in crossed:
            changed[place] = glyphs[place]._replace(text="") if struck else glyphs[place]._replace(clear=False)
    return [changed.get(place, glyph) for place, glyph in enumerate(glyphs)] if changed else list(glyphs)


def _crosses(ruling: Ruling, glyph: Glyph) -> bool:
    height = glyph.bottom - glyph.top
    if not _MIDDLE[0] * height <= ruling.top - glyph.top <= _MIDDLE[1] * height:
        return False
    width = glyph.x1 - glyph.x0
    return min(ruling.x1, glyph.x1) - max(ruling.x0, glyph.x0) >= _CROSSED * width > 0


def _is_strike(ruling: Ruling, crossed: Sequence[Glyph]) -> bool:
    """Whether the line covers exactly these characters, as one that a program drew through them does."""
    slack = _ENDS * (crossed[0].bottom - crossed[0].top)
    if abs(ruling.x0 - crossed[0].x0) > slack or abs(ruling.x1 - crossed[-1].x1) > slack:
        return False
    reach = crossed[0].x1
    for glyph in crossed[1:]:
        if glyph.x0 - reach > _GAP * (glyph.bottom - glyph.top):
            return False
        reach = max(reach, glyph.x1)
    return True
