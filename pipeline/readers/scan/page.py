"""One page: which way up it lies, its tables and its text, in reading order."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.model import Cell, Grid
from pipeline.readers.scan.cells import read_table
from pipeline.readers.scan.clearing import lifted, without_dust, without_shine
from pipeline.readers.scan.engine import detect_lines, read_line
from pipeline.readers.scan.pose import Pose, Rect, straighten
from pipeline.readers.scan.prose import Piece, paragraphs, read_pieces, rows_of, without_tables
from pipeline.readers.scan.raster import PageImage
from pipeline.readers.scan.ruling import erase_lines, find_rulings
from pipeline.readers.scan.sheet import pages_of
from pipeline.readers.scan.structure import RuledTable, find_tables
from pipeline.readers.scan.unruled import unruled_tables

_LEGIBLE = 0.85  # mean certainty of words; pages the right way up have 0.95 and more
_WORDS = re.compile(r"[\u3400-\u9fff]{4}")  # digits and short labels may be read either way up
_FEWEST_WORDS = 3  # fewer are no evidence: on a page on its side only what is set vertically can be read
_PROBED_LINES = 6
_LONG = 3  # times as long as high: a line of text


def read_page(page: PageImage) -> list[Piece | Grid]:
    """The page's blocks from the top down; grids are numbered from 1 on this page. A page that is hardly legible, or
    whose lines stand upright, is tried the other ways up."""
    page = without_dust(page)
    blocks, upright = _read(page, quarter_turns=0)
    legibility = _legibility(blocks)
    if legibility >= _LEGIBLE and not upright:
        return blocks
    ways = [(_probe(page, turns), turns) for turns in range(4)]
    (certainty, _), turns = max(ways, key=lambda way: (way[0][0] >= _LEGIBLE, way[0][1]))
    better = certainty >= max(_LEGIBLE, 0.0 if upright else legibility)
    return _read(page, turns)[0] if turns and better else blocks


def _read(page: PageImage, quarter_turns: int) -> tuple[list[Piece | Grid], bool]:
    """The blocks, and whether the lines outside of tables stand upright."""
    sheet, pose = straighten(page, quarter_turns)
    blocks: list[Piece | Grid] = []
    lines: list[Rect] = []
    for part, start in pages_of(sheet):
        blocks += _read_straight(part, pose.shifted(start), lines)
    upright = sum(_is_long(y1 - y0, x1 - x0) for x0, y0, x1, y1 in lines)
    return blocks, upright > sum(_is_long(x1 - x0, y1 - y0) for x0, y0, x1, y1 in lines)


def _is_long(side: int, other: int) -> bool:
    return side > _LONG * other


def _read_straight(given: PageImage, pose: Pose, lines: list[Rect]) -> list[Piece | Grid]:
    """`lines` is added to: the places of those outside of tables."""
    straight = without_shine(given)
    rulings = find_rulings(straight)
    tables = find_tables(straight, rulings)
    outside = without_tables(straight, tables)
    found = detect_lines(outside.gray, outside.scale)
    lines += found
    aligned, pieces = unruled_tables(outside, rulings, read_pieces(outside, found), pose)
    rows = rows_of(pieces, outside.gray.shape[0])
    clean = erase_lines(straight, rulings, [field.rect for table in tables for field in table.fields])
    pale = lifted(given, straight)
    placed: list[tuple[int, Piece | Grid]] = [
        (table.rect[1], read_table(clean, table, pose, number, pale)) for number, table in enumerate(tables, start=1)
    ]
    placed += [(rect[1], grid) for rect, grid in aligned]
    tables += [RuledTable(rect, ()) for rect, _ in aligned]
    placed += [(piece.top, piece) for piece in paragraphs(straight, rows, tables, pose)]
    return [block for _, block in sorted(placed, key=lambda pair: pair[0])]


def _legibility(blocks: Sequence[Piece | Grid]) -> float:
    """Mean certainty of the words that are set level; 0 when there are too few of them to tell."""
    certainties = [block.certainty for block in blocks if isinstance(block, Piece) and _is_words(block.paragraph.text)]
    for block in blocks:
        if isinstance(block, Grid):
            certainties += [cell.confidence for cell in block.cells if _is_words(cell.text) and _is_wide(cell)]
    return sum(certainties) / len(certainties) if len(certainties) >= _FEWEST_WORDS else 0.0


def _is_words(text: str) -> bool:
    return _WORDS.search(text) is not None


def _is_wide(cell: Cell) -> bool:
    return cell.bbox is not None and cell.bbox[2] - cell.bbox[0] >= cell.bbox[3] - cell.bbox[1]


def _probe(page: PageImage, quarter_turns: int) -> tuple[float, float]:
    """Mean certainty of the longest lines when the page is turned so, and how many characters they have, each counted
    by its line's certainty: what lies on its side makes but short lines."""
    straight, _ = straighten(page, quarter_turns)
    lines = sorted(detect_lines(straight.gray, straight.scale), key=lambda rect: rect[0] - rect[2])[:_PROBED_LINES]
    readings = [read_line(straight.gray[y0:y1, x0:x1]) for x0, y0, x1, y1 in lines]
    if not readings:
        return 0.0, 0.0
    characters = sum(reading.certainty_mean * len(reading.text) for reading in readings)
    return sum(reading.certainty_mean for reading in readings) / len(readings), characters
