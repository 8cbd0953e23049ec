"""What a ruled table's cells say. Every printed line is recognised from its own cell, so that neighbouring cells
cannot run into each other; what could be a number is recognised twice, from two different crops, and its confidence
is high only where both agree."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from pipeline.model import Cell, Grid
from pipeline.readers.scan.engine import Reading, read_line
from pipeline.readers.scan.ink import CellInk, cells_ink
from pipeline.readers.scan.pose import Pose, Rect
from pipeline.readers.scan.raster import Gray, PageImage
from pipeline.readers.scan.signs import figures, is_dash, is_figures, plain
from pipeline.readers.scan.structure import RuledTable

# Margins around a line's ink, vertical and horizontal, in character heights.
_USUAL_CROP = (0.1, 0.2)
_LOOSE_CROP = (0.6, 1.0)
_TIGHT_CROP = (0.0, 0.1)

_SURE = 0.9
_OUTVOTED = 0.8  # at most, where one of three readings differs
_UNDECIDED = 0.5  # at most, where all differ
_NORMALISED = 0.85  # at most, where a sign was taken for the one that it must be
_UNREADABLE = 0.5  # there is ink, and nothing is recognised in it
_SEVERAL_NUMBERS = 0.6  # at most, for figures on several lines: a ruling between two rows may have been missed
_NOISE = 0.4  # a line beside good ones that is read with no more certainty is no text

_WORDS = re.compile(r"[\u3400-\u9fff]{2}")
_EM_DASH = 0.6  # characters: a shorter stroke is a hyphen
_DIGIT_HEIGHT = 0.4  # characters: a lower sign is a point or a stop


@dataclass(frozen=True, slots=True)
class CellText:
    text: str
    confidence: float
    alternatives: tuple[str, ...] = ()


def read_table(page: PageImage, table: RuledTable, pose: Pose, number: int) -> Grid:
    """The table as a grid. The page is straight and its rulings are erased."""
    inks, character = cells_ink(page, table.fields)
    cells = []
    for ink in inks:
        said = _read_cell(page.gray, ink, character)
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


def _read_cell(gray: Gray, ink: CellInk, character: int) -> CellText:
    if not ink.lines:
        return CellText("", 1.0)
    if ink.vertical:
        return _read_vertical(gray, ink, character)
    lines = [_read_line(gray, line, ink.field.rect, character) for line in ink.lines]
    if any(line.confidence >= _SURE for line in lines):
        lines = [line for line in lines if line.confidence > _NOISE]
    if len(lines) == 1:
        return _sign_meant(lines[0], max(ink.lines, key=_height), character)
    text = "".join(line.text for line in lines)
    at_most = _SEVERAL_NUMBERS if is_figures(text) else 1.0
    return CellText(text, min(at_most, *(line.confidence for line in lines)) if text else _UNREADABLE)


def _height(rect: Rect) -> int:
    return rect[3] - rect[1]


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


def _read_line(gray: Gray, line: Rect, cell: Rect, character: int) -> CellText:
    usual = read_line(_crop(gray, line, cell, character, _USUAL_CROP))
    if usual.certainty >= _SURE and _WORDS.search(usual.text):
        return CellText(usual.text, usual.certainty)
    loose = read_line(_crop(gray, line, cell, character, _LOOSE_CROP))
    if _form(usual) == _form(loose):
        certainty = (usual.certainty + loose.certainty) / 2
        chosen = loose if is_figures(loose.text) and loose.text == figures(loose.text) else usual
        alternatives = (chosen.second,) if certainty < _SURE else ()
        return CellText(chosen.text, certainty if chosen.text else _UNREADABLE, alternatives)
    tight = read_line(_crop(gray, line, cell, character, _TIGHT_CROP))
    return _vote([usual, loose, tight])


def _form(reading: Reading) -> str:
    return figures(reading.text) if is_figures(reading.text) else plain(reading.text)


def _vote(readings: Sequence[Reading]) -> CellText:
    """Two of three, else the most certain; never with the confidence of a clear print."""
    favourite, count = Counter(_form(reading) for reading in readings).most_common(1)[0]
    by_certainty = sorted(readings, key=lambda reading: -reading.certainty)
    chosen = next(reading for reading in by_certainty if count == 1 or _form(reading) == favourite)
    others = [reading.text for reading in by_certainty if reading.text and _form(reading) != _form(chosen)]
    at_most = _OUTVOTED if count > 1 else _UNDECIDED
    return CellText(chosen.text, min(at_most, chosen.certainty), tuple(dict.fromkeys(others)))


def _sign_meant(line: CellText, ink: Rect, character: int) -> CellText:
    """A cell of nothing but digits and their look-alikes is a number, a cell of one level stroke is a dash. What no
    reading said outright is not sure, and the reading that was changed stays as an alternative."""
    if is_dash(line.text):
        meant = "—" if ink[2] - ink[0] >= _EM_DASH * character else "-"
    elif is_figures(line.text) and ink[3] - ink[1] >= _DIGIT_HEIGHT * character:
        meant = figures(line.text)
    else:
        return line
    if meant == line.text or (is_dash(line.text) and line.text != "一"):
        return CellText(meant, line.confidence, line.alternatives)
    others = (line.text, *(other for other in line.alternatives if other != meant))
    return CellText(meant, min(line.confidence, _NORMALISED), others)


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
