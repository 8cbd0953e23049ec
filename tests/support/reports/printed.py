"""A report as it is printed, before any file format: lines and tables whose cells know what they print."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from pipeline.model import ValueKind
from tests.support.reports.statutory import CellKey

LABEL, HEAD, FIGURE = "label", "head", "figure"


@dataclass(frozen=True)
class Cell:
    """`key` names the statutory cell whose figure this is; figures of other years and columns have none."""

    text: str
    role: str = LABEL
    rowspan: int = 1
    colspan: int = 1
    key: CellKey | None = None
    kind: ValueKind = ValueKind.NUMBER
    value: Decimal | None = None
    knowable: bool = True  # could a careful human say what the figure counts
    lost: tuple[CellKey, ...] = ()  # cells left out of its row, so that its figures may be taken for theirs


@dataclass(frozen=True)
class Table:
    rows: tuple[tuple[Cell, ...], ...]
    section: int
    widths: tuple[float, ...]  # of the columns, to each other

    @property
    def head_rows(self) -> int:
        """Rows at the top without a figure."""
        return next((n for n, row in enumerate(self.rows) if any(cell.role == FIGURE for cell in row)), 0)

    def raster(self) -> list[list[tuple[Cell, bool]]]:
        """For every place the cell that covers it, and whether the cell begins there. Short rows stay short."""
        places: dict[tuple[int, int], tuple[Cell, bool]] = {}
        for y, row in enumerate(self.rows):
            x = 0
            for cell in row:
                while (y, x) in places:
                    x += 1
                for dy in range(min(cell.rowspan, len(self.rows) - y)):
                    for dx in range(cell.colspan):
                        places.setdefault((y + dy, x + dx), (cell, dy == 0 and dx == 0))
                x += cell.colspan
        nothing = (Cell(""), True)
        ends = [max((x for row, x in places if row == y), default=-1) + 1 for y in range(len(self.rows))]
        return [[places.get((y, x), nothing) for x in range(end)] for y, end in enumerate(ends)]

    @property
    def width(self) -> int:
        return max(map(len, self.raster()), default=0)

    def map(self, change: Callable[[Cell], Cell]) -> Table:
        return replace(self, rows=tuple(tuple(change(cell) for cell in row) for row in self.rows))


@dataclass(frozen=True)
class Line:
    text: str
    role: str  # title | heading | subheading | body | caption


Block = Line | Table


@dataclass(frozen=True)
class Printed:
    authority: str
    year: int
    form: str  # as it should be recognised: 2021 | 2019 | 2014 | narrative
    blocks: tuple[Block, ...]
    sections: tuple[int, ...]  # that must be found

    @property
    def title(self) -> str:
        return next(block.text for block in self.blocks if isinstance(block, Line) and block.role == "title")

    def tables(self, section: int | None = None) -> list[Table]:
        return [b for b in self.blocks if isinstance(b, Table) and section in (None, b.section)]

    def cells(self) -> Iterator[Cell]:
        """The figures of this year's report, and what stands where some were left out."""
        for table in self.tables():
            for row in table.rows:
                yield from (cell for cell in row if cell.key is not None or cell.lost)

    def with_tables(self, change: Callable[[Table], Table | list[Block]]) -> Printed:
        blocks: list[Block] = []
        for block in self.blocks:
            changed = change(block) if isinstance(block, Table) else block
            blocks += changed if isinstance(changed, list) else [changed]
        return replace(self, blocks=tuple(blocks))
