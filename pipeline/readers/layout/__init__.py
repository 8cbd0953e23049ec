"""Printed pages to blocks, for every reader that knows where each character stands.

`page_blocks` reads one page, `document_blocks` puts the pages together. Where the characters and lines come from, and
pages that are pictures, are left to the readers.
"""

from pipeline.readers.layout.document import document_blocks
from pipeline.readers.layout.marks import Glyph, PrintedPage, Ruling
from pipeline.readers.layout.mosaic import rulings_between
from pipeline.readers.layout.page import page_blocks
from pipeline.readers.layout.turning import turned, turned_block

__all__ = [
    "Glyph",
    "PrintedPage",
    "Ruling",
    "document_blocks",
    "page_blocks",
    "rulings_between",
    "turned",
    "turned_block",
]
