"""Path objects to ruling lines: strokes, thin filled shapes, and the sides of frames."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, pairwise

from pipeline.readers.layout import Ruling
from pipeline.readers.ofd.geometry import Matrix, Point, applied, around, number
from pipeline.readers.ofd.package import Element, child, text_of
from pipeline.readers.ofd.style import Style

_THIN = 3.0  # points: a filled shape no thicker than this is a line
_STRAIGHT = 0.5  # points that a line may lean
_MOST_TOKENS = 200_000  # of one path
_TOKEN = re.compile(r"[A-Za-z]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_ARGUMENTS = {"s": 2, "m": 2, "l": 2, "q": 4, "b": 6, "a": 7, "c": 0}
_BEGINS = {"s", "m"}


def rulings_of(element: Element, style: Style, matrix: Matrix) -> Iterator[Ruling]:
    stroke, fill = style.colour("StrokeColor"), style.colour("FillColor")
    is_stroked = style.is_on("Stroke", True) and style.shows(stroke) and not stroke.is_white
    is_filled = style.is_on("Fill", False) and style.shows(fill) and not fill.is_white
    if not is_stroked and not is_filled:
        return
    for corners, straight in _parts(text_of(child(element, "abbreviateddata"))):
        points = [applied(matrix, x, y) for x, y in corners]
        if is_stroked and straight:
            yield from _sides(points)
        elif is_filled and straight:
            yield from _thin(points)


def _sides(points: list[Point]) -> Iterator[Ruling]:
    for one, other in pairwise(points):
        left, top, right, bottom = around([one, other])
        if right - left <= _STRAIGHT or bottom - top <= _STRAIGHT:
            yield Ruling(left, top, right, bottom)


def _thin(points: list[Point]) -> Iterator[Ruling]:
    left, top, right, bottom = around(points)
    if bottom - top <= min(_THIN, right - left):
        middle = (top + bottom) / 2
        yield Ruling(left, middle, right, middle)
    elif right - left <= _THIN:
        middle = (left + right) / 2
        yield Ruling(middle, top, middle, bottom)


def _parts(data: str) -> Iterator[tuple[list[Point], bool]]:
    """The corners of each part of a path, closed where it closes, and whether all its lines are straight."""
    corners: list[Point] = []
    straight = True
    for operator, values in _operations(data):
        if operator == "c":
            corners += corners[:1]
            continue
        end = (values[-2], values[-1])
        if operator in _BEGINS:
            if len(corners) > 1:
                yield corners, straight
            corners, straight = [end], True
        else:
            corners.append(end)
            straight = straight and operator == "l"
    if len(corners) > 1:
        yield corners, straight


def _operations(data: str) -> Iterator[tuple[str, list[float]]]:
    """An operator that lacks numbers ends the path, as does an unknown one."""
    tokens = [found[0] for found in islice(_TOKEN.finditer(data), _MOST_TOKENS)]
    at = 0
    while at < len(tokens):
        operator = tokens[at].lower()
        count = _ARGUMENTS.get(operator)
        values = tokens[at + 1 : at + 1 + count] if count is not None else []
        if count is None or len(values) < count or any(value.isalpha() for value in values):
            return
        yield operator, [number(value) for value in values]
        at += 1 + count
