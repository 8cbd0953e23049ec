"""What offices made of the long table of 2014: other columns, local additions, two columns on a page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

from tests.support.reports.defects.registry import defect
from tests.support.reports.printed import FIGURE, Cell, Printed, Table
from tests.support.reports.tables import head

_FORM = frozenset({"2014"})


def _changed(report: Printed, change: Callable[[Table], Table]) -> Printed:
    return report.with_tables(change)


@defect("shape", forms=_FORM, sections=(0,), needs="structure header")
def sequence_numbers(report: Printed, chance: Random) -> Printed:
    def numbered(table: Table) -> Table:
        rows = [(table.rows[0][0], head("序号"), *table.rows[0][1:])]
        rows += [(row[0], Cell(str(n)), *row[1:]) for n, row in enumerate(table.rows[1:], start=1)]
        return replace(table, rows=tuple(rows), widths=(60, 8, 14, 18))

    return _changed(report, numbered)


@defect("shape", forms=_FORM, sections=(0,))
def units_in_labels(report: Printed, chance: Random) -> Printed:
    def merged(table: Table) -> Table:
        rows = [(table.rows[0][0], table.rows[0][2])]
        for label, unit, figure in table.rows[1:]:
            printed = f"{label.text}（单位：{unit.text}）" if figure.role == FIGURE else label.text
            rows.append((replace(label, text=printed), figure if figure.role == FIGURE else Cell("")))
        return replace(table, rows=tuple(rows), widths=(78, 22))

    return _changed(report, merged)


@defect("shape", forms=_FORM, sections=(0,))
def local_indicators(report: Printed, chance: Random) -> Printed:
    def added(table: Table) -> Table:
        rows = list(table.rows)
        for text in ("其中：通过政务公开栏公开信息数", "6.通过广播电视公开政府信息数"):
            local = (Cell("　　" + text), Cell("条"), Cell(str(chance.randint(1, 900)), FIGURE))
            rows.insert(chance.randrange(4, len(rows)), local)
        return replace(table, rows=tuple(rows))

    return _changed(report, added)


@defect("shape", forms=_FORM, sections=(0,), needs="structure header")
def this_year_and_last(report: Printed, chance: Random) -> Printed:
    """Two columns of figures, named by their years."""

    def doubled(table: Table) -> Table:
        names = (head(f"{report.year}年"), head(f"{report.year - 1}年"))
        rows = [(*table.rows[0][:2], *names)]
        for label, unit, figure in table.rows[1:]:
            other = Cell(str(chance.randint(0, 900)), FIGURE) if figure.role == FIGURE else Cell("——")
            rows.append((label, unit, figure, other))
        return replace(table, rows=tuple(rows), widths=(60, 12, 14, 14))

    return _changed(report, doubled)


@defect("shape", forms=_FORM, sections=(0,), needs="structure header")
def in_two_halves(report: Printed, chance: Random) -> Printed:
    """The second half of the rows beside the first, to save a page."""

    def folded(table: Table) -> Table:
        title, *body = table.rows
        half = (len(body) + 1) // 2
        right = [*body[half:], *[(Cell(""), Cell(""), Cell(""))] * (2 * half - len(body))]
        rows = [(*title, *title), *((*a, *b) for a, b in zip(body[:half], right, strict=True))]
        return replace(table, rows=tuple(rows), widths=(34, 7, 9, 34, 7, 9))

    return _changed(report, folded)
