"""Tables with lying lines alone: the standing ones are added where the figures leave room for them, so that a net as
of any ruled table comes out. What the lines of such a table do not tell is left to `aligned`."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from pipeline.readers.layout.columns import Band, merged_bands
from pipeline.readers.layout.lines import Line, lines_of, pieces_of
from pipeline.readers.layout.marks import Glyph
from pipeline.readers.layout.rulings import TOUCH, Net, Stroke
from pipeline.readers.layout.shelves import Shelf, standing_lines
from pipeline.readers.ragged import is_value

_FEWEST_LEVELS = 3  # two rows
_MOST_LEVELS = 300
_SAME_LEVEL = 1.0  # points
_NARROWEST = 120.0  # points: a shorter line stands under a word
_FEWEST_VALUES = 3  # in one line of text: two such lines between two rules are rows that no rule parts
_WORD_GAP = 0.6  # in heights: a wider gap may have a line in it
_HEAD_GAP = 0.15  # the same in a head, whose words may touch, and beside a number
_FOLDED = 0.6  # in heights: as far apart at most stand the lines of one cell
_LARGE = 1.2  # of the height that most characters between rules have: a heading
_POINTS = frozenset(".．、")
_NO_TABLE = re.compile(r"[一二三四五六][、.．].*情况.?|六[、.．].*事项.?|.*[。；]")


class Level(NamedTuple):
    """Rules at one height."""

    at: float
    strokes: tuple[Stroke, ...]

    @property
    def begin(self) -> float:
        return self.strokes[0].begin

    @property
    def end(self) -> float:
        return self.strokes[-1].end


def nets_between(lying: Sequence[Stroke], glyphs: Sequence[Glyph]) -> list[Net]:
    """Of rules that meet no standing line."""
    levels = _levels(stroke for stroke in lying if stroke.end - stroke.begin >= TOUCH)
    if not _FEWEST_LEVELS <= len(levels) <= _MOST_LEVELS:
        return []
    inside = _by_gap(levels, glyphs)
    nets = []
    for first, last in _stacks(levels, inside):
        net = _net(levels[first : last + 1], inside[first:last])
        if net is not None:
            nets.append(net)
    return nets


def _levels(strokes: Iterable[Stroke]) -> list[Level]:
    levels: list[list[Stroke]] = []
    for stroke in sorted(strokes):
        if levels and stroke.at - levels[-1][0].at <= _SAME_LEVEL:
            levels[-1].append(stroke)
        else:
            levels.append([stroke])
    return [Level(row[0].at, tuple(sorted(row, key=lambda stroke: stroke.begin))) for row in levels]


def _by_gap(levels: Sequence[Level], glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """The characters between each level and the next."""
    ats = [level.at for level in levels]
    inside: list[list[Glyph]] = [[] for _ in levels]
    for glyph in glyphs:
        gap = bisect_right(ats, (glyph.top + glyph.bottom) / 2) - 1
        if 0 <= gap < len(levels) - 1 and glyph.text.strip():
            inside[gap].append(glyph)
    return inside


def _stacks(levels: Sequence[Level], inside: Sequence[Sequence[Glyph]]) -> Iterator[tuple[int, int]]:
    """The first and the last level of each table: they keep within one width or begin at one side, and no
    heading or sentence stands between them."""
    usual = median([_height(glyph) for between in inside for glyph in between] or [0.0])
    first = 0
    for place in range(1, len(levels) + 1):
        if place == len(levels) or not _goes_on(levels[first], levels[place], inside[place - 1], usual):
            if place - first >= _FEWEST_LEVELS and _width(levels[first:place]) >= _NARROWEST:
                yield first, place - 1
            first = place


def _goes_on(first: Level, level: Level, between: Sequence[Glyph], usual: float) -> bool:
    if not between or min(map(_height, between)) > _LARGE * usual:
        return False
    if level.begin < first.begin - TOUCH or (level.end > first.end + TOUCH and level.begin > first.begin + TOUCH):
        return False
    return not any(_NO_TABLE.fullmatch(line.text) for line in lines_of(between))


def _width(levels: Sequence[Level]) -> float:
    return max(level.end for level in levels) - levels[0].begin


def _height(glyph: Glyph) -> float:
    return glyph.bottom - glyph.top


def _net(levels: Sequence[Level], inside: Sequence[Sequence[Glyph]]) -> Net | None:
    shelves = [_shelf(*pair, glyphs) for pair, glyphs in zip(pairwise(levels), inside, strict=True)]
    if any(shelf is None for shelf in shelves):
        return None
    known = [shelf for shelf in shelves if shelf is not None]
    standing = standing_lines(known, levels[0].begin, levels[0].begin + _width(levels))
    return Net(tuple(stroke for level in levels for stroke in level.strokes), standing) if standing else None


def _shelf(above: Level, below: Level, glyphs: Sequence[Glyph]) -> Shelf | None:
    """None where several rows of figures stand between two rules."""
    lines = lines_of(glyphs)
    values = [[piece for piece in pieces_of(line) if _is_figure(piece.text)] for line in lines]
    if sum(1 for row in values if len(row) >= _FEWEST_VALUES) > 1 and not _is_folded(values):
        return None
    bands = set(merged_bands([(piece.box[0], piece.box[2]) for row in values for piece in row]))
    gap = _WORD_GAP if bands else _HEAD_GAP
    words = merged_bands([word for line in lines for word in _words(line, gap)])
    first = next((place for place, word in enumerate(words) if word in bands), len(words))  # not a label's number
    return Shelf(above.at, below.at, tuple(words), tuple(words[first:]), above.strokes, below.strokes)


def _is_figure(text: str) -> bool:
    """Not the 2. over a label that stands downwards."""
    return is_value(text) and not text.endswith(tuple(_POINTS))


def _is_folded(values: Sequence[Sequence[Line]]) -> bool:
    """Whether lines of figures stand as near to each other as those of one cell do."""
    rows = [row for row in values if row]
    return all(
        below[0].box[1] - above[0].box[3] < (below[0].box[3] - below[0].box[1]) * _FOLDED
        for above, below in pairwise(rows)
    )


def _parts_number(before: Glyph, glyph: Glyph) -> bool:
    """Between a number and a word, but not before the point of a spaced out 1 . or 0 . 5."""
    return before.text.isdigit() != glyph.text.isdigit() and not _POINTS & {before.text, glyph.text}


def _words(line: Line, gap: float) -> list[Band]:
    runs: list[list[Glyph]] = []
    for glyph in line.glyphs:
        before = runs[-1][-1] if runs else None
        at_number = before is not None and _parts_number(before, glyph)
        least = _HEAD_GAP if at_number else gap
        if before is None or glyph.x0 - before.x1 > least * _height(glyph):
            runs.append([])
        runs[-1].append(glyph)
    return [(run[0].x0, max(glyph.x1 for glyph in run)) for run in runs]
