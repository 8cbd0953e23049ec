"""One page: which way up it lies, its tables and its text, in reading order."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.model import Grid
from pipeline.readers.scan.cells import read_table
from pipeline.readers.scan.engine import detect_lines, read_line
from pipeline.readers.scan.pose import Pose, straighten
from pipeline.readers.scan.prose import Piece, paragraphs, read_rows
from pipeline.readers.scan.raster import PageImage
from pipeline.readers.scan.ruling import erase_lines, find_rulings
from pipeline.readers.scan.sheet import pages_of
from pipeline.readers.scan.structure import find_tables

_LEGIBLE = 0.85  # mean certainty of words; pages the right way up have 0.95 and more
_WORD = 4  # characters: digits and short labels may be read either way up
_PROBED_LINES = 6


def read_page(page: PageImage) -> list[Piece | Grid]:
    """The page's blocks from the top down; grids are numbered from 1 on this page. A page that is hardly legible is
    tried the other ways up."""
    blocks = _read(page, quarter_turns=0)
    legibility = _legibility(blocks)
    if legibility >= _LEGIBLE:
        return blocks
    certainty, turns = max((_probe(page, turns), turns) for turns in (1, 2, 3))
    return _read(page, turns) if certainty > max(_LEGIBLE, legibility) else blocks


def _read(page: PageImage, quarter_turns: int) -> list[Piece | Grid]:
    sheet, pose = straighten(page, quarter_turns)
    blocks: list[Piece | Grid] = []
    for part, start in pages_of(sheet):
        blocks += _read_straight(part, pose.shifted(start))
    return blocks


def _read_straight(straight: PageImage, pose: Pose) -> list[Piece | Grid]:
    rulings = find_rulings(straight)
    tables = find_tables(straight, rulings)
    rows = read_rows(straight, tables)
    clean = erase_lines(straight, rulings, [field.rect for table in tables for field in table.fields])
    placed: list[tuple[int, Piece | Grid]] = [
        (table.rect[1], read_table(clean, table, pose, number)) for number, table in enumerate(tables, start=1)
    ]
    placed += [(piece.top, piece) for piece in paragraphs(straight, rows, tables, pose)]
    return [block for _, block in sorted(placed, key=lambda pair: pair[0])]


def _legibility(blocks: Sequence[Piece | Grid]) -> float:
    """Mean certainty of what is long enough to be words."""
    certainties = [block.certainty for block in blocks if isinstance(block, Piece)]
    for block in blocks:
        if isinstance(block, Grid):
            certainties += [cell.confidence for cell in block.cells if len(cell.text) >= _WORD]
    return sum(certainties) / len(certainties) if certainties else 0.0


def _probe(page: PageImage, quarter_turns: int) -> float:
    """Mean certainty of the longest lines when the page is turned so."""
    straight, _ = straighten(page, quarter_turns)
    lines = sorted(detect_lines(straight.gray, straight.scale), key=lambda rect: rect[0] - rect[2])[:_PROBED_LINES]
    readings = [read_line(straight.gray[y0:y1, x0:x1]) for x0, y0, x1, y1 in lines]
    return sum(reading.certainty_mean for reading in readings) / len(readings) if readings else 0.0
