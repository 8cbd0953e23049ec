"""`<table>` to Grid, spans resolved as browsers do; tables that only lay out the page are told apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from lxml.html import HtmlElement

from pipeline.errors import UnreadableDocument
from pipeline.model import Block, Cell, Grid
from pipeline.readers.html.cells import cell_text
from pipeline.readers.html.stacked import unstacked
from pipeline.readers.ragged import is_value

INEXACT = "inexact"  # an attribute of ours: the columns of this table are counted, not known

_WIDEST_SPAN = 40  # columns; what claims more goes to the table's edge
_MOST_CELLS = 20_000
_LONGEST_DATA = 500  # letters: a cell that holds more is a part of the page, not a value
_REST = 0  # rowspan="0": to the end of the row group

Row = tuple[HtmlElement | None, list[HtmlElement]]  # its group (thead, tbody, tfoot) and its cells


def is_data_table(table: HtmlElement) -> bool:
    """A table with tables in it, with prose in its cells or with a single column lays out the page. A table of a
    single cell in a cell is no more than a frame around its text."""
    if any(len(list(nested.iter("td", "th"))) > 1 for nested in table.iterfind(".//table")):
        return False
    rows = rows_of(table)
    if any(is_prose(cell) for _, cells in rows for cell in cells):
        return False
    return any(len(cells) > 1 for _, cells in rows)


def is_prose(cell: HtmlElement) -> bool:
    return len(cell.text_content()) > _LONGEST_DATA


def rows_of(table: HtmlElement) -> list[Row]:
    """In the order that browsers print: heads first, feet last. Cells without a row around them make one."""
    nested = next(table.iterfind(".//table"), None) is not None
    rows: list[Row] = []
    places: dict[HtmlElement | None, int] = {}
    for element in table.iter("tr", "td", "th"):
        if nested and next(element.iterancestors("table")) is not table:
            continue
        if element.tag == "tr":
            places.pop(None, None)
            places[element] = len(rows)
            rows.append((_group(element), []))
            continue
        row = next((parent for parent in element.iterancestors("tr", "table") if parent.tag == "tr"), None)
        row = row if row in places else None
        if row not in places:
            places[row] = len(rows)
            rows.append((_group(element), []))
        rows[places[row]][1].append(element)
    return sorted(rows, key=lambda row: {"thead": -1, "tfoot": 1}.get(row[0].tag if row[0] is not None else "", 0))


def _group(row: HtmlElement) -> HtmlElement | None:
    parent = row.getparent()
    return parent if parent is not None and parent.tag in {"thead", "tbody", "tfoot"} else None


def grid_of(table: HtmlElement) -> Grid:
    rows = rows_of(table)
    cells = _laid_out(rows, zero_is_rest=True)
    if any(_span(cell, "rowspan") == _REST for _, row in rows for cell in row):
        cells = min(cells, _laid_out(rows, zero_is_rest=False), key=_raggedness)  # most who write 0 mean nothing by it
    cells = unstacked(cells, [element for _, row in rows for element in row])
    return Grid(tuple(_within_width(cells)), number=0, exact=table.get(INEXACT) is None)


def _laid_out(rows: Sequence[Row], *, zero_is_rest: bool) -> list[Cell]:
    taken: set[tuple[int, int]] = set()
    cells: list[Cell] = []
    for place, (group, elements) in enumerate(rows):
        below = _rows_left(rows, place, group)
        column = 0
        for element in elements:
            while (place, column) in taken:
                column += 1
            rowspan = _span(element, "rowspan") or (below if zero_is_rest else 1)
            rowspan, colspan = min(rowspan, below), max(1, _span(element, "colspan"))
            wide = min(colspan, _WIDEST_SPAN)
            if len(taken) + rowspan * wide > _MOST_CELLS:
                rowspan = colspan = wide = 1
            if len(cells) >= _MOST_CELLS:
                raise UnreadableDocument(f"表格过大 / a table of more than {_MOST_CELLS} cells")
            taken.update((place + down, column + right) for down in range(rowspan) for right in range(wide))
            cells.append(Cell(cell_text(element), place, column, rowspan, colspan))
            column += wide
    return cells


def _rows_left(rows: Sequence[Row], place: int, group: HtmlElement | None) -> int:
    """Rows from this one to the end of its group, beyond which no cell reaches."""
    if place + 1 == len(rows) or rows[place + 1][0] is not group:
        return 1
    last = rows[-1][0] is group and len(rows)
    return (last or next(at for at in range(place, len(rows)) if rows[at][0] is not group)) - place


def _span(element: HtmlElement, name: str) -> int:
    value = element.get(name)
    digits = re.match(r"\s*(\d{1,5})", value) if value else None
    return int(digits[1]) if digits else 1


def _within_width(cells: Sequence[Cell]) -> Iterator[Cell]:
    """Cells that claim to be wider than any table cut at its edge."""
    honest = [cell.column + cell.colspan for cell in cells if cell.colspan <= _WIDEST_SPAN]
    width = max(honest, default=1)
    for cell in cells:
        too_wide = cell.colspan > _WIDEST_SPAN
        yield replace(cell, colspan=max(1, width - cell.column)) if too_wide else cell


def _raggedness(cells: Sequence[Cell]) -> int:
    """How many rows end elsewhere than most."""
    ends: dict[int, int] = {}
    for cell in cells:
        for row in range(cell.row, cell.row + cell.rowspan):
            ends[row] = max(ends.get(row, 0), cell.column + cell.colspan)
    return len(ends) - max(Counter(ends.values()).values(), default=0)


def with_heads(blocks: Sequence[Block]) -> list[Block]:
    """Grids whose header is a table of its own, above them and as wide, with it."""
    found: list[Block] = []
    for block in blocks:
        above = found[-1] if found else None
        if isinstance(block, Grid) and isinstance(above, Grid) and _is_head(above) and above.width == block.width:
            moved = (replace(cell, row=cell.row + above.height) for cell in block.cells)
            found[-1] = replace(above, cells=(*above.cells, *moved), exact=above.exact and block.exact)
        else:
            found.append(block)
    return found


def _is_head(grid: Grid) -> bool:
    return grid.width > 2 and grid.height <= 4 and not any(is_value(cell.text) for cell in grid.cells)
