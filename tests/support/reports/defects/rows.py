"""Rows and cells that are missing, doubled, moved, or turned into columns."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from pipeline.model import ValueKind
from tests.support.reports.defects.registry import EVERY_TABLE, WITH_TABLES, defect
from tests.support.reports.printed import FIGURE, LABEL, Cell, Printed, Table

Cells = tuple[Cell, ...]


def _rows_of(table: Table, item: str) -> list[int]:
    return [n for n, row in enumerate(table.rows) if any(cell.key and cell.key[0] == item for cell in row)]


def _in_section_3(report: Printed, rows: list[Cells]) -> Printed:
    return report.with_tables(lambda table: replace(table, rows=tuple(rows)) if table.section == 3 else table)


def _doubted(row: Cells) -> Cells:
    return tuple(replace(cell, knowable=False) for cell in row)


@defect("rows", needs="labels", spoils="order")
def row_missing(report: Printed, chance: Random) -> Printed:
    """Without one row, its figures and label; group cells are a row shorter."""
    [table] = report.tables(3)
    [at] = _rows_of(table, chance.choice(("outcome.denied.administrative_query", "outcome.not_processed.reissue")))
    rows = []
    for n, row in enumerate(table.rows):
        if n != at:
            rows.append(tuple(replace(c, rowspan=c.rowspan - 1) if n < at < n + c.rowspan else c for c in row))
    return _in_section_3(report, rows)


@defect("rows", needs="labels", spoils="order")
def rows_swapped(report: Printed, chance: Random) -> Printed:
    [table] = report.tables(3)
    rows = list(table.rows)
    [at] = _rows_of(table, "outcome.denied.internal_affairs")
    rows[at], rows[at + 1] = rows[at + 1], rows[at]
    return _in_section_3(report, rows)


@defect("rows", needs="labels", spoils="order")
def group_subtotals(report: Printed, chance: Random) -> Printed:
    """A row of its own sums a group: 不予公开 小计."""
    [table] = report.tables(3)
    rows = list(table.rows)
    [at] = _rows_of(table, "outcome.denied.administrative_query")
    group = [row[1 - len(rows[at]) :] for row in rows[at - 7 : at + 1]]  # without labels, which not every row has alike
    rows.insert(at + 1, (Cell("小计"), *(_sum(column) for column in zip(*group, strict=True))))
    grown = [
        tuple(replace(c, rowspan=c.rowspan + 1) if n <= at < n + c.rowspan and c.rowspan > 1 else c for c in row)
        for n, row in enumerate(rows)
    ]
    return _in_section_3(report, grown)


def _sum(column: Cells) -> Cell:
    """What a subtotal prints under a column; nothing under remarks, shares and running numbers."""
    if not any(cell.key for cell in column):
        return replace(column[-1], text="")
    return Cell(str(sum(cell.value or 0 for cell in column)), FIGURE)


@defect("rows", spoils="count", flowing=True)
def cell_missing(report: Printed, chance: Random) -> Printed:
    """A row of six figures where seven belong: nobody can say which is not there."""
    [table] = report.tables(3)
    rows = list(table.rows)
    for at in chance.sample(range(table.head_rows, len(rows)), k=2):
        figures = [n for n, cell in enumerate(rows[at]) if cell.role == FIGURE]
        gone = chance.choice(figures)
        rows[at] = _doubted(rows[at][:gone] + rows[at][gone + 1 :])
    return _in_section_3(report, rows)


@defect("rows", spoils="count", flowing=True)
def cell_too_many(report: Printed, chance: Random) -> Printed:
    [table] = report.tables(3)
    rows = list(table.rows)
    at = chance.randrange(table.head_rows, len(rows))
    labels = sum(cell.role == LABEL for cell in rows[at])
    place = chance.randrange(max(len(rows[at]) - 6, labels), len(rows[at]))
    rows[at] = _doubted((*rows[at][:place], Cell(str(chance.randint(0, 9)), FIGURE), *rows[at][place:]))
    return _in_section_3(report, rows)


@defect("rows", forms=EVERY_TABLE, sections=(0, 2, 3, 4), spoils="count", flowing=True)
def blank_cells_left_out(report: Printed, chance: Random) -> Printed:
    """Cells without a print are not there at all, so that what follows moves to the left."""
    return without_blanks(report)


def without_blanks(report: Printed) -> Printed:
    def shortened(row: Cells) -> Cells:
        kept = tuple(cell for cell in row if cell.role != FIGURE or cell.kind is not ValueKind.BLANK)
        lost = tuple(cell.key for cell in row if cell not in kept and cell.key)
        return kept if len(kept) == len(row) else tuple(replace(cell, lost=lost) for cell in _doubted(kept))

    return report.with_tables(lambda table: replace(table, rows=tuple(shortened(row) for row in table.rows)))


@defect("shape", needs="structure header columns", spoils="order groups count", flowing=True)
def transposed(report: Printed, chance: Random) -> Printed:
    """Section 3 with the applicants as rows, every place of the raster its own cell."""

    def turned(table: Table) -> Table:
        if table.section != 3:
            return table
        raster = table.raster()
        rows = [
            tuple(replace(cell, rowspan=1, colspan=1) for cell, _ in (row[x] for row in raster))
            for x in range(len(raster[0]))
        ]
        return replace(table, rows=tuple(rows), widths=(8,) * 3 + (4,) * (len(raster) - 3))

    return report.with_tables(turned)


@defect("rows", sections=(4,), spoils="count", forms=WITH_TABLES)
def second_row_without_a_name(report: Printed, chance: Random) -> Printed:
    """Two rows of figures under one header, and nothing says which year either is. (An empty row beside one of figures
    is nobody's year.)"""

    def doubled(table: Table) -> Table:
        if table.section != 4 or len(table.widths) < 5:
            return table
        rows: list[Cells] = []
        for row in table.rows:
            if any(cell.key and cell.text for cell in row):
                other = tuple(Cell(str(chance.randint(0, 50)), FIGURE) for _ in row)
                rows += [other, _doubted(row)] if chance.random() < 0.5 else [_doubted(row), other]
            else:
                rows.append(row)
        return replace(table, rows=tuple(rows))

    return report.with_tables(doubled)
