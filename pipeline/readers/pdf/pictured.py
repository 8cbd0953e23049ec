"""Tables that stand as pictures on pages of text: the pictures are cut out and, where ruling lines show a table in one,
given to the scan reader. Photographs, charts and stamps are left alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.model import BBox, Block, Grid
from pipeline.readers.layout import PrintedPage
from pipeline.readers.layout.trust import covered

_NARROWEST, _LOWEST = 100.0, 8.0  # points: some programs cut a picture into strips
_SMALLEST = 0.05  # of the page, that pictures cover together
_MOST_LETTERS = 8  # printed on a picture: with more it is a ground for text
_MOST_PAGES = 40


def candidates(page: PrintedPage) -> tuple[BBox, ...]:
    """Pictures of a page that may hold a table."""
    large = [box for box in page.pictures if box[2] - box[0] >= _NARROWEST and box[3] - box[1] >= _LOWEST]
    alone = tuple(box for box in large if _letters_on(page, box) < _MOST_LETTERS)
    return alone if covered(alone, page.width, page.height) >= _SMALLEST else ()


def _letters_on(page: PrintedPage, box: BBox) -> int:
    return sum(
        1
        for glyph in page.glyphs
        if box[0] <= (glyph.x0 + glyph.x1) / 2 <= box[2]
        and box[1] <= (glyph.top + glyph.bottom) / 2 <= box[3]
        and not glyph.text.isspace()
    )


def tables_in(body: bytes, pictures: Mapping[int, Sequence[BBox]]) -> list[Grid]:
    """Of these places on these pages of a PDF, as a viewer shows them."""
    from pipeline.readers.scan.document import read_scan  # OCR models take a second to load: only when needed
    from pipeline.readers.scan.raster import PageImage, open_pdf, pdf_pages
    from pipeline.readers.scan.ruling import find_rulings
    from pipeline.readers.scan.structure import find_tables

    grids: list[Grid] = []
    with open_pdf(body) as pdf:
        for image in pdf_pages(pdf, sorted(pictures)[:_MOST_PAGES]):
            gray = image.gray.copy()
            gray[:] = 255
            for box in pictures[image.number]:
                x0, top, x1, bottom = (max(0, round(side * image.scale)) for side in box)
                gray[top:bottom, x0:x1] = image.gray[top:bottom, x0:x1]
            alone = PageImage(image.number, gray, image.scale)
            if find_tables(alone, find_rulings(alone)):
                grids += [block for block in read_scan([alone]).blocks if isinstance(block, Grid)]
    return grids


def top_of(block: Block) -> float:
    """How high a block stands on its page."""
    if isinstance(block, Grid):
        return min((cell.bbox[1] for cell in block.cells if cell.bbox), default=0.0)
    return block.bbox[1] if block.bbox else 0.0
