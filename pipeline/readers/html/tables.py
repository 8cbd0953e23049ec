"""`<table>` to Grid, spans resolved as browsers do; tables that only lay out the page are told apart."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from pipeline.model import Cell, Grid

_WIDEST_SPAN = 100
_MOST_CELLS = 20_000
_LONGEST_DATA = 500  # letters: a cell that holds more is a part of the page, not a value
_DEEPEST = 250  # nested elements; what lies deeper is read as plain text
_SPACE = re.compile(r"[\s\u00a0\u3000]+")
_BREAKING = {"p", "div", "br", "li", "tr", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6"}


def is_data_table(table: HtmlElement) -> bool:
    """A table with tables in it, with prose in its cells or with a single column lays out the page. A table of a
    single cell in a cell is no more than a frame around its text."""
    if any(len(list(nested.iter("td", "th"))) > 1 for nested in table.iterfind(".//table")):
        return False
    widest = 0
    for row in _rows(table):
        cells = list(_cells(row))
        widest = max(widest, len(cells))
        if any(len(cell.text_content()) > _LONGEST_DATA for cell in cells):
            return False
    return widest > 1


def grid_of(table: HtmlElement) -> Grid:
    taken: set[tuple[int, int]] = set()
    cells: list[Cell] = []
    for row, tr in enumerate(_rows(table)):
        column = 0
        for element in _cells(tr):
            while (row, column) in taken:
                column += 1
            rowspan, colspan = _span(element, "rowspan"), _span(element, "colspan")
            if len(taken) + rowspan * colspan > _MOST_CELLS:
                return Grid(tuple(cells), number=0)
            taken.update((row + down, column + right) for down in range(rowspan) for right in range(colspan))
            cells.append(Cell(_text(element), row, column, rowspan, colspan))
            column += colspan
    return Grid(tuple(_without_overhang(cells)), number=0)


def _without_overhang(cells: list[Cell]) -> Iterator[Cell]:
    """Spans cut where the table ends."""
    height = max((cell.row for cell in cells), default=0) + 1
    for cell in cells:
        rowspan = min(cell.rowspan, height - cell.row)
        yield Cell(cell.text, cell.row, cell.column, rowspan, cell.colspan)


def _rows(table: HtmlElement) -> Iterator[HtmlElement]:
    for element in table.iter("tr"):
        if next(element.iterancestors("table")) is table:
            yield element


def _cells(row: HtmlElement) -> Iterator[HtmlElement]:
    return (child for child in row.iterchildren() if child.tag in {"td", "th"})


def _span(element: HtmlElement, name: str) -> int:
    digits = re.match(r"\s*(\d{1,4})", element.get(name, ""))
    return max(1, min(int(digits[1]), _WIDEST_SPAN)) if digits else 1


def _text(element: HtmlElement) -> str:
    """The lines of a cell joined; a space stays only between what is no Chinese, so that two numbers stay two."""
    lines = [line for line in (_SPACE.sub(" ", line).strip() for line in _lines(element)) if line]
    text = ""
    for line in lines:
        text += " " + line if text and text[-1].isascii() and line[0].isascii() else line
    return text


def _lines(element: HtmlElement) -> list[str]:
    lines = [""]

    def collect(parent: HtmlElement, depth: int = 0) -> None:
        if depth > _DEEPEST:
            lines[-1] += parent.text_content()
            return
        lines[-1] += parent.text or ""
        for child in parent.iterchildren():
            breaking = child.tag in _BREAKING
            if breaking:
                lines.append("")
            if isinstance(child.tag, str):
                collect(child, depth + 1)
            if breaking:
                lines.append("")
            lines[-1] += child.tail or ""

    collect(element)
    return lines
