"""Columns of section 3 that the form does not have, has elsewhere, or that are not there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random

from tests.support.reports.defects.registry import WITH_TABLES, defect
from tests.support.reports.printed import FIGURE, Cell, Printed, Table
from tests.support.reports.tables import head

Cells = tuple[Cell, ...]
_FORM_2021 = frozenset({"2021"})


def _applications(report: Printed, change: Callable[[Table], Table]) -> Printed:
    return report.with_tables(lambda table: change(table) if table.section == 3 else table)


def _first_figure(row: Sequence[Cell]) -> int:
    return next(n for n, cell in enumerate(row) if cell.role == FIGURE)


def _with_column(table: Table, title: str, place: int, cells: Callable[[int, Cells], Cell], width: float) -> Table:
    """A further column at `place` of the figures (-1: behind them), its title over all header rows."""
    first, *more = table.rows[:3]
    first = (*first[:1], head(title, 3), *first[1:]) if place == 0 else (*first, head(title, 3))
    body = []
    for n, row in enumerate(table.rows[3:]):
        at = _first_figure(row) if place == 0 else len(row)
        body.append((*row[:at], cells(n, row), *row[at:]))
    widths = (*table.widths[:3], width, *table.widths[3:]) if place == 0 else (*table.widths, width)
    return replace(table, rows=(first, *more, *body), widths=widths)


@defect("columns", needs="header structure", spoils="columns")
def line_numbers(report: Printed, chance: Random) -> Printed:
    return _applications(report, lambda t: _with_column(t, "行次", 0, lambda n, _: Cell(str(n + 1)), 4))


@defect("columns", needs="header structure", spoils="columns")
def remarks(report: Printed, chance: Random) -> Printed:
    def remark(n: int, _: Cells) -> Cell:
        return Cell(chance.choice(("含上年", "见说明", "2")) if chance.random() < 0.12 else "")

    return _applications(report, lambda t: _with_column(t, "备注", -1, remark, 8))


@defect("columns", needs="header structure", spoils="columns")
def last_years_total(report: Printed, chance: Random) -> Printed:
    def figure(n: int, _: Cells) -> Cell:
        return Cell(str(chance.randint(0, 400)), FIGURE)

    title = f"{report.year - 1}年总计"
    return _applications(report, lambda t: _with_column(t, title, -1, figure, 8))


@defect("columns", needs="header structure", spoils="columns")
def shares(report: Printed, chance: Random) -> Printed:
    return _applications(
        report, lambda t: _with_column(t, "占比", -1, lambda n, _: Cell(f"{chance.randint(0, 99)}%", FIGURE), 8)
    )


@defect("columns", needs="header structure", spoils="columns")
def subtotal(report: Printed, chance: Random) -> Printed:
    """小计 after the five kinds of legal persons, as some provinces add it."""

    def with_subtotal(table: Table) -> Table:
        top, second, third, *body = table.rows
        top = (top[0], replace(top[1], colspan=8))
        second = (second[0], replace(second[1], colspan=6), second[2])
        rows = [top, second, (*third, head("小计"))]
        for row in body:
            legal = [cell.value or 0 for cell in row if cell.key and cell.key[1] not in ("natural_person", "total")]
            rows.append((*row[:-1], Cell(str(sum(legal)), FIGURE), row[-1]))
        return replace(table, rows=tuple(rows), widths=(*table.widths, 8))

    return _applications(report, with_subtotal)


@defect("columns", needs="header structure", spoils="columns count")
def column_missing(report: Printed, chance: Random) -> Printed:
    place = chance.randrange(5)  # of the legal persons
    applicant = ("enterprise", "research", "nonprofit", "legal_service", "other_org")[place]

    def without(table: Table) -> Table:
        top, second, third, *body = table.rows
        top = (top[0], replace(top[1], colspan=6))
        second = (second[0], replace(second[1], colspan=4), second[2])
        kept = [tuple(cell for cell in row if not cell.key or cell.key[1] != applicant) for row in body]
        third = third[:place] + third[place + 1 :]
        return replace(table, rows=(top, second, third, *kept), widths=table.widths[:-1])

    return _applications(report, without)


@defect("columns", needs="header structure", spoils="columns count")
def only_totals(report: Printed, chance: Random) -> Printed:
    def without(table: Table) -> Table:
        top = (replace(table.rows[0][0], rowspan=1, colspan=3), head("总计"))
        kept = [tuple(cell for cell in row if not cell.key or cell.key[1] == "total") for row in table.rows[3:]]
        return replace(table, rows=(top, *kept), widths=(6, 14, 40, 20))

    return _applications(report, without)


@defect("columns", needs="header structure", spoils="columns")
def total_first(report: Printed, chance: Random) -> Printed:
    def moved(table: Table) -> Table:
        top, (natural, legal, total), third, *body = table.rows
        rows = [top, (total, natural, legal), third]
        for row in body:
            at = _first_figure(row)
            rows.append((*row[:at], row[-1], *row[at:-1]))
        return replace(table, rows=tuple(rows))

    return _applications(report, moved)


@defect("columns", needs="header structure", spoils="columns")
def columns_swapped(report: Printed, chance: Random) -> Printed:
    """社会公益组织 and 法律服务机构 the other way round, in the header too."""

    def swapped(table: Table) -> Table:
        top, second, third, *body = table.rows
        rows = [top, second, (*third[:2], third[3], third[2], *third[4:])]
        for row in body:
            at = _first_figure(row)
            rows.append((*row[: at + 3], row[at + 4], row[at + 3], *row[at + 5 :]))
        return replace(table, rows=tuple(rows))

    return _applications(report, swapped)


@defect("columns", needs="count columns structure", spoils="header")
def header_lost(report: Printed, chance: Random) -> Printed:
    return _applications(report, lambda table: replace(table, rows=table.rows[table.head_rows :]))


@defect("columns", forms=_FORM_2021, sections=(2,), needs="header structure")
def counts_swapped(report: Printed, chance: Random) -> Printed:
    """现行有效件数 before 本年废止件数."""

    def swapped(row: Cells) -> Cells:
        return (*row[:2], row[3], row[2]) if len(row) == 4 else row

    return report.with_tables(lambda t: replace(t, rows=tuple(swapped(row) for row in t.rows)) if t.section == 2 else t)


@defect("columns", sections=(4,), needs="header structure", forms=WITH_TABLES)
def litigation_first(report: Printed, chance: Random) -> Printed:
    def turned(table: Table) -> Table:
        if table.section != 4 or len(table.widths) != 15:
            return table
        top, second, results, figures = table.rows
        rows = ((top[1], top[0]), (*second[5:], *second[:5]), results, (*figures[5:], *figures[:5]))
        return replace(table, rows=rows)

    return report.with_tables(turned)
