"""What a page's end does to the table of section 3, where a format keeps the pieces as tables of their own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

from tests.support.reports.defects.registry import defect
from tests.support.reports.printed import LABEL, Block, Cell, Line, Printed, Table

Cells = tuple[Cell, ...]


def _broken(report: Printed, change: Callable[[Table], list[Block]]) -> Printed:
    """This year's table of section 3 in pieces."""
    ours = next(one for one in report.tables(3) if any(cell.key for row in one.rows for cell in row))
    return report.with_tables(lambda table: change(table) if table is ours else table)


def _cut(table: Table, at: int, continued: str = "") -> tuple[Table, Table]:
    """The table in two. Cells that span the cut end there and go on below, the innermost with `continued` as print."""
    above = [
        tuple(replace(cell, rowspan=min(cell.rowspan, at - n)) for cell in row) for n, row in enumerate(table.rows[:at])
    ]
    rest = [
        replace(cell, text="", rowspan=n + cell.rowspan - at)
        for n, row in enumerate(table.rows[:at])
        for cell in row
        if n + cell.rowspan > at
    ]
    if rest:
        rest[-1] = replace(rest[-1], text=continued)
    below = [(*rest, *table.rows[at]), *table.rows[at + 1 :]]
    return replace(table, rows=tuple(above)), replace(table, rows=tuple(below))


def _place(table: Table, chance: Random) -> int:
    return chance.randrange(table.head_rows + 2, len(table.rows) - 1)


@defect("breaks")
def broken_over_pages(report: Printed, chance: Random) -> Printed:
    def pieces(table: Table) -> list[Block]:
        above, below = _cut(table, _place(table, chance))
        number = Line(f"- {chance.randint(2, 6)} -", "page number")
        return [above, number, below] if chance.random() < 0.5 else [above, below]

    return _broken(report, pieces)


@defect("breaks")
def header_repeated(report: Printed, chance: Random) -> Printed:
    def pieces(table: Table) -> list[Block]:
        above, below = _cut(table, _place(table, chance))
        return [above, replace(below, rows=(*table.rows[: table.head_rows], *below.rows))]

    return _broken(report, pieces)


@defect("breaks")
def group_label_split(report: Printed, chance: Random) -> Printed:
    """（四）无 at the foot of a page, 法提供 at the head of the next."""

    def pieces(table: Table) -> list[Block]:
        groups = [cell for row in table.rows for cell in row if cell.role == LABEL and 2 <= cell.rowspan < 9]
        if not groups:
            return [table]
        group = chance.choice(groups)
        at = next(n for n, row in enumerate(table.rows) if any(cell is group for cell in row))
        split = table.map(lambda cell: replace(cell, text=group.text[:4]) if cell is group else cell)
        return list(_cut(split, at + 1, continued=group.text[4:]))

    return _broken(report, pieces)


@defect("breaks")
def row_torn(report: Printed, chance: Random) -> Printed:
    """A row goes over the page's end: figures and the label's beginning above, the rest of the label below."""

    def pieces(table: Table) -> list[Block]:
        places = range(table.head_rows, len(table.rows) - 1)
        labels = [(n, label) for n in places if (label := _label(table.rows[n])) and len(label.text) > 6]
        return list(_torn(table, *chance.choice(labels), chance)) if labels else [table]

    return _broken(report, pieces)


def _torn(table: Table, at: int, label: Cell, chance: Random) -> tuple[Table, Table]:
    cut = chance.randint(4, len(label.text) - 2)
    row = table.rows[at]
    torn = tuple(replace(cell, text=label.text[:cut]) if cell is label else cell for cell in row)
    rest = tuple(
        replace(cell, text=label.text[cut:] if cell is label else "", key=None) for cell in row if cell.rowspan == 1
    )
    rows = [*table.rows[:at], torn, rest, *table.rows[at + 1 :]]
    grown = [
        tuple(replace(c, rowspan=c.rowspan + 1) if n <= at < n + c.rowspan and c.rowspan > 1 else c for c in row)
        for n, row in enumerate(rows)
    ]
    return _cut(replace(table, rows=tuple(grown)), at + 1)


def _label(row: Cells) -> Cell | None:
    return next((cell for cell in reversed(row) if cell.role == LABEL and cell.rowspan == 1), None)
