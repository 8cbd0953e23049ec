"""What pdfium draws on a page besides letters, and how it draws these: ruling lines, coloured grounds, pictures, and
for each piece of text whether a reader can see it. Forms are followed to a bounded depth."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium_c

from pipeline.readers.pdf.shapes import (
    IDENTITY,
    Color,
    Matrix,
    Rect,
    Shape,
    applied,
    around,
    bounds_of,
    color_of,
    matrix_of,
    shapes_of,
    times,
)

_DEEPEST = 12  # forms within forms
MOST_OBJECTS = 100_000  # on a page
_MOST_CLIPPING = 64  # lines of an outline that clips: beyond that it is a picture's, not a frame
_INVISIBLE = {3, 7}  # text render modes that paint nothing
_OUTLINED = {1, 5}  # and those that paint outlines alone
EVERYWHERE = (-1e9, -1e9, 1e9, 1e9)


class Text(NamedTuple):
    """How one text object is painted."""

    order: int
    color: Color | None  # None: nothing is painted
    clip: Rect
    handle: Any


class Fill(NamedTuple):
    """A line, or an area with a colour."""

    order: int
    box: Rect
    color: Color


class Picture(NamedTuple):
    order: int
    box: Rect
    handle: Any


@dataclass(slots=True)
class Drawings:
    lines: list[Fill] = field(default_factory=list)
    grounds: list[Fill] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    texts: dict[int, Text] = field(default_factory=dict)  # by the address of the text object
    outlines: int = 0  # filled shapes that are neither lines nor grounds: letters drawn as curves, or a drawing
    complete: bool = True  # the page had not more objects than are looked at
    order: int = 0


def drawings_of(page: Any) -> Drawings:
    """Of a page handle of pdfium."""
    found = Drawings()
    objects = (pdfium_c.FPDFPage_GetObject(page, index) for index in range(pdfium_c.FPDFPage_CountObjects(page)))
    _walk(objects, IDENTITY, EVERYWHERE, 0, found)
    return found


def _walk(objects: Iterator[Any], matrix: Matrix, clip: Rect, depth: int, found: Drawings) -> None:
    for handle in objects:
        if not handle:  # a broken object
            continue
        found.order += 1
        if found.order > MOST_OBJECTS:
            found.complete = False
            return
        kind = pdfium_c.FPDFPageObj_GetType(handle)
        if kind == pdfium_c.FPDF_PAGEOBJ_TEXT:
            address = ctypes.addressof(handle.contents)
            found.texts[address] = Text(found.order, _paint(handle), _clipped(handle, matrix, clip), handle)
        elif kind == pdfium_c.FPDF_PAGEOBJ_PATH:
            for shape in shapes_of(handle, matrix):
                _take(shape, handle, found)
        elif kind == pdfium_c.FPDF_PAGEOBJ_IMAGE:
            box = _intersection(bounds_of(handle, matrix), _clipped(handle, matrix, clip))
            if all(map(math.isfinite, box)):
                found.pictures.append(Picture(found.order, box, handle))
        elif kind == pdfium_c.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
            within = _clipped(handle, matrix, clip)
            _walk(_children(handle), times(matrix_of(handle), matrix), within, depth + 1, found)


def _take(shape: Shape, handle: Any, found: Drawings) -> None:
    if not all(map(math.isfinite, shape.box)):
        return
    if shape.kind == "line":
        found.lines.append(Fill(found.order, shape.box, shape.color))
    elif shape.kind == "ground":
        blended = shape.color.alpha == 255 and pdfium_c.FPDFPageObj_HasTransparency(handle)
        color = shape.color._replace(alpha=254) if blended else shape.color
        found.grounds.append(Fill(found.order, shape.box, color))
    else:
        found.outlines += 1


def _children(form: Any) -> Iterator[Any]:
    for index in range(max(0, pdfium_c.FPDFFormObj_CountObjects(form))):
        yield pdfium_c.FPDFFormObj_GetObject(form, index)


def _paint(handle: Any) -> Color | None:
    """The colour that a reader sees the letters in."""
    mode = pdfium_c.FPDFTextObj_GetTextRenderMode(handle)
    if mode in _INVISIBLE:
        return None
    outlined = mode in _OUTLINED
    return color_of(pdfium_c.FPDFPageObj_GetStrokeColor if outlined else pdfium_c.FPDFPageObj_GetFillColor, handle)


def _clipped(handle: Any, matrix: Matrix, clip: Rect) -> Rect:
    """The part of the page in which the object shows, as far as frames tell."""
    path = pdfium_c.FPDFPageObj_GetClipPath(handle)
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(max(0, pdfium_c.FPDFClipPath_CountPaths(path)) if path else 0):
        count = pdfium_c.FPDFClipPath_CountPathSegments(path, index)
        if not 0 < count <= _MOST_CLIPPING:
            continue
        points = []
        for step in range(count):
            pdfium_c.FPDFPathSegment_GetPoint(pdfium_c.FPDFClipPath_GetPathSegment(path, index, step), x, y)
            points.append(applied(matrix, x.value, y.value))
        clip = _intersection(clip, around(points))
    return clip


def _intersection(one: Rect, other: Rect) -> Rect:
    return (max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3]))
