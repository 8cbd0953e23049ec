"""Whatever is done to a report's tables, something is extracted, or nothing: never a crash."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from pipeline.extract import extract
from pipeline.model import Cell, Document, Grid
from pipeline.readers import read
from tests.support.reports.making import make
from tests.support.reports.options import Options

TEXTS = (
    "",
    "0",
    "12",
    "—",
    "合计",
    "总计",
    "（一）予以公开",
    "行政复议",
    "结果维持",
    "2024年",
    "说明：略",
    "1.5万",
    "\n",
    "㈠",
)
DAMAGES = 25
SOURCES = [Options(number, format=kind, form=form) for number, (kind, form) in enumerate(
    [("html", "2021"), ("docx", "2019"), ("xlsx", "2014"), ("text", "2021 undivided"), ("html", "2019")]
)]  # fmt: skip


def _damaged(grid: Grid, chance: Random) -> Grid:
    cells = [_changed(cell, chance) if chance.random() < 0.1 else cell for cell in grid.cells]
    kept = [cell for cell in cells if chance.random() > 0.05]
    if chance.random() < 0.2:
        row = chance.randrange(grid.height)
        kept = [cell for cell in kept if cell.row != row]
    if chance.random() < 0.1:
        column = chance.randrange(grid.width)
        kept = [cell for cell in kept if cell.column != column]
    return replace(grid, cells=tuple(kept), exact=chance.random() < 0.5)


def _changed(cell: Cell, chance: Random) -> Cell:
    match chance.randrange(4):
        case 0:
            return replace(cell, text=chance.choice(TEXTS))
        case 1:
            return replace(cell, column=chance.randrange(12))
        case 2:
            return replace(cell, rowspan=chance.randrange(1, 4), colspan=chance.randrange(1, 5))
        case _:
            return replace(cell, confidence=chance.random(), method="ocr")


@pytest.mark.parametrize("options", SOURCES, ids=str)
def test_damaged_tables_are_no_crash(options: Options) -> None:
    made = make(options)
    whole = read(made.body, made.name)
    for seed in range(DAMAGES):
        chance = Random(seed)
        blocks = [_damaged(one, chance) if isinstance(one, Grid) and one.cells else one for one in whole.blocks]
        if chance.random() < 0.3:
            chance.shuffle(blocks)
        document: Document = replace(whole, blocks=tuple(blocks))
        for fact in extract(document).facts:
            assert 0 <= fact.confidence <= 1, seed
