"""One page: its tables and its text, in reading order."""

from __future__ import annotations

from pipeline.model import Grid
from pipeline.readers.scan.cells import read_table
from pipeline.readers.scan.pose import straighten
from pipeline.readers.scan.prose import Piece, paragraphs, read_rows
from pipeline.readers.scan.raster import PageImage
from pipeline.readers.scan.ruling import erase_lines, find_rulings
from pipeline.readers.scan.structure import find_tables


def read_page(page: PageImage) -> list[Piece | Grid]:
    """The page's blocks from the top down; grids are numbered from 1 on this page."""
    straight, pose = straighten(page)
    rulings = find_rulings(straight)
    tables = find_tables(straight, rulings)
    rows = read_rows(straight, tables)
    clean = erase_lines(straight, rulings, [field.rect for table in tables for field in table.fields])
    placed: list[tuple[int, Piece | Grid]] = [
        (table.rect[1], read_table(clean, table, pose, number)) for number, table in enumerate(tables, start=1)
    ]
    placed += [(piece.top, piece) for piece in paragraphs(straight, rows, tables, pose)]
    return [block for _, block in sorted(placed, key=lambda pair: pair[0])]
