"""Tables that ruling lines draw: from a page's lines and rectangles to grids."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pdfplumber.page import Page
from pdfplumber.table import Table

from pipeline.model import BBox, Cell, Grid
from pipeline.readers.lines import is_value
from pipeline.readers.pdf.dots import dotted_lines, is_dot
from pipeline.readers.pdf.lines import lines_of

_THIN = 3.0  # points: a filled rectangle no thicker than this is a ruling line
_WHITE = 0.95
_SHORTEST_TABLE = 10.0  # points
_SEVERAL_NUMBERS = 0.8  # figures on several lines: a ruling between two rows may be missing
_SNAP = 2.0  # points within which edges of cells are one

Obj = Mapping[str, Any]


def ruled_tables(page: Page) -> list[tuple[BBox, Grid]]:
    """Tables with at least two columns, with their boxes; a frame around text is none."""
    across, down = dotted_lines([obj for obj in (*page.rects, *page.curves) if _is_ruling_or_text(obj)])
    ruled = page.filter(lambda obj: _is_ruling_or_text(obj) and not is_dot(obj))
    if not ruled.edges and not across:
        return []
    settings = {
        "explicit_horizontal_lines": [*_open_ends(ruled), *across],
        "explicit_vertical_lines": down,
    }
    found = ruled.find_tables(settings)
    tables = [table for table in found if len({cell[0] for cell in table.cells}) > 1]
    return [(table.bbox, _grid(table, page)) for table in tables]


def stands_in(char: Obj, box: BBox) -> bool:
    x = (char["x0"] + char["x1"]) / 2
    y = (char["top"] + char["bottom"]) / 2
    return bool(box[0] <= x <= box[2] and box[1] <= y <= box[3])


def _is_ruling_or_text(obj: Obj) -> bool:
    """White or wide filled rectangles are backgrounds of text, not lines; Word and WPS draw one behind every line."""
    if obj["object_type"] in {"rect", "curve"}:
        thin = min(obj["width"], obj["height"]) <= _THIN
        if obj.get("stroke") and not _is_white(obj.get("stroking_color")):
            return True
        return bool(thin and obj.get("fill") and not _is_white(obj.get("non_stroking_color")))
    if obj["object_type"] == "line":
        return not _is_white(obj.get("stroking_color"))
    return bool(obj["object_type"] == "char")


def _is_white(color: Any) -> bool:
    if not isinstance(color, list | tuple) or not color or not all(isinstance(part, int | float) for part in color):
        return False  # no colour given is black
    if len(color) == 4:  # CMYK
        return bool(max(color) <= 1 - _WHITE)
    return bool(min(color) >= _WHITE)


def _open_ends(page: Page) -> list[float]:
    """Where the vertical lines of a table begin and end: at a page break Word draws no horizontal line there."""
    spans = sorted((edge["top"], edge["bottom"]) for edge in page.edges if edge["orientation"] == "v")
    merged: list[tuple[float, float]] = []
    for top, bottom in spans:
        if merged and top <= merged[-1][1] + _THIN:
            merged[-1] = (merged[-1][0], max(bottom, merged[-1][1]))
        else:
            merged.append((top, bottom))
    return [end for span in merged if span[1] - span[0] > _SHORTEST_TABLE for end in span]


def _grid(table: Table, page: Page) -> Grid:
    lefts = _edges([cell[0] for cell in table.cells])
    tops = _edges([cell[1] for cell in table.cells])
    chars = [char for char in page.chars if stands_in(char, table.bbox)]
    cells = []
    for box in sorted(table.cells, key=lambda cell: (cell[1], cell[0])):
        lines = [line.text for line in lines_of([char for char in chars if stands_in(char, box)])]
        text = "".join(lines)  # a cell breaks labels, and now and then a long number
        cells.append(
            Cell(
                text=text,
                row=_place(tops, box[1]),
                column=_place(lefts, box[0]),
                rowspan=max(1, sum(1 for top in tops if box[1] - _SNAP < top < box[3] - _SNAP)),
                colspan=max(1, sum(1 for left in lefts if box[0] - _SNAP < left < box[2] - _SNAP)),
                page=page.page_number,
                bbox=(round(box[0], 1), round(box[1], 1), round(box[2], 1), round(box[3], 1)),
                confidence=_SEVERAL_NUMBERS if len(lines) > 1 and is_value(text) else 1.0,
            )
        )
    return Grid(tuple(cells), number=0, page=page.page_number)


def _edges(positions: Sequence[float]) -> list[float]:
    edges: list[float] = []
    for position in sorted(positions):
        if not edges or position - edges[-1] > _SNAP:
            edges.append(position)
    return edges


def _place(edges: Sequence[float], position: float) -> int:
    return min(range(len(edges)), key=lambda index: abs(edges[index] - position))
