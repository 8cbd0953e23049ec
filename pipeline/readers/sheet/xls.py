"""XLS through xlrd: the values that are stored in its cells, printed in their formats."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import xlrd

from pipeline.errors import UnreadableDocument
from pipeline.readers.sheet.builtin import FORMATS
from pipeline.readers.sheet.formats import printed_number, printed_text
from pipeline.readers.sheet.model import MOST_COLUMNS, MOST_ROWS, MOST_SHEETS, STRUCK, Budget, Printed, Sheet, Span

_SHOWN = 0


def read_xls(body: bytes) -> Iterator[Sheet]:
    """The sheets that are not hidden."""
    try:
        book = xlrd.open_workbook(
            file_contents=body, formatting_info=True, on_demand=True, ragged_rows=True, logfile=io.StringIO()
        )
        budget = Budget()
        number = 0
        for index in range(min(book.nsheets, MOST_SHEETS)):
            source = book.sheet_by_index(index)
            if source.visibility == _SHOWN:
                number += 1
                yield _sheet(book, source, number, budget)
            book.unload_sheet(index)
    except UnreadableDocument:
        raise
    except Exception as error:  # xlrd raises whatever a broken file leads it to
        encrypted = isinstance(error, xlrd.XLRDError) and "encrypted" in str(error)
        reason = "文件有密码 / the file is encrypted" if encrypted else f"XLS 损坏 / the XLS is broken: {error}"
        raise UnreadableDocument(reason[:200]) from error


def _sheet(book: Any, source: Any, number: int, budget: Budget) -> Sheet:
    sheet = Sheet(number, source.name)
    for row in range(source.nrows):
        for column in range(source.row_len(row)):
            cell = source.cell(row, column)
            style = book.xf_list[cell.xf_index]
            ruled = _is_ruled(style)
            printed = _printed(book, source, cell, style, (row, column))
            if printed.text or printed.doubt or ruled:
                budget.take(row, column)
                sheet.cells[row, column] = printed
            if ruled:
                sheet.ruled.add((row, column))
    sheet.hidden_rows = {row for row, info in source.rowinfo_map.items() if info.hidden or info.height == 0}
    sheet.hidden_columns = {column for column, info in source.colinfo_map.items() if info.hidden or info.width == 0}
    for top, bottom, left, right in source.merged_cells:
        if top < MOST_ROWS and left < MOST_COLUMNS:
            sheet.spans.append(Span(top, left, min(bottom, MOST_ROWS) - 1, min(right, MOST_COLUMNS) - 1))
    return sheet


def _printed(book: Any, source: Any, cell: Any, style: Any, place: tuple[int, int]) -> Printed:
    printed = _value(book, source, cell, style, place)
    struck = bool(book.font_list[style.font_index].struck_out)
    return Printed("", STRUCK) if struck and printed.text else printed


def _value(book: Any, source: Any, cell: Any, style: Any, place: tuple[int, int]) -> Printed:
    kind, value = cell.ctype, cell.value
    code = _format(book, style)
    if kind == xlrd.XL_CELL_TEXT:
        text, doubt = _without_struck_runs(book, source, value, style, place)
        return Printed(printed_text(text, code), doubt)
    if kind in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        if value == 0 and not source.show_zero_values:
            return Printed("")
        return Printed(*printed_number(value, code, from_1904=bool(book.datemode)))
    if kind == xlrd.XL_CELL_BOOLEAN:
        return Printed("TRUE" if value else "FALSE")
    if kind == xlrd.XL_CELL_ERROR:
        return Printed(xlrd.error_text_from_code.get(value, "#ERROR"))
    return Printed("")


def _format(book: Any, style: Any) -> str:
    """Formats that the file only numbers are ours: xlrd knows those of America alone."""
    own = book.format_map.get(style.format_key)
    if own is not None and own.format_str and style.format_key >= _FIRST_OWN_FORMAT:
        return str(own.format_str)
    known = FORMATS.get(style.format_key)
    return known or (str(own.format_str) if own is not None and own.format_str else "General")


_FIRST_OWN_FORMAT = 164


def _without_struck_runs(book: Any, source: Any, text: str, style: Any, place: tuple[int, int]) -> tuple[str, str]:
    runs = source.rich_text_runlist_map.get(place)
    if not runs:
        return text, ""
    kept, doubt = text[: runs[0][0]], ""
    for number, (start, font) in enumerate(runs):
        stop = runs[number + 1][0] if number + 1 < len(runs) else len(text)
        if book.font_list[font].struck_out:
            doubt = doubt or (STRUCK if text[start:stop].strip() else "")
        else:
            kept += text[start:stop]
    return kept, doubt


def _is_ruled(style: Any) -> bool:
    border = style.border
    return any((border.left_line_style, border.right_line_style, border.top_line_style, border.bottom_line_style))
