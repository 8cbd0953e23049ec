"""Tables that have no ruling lines between their columns: what the pieces of text say is read piece by piece, with what
the detector missed, and the layout of printed pages tells rows and columns by where they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

import cv2
import numpy as np

from pipeline.model import BBox, Cell, Grid
from pipeline.readers.layout.aligned import aligned_tables
from pipeline.readers.layout.lines import lines_of
from pipeline.readers.layout.marks import Glyph
from pipeline.readers.scan.belief import confidence
from pipeline.readers.scan.cells import WORDS, read_printed_line
from pipeline.readers.scan.figures import CellText
from pipeline.readers.scan.ink import TableInk, ink_of
from pipeline.readers.scan.pose import Pose, Rect
from pipeline.readers.scan.prose import Row
from pipeline.readers.scan.raster import Gray, PageImage
from pipeline.readers.scan.ruling import Rulings

# Lengths in inches.
_USUAL_CHARACTER = 0.15
_SIGNS = (0.03, 0.3)  # what the detector missed is as high or as wide as a sign of figures, and no picture
_SIGN_GAP = 0.05  # between the signs of one number

_NUMBER_GAP = 0.5  # characters: two numbers that were found as one stand so far apart
_AROUND = (0.5, 0.3)  # characters: as far beside and above a number no other one stands
_LEVEL = 0.5  # of a missed mark's height, at least, lies beside something that was found
_MOST_PIECES = 2000  # a page of text has a hundred


@dataclass(frozen=True, slots=True)
class _Word:
    rect: Rect
    said: CellText


def unruled_tables(
    page: PageImage, rulings: Rulings, pieces: Sequence[Row], pose: Pose
) -> tuple[list[tuple[Rect, Grid]], list[Row]]:
    """Grids with their places, and the pieces that are in none."""
    first = [_Word(piece.rect, CellText(piece.text, piece.certainty)) for piece in pieces]
    places = [_rect(box) for box, _ in _aligned(first, page)] if len(pieces) <= _MOST_PIECES else []
    if not places:
        return [], list(pieces)
    ink = _table_ink(page, rulings, pieces)
    words = [word for word in first if not any(_is_within(word.rect, place) for place in places)]
    words += [word for place in places for word in _words(page, ink, pieces, place)]
    tables = [(_rect(box), _from_words(grid, words, pose)) for box, grid in _aligned(words, page)]
    left = [piece for piece in pieces if not any(_is_within(piece.rect, place) for place, _ in tables)]
    return tables, left


def _aligned(words: Sequence[_Word], page: PageImage) -> list[tuple[BBox, Grid]]:
    lines = lines_of(glyph for word in words for glyph in _glyphs(word))
    return aligned_tables(lines, page.number)[0] if lines else []


def _glyphs(word: _Word) -> Iterator[Glyph]:
    """Its characters as if they were evenly set."""
    x0, top, x1, bottom = word.rect
    text = "".join(word.said.text.split())
    for place, sign in enumerate(text):
        left, right = (x0 + (x1 - x0) * at / len(text) for at in (place, place + 1))
        yield Glyph(sign, left, top, right, bottom)


def _table_ink(page: PageImage, rulings: Rulings, pieces: Sequence[Row]) -> TableInk:
    lines = cv2.dilate(rulings.horizontal_seeds | rulings.vertical_seeds, np.ones((5, 5), np.uint8))
    mask = np.asarray(ink_of(page) * (lines == 0), dtype=np.uint8)
    heights = [y1 - y0 for _, y0, _, y1 in (_tight(mask, piece.rect) for piece in pieces if WORDS.search(piece.text))]
    return TableInk((), round(median(heights)) if heights else page.pixels(_USUAL_CHARACTER), mask)


def _words(page: PageImage, ink: TableInk, pieces: Sequence[Row], place: Rect) -> Iterator[_Word]:
    """What stands in a table: labels as they were read, numbers read with care, and what the detector missed."""
    inside = [piece for piece in pieces if _is_within(piece.rect, place)]
    rects: list[Rect] = []
    for piece in inside:
        if WORDS.search(piece.text):
            yield _Word(_one_line(_tight(ink.mask, piece.rect), ink.character), CellText(piece.text, piece.certainty))
        else:
            rects += _parts(ink, piece.rect)
    for rect in (*rects, *_missed(page, ink.mask, [piece.rect for piece in inside], place)):
        said = read_printed_line(page.gray, rect, _around(page.gray, rect, ink.character), ink)
        if said.text:
            yield _Word(rect, said)


def _parts(ink: TableInk, rect: Rect) -> Iterator[Rect]:
    """Numbers far enough from each other, each by itself."""
    x0, y0, x1, y1 = rect
    inked = np.flatnonzero(ink.mask[y0:y1, x0:x1].any(axis=0))
    if len(inked) == 0:
        return
    for run in np.split(inked, np.flatnonzero(np.diff(inked) > _NUMBER_GAP * ink.character) + 1):
        yield _tight(ink.mask, (x0 + int(run[0]), y0, x0 + int(run[-1]) + 1, y1))


def _missed(page: PageImage, mask: Gray, found: Sequence[Rect], place: Rect) -> list[Rect]:
    """Marks of a number's size that lie beside what was found and in none of it."""
    left, top, right, bottom = place
    rest = mask[top:bottom, left:right].copy()
    for x0, y0, x1, y1 in found:
        rest[max(0, y0 - top) : max(0, y1 - top), max(0, x0 - left) : max(0, x1 - left)] = 0
    gap = page.pixels(_SIGN_GAP)
    _, _, stats, _ = cv2.connectedComponentsWithStats(cv2.dilate(rest, np.ones((1, gap | 1), np.uint8)))
    least, most = (page.pixels(length) for length in _SIGNS)
    marks = [(left + int(x), top + int(y), left + int(x + w), top + int(y + h)) for x, y, w, h, _ in stats[1:]]
    marks = [_tight(mask, mark) for mark in marks[:_MOST_PIECES] if mark[3] - mark[1] <= most]
    return [mark for mark in marks if max(_size(mark)) >= least and any(_is_level(mark, other) for other in found)]


def _from_words(grid: Grid, words: Sequence[_Word], pose: Pose) -> Grid:
    """The cells with what OCR thinks of them; a blank is one only as far as the columns are."""
    cells: list[Cell] = []
    for cell in grid.cells:
        place = _rect(cell.bbox or (0.0, 0.0, 0.0, 0.0))
        own = [word.said for word in words if _is_within(word.rect, place)]
        sure = min((said.confidence for said in own), default=confidence("pale"))
        others = own[0].alternatives if len(own) == 1 else ()
        cells.append(
            replace(
                cell,
                bbox=pose.bbox(place),
                method="ocr",
                confidence=round(min(cell.confidence, sure), 4),
                alternatives=others,
            )
        )
    return replace(grid, cells=tuple(cells))


def _tight(mask: Gray, rect: Rect) -> Rect:
    """Around the ink."""
    x0, y0, x1, y1 = rect
    own = mask[y0:y1, x0:x1]
    rows, columns = np.flatnonzero(own.any(axis=1)), np.flatnonzero(own.any(axis=0))
    if len(rows) == 0:
        return rect
    return x0 + int(columns[0]), y0 + int(rows[0]), x0 + int(columns[-1]) + 1, y0 + int(rows[-1]) + 1


def _one_line(rect: Rect, character: int) -> Rect:
    """No higher than its characters: what was found of a label reaches into the line above or below it."""
    x0, y0, x1, y1 = rect
    spare = max(0, y1 - y0 - character) // 2
    return x0, y0 + spare, x1, y1 - spare


def _around(gray: Gray, rect: Rect, character: int) -> Rect:
    beside, above = (round(share * character) for share in _AROUND)
    x0, y0, x1, y1 = rect
    return max(0, x0 - beside), max(0, y0 - above), min(gray.shape[1], x1 + beside), min(gray.shape[0], y1 + above)


def _rect(box: BBox) -> Rect:
    return int(box[0]), int(box[1]), -int(-box[2] // 1), -int(-box[3] // 1)


def _size(rect: Rect) -> tuple[int, int]:
    return rect[2] - rect[0], rect[3] - rect[1]


def _is_within(rect: Rect, place: Rect) -> bool:
    """Its middle is."""
    x, y = (rect[0] + rect[2]) / 2, (rect[1] + rect[3]) / 2
    return place[0] <= x <= place[2] and place[1] <= y <= place[3]


def _is_level(mark: Rect, other: Rect) -> bool:
    return min(mark[3], other[3]) - max(mark[1], other[1]) >= _LEVEL * (mark[3] - mark[1])
