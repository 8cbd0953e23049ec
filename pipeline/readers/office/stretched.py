"""LibreOffice stretches the last cell of a row with too few cells to the table's end. Such a cell is given back the
width of what stands over it, so that the row is seen to be short."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.model import Cell, Document, Grid

_LABEL = re.compile(r"[^\W\d_]{2,}")
_MOST_PLACES = 60_000


def unstretched(document: Document) -> Document:
    blocks = (_unstretched(block) if isinstance(block, Grid) else block for block in document.blocks)
    return replace(document, blocks=tuple(blocks))


def _unstretched(grid: Grid) -> Grid:
    if grid.height * grid.width > _MOST_PLACES:
        return grid
    cover = {
        (row, column): cell
        for cell in grid.cells
        for row in range(cell.row, cell.row + cell.rowspan)
        for column in range(cell.column, cell.column + cell.colspan)
    }
    return replace(grid, cells=tuple(_narrowed(cell, grid.width, cover) for cell in grid.cells))


def _narrowed(cell: Cell, width: int, cover: dict[tuple[int, int], Cell]) -> Cell:
    if cell.colspan == 1 or cell.column + cell.colspan < width or _LABEL.search(cell.text):
        return cell
    over = _label_over(cell, cover)
    if over is None or over.column + over.colspan >= width:
        return cell
    return replace(cell, colspan=max(1, over.column + over.colspan - cell.column))


def _label_over(cell: Cell, cover: dict[tuple[int, int], Cell]) -> Cell | None:
    for row in range(cell.row - 1, -1, -1):
        above = cover.get((row, cell.column))
        if above is not None and _LABEL.search(above.text):
            return above
    return None
