"""Tables left as lines of text: an indicator, its unit and its number on each, as 主动公开政府信息数 条 1234 or
主动公开政府信息数：1234条."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby

from pipeline.extract.labels import plain, without_remark
from pipeline.extract.words import words
from pipeline.forms import forms
from pipeline.model import Block, Cell, Grid, Paragraph, ValueKind
from pipeline.numerals import parse_cell

_FEWEST = 5  # such lines in a row that are a table
_LONGEST = 170
_LONGEST_HEADING = 40
_SENTENCE = re.compile(r"[，。；！？]")
_PARTS = re.compile(r"\s*(\S.{1,80}?)\s+(\S{1,3})\s+(\S{1,24})\s*")
_BEHIND = re.compile(
    r"\s*(\S.{1,80}?)\s*(?:[:：]|[.．·…]{4,80})\s*([\d０-９.,，]{1,20})\s*([\u4e00-\u9fff]{0,3})[。；;]?\s*"
)


def with_indicator_lines(blocks: Sequence[Block]) -> list[Block]:
    """The blocks of a document, runs of such lines as grids."""
    numbers = max((block.number for block in blocks if isinstance(block, Grid)), default=0)
    parts = [_parts(block) for block in blocks]
    places = range(len(blocks))
    gathered: list[Block] = []
    for is_table, run in groupby(places, key=lambda at: parts[at] is not None or _heads(blocks, parts, at)):
        lines = list(run)
        printed = [found for at in lines if (found := parts[at])]
        if is_table and len(printed) >= _FEWEST and _are_indicators(blocks, parts, lines):
            numbers += 1
            gathered.append(Grid(tuple(_cells(blocks, parts, lines)), numbers, exact=False))
        else:
            gathered += [blocks[at] for at in lines]
    return gathered


_Parts = Sequence[tuple[str, ...] | None]


def _parts(block: Block) -> tuple[str, ...] | None:
    """The indicator, unit and number of a line."""
    if not isinstance(block, Paragraph) or len(block.text) > _LONGEST:
        return None
    behind = _BEHIND.fullmatch(block.text)
    if behind is not None:
        is_one = (not behind[3] or behind[3] in words().units) and parse_cell(behind[2], "")[0] is ValueKind.NUMBER
        return (behind[1], behind[3], behind[2]) if is_one else None
    found = _PARTS.fullmatch(block.text)
    if found is None or parse_cell(found[3], "")[0] is ValueKind.TEXT:
        return None
    is_unit = plain(found[2]) in words().units or parse_cell(found[2], "")[0] is ValueKind.DASH
    return found.groups() if is_unit else None


def _heads(blocks: Sequence[Block], parts: _Parts, at: int) -> bool:
    """Whether a line stands between two such lines as the heading of what follows."""
    block = blocks[at]
    if not 0 < at < len(blocks) - 1 or parts[at - 1] is None or parts[at + 1] is None:
        return False
    is_short = isinstance(block, Paragraph) and len(block.text) <= _LONGEST_HEADING
    return is_short and not _SENTENCE.search(getattr(block, "text", ""))


def _are_indicators(blocks: Sequence[Block], parts: _Parts, lines: Sequence[int]) -> bool:
    """Lines with the number behind a colon are prose as well, unless most of them print what the form asks for."""
    behind = [found[0] for at in lines if (found := parts[at]) and _BEHIND.fullmatch(getattr(blocks[at], "text", ""))]
    known = [label for label in behind if {plain(label), without_remark(label)} & _indicators()]
    return len(known) * 2 >= len(behind)


@lru_cache(maxsize=1)
def _indicators() -> frozenset[str]:
    tables = [(form, table) for form in forms().values() for table in form.tables if table.axes == "row"]
    items = [item for form, table in tables for item in form.items_of(table.id)]
    labels = [label for item in items for label in (item.row[-1], *item.also)]
    return frozenset(letters for label in labels for letters in (plain(label), without_remark(label)))


def _cells(blocks: Sequence[Block], parts: _Parts, lines: Sequence[int]) -> Iterator[Cell]:
    for row, at in enumerate(lines):
        block = blocks[at]
        for column, text in enumerate(parts[at] or (getattr(block, "text", ""),)):
            yield Cell(
                text, row, column, page=getattr(block, "page", None), bbox=getattr(block, "bbox", None), method="text"
            )
