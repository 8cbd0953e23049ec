"""The text outside of tables: lines found by the detector, put into rows and paragraphs as reports set them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

import numpy as np

from pipeline.model import Paragraph
from pipeline.readers.scan.engine import read_line
from pipeline.readers.scan.pose import Pose, Rect
from pipeline.readers.scan.raster import PageImage
from pipeline.readers.scan.structure import RuledTable

_NUMBERED = re.compile(r"[（(]?[一二三四五六七八九十]{1,3}[）)]?[、．.，,]|[（(][一二三四五六七八九十]{1,3}[）)]")
_PAGE_NUMBER = re.compile(r"[-—–－_~·.一ー\s]*(?:第\s*)?\d{1,3}(?:\s*页)?[-—–－_~·.一ー\s]*")  # 一: a dash
_SENTENCE_ENDS = "。：；！？:;!?"
_PAGE_EDGE = 0.1  # of the page's height: where page numbers stand
_LEAST_CERTAINTY = 0.5  # of a line: less is a seal, a picture or dirt
_LONG_ROW = 10  # characters, enough to measure by


@dataclass(frozen=True, slots=True)
class Row:
    """A printed line over the page's width."""

    text: str
    rect: Rect
    certainty: float


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph as far as it stands on this page between two tables."""

    paragraph: Paragraph
    top: int
    starts: bool  # set or worded as a paragraph's beginning
    runs_on: bool  # full to the margin, no sentence ended
    certainty: float


def without_tables(page: PageImage, tables: Sequence[RuledTable]) -> PageImage:
    gray = page.gray.copy()
    paper, rim = int(np.median(gray)), page.pixels(0.03)
    for table in tables:
        x0, y0, x1, y1 = table.rect
        gray[max(0, y0 - rim) : y1 + rim, max(0, x0 - rim) : x1 + rim] = paper
    return replace(page, gray=gray)


def read_pieces(outside: PageImage, lines: Sequence[Rect]) -> list[Row]:
    """Every line of text as it was found."""
    found = []
    for rect in lines:
        x0, y0, x1, y1 = rect
        reading = read_line(outside.gray[y0:y1, x0:x1])
        if reading.text and reading.certainty_mean >= _LEAST_CERTAINTY:
            found.append(Row(reading.text, rect, reading.certainty_mean))
    return found


def rows_of(pieces: Sequence[Row], page_height: int) -> list[Row]:
    """Whole rows from the top down, without the page's number."""
    rows = _rows(pieces)
    return [row for row in rows if not _is_page_number(row, rows, page_height)]


def _rows(found: Sequence[Row]) -> list[Row]:
    """Pieces on one level are one row."""
    rows: list[list[Row]] = []
    for piece in sorted(found, key=lambda row: row.rect[1] + row.rect[3]):
        if rows and _level(rows[-1], piece):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [_row(pieces) for pieces in rows]


def _level(row: list[Row], piece: Row) -> bool:
    top, bottom = min(p.rect[1] for p in row), max(p.rect[3] for p in row)
    shared = min(bottom, piece.rect[3]) - max(top, piece.rect[1])
    beside = all(piece.rect[0] >= p.rect[2] - 8 or piece.rect[2] <= p.rect[0] + 8 for p in row)
    return beside and shared > 0.6 * min(bottom - top, piece.rect[3] - piece.rect[1])


def _row(pieces: list[Row]) -> Row:
    ordered = sorted(pieces, key=lambda piece: piece.rect[0])
    text = ordered[0].text
    for left, right in pairwise(ordered):
        height = right.rect[3] - right.rect[1]
        text += ("  " if right.rect[0] - left.rect[2] > 1.5 * height else "") + right.text
    rects = [piece.rect for piece in ordered]
    around = (min(r[0] for r in rects), min(r[1] for r in rects), max(r[2] for r in rects), max(r[3] for r in rects))
    return Row(text, around, min(piece.certainty for piece in ordered))


def _is_page_number(row: Row, rows: list[Row], page_height: int) -> bool:
    edge = _PAGE_EDGE * page_height
    outermost = (row is rows[0] and row.rect[3] < edge) or (row is rows[-1] and row.rect[1] > page_height - edge)
    return outermost and _PAGE_NUMBER.fullmatch(row.text) is not None


def paragraphs(page: PageImage, rows: Sequence[Row], tables: Sequence[RuledTable], pose: Pose) -> list[Piece]:
    """Rows put together to paragraphs; a table between two rows ends one."""
    if not rows:
        return []
    character = _character_width(rows)
    left, right = _margins(rows, tables)
    pitch = _pitch(rows)
    groups: list[list[Row]] = []
    for row in rows:
        previous = groups[-1][-1] if groups else None
        if (
            previous is None
            or _starts(row, left, character)
            or previous.rect[2] < right - 2.5 * character
            or row.rect[1] - previous.rect[1] > 1.7 * pitch
            or any(previous.rect[1] < table.rect[1] < row.rect[1] for table in tables)
        ):
            groups.append([row])
        else:
            groups[-1].append(row)
    return [_piece(page, group, pose, left, right, character) for group in groups]


def _starts(row: Row, left: float, character: float) -> bool:
    return row.rect[0] - left > 1.2 * character or _NUMBERED.match(row.text) is not None


def _piece(page: PageImage, rows: list[Row], pose: Pose, left: float, right: float, character: float) -> Piece:
    text = rows[0].text
    for row in rows[1:]:
        text = joined(text, row.text)
    rects = [row.rect for row in rows]
    around = (min(r[0] for r in rects), min(r[1] for r in rects), max(r[2] for r in rects), max(r[3] for r in rects))
    full = rows[-1].rect[2] >= right - 2.5 * character
    return Piece(
        Paragraph(text, page=page.number, bbox=pose.bbox(around)),
        around[1],
        _starts(rows[0], left, character),
        full and text[-1] not in _SENTENCE_ENDS,
        sum(row.certainty for row in rows) / len(rows),
    )


def joined(text: str, more: str) -> str:
    """Chinese runs over line ends without a sign; words of letters need their space back."""
    apart = text[-1:].isascii() and text[-1:].isalpha() and more[:1].isascii() and more[:1].isalpha()
    return f"{text} {more}" if apart else text + more


def _character_width(rows: Sequence[Row]) -> float:
    long = [row for row in rows if len(row.text) >= _LONG_ROW] or rows
    return median((row.rect[2] - row.rect[0]) / max(1, len(row.text)) for row in long)


def _margins(rows: Sequence[Row], tables: Sequence[RuledTable]) -> tuple[float, float]:
    rects = [row.rect for row in rows if len(row.text) >= _LONG_ROW] + [table.rect for table in tables]
    rects = rects or [row.rect for row in rows]
    return min(rect[0] for rect in rects), max(rect[2] for rect in rects)


def _pitch(rows: Sequence[Row]) -> float:
    steps = [below.rect[1] - above.rect[1] for above, below in pairwise(rows)]
    return median(steps) if steps else float(rows[0].rect[3] - rows[0].rect[1])
