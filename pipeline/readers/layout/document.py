"""The pages' blocks as one document's: running heads dropped, tables numbered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.model import Block, Grid
from pipeline.readers.layout.heads import without_running_heads
from pipeline.readers.layout.over_pages import with_columns_gone_on


def document_blocks(pages: Sequence[Sequence[Block]]) -> tuple[Block, ...]:
    """The blocks of all pages in their order."""
    numbered: list[Block] = []
    count = 0
    for block in with_columns_gone_on(without_running_heads(pages)):
        if isinstance(block, Grid):
            count += 1
            numbered.append(replace(block, number=count))
        else:
            numbered.append(block)
    return tuple(numbered)
