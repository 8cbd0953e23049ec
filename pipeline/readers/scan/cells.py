"""What a ruled table's cells say. Every printed line is recognised from its own cell, so that neighbouring cells
cannot run into each other; what could be a number is recognised twice, from two different crops, and its confidence
is high only where both agree."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cache, partial

import cv2
import numpy as np

from pipeline.model import Cell, Grid
from pipeline.readers.scan.belief import confidence
from pipeline.readers.scan.decoding import Reading
from pipeline.readers.scan.engine import read_line
from pipeline.readers.scan.figures import CellText, read_figures
from pipeline.readers.scan.ink import CellInk, Mask, TableInk, table_ink
from pipeline.readers.scan.pose import Pose, Rect
from pipeline.readers.scan.raster import Gray, PageImage
from pipeline.readers.scan.shapes import shape_of
from pipeline.readers.scan.signs import plain
from pipeline.readers.scan.structure import RuledTable

# Margins around a line's ink, vertical and horizontal, in character heights.
_USUAL_CROP = (0.1, 0.2)
_LOOSE_CROP = (0.6, 1.0)
_TIGHT_CROP = (0.0, 0.1)

_SURE = 0.9
_UNREADABLE = 0.5  # there is ink, and nothing is recognised in it
_OUTVOTED = 0.8  # at most, for text that two of three crops read so
_UNDECIDED = 0.5  # at most, where all differ
_SEVERAL_NUMBERS = (
    0.6  # at most, for figures and signs on several lines: a ruling between two rows may have been missed
)
_NOISE = 0.4  # a line beside good ones that is read with no more certainty is no text

WORDS = re.compile(r"[\u3400-\u9fff]{2}")


def read_table(page: PageImage, table: RuledTable, pose: Pose, number: int, pale: Mask) -> Grid:
    """The table as a grid. The page is straight, its rulings are erased; `pale` is where ink too pale for print was."""
    inks = table_ink(page, table.fields, pale)
    cells = []
    for ink in inks.cells:
        said = _read_cell(page.gray, ink, inks)
        field = ink.field
        cells.append(
            Cell(
                said.text,
                field.row,
                field.column,
                field.rowspan,
                field.colspan,
                page.number,
                pose.bbox(field.rect),
                "ocr",
                round(said.confidence, 4),
                said.alternatives,
            )
        )
    return Grid(tuple(cells), number, exact=True, page=page.number)


def _read_cell(gray: Gray, ink: CellInk, table: TableInk) -> CellText:
    if not ink.lines:
        return CellText("", confidence("pale") if ink.doubtful else 1.0)
    if ink.vertical:
        return _read_vertical(gray, ink, table.character)
    lines = [read_printed_line(gray, line, ink.field.rect, table) for line in ink.lines]
    if any(line.confidence >= _SURE for line in lines):
        lines = [line for line in lines if line.confidence > _NOISE]
    if len(lines) == 1:
        [line] = lines
        return replace(line, confidence=min(line.confidence, confidence("pale"))) if ink.doubtful else line
    text = "".join(line.text for line in lines)
    at_most = 1.0 if WORDS.search(text) else _SEVERAL_NUMBERS
    return CellText(text, min(at_most, *(line.confidence for line in lines)) if text else _UNREADABLE)


def _read_vertical(gray: Gray, ink: CellInk, character: int) -> CellText:
    """Characters one below another are put side by side first: the recogniser knows words, not columns."""
    height = round(1.3 * character)
    tiles = []
    for x0, y0, x1, y1 in ink.lines:
        if y1 - y0 < 0.5 * character and x1 - x0 < 0.6 * character:
            y0 = y1 - character  # a 、 stands at its square's foot
        tile = _crop(gray, (x0, y0, x1, y1), ink.field.rect, character, (0.15, 0.15))
        width = max(1, round(tile.shape[1] * height / tile.shape[0]))
        tiles.append(cv2.resize(tile, (width, height), interpolation=cv2.INTER_AREA))
    reading = read_line(np.hstack(tiles))
    return CellText(reading.text, reading.certainty if reading.text else _UNREADABLE)


def read_printed_line(gray: Gray, line: Rect, cell: Rect, table: TableInk) -> CellText:
    """One printed line; nothing outside of `cell` is looked at."""

    def read(margins: tuple[float, float]) -> Reading:
        return read_line(_crop(gray, line, cell, table.character, margins))

    usual = read(_USUAL_CROP)
    if usual.certainty >= _SURE and WORDS.search(usual.text):
        return CellText(usual.text, usual.certainty)
    loose = read(_LOOSE_CROP)
    tight = cache(partial(read, _TIGHT_CROP))
    number = read_figures(usual, loose, tight, shape_of(table.mask, line, table.character))
    if number is not None:
        return number
    if plain(usual.text) == plain(loose.text):
        certainty = (usual.certainty + loose.certainty) / 2
        return CellText(usual.text, certainty if usual.text else _UNREADABLE)
    return _vote([usual, loose, tight()])


def _vote(readings: Sequence[Reading]) -> CellText:
    """Two of three, else the most certain; never with the confidence of a clear print."""
    favourite, count = Counter(plain(reading.text) for reading in readings).most_common(1)[0]
    by_certainty = sorted(readings, key=lambda reading: -reading.certainty)
    chosen = next(reading for reading in by_certainty if count == 1 or plain(reading.text) == favourite)
    others = [reading.text for reading in by_certainty if reading.text and plain(reading.text) != plain(chosen.text)]
    at_most = _OUTVOTED if count > 1 else _UNDECIDED
    return CellText(chosen.text, min(at_most, chosen.certainty), tuple(dict.fromkeys(others)))


def _crop(gray: Gray, line: Rect, cell: Rect, character: int, margins: tuple[float, float]) -> Gray:
    """The line's image, at least one character high so that a dash stays a dash, and nothing from beyond its cell:
    what the margins take from there is paper."""
    x0, y0, x1, y1 = line
    lacking = max(0, character - (y1 - y0))
    vertical, horizontal = (round(margin * character) for margin in margins)
    top, bottom = y0 - lacking // 2 - vertical, y1 + (lacking + 1) // 2 + vertical
    left, right = x0 - horizontal, x1 + horizontal
    inner_left, inner_top = max(left, cell[0], 0), max(top, cell[1], 0)
    inner_right, inner_bottom = min(right, cell[2], gray.shape[1]), min(bottom, cell[3], gray.shape[0])
    inner = gray[inner_top:inner_bottom, inner_left:inner_right]
    framed = cv2.copyMakeBorder(
        inner,
        inner_top - top,
        bottom - inner_bottom,
        inner_left - left,
        right - inner_right,
        cv2.BORDER_CONSTANT,
        value=float(np.percentile(inner, 80)),
    )
    return np.asarray(framed, dtype=np.uint8)
