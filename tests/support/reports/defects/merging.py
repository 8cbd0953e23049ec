"""What converters do with merged cells."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from tests.support.reports.defects.registry import EVERY_TABLE, WITH_TABLES, defect
from tests.support.reports.printed import FIGURE, LABEL, Cell, Printed, Table

Cells = tuple[Cell, ...]


@defect("merging", forms=EVERY_TABLE, sections=(0, 2, 3, 4))
def unmerged(report: Printed, chance: Random) -> Printed:
    """Every place its own cell, the print in the first of those that were one."""
    return report.with_tables(lambda table: _unmerged(table, repeat=False))


@defect("merging", forms=EVERY_TABLE, sections=(0, 2, 3, 4))
def unmerged_and_repeated(report: Printed, chance: Random) -> Printed:
    """Every place its own cell, labels repeated in all of them, as spreadsheets' fill-down leaves it."""
    return report.with_tables(lambda table: _unmerged(table, repeat=True))


def _unmerged(table: Table, *, repeat: bool) -> Table:
    def place(cell: Cell, begins: bool) -> Cell:
        single = replace(cell, rowspan=1, colspan=1)
        if begins or (repeat and cell.role != FIGURE):
            return single
        return Cell("", LABEL)

    return replace(table, rows=tuple(tuple(place(*one) for one in row) for row in table.raster()))


@defect("merging", forms=WITH_TABLES, sections=(2, 3, 4), spoils="groups structure")
def spans_lost(report: Printed, chance: Random) -> Printed:
    """rowspan and colspan are gone: rows begin further left and are shorter."""
    return report.with_tables(lambda table: table.map(lambda cell: replace(cell, rowspan=1, colspan=1)))


@defect("merging", spoils="groups")
def group_cells_dropped(report: Printed, chance: Random) -> Printed:
    """The last rows lost the group cells beside them and begin one or two columns early, padded at the right."""
    lost = chance.choice((2, 3))
    return report.with_tables(lambda table: _without_groups(table, lost) if table.section == 3 else table)


def _without_groups(table: Table, lost: int) -> Table:
    start = len(table.rows) - lost
    rows = []
    for n, row in enumerate(table.rows):
        if n < start:
            row = tuple(replace(cell, rowspan=min(cell.rowspan, start - n)) for cell in row)
        elif n < len(table.rows) - 1:
            own = tuple(replace(cell, colspan=1) for cell in row)
            row = (*own, *(Cell("") for _ in range(table.width - len(own))))
        rows.append(row)
    return replace(table, rows=tuple(rows))
