"""Tables left as lines of text: an indicator, its unit and its number on each, as 主动公开政府信息数 条 1234."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from pipeline.extract.labels import plain
from pipeline.extract.words import words
from pipeline.model import Block, Cell, Grid, Paragraph, ValueKind
from pipeline.numerals import parse_cell

_FEWEST = 5  # such lines in a row that are a table
_PARTS = re.compile(r"\s*(\S.{1,80}?)\s+(\S{1,3})\s+(\S{1,24})\s*")


def with_indicator_lines(blocks: Sequence[Block]) -> list[Block]:
    """The blocks of a document, runs of such lines as grids."""
    numbers = max((block.number for block in blocks if isinstance(block, Grid)), default=0)
    gathered: list[Block] = []
    for is_table, run in groupby(blocks, key=lambda block: _parts(block) is not None):
        lines = list(run)
        if is_table and len(lines) >= _FEWEST:
            numbers += 1
            gathered.append(Grid(tuple(_cells(lines)), numbers, exact=False))
        else:
            gathered += lines
    return gathered


def _parts(block: Block) -> tuple[str, ...] | None:
    if not isinstance(block, Paragraph):
        return None
    found = _PARTS.fullmatch(block.text)
    if found is None or parse_cell(found[3], "")[0] is ValueKind.TEXT:
        return None
    is_unit = plain(found[2]) in words().units or parse_cell(found[2], "")[0] is ValueKind.DASH
    return found.groups() if is_unit else None


def _cells(lines: Sequence[Block]) -> Iterator[Cell]:
    for row, line in enumerate(lines):
        for column, text in enumerate(_parts(line) or ()):
            yield Cell(
                text, row, column, page=getattr(line, "page", None), bbox=getattr(line, "bbox", None), method="text"
            )
