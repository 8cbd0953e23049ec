"""A grid seen as rows of labels and values, spans resolved."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from pipeline.model import Cell, Grid, ValueKind
from pipeline.numerals import parse_cell, stands_for_figure

_UNITS = ("件", "万元")  # of counts and of amounts; a cell that prints a value in either is no label


_CLOSING = frozenset("”’」』》）)")
_WORDS = re.compile(r"[\u3400-\u9fff]")


def is_label(cell: Cell) -> bool:
    """A cell that names something: it has words, and they are no printed value. Signs and digits that are no number
    (12①, 1,2240, 58*) still stand for one, and so do words such as 不涉及. The sign that closes the label of the
    line above does not."""
    if cell.text in _CLOSING:
        return True
    words = _kinds(cell.text) == {ValueKind.TEXT} and bool(_WORDS.search(cell.text))
    return words and not stands_for_figure(cell.text)


def is_number(cell: Cell) -> bool:
    return ValueKind.NUMBER in _kinds(cell.text)


@lru_cache(maxsize=16384)  # most cells print one of a few texts, and every table is looked at for several purposes
def _kinds(text: str) -> frozenset[ValueKind]:
    return frozenset(parse_cell(text, unit)[0] for unit in _UNITS)


@dataclass(frozen=True, slots=True)
class Row:
    """The cells that start in one row of a grid. `labels` lead it, `values` follow the last of them; text behind the
    first value, such as a remark, is one of the values."""

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


def _is_printed_value(cell: Cell) -> bool:
    return bool(cell.text) and not is_label(cell)


class Raster:
    """`values_from` is the first column of numbers, where the header tells it: what stands there is a value, even
    text. `turned` says that rows and columns were exchanged, so that places have to be read the other way round.
    `captions` are labels of the table that stand on lines above it, `gone` the columns that were taken out."""

    def __init__(
        self,
        grid: Grid,
        values_from: int | None = None,
        *,
        turned: bool = False,
        captions: tuple[str, ...] = (),
        gone: frozenset[int] = frozenset(),
    ) -> None:
        self.grid = grid
        self.values_from = values_from
        self.turned = turned
        self.captions = captions
        self.gone = gone
        self._cover: dict[tuple[int, int], Cell] = {}
        for cell in grid.cells:
            for row in range(cell.row, cell.row + cell.rowspan):
                for column in range(cell.column, cell.column + cell.colspan):
                    self._cover.setdefault((row, column), cell)

    def with_values_from(self, column: int | None) -> Raster:
        return Raster(self.grid, column, turned=self.turned, captions=self.captions, gone=self.gone)

    def with_cells(self, cells: Iterable[Cell], gone: frozenset[int] = frozenset()) -> Raster:
        """The same table of fewer cells."""
        grid = replace(self.grid, cells=tuple(cells))
        return Raster(grid, turned=self.turned, captions=self.captions, gone=self.gone | gone)

    def with_rows(self, begin: int, end: int) -> Raster:
        """A part of the table; lines above it are those of its first."""
        grid = replace(self.grid, cells=tuple(cell for cell in self.grid.cells if begin <= cell.row < end))
        return Raster(grid, turned=self.turned, captions=self.captions if begin == 0 else ())

    def exchanged(self) -> Raster:
        """Rows as columns and columns as rows."""
        cells = tuple(
            replace(cell, row=cell.column, column=cell.row, rowspan=cell.colspan, colspan=cell.rowspan)
            for cell in self.grid.cells
        )
        return Raster(replace(self.grid, cells=cells), turned=not self.turned, captions=self.captions)

    def place(self, cell: Cell) -> str:
        row, column = (cell.column, cell.row) if self.turned else (cell.row, cell.column)
        return f"table {self.grid.number}, row {row + 1}, column {column + 1}"

    def at(self, row: int, column: int) -> Cell | None:
        """The cell that covers this place, whether it starts there or not."""
        return self._cover.get((row, column))

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        return tuple(self._row(index, cells) for index, cells in enumerate(self.grid.rows()))

    def _row(self, index: int, cells: list[Cell]) -> Row:
        if self.values_from is not None and not self._has_slipped(cells):
            labels = [cell for cell in cells if cell.column < self.values_from and is_label(cell)]
            values = [cell for cell in cells if cell.column >= self.values_from]
            return Row(self, index, tuple(cells), tuple(labels), tuple(values))
        named = [place for place, cell in enumerate(cells) if is_label(cell)]
        first_value = next(
            (place for place, cell in enumerate(cells) if named and place > named[0] and _is_printed_value(cell)),
            len(cells),
        )
        leading = [place for place in named if place < first_value]
        behind = leading[-1] + 1 if leading else 0
        return Row(self, index, tuple(cells), tuple(cells[place] for place in leading), tuple(cells[behind:]))

    def _has_slipped(self, cells: list[Cell]) -> bool:
        """Numbers where labels belong, or no label there: merged cells were dropped at the row's start."""
        before = [cell for cell in cells if self.values_from is not None and cell.column < self.values_from]
        labelled = [cell for cell in before if is_label(cell)]
        return not labelled or any(_is_printed_value(cell) and cell.column > labelled[0].column for cell in before)

    @cached_property
    def head_height(self) -> int:
        """How many rows at the top name columns: those before the first row with values."""
        return next((row.index for row in self.rows if row.cells and row.holds_values), self.grid.height)

    def column_path(self, column: int, rows: Iterable[int]) -> tuple[str, ...]:
        """The labels above a column, outermost first, each spanning cell once."""
        path: list[Cell] = []
        for row in rows:
            cell = self.at(row, column)
            if cell is not None and cell.text and is_label(cell) and not (path and path[-1] is cell):
                path.append(cell)
        return tuple(cell.text for cell in path)
