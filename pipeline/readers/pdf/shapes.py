"""Paths as pdfium holds them, told apart: ruling lines, coloured grounds, and shapes that are neither."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium_c

_THIN = 3.0  # points: a filled rectangle no thicker than this is a ruling line
_STRAIGHT = 0.5  # points that a line may lean
_MOST_SEGMENTS = 20_000  # of one path
_RECTANGLE = 6  # segments at most: four sides, perhaps closed twice

Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]
Rect = tuple[float, float, float, float]  # left, low, right, high in the page's user space

IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Color(NamedTuple):
    red: int
    green: int
    blue: int
    alpha: int

    @property
    def is_white(self) -> bool:
        return min(self.red, self.green, self.blue) >= 242


class Shape(NamedTuple):
    kind: str  # line | ground | outline
    box: Rect
    color: Color


_PATTERN = Color(0, 0, 0, 254)


def times(inner: Matrix, outer: Matrix) -> Matrix:
    """The matrix that applies `inner` first."""
    a, b, c, d, e, f = inner
    a2, b2, c2, d2, e2, f2 = outer
    return (
        a * a2 + b * c2, a * b2 + b * d2,
        c * a2 + d * c2, c * b2 + d * d2,
        e * a2 + f * c2 + e2, e * b2 + f * d2 + f2,
    )  # fmt: skip


def applied(matrix: Matrix, x: float, y: float) -> Point:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def color_of(get: Any, handle: Any) -> Color | None:
    """None for what is wholly transparent; a pattern counts as black that one may see through."""
    red, green, blue, alpha = ctypes.c_uint(), ctypes.c_uint(), ctypes.c_uint(), ctypes.c_uint()
    if not get(handle, red, green, blue, alpha):
        return _PATTERN
    return Color(red.value, green.value, blue.value, alpha.value) if alpha.value else None


def bounds_of(handle: Any, matrix: Matrix) -> Rect:
    left, low, right, high = ctypes.c_float(), ctypes.c_float(), ctypes.c_float(), ctypes.c_float()
    if not pdfium_c.FPDFPageObj_GetBounds(handle, left, low, right, high):
        return (0.0, 0.0, 0.0, 0.0)
    if matrix == IDENTITY:
        return (left.value, low.value, right.value, high.value)
    return around([applied(matrix, x, y) for x in (left.value, right.value) for y in (low.value, high.value)])


def around(points: Sequence[Point]) -> Rect:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return (min(xs), min(ys), max(xs), max(ys))


def shapes_of(path: Any, matrix: Matrix) -> Iterator[Shape]:
    """What a path object paints; nothing for one that only clips, or paints in no colour."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium_c.FPDFPath_GetDrawMode(path, fill, stroke):
        return
    filled = color_of(pdfium_c.FPDFPageObj_GetFillColor, path) if fill.value else None
    stroked = color_of(pdfium_c.FPDFPageObj_GetStrokeColor, path) if stroke.value else None
    if filled is None and stroked is None:
        return
    count = pdfium_c.FPDFPath_CountSegments(path)
    if stroked is None and filled is not None and count <= _RECTANGLE:
        yield _area(bounds_of(path, matrix), filled)  # the most frequent path by far, read in one call
        return
    width = _width(path, matrix) if stroked is not None else 0.0
    for points, straight in _subpaths(path, matrix, min(count, _MOST_SEGMENTS)):
        if filled is not None:
            yield _filled(points, straight, filled)
        if stroked is not None and straight:
            yield from _stroked(points, width, stroked)


def _filled(points: Sequence[Point], straight: bool, color: Color) -> Shape:
    box = around(points)
    is_plain = straight and len(points) <= _RECTANGLE
    if is_plain or max(box[2] - box[0], box[3] - box[1]) <= _THIN:  # dots are round as often as square
        return _area(box, color)
    return Shape("outline", box, color)


def _area(box: Rect, color: Color) -> Shape:
    return Shape("line" if min(box[2] - box[0], box[3] - box[1]) <= _THIN else "ground", box, color)


def _stroked(points: Sequence[Point], width: float, color: Color) -> Iterator[Shape]:
    for (x0, y0), (x1, y1) in pairwise(points):
        if min(abs(x1 - x0), abs(y1 - y0)) > _STRAIGHT:
            continue
        box = (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
        if width <= _THIN:
            yield Shape("line", box, color)
        else:  # a broad stroke paints an area
            half = width / 2
            lying = box[3] - box[1] <= box[2] - box[0]
            across, along = (half, 0.0) if not lying else (0.0, half)
            yield Shape("ground", (box[0] - across, box[1] - along, box[2] + across, box[3] + along), color)


def _subpaths(path: Any, matrix: Matrix, count: int) -> Iterator[tuple[list[Point], bool]]:
    """The corners of each part of a path, closed where it closes, and whether all its lines are straight."""
    matrix = times(matrix_of(path), matrix)
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[Point] = []
    straight = True
    for index in range(count):
        segment = pdfium_c.FPDFPath_GetPathSegment(path, index)
        kind = pdfium_c.FPDFPathSegment_GetType(segment)
        if kind == pdfium_c.FPDF_SEGMENT_MOVETO and points:
            yield points, straight
            points, straight = [], True
        pdfium_c.FPDFPathSegment_GetPoint(segment, x, y)
        points.append(applied(matrix, x.value, y.value))
        straight = straight and kind != pdfium_c.FPDF_SEGMENT_BEZIERTO
        if pdfium_c.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if points:
        yield points, straight


def matrix_of(handle: Any) -> Matrix:
    raw = pdfium_c.FS_MATRIX()
    if not pdfium_c.FPDFPageObj_GetMatrix(handle, raw):
        return IDENTITY
    return (raw.a, raw.b, raw.c, raw.d, raw.e, raw.f)


def _width(path: Any, matrix: Matrix) -> float:
    width = ctypes.c_float()
    pdfium_c.FPDFPageObj_GetStrokeWidth(path, width)
    a, b, c, d, _, _ = times(matrix_of(path), matrix)
    return float(width.value * abs(a * d - b * c) ** 0.5)
