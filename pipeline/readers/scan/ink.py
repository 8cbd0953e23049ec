"""The ink in a table's cells: whether there is any, and in which printed lines it lies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.readers.scan.pose import Rect
from pipeline.readers.scan.raster import Gray, PageImage
from pipeline.readers.scan.structure import Field

# Lengths in inches.
_SPECK = 0.025  # smaller marks are dust or JPEG noise, or a part of a character that larger marks belong to
_MARK = 0.045  # a sign is at least so large
_HYPHEN = 0.026  # but a level stroke of a small print is a sign as well
_LINE_REMAINS = 0.02  # marks wholly within this distance of a cell's edge belong to its border
_INSIDE = 0.04  # farther from the edge nothing of the border is left
_HOLLOW = 0.15  # of a mark's box: less ink than any text has
_CHARACTER_HEIGHTS = (0.07, 0.45)  # of text in tables
_USUAL_CHARACTER = 0.15
_ONE_COLUMN = 1.5  # characters: the width of vertical text
_COLUMN_LENGTH = 3.0  # characters: two digits may be broken over two lines
_WIDER_THAN_A_DIGIT = 0.78  # characters
_TWO = 1.8  # characters
_LEVEL = 1.6  # times as wide as high, without the pixel that smoothing adds to both
_PALE = 0.35  # of the usual contrast: less shines through from the back or is a seal's rim
_DOUBTFULLY_PALE = 0.45  # of the usual core
_DARK = 0.5  # of the usual core: print, and no dust
_ONE_CHARACTER = 1.3  # pieces that together are no taller than so many characters are one line: 二 and 三 have gaps

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class CellInk:
    """The printed lines of one cell from the top down, or the characters of a vertical one; none when it is blank.
    `doubtful` when marks were left out, or kept, that are neither surely print nor surely none."""

    field: Field
    lines: tuple[Rect, ...]
    vertical: bool = False
    doubtful: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class TableInk:
    cells: tuple[CellInk, ...]
    character: int  # height of the table's characters in pixels
    mask: Gray  # 1 where the page is inked


@dataclass(frozen=True, slots=True, eq=False)
class _Marks:
    """Boxes of connected ink in one cell, how much darker than the paper each is, and which are large."""

    boxes: NDArray[np.int64]
    contrast: NDArray[np.float64]
    core: NDArray[np.float64]  # contrast of the darkest fifth of a large mark: thin strokes are pale at their sides
    large: NDArray[np.bool_]
    dense: NDArray[np.bool_]  # as much ink as the smallest sign has, of whatever shape


def table_ink(page: PageImage, fields: Sequence[Field], pale: Mask) -> TableInk:
    """The ink of each cell. The rulings must have been erased; where `pale` there was ink that none of it is."""
    ink = ink_of(page)
    marks = [_marks(page, ink, field.rect) for field in fields]
    usual, usual_core = (
        float(np.median(values)) if len(values) else 0.0
        for values in (np.concatenate([own.contrast[own.large] for own in marks]),
                       np.concatenate([own.core[own.large] for own in marks]))
    )  # fmt: skip
    pieces = [_pieces(field.rect, own, own.contrast >= _PALE * usual) for field, own in zip(fields, marks, strict=True)]
    character = _character_height(page, pieces)
    cells = [
        replace(
            _cell_ink(field, held, character),
            doubtful=_is_doubtful(own, usual, usual_core)
            or (not held and (_is_inked(page, field.rect, usual_core) or _is_marked(page, field.rect, pale))),
        )
        for field, held, own in zip(fields, pieces, marks, strict=True)
    ]
    return TableInk(tuple(cells), character, ink)


def _is_doubtful(marks: _Marks, usual: float, usual_core: float) -> bool:
    """A large mark that is rather pale, or, where nothing else is, dust that is as dark as print or as large as a
    sign."""
    pale = (marks.core < _DOUBTFULLY_PALE * usual_core) & (marks.contrast > _PALE / 2 * usual)
    if marks.large.any():
        return bool((marks.large & pale).any())
    return bool(((marks.contrast > usual) | (marks.dense & (marks.contrast > _PALE * usual))).any())


def _is_inked(page: PageImage, rect: Rect, usual_core: float) -> bool:
    """Is there ink in a cell that was taken for none of it, as what hangs together with a line is?"""
    inside = page.gray[_inside(page, rect)]
    if not inside.size or not usual_core:
        return False
    dark = inside < np.percentile(inside, 80) - _DARK * usual_core
    return bool(np.count_nonzero(dark) >= page.pixels(_SPECK) ** 2)


def _is_marked(page: PageImage, rect: Rect, pale: Mask) -> bool:
    return bool(np.count_nonzero(pale[_inside(page, rect)]) >= page.pixels(_SPECK) ** 2)


def _inside(page: PageImage, rect: Rect) -> tuple[slice, slice]:
    """Without what may be left of the cell's border."""
    rim = page.pixels(_INSIDE)
    return slice(rect[1] + rim, rect[3] - rim), slice(rect[0] + rim, rect[2] - rim)


def _cell_ink(field: Field, pieces: Sequence[Rect], character: int) -> CellInk:
    if not pieces:
        return CellInk(field, ())
    width = max(piece[2] for piece in pieces) - min(piece[0] for piece in pieces)
    lines = _joined(pieces, character)
    length = lines[-1][3] - lines[0][1]
    words = len(lines) > 1 and width >= _WIDER_THAN_A_DIGIT * character  # 总 over 计
    if width > _ONE_COLUMN * character or length < (_TWO if words else _COLUMN_LENGTH) * character:
        return CellInk(field, tuple(lines))
    characters = [square for line in lines for square in _squares(line, width)]
    return CellInk(field, tuple(characters), vertical=True)


def _squares(piece: Rect, width: int) -> list[Rect]:
    """A stretch of vertical text without gaps, cut into its characters."""
    x0, y0, x1, y1 = piece
    count = max(1, round((y1 - y0) / width))
    cuts = [y0 + (y1 - y0) * place // count for place in range(count + 1)]
    return [(x0, top, x1, bottom) for top, bottom in pairwise(cuts)]


def ink_of(page: PageImage) -> Gray:
    """1 where the page is inked."""
    smooth = cv2.GaussianBlur(page.gray, (3, 3), 0)
    block = page.pixels(0.25) | 1
    ink = cv2.adaptiveThreshold(smooth, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, block, 22)
    return np.asarray(ink, dtype=np.uint8)


def _pieces(rect: Rect, marks: _Marks, printed: NDArray[np.bool_]) -> list[Rect]:
    """Stretches of rows that bear large marks, as boxes around the marks in them. Small ones are print only beside
    them, as a point or a minus is."""
    large, small = marks.boxes[marks.large & printed], marks.boxes[~marks.large & printed]
    _, y0, _, y1 = rect
    borne = np.zeros(y1 - y0 + 1, dtype=np.int8)
    for _, top, _, bottom in large:
        borne[top - y0 : bottom - y0] = 1
    changes = np.diff(np.concatenate([[0], borne, [0]]))
    pieces = []
    for start, stop in zip(np.flatnonzero(changes == 1), np.flatnonzero(changes == -1), strict=True):
        top, bottom = y0 + int(start), y0 + int(stop)
        inside = large[(large[:, 1] >= top) & (large[:, 3] <= bottom)]
        left, right = int(inside[:, 0].min()), int(inside[:, 2].max())
        near = (small[:, 0] < right + (bottom - top)) & (small[:, 2] > left - (bottom - top))
        beside = small[(small[:, 3] > top) & (small[:, 1] < bottom) & near]
        right, left = max(right, int(beside[:, 2].max(initial=0))), min(left, int(beside[:, 0].min(initial=left)))
        pieces.append((left, top, right, bottom))
    return pieces


def _marks(page: PageImage, ink: Gray, rect: Rect) -> _Marks:
    """The connected marks that are no remains of the border."""
    x0, y0, x1, y1 = rect
    _, labels, stats, _ = cv2.connectedComponentsWithStats(np.ascontiguousarray(ink[y0:y1, x0:x1]))
    area = stats[:, cv2.CC_STAT_AREA].astype(np.int64)
    gray = page.gray[y0:y1, x0:x1]
    shade = np.bincount(labels.ravel(), weights=gray.ravel(), minlength=len(stats)) / np.maximum(area, 1)
    left, top, width, height = (stats[:, column].astype(np.int64) for column in range(4))
    right, bottom = left + width, top + height
    size = np.maximum(width, height)
    rim = page.pixels(_LINE_REMAINS)
    on_rim = (right <= rim) | (bottom <= rim) | (left >= x1 - x0 - rim) | (top >= y1 - y0 - rim)
    at_edge = (left <= rim) | (top <= rim) | (right >= x1 - x0 - rim) | (bottom >= y1 - y0 - rim)
    frame = at_edge & (area < _HOLLOW * width * height) & (size > page.pixels(_CHARACTER_HEIGHTS[1]))
    speck = page.pixels(_SPECK)
    kept = ~on_rim & ~frame & (area >= speck * speck // 2)
    kept[0] = False  # the paper
    dense = area >= speck * speck
    large = (size >= page.pixels(_MARK)) & dense
    large |= (width >= page.pixels(_HYPHEN)) & (width - 1 >= _LEVEL * (height - 1))
    boxes = np.stack([left + x0, top + y0, right + x0, bottom + y0], axis=1)
    contrast = shade[0] - shade
    core = contrast.copy()
    for mark in np.flatnonzero(kept & large):
        core[mark] = shade[0] - np.percentile(gray[labels == mark], 20)
    return _Marks(boxes[kept], contrast[kept], core[kept], large[kept], dense[kept])


def _character_height(page: PageImage, pieces: Sequence[Sequence[Rect]]) -> int:
    """The usual height of a line of characters: of pieces wider than high, which digits and vertical text are not."""
    lowest, highest = (page.pixels(height) for height in _CHARACTER_HEIGHTS)
    heights = [
        y1 - y0 for own in pieces for x0, y0, x1, y1 in own if x1 - x0 >= 2 * (y1 - y0) and lowest <= y1 - y0 <= highest
    ]
    return round(median(heights)) if heights else page.pixels(_USUAL_CHARACTER)


def _joined(pieces: Sequence[Rect], character: int) -> list[Rect]:
    """Pieces put together to printed lines, nearest neighbours first, as long as a line stays one character high."""
    lines = list(pieces)
    while len(lines) > 1:
        gaps = [
            (below[1] - above[3], index)
            for index, (above, below) in enumerate(pairwise(lines))
            if below[3] - above[1] <= _ONE_CHARACTER * character
        ]
        if not gaps:
            break
        _, index = min(gaps)
        lines[index : index + 2] = [_around(lines[index], lines[index + 1])]
    return lines


def _around(one: Rect, other: Rect) -> Rect:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])
