"""Where style puts the cells of a drawn table: how many tracks a grid has, what a cell spans, what its width tells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from pipeline.readers.html.styles import Styles

_MOST_TRACKS = 60
_REPEAT = re.compile(r"repeat\(\s*(\d{1,3})\s*,([^()]*(?:\([^()]*\)[^()]*)*)\)")
_SPAN = re.compile(r"span\s+(\d{1,3})")
_LINES = re.compile(r"^(\d{1,3})\s*/\s*(-?\d{1,3})$")
_WIDTH = re.compile(r"^(\d+(?:\.\d+)?)(%|px|pt|em|rem|vw)$")
_SAME_EDGE = 0.012  # of the table's width


@dataclass(frozen=True, slots=True)
class Box:
    columns: int = 1
    rows: int = 1
    width: float = 0.0
    unit: str = ""


def box_of(element: HtmlElement, styles: Styles) -> Box:
    width = _WIDTH.match(styles.of(element, "width"))
    return Box(
        _span(styles.of(element, "grid-column")),
        _span(styles.of(element, "grid-row")),
        float(width[1]) if width else 0.0,
        width[2] if width else "",
    )


def _span(value: str) -> int:
    said, lines = _SPAN.search(value), _LINES.match(value.strip())
    if said:
        return max(1, min(int(said[1]), _MOST_TRACKS))
    return max(1, min(int(lines[2]) - int(lines[1]), _MOST_TRACKS)) if lines else 1


def tracks_of(template: str) -> int:
    """How many columns a grid's template names; 0 where that depends on the window."""
    if "auto-fill" in template or "auto-fit" in template:
        return 0
    spelled = _REPEAT.sub(lambda found: f" {found[2]} " * min(int(found[1]), _MOST_TRACKS), template)
    tracks = len(re.sub(r"\([^()]*\)", "", re.sub(r"\[[^\]]*\]", "", spelled)).split())
    return tracks if tracks <= _MOST_TRACKS else 0


def placed_in_tracks(cells: Sequence[tuple[HtmlElement, Box]], tracks: int) -> list[list[tuple[HtmlElement, Box]]]:
    """Cells row by row as browsers place them, each behind the one before it where it fits."""
    taken: set[tuple[int, int]] = set()
    rows: list[list[tuple[HtmlElement, Box]]] = []
    row = column = 0
    for cell, box in cells:
        wide = min(box.columns, tracks)
        while column + wide > tracks or any((row, column + right) in taken for right in range(wide)):
            row, column = (row, column + 1) if column + wide < tracks else (row + 1, 0)
        taken.update((row + down, column + right) for down in range(box.rows) for right in range(wide))
        rows += [[] for _ in range(row + 1 - len(rows))]
        rows[row].append((cell, Box(wide, box.rows)))
        column += wide
    return rows


def spans_by_edges(rows: Sequence[Sequence[Box]]) -> list[list[Box]] | None:
    """The boxes with the columns that their widths say; None unless every cell says its width, in one unit, and the
    rows are equally wide."""
    units = {box.unit for row in rows for box in row}
    if len(units) != 1 or "" in units:
        return None
    totals = [sum(box.width for box in row) for row in rows]
    widest = max(totals)
    if widest <= 0 or widest - min(totals) > widest * _SAME_EDGE * 2:
        return None
    edges = [_edges(row) for row in rows]
    lines = _merged(sorted(edge for row in edges for edge in row), widest * _SAME_EDGE)
    if len(lines) > _MOST_TRACKS:
        return None
    return [_spanned(row, found, lines) for row, found in zip(rows, edges, strict=True)]


def _edges(row: Sequence[Box]) -> list[float]:
    edges, right = [], 0.0
    for box in row:
        right += box.width
        edges.append(right)
    return edges


def _merged(edges: Sequence[float], near: float) -> list[float]:
    lines: list[float] = []
    for edge in edges:
        if not lines or edge - lines[-1] > near:
            lines.append(edge)
    return lines


def _spanned(row: Sequence[Box], edges: Sequence[float], lines: Sequence[float]) -> list[Box]:
    """Each box from the line where the one before ended to the line nearest to its own edge."""
    boxes, before = [], -1
    for box, edge in zip(row, edges, strict=True):
        at = min(range(len(lines)), key=lambda line: abs(lines[line] - edge))
        boxes.append(Box(max(1, at - before), box.rows))
        before = max(at, before + 1)
    return boxes
