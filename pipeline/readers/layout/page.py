"""One printed page as blocks: grids where rulings or alignment make cells, paragraphs around them."""

from __future__ import annotations

from pipeline.model import Block
from pipeline.readers.layout.aligned import aligned_tables
from pipeline.readers.layout.lines import lines_of
from pipeline.readers.layout.marks import PrintedPage
from pipeline.readers.layout.page_numbers import without_page_number
from pipeline.readers.layout.paragraphs import paragraphs_of
from pipeline.readers.layout.struck import without_struck
from pipeline.readers.layout.tables import ruled_tables


def page_blocks(page: PrintedPage) -> list[Block]:
    """From the top down; grids are not numbered yet."""
    glyphs = without_struck(without_page_number(page), page.rulings)
    ruled, outside = ruled_tables(glyphs, page.rulings, page.number)
    aligned, running = aligned_tables(lines_of(outside), page.number)
    tables = [*ruled, *aligned]
    placed: list[tuple[float, Block]] = [(box[1], grid) for box, grid in tables]
    placed += [(box[1], text) for text, box in paragraphs_of(running, page.number, [box for box, _ in tables])]
    return [block for _, block in sorted(placed, key=lambda pair: pair[0])]
