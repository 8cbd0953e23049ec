"""Numbers too long for their cells, which run on over the line that parts these: which digits are whose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain

from pipeline.readers.layout.lines import Line, lines_of
from pipeline.readers.layout.marks import Glyph
from pipeline.readers.layout.raster import Raster

_RUNS_ON = 0.05  # of a character's height, between the digits of one number
_FEW = 0.5  # of the digits in the one cell, fewer stand in the other: two numbers that touch have more

Pair = tuple[int, int]  # the places of two regions beside each other


def running_on(raster: Raster, lines: Sequence[Sequence[Line]]) -> set[Pair]:
    """Regions between which a number runs on over the line that parts them."""
    found: set[Pair] = set()
    for place, region in enumerate(raster.regions):
        column = region.column + region.colspan
        for row in range(region.row, region.row + region.rowspan):
            beside = raster.owners[row][column] if column < len(raster.owners[row]) else -1
            if beside >= 0 and any(_run_on(one, other) for one in lines[place] for other in lines[beside]):
                found.add((place, beside))
    return found


def _run_on(line: Line, other: Line) -> bool:
    end, begin = line.glyphs[-1], other.glyphs[0]
    return (
        end.text.isdigit()
        and begin.text.isdigit()
        and begin.x0 - end.x1 < _RUNS_ON * (begin.bottom - begin.top)
        and end.top < (begin.top + begin.bottom) / 2 < end.bottom
    )


def given_back(
    lines: Sequence[list[Line]], pairs: set[Pair], placed: Mapping[int, Sequence[Glyph]]
) -> list[list[Line]]:
    """The lines of all regions, the few digits in a neighbour's cell put with the many of their number. As many on
    either side may be two numbers that touch, and stay where they are."""
    whose = {place: list(placed.get(place, ())) for place in chain.from_iterable(pairs)}
    for place, beside in sorted(pairs):
        left, right = whose[place], whose[beside]
        for end in [line.glyphs[-1] for line in lines_of(left)]:
            head, tail = _number(left, end)[::-1], _rest(right, end)
            if head and tail and len(tail) < _FEW * len(head):
                left += tail
                right[:] = _without(right, tail)
            elif head and tail and len(head) < _FEW * len(tail):
                right[:0] = head
                left[:] = _without(left, head)
    return [lines_of(whose[place]) if place in whose else own for place, own in enumerate(lines)]


def _number(glyphs: Sequence[Glyph], end: Glyph) -> list[Glyph]:
    """The digits drawn right before the last one, and that, from the last to the first."""
    place = next((place for place, glyph in enumerate(glyphs) if glyph is end), -1)
    digits = list(glyphs[place : place + 1])
    for glyph in reversed(glyphs[: max(place, 0)]):
        if not _follows(digits[-1], glyph):
            break
        digits.append(glyph)
    return digits


def _rest(glyphs: Sequence[Glyph], end: Glyph) -> list[Glyph]:
    """The digits in the next cell that go on where those of this one end, in the order in which they were drawn."""
    digits: list[Glyph] = []
    for glyph in glyphs:
        if _follows(glyph, digits[-1] if digits else end):
            digits.append(glyph)
        elif digits:
            break
    return digits


def _follows(glyph: Glyph, before: Glyph) -> bool:
    height = glyph.bottom - glyph.top
    return (
        glyph.text.isdigit()
        and before.text.isdigit()
        and abs(glyph.x0 - before.x1) < _RUNS_ON * height
        and abs(glyph.top - before.top) < _RUNS_ON * height
    )


def _without(glyphs: Sequence[Glyph], gone: Sequence[Glyph]) -> list[Glyph]:
    return [glyph for glyph in glyphs if not any(glyph is one for one in gone)]
