"""XLSX: the report in one sheet, a sheet per section, or figures as text."""

from __future__ import annotations

import io
from decimal import Decimal
from random import Random

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.model import ValueKind
from tests.support.reports.formats.layout import style
from tests.support.reports.printed import Cell, Printed, Table

STYLES = (style("one sheet"), style("sheet per section"), style("figures as text"))


def render(report: Printed, name: str, chance: Random) -> tuple[str, bytes]:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "年度报告"
    at = 1
    for block in report.blocks:
        if isinstance(block, Table):
            at = _put(sheet, block, at, as_text=name == "figures as text")
        else:
            if name == "sheet per section" and block.role == "heading":
                sheet, at = book.create_sheet(block.text[:20].replace("/", "")), 1
            sheet.cell(at, 1, block.text)
            at += 1
    content = io.BytesIO()
    book.save(content)
    return "report.xlsx", content.getvalue()


def _put(sheet: Worksheet, table: Table, top: int, *, as_text: bool) -> int:
    for y, row in enumerate(table.raster()):
        for x, (cell, begins) in enumerate(row):
            if not begins:
                continue
            place = sheet.cell(top + y, x + 1)
            place.value = cell.text if as_text else _value(cell)
            if cell.rowspan > 1 or cell.colspan > 1:
                sheet.merge_cells(
                    start_row=top + y,
                    start_column=x + 1,
                    end_row=top + y + cell.rowspan - 1,
                    end_column=x + cell.colspan,
                )
    return top + len(table.rows) + 1


def _value(cell: Cell) -> str | float | int:
    """A number where the print is a bare one, as in a spreadsheet that was filled in."""
    if cell.kind is ValueKind.NUMBER and cell.text.isascii() and cell.text.replace(".", "").replace("-", "").isdigit():
        number = Decimal(cell.text)
        return int(number) if number == number.to_integral_value() else float(number)
    return cell.text
