"""A DOCX table's rows and cells on one raster: spans from `gridSpan`, `vMerge` and `hMerge`, columns by where their
edges stand. What stands in a cell is read by the caller."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline.readers.docx import names
from pipeline.readers.docx.names import Element, child, number, value, w, whole

_WIDEST = 200  # columns
_SLIVER = 120  # twips: not even a cell's margins fit in, so that two edges this near are meant to be one


@dataclass(frozen=True, slots=True)
class RawCell:
    element: Element
    row: int
    start: int  # the edges between which it stands, counted from the left
    stop: int
    rowspan: int = 1


def own(element: Element, tag: str) -> Iterator[Element]:
    """Descendants with a tag, without looking inside them or behind wrappers that hide text."""
    for part in element.iterchildren():
        if part.tag == tag:
            yield part
        elif part.tag == names.ALTERNATE:
            choice = part.find(names.CHOICE)
            yield from own(choice if choice is not None else part, tag)
        elif part.tag not in names.UNSEEN and part.tag != names.TBL:
            yield from own(part, tag)


def rows_of(table: Element) -> list[Element]:
    """The rows that are printed: hidden ones and those that a tracked change took away are not."""
    return [row for row in own(table, names.TR) if _is_printed(row)]


def cells_of(row: Element) -> list[Element]:
    return [cell for cell in own(row, names.TC) if child(cell, "tcPr/cellDel") is None]


def _is_printed(row: Element) -> bool:
    properties = child(row, "trPr")
    if properties is None:
        return True
    return properties.find(w("del")) is None and not names.is_on(properties, "hidden")


def raw_cells(table: Element) -> list[RawCell]:
    """Every cell where it starts, with its spans; places that only continue a merged cell are part of it."""
    merged: list[RawCell] = []
    placed = [cell for row, element in enumerate(rows_of(table)) for cell in _placed(row, element)]
    above: dict[int, int] = {}  # start edge -> which of `merged` reaches down to here
    for cell in _without_slivers(placed, _widths(table)):
        held = above.get(cell.start)
        if _continues_above(cell.element) and held is not None:
            merged[held] = replace(merged[held], rowspan=cell.row - merged[held].row + 1)
            continue
        for edge in range(cell.start, cell.stop):
            above.pop(edge, None)
        above[cell.start] = len(merged)
        merged.append(cell)
    return merged


def _placed(row: int, element: Element) -> Iterator[RawCell]:
    column = min(number(element, "trPr/gridBefore"), _WIDEST)
    last: RawCell | None = None
    for tc in cells_of(element):
        span = max(1, min(number(tc, "tcPr/gridSpan", 1), _WIDEST))
        if last is not None and _merge(tc, "hMerge") == "continue":
            last = replace(last, stop=column + span)
        else:
            if last is not None:
                yield last
            last = RawCell(tc, row, column, column + span)
        column += span
    if last is not None:
        yield last


def _continues_above(tc: Element) -> bool:
    return _merge(tc, "vMerge") == "continue"


def _merge(tc: Element, kind: str) -> str:
    found = child(tc, f"tcPr/{kind}")
    return "" if found is None else value(tc, f"tcPr/{kind}", "continue")


def _widths(table: Element) -> list[int]:
    grid = child(table, "tblGrid")
    return [] if grid is None else [whole(column.get(w("w"))) for column in grid.iterfind(w("gridCol"))]


def _without_slivers(cells: list[RawCell], widths: list[int]) -> list[RawCell]:
    """Borders that were dragged by hand, or rounded by a converter, stand a hair apart from row to row and give columns
    of their own, in which nothing stands."""
    narrow = {column for column, width in enumerate(widths[:_WIDEST]) if 0 < width <= _SLIVER}
    for cell in cells:
        if narrow.issuperset(range(cell.start, cell.stop)):
            narrow.difference_update(range(cell.start, cell.stop))
    if not narrow:
        return cells
    last = max(cell.stop for cell in cells)
    edges = [0]
    for column in range(last):
        edges.append(edges[-1] + (column not in narrow))
    return [replace(cell, start=edges[cell.start], stop=edges[cell.stop]) for cell in cells]
