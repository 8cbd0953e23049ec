"""Where the standing lines of a table would be that has lying ones alone: where its rules begin and end, and where no
figure of a column stands."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.readers.layout.columns import Band, merged_bands
from pipeline.readers.layout.rulings import TOUCH, Stroke

_FEWEST_HEADS = 2  # words between two rules that name columns
_MOST_HEADS = 60  # that are looked at
_CLEAR = 0.2  # points that a line keeps from a word


@dataclass(frozen=True, slots=True)
class Shelf:
    """What stands between two rules."""

    top: float
    bottom: float
    words: tuple[Band, ...]  # what its words and numbers take up
    values: tuple[Band, ...]  # those from the first number on
    above: tuple[Stroke, ...]
    below: tuple[Stroke, ...]


def standing_lines(shelves: Sequence[Shelf], left: float, right: float) -> tuple[Stroke, ...]:
    """None where no columns show. Columns may change below each head."""
    parts = _parts(shelves)
    bands = [_bands(part) for part in parts]
    widest = max(bands, key=len, default=[])
    if not widest:
        return ()
    strokes = [Stroke(edge, shelves[0].top, shelves[-1].bottom) for edge in (left, right)]
    for part, own in zip(parts, bands, strict=True):
        walls = _walls(part, widest if _fits(own, widest) else own, left, right)
        for shelf in part:
            strokes += [Stroke(wall, shelf.top, shelf.bottom) for wall in _standing_in(shelf, walls, right)]
    return tuple(sorted(strokes))


def _parts(shelves: Sequence[Shelf]) -> list[list[Shelf]]:
    """Each head with the rows below it."""
    parts: list[list[Shelf]] = []
    for shelf in shelves:
        is_head = not shelf.values and len(shelf.words) >= _FEWEST_HEADS
        if not parts or (is_head and any(other.values for other in parts[-1])):
            parts.append([])
        parts[-1].append(shelf)
    return parts


def _bands(shelves: Sequence[Shelf]) -> list[Band]:
    """The columns in rows of figures; a row says nothing of them that would join two, as one does of which cells were
    dropped, and one whose label spans several says nothing but of its figures."""
    bands: list[Band] = []
    for shelf in sorted(shelves, key=lambda shelf: -len(shelf.words)):
        for words in (shelf.words, shelf.values) if shelf.values else ():
            merged = merged_bands([*bands, *words])
            if len(merged) >= len(bands) and len(_places(words, merged)) == len(words):
                bands = merged
                break
    return bands


def _places(bands: Sequence[Band], columns: Sequence[Band]) -> set[int]:
    """The columns that bands stand in."""
    return {bisect_right([column[0] for column in columns], band[0]) for band in bands}


def _fits(own: Sequence[Band], widest: Sequence[Band]) -> bool:
    """Whether the columns of one part of a table are among those of another."""
    merged = merged_bands([*own, *widest])
    return len(merged) == len(widest) and len(_places(own, merged)) == len(own)


def _walls(shelves: Sequence[Shelf], bands: Sequence[Band], left: float, right: float) -> list[float]:
    rules = {stroke for shelf in shelves for stroke in (*shelf.above, *shelf.below)}
    tips = {tip for rule in rules for tip in (rule.begin, rule.end) if left + TOUCH < tip < right - TOUCH}
    walls = [sum(band) / 2 for band in merged_bands([(tip - TOUCH / 2, tip + TOUCH / 2) for tip in tips])]
    heads = [word for shelf in shelves if not shelf.values for word in shelf.words][:_MOST_HEADS]
    for (_, end), (begin, _) in pairwise(bands):
        if not any(end - TOUCH <= wall <= begin + TOUCH for wall in walls):
            walls.append(_between(end, begin, heads))
    return sorted(walls)


def _between(end: float, begin: float, heads: Sequence[Band]) -> float:
    """Where a line would cross the fewest words of the heads, next to the middle."""
    middle = (end + begin) / 2
    edges = [place for left, right in heads for place in (left - _CLEAR, right + _CLEAR) if end < place < begin]
    return min(
        [middle, *edges],
        key=lambda place: (sum(1 for left, right in heads if left < place < right), abs(place - middle)),
    )


def _standing_in(shelf: Shelf, walls: Sequence[float], right: float) -> list[float]:
    """Those that no word crosses. The words of a head stand in the middle of the columns that they name."""
    free = [wall for wall in walls if not any(begin < wall < end for begin, end in shelf.words)]
    if shelf.values:
        return free
    kept = set(free)
    for rule in shelf.below:
        words = [word for word in shelf.words if rule.begin - TOUCH < word[0] and word[1] < rule.end + TOUCH]
        begin = rule.begin
        for place, word in enumerate(words):
            end = min([*free, right], key=lambda wall: abs(wall - (sum(word) - begin)))
            if end < word[1] or (place + 1 < len(words) and words[place + 1][0] < end):
                break
            kept -= {wall for wall in free if begin + TOUCH < wall < end - TOUCH}
            begin = end
    return sorted(kept)
