"""One page of a born-digital PDF as blocks: grids where rulings or alignment make cells, paragraphs around them."""

from __future__ import annotations

import unicodedata

from pdfplumber.page import Page

from pipeline.model import Block
from pipeline.readers.pdf.aligned import aligned_tables
from pipeline.readers.pdf.lines import lines_of
from pipeline.readers.pdf.paragraphs import paragraphs_of
from pipeline.readers.pdf.rulings import ruled_tables, stands_in

_FEWEST_CHARS = 8
_RUBBISH_SHARE = 0.3
_PICTURE_SHARE = 0.3  # of the page that images must cover to make it a scan


def has_text_layer(page: Page) -> bool:
    """Whether the page's text can be trusted: a scan may carry a stamp or a layer of rubbish."""
    letters = [char["text"] for char in page.chars if not char["text"].isspace()]
    if len(letters) < _FEWEST_CHARS:
        return False
    rubbish = sum(1 for letter in letters if _is_rubbish(letter))
    return rubbish <= _RUBBISH_SHARE * len(letters)


def _is_rubbish(letter: str) -> bool:
    return (
        letter.startswith("(cid:") or unicodedata.category(letter[0]) in {"Co", "Cn", "Cc", "Cs"} or letter == "\ufffd"
    )


def is_picture(page: Page) -> bool:
    covered = sum(image["width"] * image["height"] for image in page.images)
    return bool(covered >= _PICTURE_SHARE * page.width * page.height)


def page_blocks(page: Page) -> list[Block]:
    ruled = ruled_tables(page)
    boxes = [box for box, _ in ruled]
    outside = [char for char in page.chars if not any(stands_in(char, box) for box in boxes)]
    aligned, running = aligned_tables(lines_of(outside), page.page_number)
    boxes += [box for box, _ in aligned]
    placed: list[tuple[float, Block]] = [(box[1], grid) for box, grid in (*ruled, *aligned)]
    placed += [(box[1], paragraph) for paragraph, box in paragraphs_of(running, page.page_number, boxes)]
    return [block for _, block in sorted(placed, key=lambda pair: pair[0])]
