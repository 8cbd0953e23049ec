"""Tables that were pasted as one cell a line into a page or document, which calls the lines paragraphs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from pipeline.model import Block, Paragraph
from pipeline.readers.lines import split_bare
from pipeline.readers.ragged import grid_of_rows


def tables_in_lines(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks, runs of such lines as grids that are not numbered yet. What has its place on a page is left to
    those who know pages."""
    for is_run, run in groupby(blocks, key=_may_be_pasted):
        if not is_run:
            yield from run
            continue
        for piece in split_bare([block.text for block in run if isinstance(block, Paragraph)]):
            yield Paragraph(piece) if isinstance(piece, str) else grid_of_rows(piece, 0)


def _may_be_pasted(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.bbox is None
