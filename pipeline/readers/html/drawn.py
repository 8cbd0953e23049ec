"""Tables drawn without `<table>`: rows and cells of div, ul, dl and span, CSS tables and CSS grids, redrawn as tables.

A row is an element of several short cells, a table several rows behind each other with a value in them. Columns are
known where style says how wide a cell is, else they are counted and the table is inexact unless all rows count alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from lxml.html import HtmlElement

from pipeline.readers.html.placing import Box, box_of, placed_in_tracks, spans_by_edges, tracks_of
from pipeline.readers.html.styles import Styles
from pipeline.readers.html.tables import INEXACT
from pipeline.readers.ragged import is_value

_PARENTS = ("div", "section", "article", "main", "ul", "ol", "dl", "li", "td", "form", "center", "body", "p")
_ROWS = {"div", "section", "ul", "ol", "dl", "li", "p", "article", "header", "footer"}
_BLOCK_CELLS = {"div", "li", "dt", "dd", "p", "section", "h3", "h4", "h5"}
_INLINE_CELLS = {"span", "label", "i", "em", "b", "strong", "font"}
_LONGEST_CELL = 80
_LONGEST_LABEL = 200  # the relation rule in the header of section 3
_FEWEST_ROWS = 2
_MOST_CELLS = 60  # of a row; more short lines behind each other are a page's
_FEWEST_VALUES = 5  # on the page, outside of tables
_FEWEST_SPANS = 3  # cells in a row of spans that nothing but a class name tells from emphasis


def redraw(root: HtmlElement, styles: Styles) -> None:
    """Changes the tree."""
    if _values(root) < _FEWEST_VALUES:
        return
    for parent in reversed(list(root.iter(*_PARENTS))):
        if len(parent) < _FEWEST_ROWS or (parent.tag in {"table", "tbody", "tr"}):
            continue
        if not _redraw_flat(parent, styles):
            _redraw_rows(parent, styles)


def _values(root: HtmlElement) -> int:
    """Elements that hold a value and nothing else, outside of tables."""
    texts = root.xpath("//*[not(*) and not(self::td or self::th or self::script or self::style)]/text()")
    return sum(len(text) <= _LONGEST_CELL and is_value(text) for text in texts)


# --- cells with nothing around their rows ---------------------------------------------------------------


def _redraw_flat(parent: HtmlElement, styles: Styles) -> bool:
    children = list(_unwrapped(parent, styles))
    if len(children) < _FEWEST_VALUES or not all(map(_is_cell_text, children)):
        return False
    tracks = tracks_of(styles.of(parent, "grid-template-columns")) if _shows_as(parent, styles, "grid") else 0
    if tracks > 1:
        rows = placed_in_tracks([(child, box_of(child, styles)) for child in children], tracks)
        return _replace(parent, children, rows, exact=True)
    if parent.tag == "dl":
        rows = [[(cell, Box()) for cell in row] for row in _by_term(children)]
        return _replace(parent, children, rows, exact=False)
    return False


def _unwrapped(parent: HtmlElement, styles: Styles) -> Iterator[HtmlElement]:
    for child in parent:
        if _shows_as(child, styles, "contents"):
            yield from child
        else:
            yield child


def _by_term(children: Sequence[HtmlElement]) -> list[list[HtmlElement]]:
    rows: list[list[HtmlElement]] = []
    for child in children:
        if child.tag == "dt" or not rows:
            rows.append([])
        rows[-1].append(child)
    return rows


# --- rows ----------------------------------------------------------------------------------------------


def _redraw_rows(parent: HtmlElement, styles: Styles) -> None:
    """Every run of rows among the children as a table."""
    kinds = [(child, _kind(child, styles)) for child in parent]
    for is_run, run in groupby(kinds, key=lambda pair: pair[1] is not None):
        members = [child for child, _ in run]
        rows = [row for child in members for row in _rows_in(child, styles)] if is_run else []
        if len(rows) >= _FEWEST_ROWS and any(len(row) > 1 for row in rows):
            boxes = [[box_of(cell, styles) for cell in row] for row in rows]
            known = spans_by_edges(boxes)
            widths = {len(row) for row in rows}
            drawn = known or boxes
            paired = [list(zip(row, line, strict=True)) for row, line in zip(rows, drawn, strict=True)]
            _replace(parent, members, paired, exact=known is not None or len(widths) == 1)


def _kind(element: HtmlElement, styles: Styles) -> str | None:
    """Whether an element is a row, or a group of nothing but rows."""
    if element.tag not in _ROWS or _own_text(element):
        return None
    if _cells(element, styles):
        return "row"
    groups = [child for child in element if child.tag in _ROWS]
    whole = len(groups) == len(element) and len(groups) > 0
    return "group" if whole and all(not _own_text(child) and _cells(child, styles) for child in groups) else None


def _rows_in(element: HtmlElement, styles: Styles) -> list[list[HtmlElement]]:
    own = _cells(element, styles)
    return [own] if own else [_cells(child, styles) for child in element]


def _cells(row: HtmlElement, styles: Styles) -> list[HtmlElement]:
    """The cells of a row; nothing where it is none. A single cell makes one only where style says so."""
    children = [child for child in row if child.tag != "br"]
    if not children or len(children) > _MOST_CELLS or not all(map(_is_cell_text, children)):
        return []
    if len(children) == 1:
        return children if _shows_as(children[0], styles, "table-cell") else []
    spread = _shows_as(row, styles, "flex", "grid", "table-row")
    if spread or all(child.tag in _BLOCK_CELLS for child in children):
        return children
    inline = all(child.tag in _INLINE_CELLS | _BLOCK_CELLS for child in children)
    if inline and all(_stands_apart(child, styles) for child in children):
        return children
    classed = len(children) >= _FEWEST_SPANS and all(child.get("class") for child in children)
    return children if inline and classed else []


def _is_cell_text(element: HtmlElement) -> bool:
    text = str(element.text_content()).strip()
    if len(text) > _LONGEST_LABEL or next(element.iter("table", "img", "a"), None) is not None:
        return False
    return len(text) <= _LONGEST_CELL or not any(map(is_value, text.split()))


def _stands_apart(element: HtmlElement, styles: Styles) -> bool:
    shown = styles.of(element, "display")
    return element.tag in _BLOCK_CELLS or shown in {"inline-block", "table-cell", "block", "inline-flex"} or (
        styles.of(element, "float") in {"left", "right"}
    )  # fmt: skip


def _shows_as(element: HtmlElement, styles: Styles, *displays: str) -> bool:
    return styles.of(element, "display").removeprefix("inline-") in displays


def _own_text(element: HtmlElement) -> bool:
    texts = (element.text, *(child.tail for child in element))
    return any(text and text.strip() for text in texts)


# --- the table -----------------------------------------------------------------------------------------


def _replace(
    parent: HtmlElement,
    members: Sequence[HtmlElement],
    rows: Sequence[Sequence[tuple[HtmlElement, Box]]],
    *,
    exact: bool,
) -> bool:
    """A table in the place of `members`, if a value stands in it."""
    texts = [[str(cell.text_content()).strip() for cell, _ in row] for row in rows]
    if not any(is_value(text) for row in texts for text in row):
        return False
    first = members[0]
    while first.getparent() is not parent:
        first = first.getparent()
    table = parent.makeelement("table", {} if exact else {INEXACT: ""})
    first.addprevious(table)
    for row in rows:
        printed = parent.makeelement("tr")
        table.append(printed)
        for cell, box in row:
            cell.tag, cell.tail = "td", None
            cell.set("colspan", str(box.columns))
            cell.set("rowspan", str(box.rows))
            printed.append(cell)
    for member in members:
        if member.getparent() is parent:
            parent.remove(member)
    return True
