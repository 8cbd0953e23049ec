"""Running heads and feet: lines that come again at the same height of most pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from pipeline.model import Block, Paragraph

_FEWEST_PAGES = 3
_SHARE = 0.5  # of the pages
_LONGEST = 60
_EDGES = 2  # blocks from the top and the bottom of a page that are looked at
_DIGITS = re.compile(r"\d+")

Key = tuple[str, int]


def without_running_heads(pages: Sequence[Sequence[Block]]) -> list[Block]:
    counts = Counter(key for page in pages for key in {_key(block) for block in _at_edges(page)} if key)
    needed = max(_FEWEST_PAGES, _SHARE * len(pages))
    running = {key for key, count in counts.items() if count >= needed}
    kept: list[Block] = []
    for page in pages:
        dropped = {id(block) for block in _at_edges(page) if _key(block) in running}
        kept += [block for block in page if id(block) not in dropped]
    return kept


def _at_edges(page: Sequence[Block]) -> list[Block]:
    return [*page[:_EDGES], *page[-_EDGES:]]


def _key(block: Block) -> Key | None:
    """What a line says, page numbers left aside, and how high it stands."""
    if not isinstance(block, Paragraph) or block.bbox is None or len(block.text) > _LONGEST:
        return None
    return _DIGITS.sub("#", block.text), round(block.bbox[1] / 4)
