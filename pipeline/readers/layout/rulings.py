"""Ruling lines as a reader of the page sees them: what is drawn in parts, dots or double is one stroke, and strokes
that meet become a net. What cells a net makes is left to `raster`."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pipeline.readers.layout.marks import Ruling

_SNAP = 3.0  # points: lines so near to each other are one, as both lines of a double ruling are
_WIDEST_SNAP = 4.5
_GAP = 4.0  # points between the parts, dashes or dots of one line
_SHORTEST = 5.0  # points
TOUCH = 4.0  # points: lines that end so near to another meet it
_MOST_STROKES = 3000  # on a page: with more it is a drawing or a map


class Stroke(NamedTuple):
    at: float  # where the line lies across its own direction
    begin: float
    end: float


class Net(NamedTuple):
    """Strokes that hang together, of at least one direction."""

    lying: tuple[Stroke, ...]
    standing: tuple[Stroke, ...]


def nets_of(rulings: Iterable[Ruling]) -> list[Net]:
    lying: list[Stroke] = []
    standing: list[Stroke] = []
    for ruling in rulings:
        if ruling.bottom - ruling.top <= ruling.x1 - ruling.x0:
            lying.append(Stroke((ruling.top + ruling.bottom) / 2, ruling.x0, ruling.x1))
        else:
            standing.append(Stroke((ruling.x0 + ruling.x1) / 2, ruling.top, ruling.bottom))
    whole_lying, whole_standing = _whole(lying), _whole(standing)
    if len(whole_lying) + len(whole_standing) > _MOST_STROKES:
        return []
    return _nets(whole_lying, whole_standing)


def _whole(parts: Sequence[Stroke]) -> list[Stroke]:
    """Strokes in the order of their places, with what belongs to one line joined."""
    strokes: list[Stroke] = []
    row: list[Stroke] = []
    for part in sorted(parts):
        if row and (part.at - row[-1].at > _SNAP or part.at - row[0].at > _WIDEST_SNAP):
            strokes += _joined(row)
            row = []
        row.append(part)
    return strokes + _joined(row)


def _joined(row: Sequence[Stroke]) -> list[Stroke]:
    if not row:
        return []
    at = sum(part.at for part in row) / len(row)
    spans: list[tuple[float, float]] = []
    for begin, end in sorted((part.begin, part.end) for part in row):
        if spans and begin - spans[-1][1] <= _GAP:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((begin, end))
    return [Stroke(at, begin, end) for begin, end in spans if end - begin >= _SHORTEST]


def _nets(lying: Sequence[Stroke], standing: Sequence[Stroke]) -> list[Net]:
    parent = list(range(len(lying) + len(standing)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    places = [stroke.at for stroke in standing]
    for index, line in enumerate(lying):
        first, last = bisect_left(places, line.begin - TOUCH), bisect_right(places, line.end + TOUCH)
        for other in range(first, last):
            if standing[other].begin - TOUCH <= line.at <= standing[other].end + TOUCH:
                parent[root(len(lying) + other)] = root(index)
    groups: dict[int, tuple[list[Stroke], list[Stroke]]] = {}
    for index in range(len(parent)):
        across, down = groups.setdefault(root(index), ([], []))
        if index < len(lying):
            across.append(lying[index])
        else:
            down.append(standing[index - len(lying)])
    return [Net(tuple(across), tuple(down)) for across, down in groups.values()]
