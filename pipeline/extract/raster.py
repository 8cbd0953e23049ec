"""A grid seen as rows of labels and values, spans resolved."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from pipeline.model import Cell, Grid, ValueKind
from pipeline.numerals import parse_cell


def is_label(cell: Cell) -> bool:
    """A cell that names something: it has text, and the text is no printed value."""
    return parse_cell(cell.text, "")[0] is ValueKind.TEXT


def is_number(cell: Cell) -> bool:
    return parse_cell(cell.text, "")[0] is ValueKind.NUMBER


@dataclass(frozen=True, slots=True)
class Row:
    """The cells that start in one row of a grid. `labels` lead it, `values` follow the last label."""

    raster: Raster
    index: int
    cells: tuple[Cell, ...]
    labels: tuple[Cell, ...]
    values: tuple[Cell, ...]

    @property
    def leaf(self) -> str:
        """The label nearest to the values."""
        return self.labels[-1].text if self.labels else ""

    @property
    def holds_values(self) -> bool:
        """Something printed for a number stands in it, or nothing at all: an empty row is one of blanks."""
        return any(cell.text for cell in self.values) or not self.labels


class Raster:
    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self._cover: dict[tuple[int, int], Cell] = {}
        for cell in grid.cells:
            for row in range(cell.row, cell.row + cell.rowspan):
                for column in range(cell.column, cell.column + cell.colspan):
                    self._cover.setdefault((row, column), cell)

    def at(self, row: int, column: int) -> Cell | None:
        """The cell that covers this place, whether it starts there or not."""
        return self._cover.get((row, column))

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        return tuple(self._row(index, cells) for index, cells in enumerate(self.grid.rows()))

    def _row(self, index: int, cells: list[Cell]) -> Row:
        last_label = max((place for place, cell in enumerate(cells) if is_label(cell)), default=-1)
        labels = tuple(cell for cell in cells[: last_label + 1] if is_label(cell))
        return Row(self, index, tuple(cells), labels, tuple(cells[last_label + 1 :]))

    @cached_property
    def head_height(self) -> int:
        """How many rows at the top name columns: those before the first row with values."""
        return next((row.index for row in self.rows if row.cells and row.holds_values), self.grid.height)

    def column_path(self, column: int, rows: Iterable[int]) -> tuple[str, ...]:
        """The labels above a column, outermost first, each spanning cell once."""
        path: list[Cell] = []
        for row in rows:
            cell = self.at(row, column)
            if cell is not None and cell.text and is_label(cell) and cell not in path:
                path.append(cell)
        return tuple(cell.text for cell in path)


def rasters(grids: Iterable[Grid]) -> list[Raster]:
    return [Raster(grid) for grid in grids]
