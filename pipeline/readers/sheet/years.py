"""Which sheets of a workbook print this year's report, where each year has a sheet of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.model import Block, Grid, Paragraph

_YEAR = re.compile(r"(?<!\d)(20\d{2})(?!\d)\s*年?")
_HEAD = 6  # blocks in which a sheet says what it is about
_SAME = 0.7  # of the labels
_LABEL = re.compile(r"[\u4e00-\u9fff]{2,}")


@dataclass(frozen=True, slots=True)
class SheetBlocks:
    name: str
    blocks: tuple[Block, ...]


def of_the_last_year(sheets: Sequence[SheetBlocks]) -> tuple[list[SheetBlocks], list[str]]:
    """The sheets without those that print the same table for an earlier year, and the names of these."""
    years = [_year(sheet) for sheet in sheets]
    labels = [_labels(sheet) for sheet in sheets]
    earlier = {
        place
        for place, year in enumerate(years)
        if year and any(other and other > year and _alike(labels[place], labels[at]) for at, other in enumerate(years))
    }
    kept = [sheet for place, sheet in enumerate(sheets) if place not in earlier]
    return kept, [sheets[place].name for place in sorted(earlier)]


def _year(sheet: SheetBlocks) -> int | None:
    """By its name, else by the one year that its first lines name."""
    texts = [block.text if isinstance(block, Paragraph) else _first_row(block) for block in sheet.blocks[:_HEAD]]
    for found in (_years(sheet.name), _years(" ".join(texts))):
        if found:
            return found.pop() if len(found) == 1 else None
    return None


def _years(text: str) -> set[int]:
    return {int(year) for year in _YEAR.findall(text)}


def _first_row(block: Block) -> str:
    if not isinstance(block, Grid):
        return ""
    top = min(cell.row for cell in block.cells)
    return " ".join(cell.text for cell in block.cells if cell.row == top)


def _labels(sheet: SheetBlocks) -> set[str]:
    cells = (cell.text for block in sheet.blocks if isinstance(block, Grid) for cell in block.cells)
    return {"".join(_LABEL.findall(text)) for text in cells if _LABEL.search(text)}


def _alike(some: set[str], others: set[str]) -> bool:
    return bool(some) and len(some & others) >= _SAME * len(some | others)
