"""Tables whose rows are partly data and partly prose, as in a report that is one big table, taken apart: the prose is
left to the walk, the rows between become tables of their own."""

from __future__ import annotations

from itertools import groupby

from lxml.html import HtmlElement

from pipeline.readers.html.tables import is_prose, rows_of
from pipeline.readers.ragged import is_value

_FEWEST_VALUES = 3  # in rows beside the prose: a table with fewer lays out the page


def open_prose_tables(root: HtmlElement) -> None:
    for table in list(root.iter("table")):
        if table.getparent() is None or next(table.iterfind(".//table"), None) is not None:
            continue
        rows = [cells for _, cells in rows_of(table) if cells]
        prose = [any(map(is_prose, cells)) for cells in rows]
        data = [cell for cells, is_long in zip(rows, prose, strict=True) if not is_long for cell in cells]
        values = sum(is_value(cell.text_content()) for cell in data)
        if any(prose) and values >= _FEWEST_VALUES:
            _take_apart(table, rows, prose)


def _take_apart(table: HtmlElement, rows: list[list[HtmlElement]], prose: list[bool]) -> None:
    parts: list[HtmlElement] = []
    for is_long, group in groupby(zip(rows, prose, strict=True), key=lambda pair: pair[1]):
        part = table.makeelement("div" if is_long else "table")
        for cells, _ in group:
            row = table.makeelement("div" if is_long else "tr")
            for cell in cells:
                cell.tag, cell.tail = ("div" if is_long else cell.tag), None
                row.append(cell)
            part.append(row)
        parts.append(part)
    parts[-1].tail = table.tail
    place = table.getparent().index(table)
    table.getparent()[place : place + 1] = parts
