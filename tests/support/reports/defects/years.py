"""Figures of other years around, beside and between this year's."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from tests.support.reports.defects.registry import EVERY_TABLE, WITH_TABLES, defect
from tests.support.reports.printed import FIGURE, Block, Cell, Line, Printed, Table
from tests.support.reports.statutory import HEADINGS
from tests.support.reports.tables import head

Cells = tuple[Cell, ...]
_WIDEST = 6  # columns that fit beside as many


def _other(table: Table, chance: Random) -> Table:
    """The same table with another year's figures."""

    def changed(cell: Cell) -> Cell:
        return cell if cell.role != FIGURE else replace(cell, text=str(chance.randint(0, 300)), key=None)

    return table.map(changed)


def _caption(year: int, table: Table) -> Line:
    return Line(
        f"{year}年{HEADINGS[table.section - 1]}" if table.section else f"{year}年政府信息公开情况统计表", "caption"
    )


@defect("years", forms=EVERY_TABLE, sections=(0, 3, 4), needs="structure")
def last_year_after(report: Printed, chance: Random) -> Printed:
    def followed(table: Table) -> Table | list[Block]:
        if table.section == 2:
            return table
        return [table, Line(f"附：{report.year - 1}年同期数据", "caption"), _other(table, chance)]

    return report.with_tables(followed)


@defect("years", forms=EVERY_TABLE, sections=(0, 2, 3, 4), needs="structure")
def last_year_before(report: Printed, chance: Random) -> Printed:
    def preceded(table: Table) -> Table | list[Block]:
        before: list[Block] = [_caption(report.year - 1, table), _other(table, chance)]
        return [*before, _caption(report.year, table), table]

    return report.with_tables(preceded)


@defect("years", sections=(3,), needs="nothing")
def twice_without_a_year(report: Printed, chance: Random) -> Printed:
    """Section 3 printed twice with different figures and nothing that says which counts."""

    def doubled(table: Table) -> Table | list[Block]:
        if table.section != 3:
            return table
        doubted = table.map(lambda cell: replace(cell, knowable=False))
        return [doubted, _other(table, chance)] if chance.random() < 0.5 else [_other(table, chance), doubted]

    return report.with_tables(doubled)


@defect("years", sections=(2,), needs="structure header")
def last_year_beside(report: Printed, chance: Random) -> Printed:
    """Section 2 twice side by side, a row above saying which year is which; what is too wide for that as it is."""
    ours_first = chance.random() < 0.5

    def beside(table: Table) -> Table:
        if table.section != 2 or len(table.widths) > _WIDEST:
            return table
        ours, other = table, _other(table, chance)
        width = len(table.widths)
        names = (head(f"{report.year}年", colspan=width), head(f"{report.year - 1}年", colspan=width))
        pair = (ours, other) if ours_first else (other, ours)
        rows: list[Cells] = [names if ours_first else names[::-1]]
        rows += [(*left, *right) for left, right in zip(pair[0].rows, pair[1].rows, strict=True)]
        return Table(tuple(rows), 2, table.widths * 2)

    return report.with_tables(beside)


@defect("years", sections=(4,), needs="structure header")
def years_as_rows(report: Printed, chance: Random) -> Printed:
    """A column 年度 in section 4, this year's row among others."""

    def dated(table: Table) -> Table:
        if table.section != 4 or len(table.widths) != 15 or sum(any(c.key for c in row) for row in table.rows) != 1:
            return table
        *top, figures = table.rows
        first = (head("年度", len(top)), *top[0])
        other = (Cell(f"{report.year - 1}年"), *_other(replace(table, rows=(figures,)), chance).rows[0])
        ours = (Cell(f"{report.year}年"), *figures)
        last = [other, ours] if chance.random() < 0.5 else [ours, other]
        return Table((first, *top[1:], *last), 4, (1.4, *table.widths))

    return report.with_tables(dated)


@defect("years", forms=EVERY_TABLE, sections=(0, 2, 3, 4), needs="structure")
def another_report_after(report: Printed, chance: Random) -> Printed:
    """Last year's whole report behind this year's in one file."""

    def of_last_year(block: Block) -> Block:
        if isinstance(block, Table):
            return _other(block, chance)
        return replace(block, text=block.text.replace(str(report.year), str(report.year - 1)))

    return replace(report, blocks=(*report.blocks, *map(of_last_year, report.blocks)))


@defect("years", forms=WITH_TABLES | {"2014", "narrative"}, sections=())
def other_years_in_words(report: Printed, chance: Random) -> Printed:
    last = report.year - 1
    before = f"与{last}年相比，{last}年收到申请{chance.randint(1, 90)}件，本年有所增长；"
    text = before + f"{last}年度报告已于{report.year}年1月20日公布。"
    blocks: list[Block] = []
    for block in report.blocks:
        blocks.append(block)
        if isinstance(block, Line) and block.role == "heading":
            blocks.append(Line(text, "body"))
    return replace(report, blocks=tuple(blocks))
