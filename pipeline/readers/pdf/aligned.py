"""Tables without rulings: runs of lines whose pieces stand in columns. Their grids are inexact, since nothing says
where a cell ends."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.model import BBox, Cell, Grid
from pipeline.readers.lines import is_value
from pipeline.readers.pdf.lines import Line

_FEWEST_VALUES = 3  # in one line of a table
_FEWEST_ROWS = 2


def aligned_tables(lines: Sequence[Line], page: int) -> tuple[list[tuple[BBox, Grid]], list[Line]]:
    """Grids with their boxes, and the lines that are running text."""
    grids: list[tuple[BBox, Grid]] = []
    running: list[Line] = []
    for run, is_table in _runs(lines):
        if is_table:
            grids.append(_grid([line.pieces() for line in run], page))
        else:
            running += run
    return grids, running


def _runs(lines: Sequence[Line]) -> list[tuple[list[Line], bool]]:
    """Lines in turn as stretches of columns or of running text; few lines in columns are no table."""
    runs: list[tuple[list[Line], bool]] = []
    for line in lines:
        columns = len(line.pieces()) > 1
        if runs and runs[-1][1] == columns:
            runs[-1][0].append(line)
        else:
            runs.append(([line], columns))
    return [(run, columns and _is_table(run)) for run, columns in runs]


def _is_table(run: Sequence[Line]) -> bool:
    rows = [sum(1 for piece in line.pieces() if is_value(piece.text)) for line in run]
    return any(values >= _FEWEST_VALUES for values in rows) or sum(1 for values in rows if values) >= _FEWEST_ROWS


def _grid(rows: Sequence[Sequence[Line]], page: int) -> tuple[BBox, Grid]:
    cells = [
        Cell(piece.text, row, column, page=page, bbox=_rounded(piece.box), method="text")
        for row, pieces in enumerate(rows)
        for column, piece in enumerate(pieces)
    ]
    boxes = [piece.box for pieces in rows for piece in pieces]
    around = (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )
    return around, Grid(tuple(cells), number=0, exact=False, page=page)


def _rounded(box: BBox) -> BBox:
    return (round(box[0], 1), round(box[1], 1), round(box[2], 1), round(box[3], 1))
