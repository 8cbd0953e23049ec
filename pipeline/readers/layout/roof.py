"""The heads over numbers that no lines part into columns: each number stands under one of them, and a head without one
is over a blank cell."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipeline.readers.layout.lines import Line, words_of
from pipeline.readers.ragged import is_value

_MOST_LINES = 8  # of a header
_MOST_HEADS = 60  # the widest header has 15 columns
_FEWEST_COLUMNS = 3
_AS_LOW = 1.3  # of its height, from the middle of a cell of two lines to the middle of the lower one
_FEWEST_LETTERS = 2  # of a head; single ones may be those of one that is spaced out

Row = Sequence[Line]
Band = tuple[float, float]


def heads_over(row: Row, header: Sequence[Row]) -> list[tuple[Line, Line | None]]:
    """The lowest heads over a row of numbers from left to right, each with the number under it; nothing where a number
    stands under none or several. What is over the labels of rows is not told from what is over a blank cell, so that
    beside a label each head must have a number."""
    values = [piece for piece in row if is_value(piece.text)]
    left = max((piece.box[2] for piece in row if values and piece.box[2] <= values[0].box[0]), default=None)
    heads = _lowest(header, values)
    heads = [head for head in heads if left is None or head.box[2] > values[0].box[0]]
    under: dict[int, Line] = {}
    for value in values:
        over = [place for place, head in enumerate(heads) if _overlap(head, value)]
        if len(over) != 1 or over[0] in under:
            return []
        under[over[0]] = value
    blanks = len(heads) - len(under)
    if blanks and (left is not None or blanks >= len(under) or any(len(head.text) < _FEWEST_LETTERS for head in heads)):
        return []
    return [(head, under.get(place)) for place, head in enumerate(heads)]


def bands_of(header: Sequence[Row], rows: Sequence[Row], numbers: Sequence[Band]) -> list[Band]:
    """The columns that a header shows of the rows below it, be they empty: a head each, and under it the numbers of one
    of the columns that rows show, if any. Nothing where these do not stand so."""
    values = [[piece for piece in row if is_value(piece.text)] for row in rows]
    first = [(row, own[0]) for row, own in zip(rows, values, strict=True) if own]
    labels = (piece.box[2] for row, value in first for piece in row if piece.box[2] <= value.box[0])
    left = max(labels, default=0.0)
    heads = [head for head in _lowest(header, [value for own in values for value in own]) if head.box[0] >= left]
    if len(heads) < max(_FEWEST_COLUMNS, len(numbers)) or any(len(head.text) < _FEWEST_LETTERS for head in heads):
        return []
    bands = [(head.box[0], head.box[2]) for head in heads]
    for begin, end in numbers:
        over = [place for place, band in enumerate(bands) if band[0] < end and begin < band[1]]
        if len(over) != 1:
            return []
        bands[over[0]] = (min(begin, bands[over[0]][0]), max(end, bands[over[0]][1]))
    return bands if all(one[1] <= other[0] for one, other in pairwise(bands)) else []


def _lowest(header: Sequence[Row], values: Sequence[Line]) -> list[Line]:
    """Those that no other stands below. What stands higher than a head does that is set to the middle of its cell names
    several columns, and may stand between them: of that only what a number is under."""
    heads: list[Line] = []
    lines = header[-_MOST_LINES:]
    base = _middle(lines[-1][0]) if lines else 0.0
    for row in reversed(lines):
        words = [word for piece in row for word in _parted(piece, values)]
        words = [word for word in words if not any(_overlap(word, other) for other in heads)]
        if base - _middle(row[0]) > _AS_LOW * (row[0].box[3] - row[0].box[1]):
            words = [word for word in words if any(_overlap(word, value) for value in values)]
        heads += words
        if len(heads) > _MOST_HEADS:
            return []
    return sorted(heads, key=_left)


def _parted(piece: Line, values: Sequence[Line]) -> list[Line]:
    """Words over numbers of several columns, that stand nearer to each other than columns do."""
    under = sorted((value.box[0], value.box[2]) for value in values if _overlap(piece, value))
    apart = any(one[1] <= other[0] for one, other in pairwise(under))
    return words_of(piece) if apart else [piece]


def _overlap(one: Line, other: Line) -> bool:
    return one.box[0] < other.box[2] and other.box[0] < one.box[2]


def _left(line: Line) -> float:
    return line.box[0]


def _middle(line: Line) -> float:
    return (line.box[1] + line.box[3]) / 2
