"""What converters do with merged cells, and what a page's end does to a table."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from tests.support.reports.defects.registry import EVERY_TABLE, WITH_TABLES, defect
from tests.support.reports.printed import FIGURE, LABEL, Block, Cell, Line, Printed, Table

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
    [table] = report.tables(3)
    start = len(table.rows) - chance.choice((2, 3))
    width = table.width
    rows = []
    for n, row in enumerate(table.rows):
        if n < start:
            row = tuple(replace(cell, rowspan=min(cell.rowspan, start - n)) for cell in row)
        elif n < len(table.rows) - 1:
            own = tuple(replace(cell, colspan=1) for cell in row)
            row = (*own, *(Cell("") for _ in range(width - len(own))))
        rows.append(row)
    return report.with_tables(lambda one: replace(one, rows=tuple(rows)) if one is table else one)


# --- a page ends ---------------------------------------------------------------------------------------


def _cut(table: Table, at: int, continued: str = "") -> tuple[Table, Table]:
    """The table in two; cells that span the cut end there and go on below, with `continued` as their print."""
    above = [
        tuple(replace(cell, rowspan=min(cell.rowspan, at - n)) for cell in row) for n, row in enumerate(table.rows[:at])
    ]
    rest: list[Cell] = []
    for n, row in enumerate(table.rows[:at]):
        rest += [replace(cell, text=continued, rowspan=n + cell.rowspan - at) for cell in row if n + cell.rowspan > at]
    below = [(*rest, *table.rows[at]), *table.rows[at + 1 :]]
    return replace(table, rows=tuple(above)), replace(table, rows=tuple(below))


def _place(table: Table, chance: Random) -> int:
    return chance.randrange(table.head_rows + 2, len(table.rows) - 1)


@defect("breaks")
def broken_over_pages(report: Printed, chance: Random) -> Printed:
    [*_, table] = [one for one in report.tables(3) if any(cell.key for row in one.rows for cell in row)]
    above, below = _cut(table, _place(table, chance))
    between: list[Block] = [Line(f"- {chance.randint(2, 6)} -", "page number")] if chance.random() < 0.5 else []
    return report.with_tables(lambda one: [above, *between, below] if one is table else one)


@defect("breaks")
def header_repeated(report: Printed, chance: Random) -> Printed:
    [*_, table] = [one for one in report.tables(3) if any(cell.key for row in one.rows for cell in row)]
    above, below = _cut(table, _place(table, chance))
    below = replace(below, rows=(*table.rows[: table.head_rows], *below.rows))
    return report.with_tables(lambda one: [above, below] if one is table else one)


@defect("breaks")
def group_label_split(report: Printed, chance: Random) -> Printed:
    """（四）无 at the foot of a page, 法提供 at the head of the next."""
    [*_, table] = [one for one in report.tables(3) if any(cell.key for row in one.rows for cell in row)]
    groups = [
        (n, place)
        for n, row in enumerate(table.rows)
        for place, cell in enumerate(row)
        if cell.role == LABEL and 2 <= cell.rowspan < 9 and len(cell.text) > 4
    ]
    if not groups:
        return report
    n, place = chance.choice(groups)
    text = table.rows[n][place].text
    row = tuple(replace(cell, text=text[:4]) if at == place else cell for at, cell in enumerate(table.rows[n]))
    split = replace(table, rows=(*table.rows[:n], row, *table.rows[n + 1 :]))
    above, below = _cut(split, n + 1)
    first = tuple(
        replace(cell, text=text[4:])
        if cell.text == ""
        and 0 < cell.rowspan < 9
        and cell.role == LABEL
        and at == sum(c.rowspan > 9 for c in below.rows[0])
        else cell
        for at, cell in enumerate(below.rows[0])
    )
    below = replace(below, rows=(first, *below.rows[1:]))
    return report.with_tables(lambda one: [above, below] if one is table else one)


@defect("breaks")
def row_torn(report: Printed, chance: Random) -> Printed:
    """A row goes over the page's end: figures and the label's beginning above, the rest of the label below."""
    [*_, table] = [one for one in report.tables(3) if any(cell.key for row in one.rows for cell in row)]
    long = [
        n
        for n in range(table.head_rows, len(table.rows) - 1)
        if _label(table.rows[n]) and len(_label(table.rows[n]).text) > 6
    ]
    if not long:
        return report
    at = chance.choice(long)
    label = _label(table.rows[at])
    cut = chance.randint(4, len(label.text) - 2)
    torn = tuple(replace(c, text=c.text[:cut]) if c is label else c for c in table.rows[at])
    rest = tuple(
        replace(c, text=label.text[cut:] if c is label else "", key=None, rowspan=1)
        for c in table.rows[at]
        if c.rowspan == 1
    )
    rows = [*table.rows[:at], torn, rest, *table.rows[at + 1 :]]
    grown = [
        tuple(replace(c, rowspan=c.rowspan + 1) if n <= at < n + c.rowspan and c.rowspan > 1 else c for c in row)
        for n, row in enumerate(rows)
    ]
    above, below = _cut(replace(table, rows=tuple(grown)), at + 1)
    return report.with_tables(lambda one: [above, below] if one is table else one)


def _label(row: Cells) -> Cell | None:
    return next((cell for cell in reversed(row) if cell.role == LABEL and cell.rowspan == 1), None)
