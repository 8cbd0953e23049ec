"""Grids that were put together from lines of text: labels and figures that belong to one row brought into one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.extract.labels import marker, plain
from pipeline.extract.raster import is_label
from pipeline.extract.units import is_unit
from pipeline.model import Cell, Grid

_PAGE_NUMBER = re.compile(r"\s*(?:[-—－–]\s*\d{1,3}\s*[-—－–]|第\s*\d{1,3}\s*页.{0,12})\s*")
_FEWEST_KNOWN = 2
_NEGATIVE = ("-", "－", "−")  # lines that begin so were taken for labels
_MOST_PIECES = 3  # of a torn label before the one beside the figures


def put_together(grid: Grid, known: frozenset[str], *, figures_follow: bool) -> Grid:
    """`known` are the letters of the table's labels; `figures_follow` their label, rather than stand under a header."""
    rows = [[part for cell in row for part in _split(cell, known)] for row in grid.rows()]
    joined = [_whole_heads(row, known) for row in (_joined(rows) if figures_follow else rows)]
    whole = _whole_labels(joined, known)
    return replace(grid, cells=tuple(cell for row in whole for cell in row))


def _split(cell: Cell, known: frozenset[str]) -> Iterable[Cell]:
    """A cell that holds several labels, parted by blanks."""
    parts = cell.text.split()
    of_the_form = sum(plain(part) in known for part in parts)
    if of_the_form < _FEWEST_KNOWN or of_the_form * 2 < len(parts) or plain(cell.text) in known:
        return (cell,)
    return (replace(cell, text=part) for part in parts)


def _joined(rows: Sequence[list[Cell]]) -> list[list[Cell]]:
    """Figures on a line of their own go to the label before them, over a page number if need be."""
    joined: list[list[Cell]] = []
    for row in rows:
        cells = [cell for cell in row if not _PAGE_NUMBER.fullmatch(cell.text)]
        over_page_number = len(cells) < len(row)
        before = joined[-1] if joined else []
        only_figures = bool(cells) and all(is_unit(cell) or not is_label(cell) for cell in cells)
        follows_label = only_figures and bool(before) and (is_unit(cells[0]) or all(is_label(cell) for cell in before))
        goes_on = over_page_number or (bool(cells) and cells[0].text.startswith(_NEGATIVE))
        follows_figures = goes_on and any(is_label(cell) for cell in before)
        if follows_label or (only_figures and follows_figures):
            end = before[-1].column + 1
            before += [replace(cell, row=before[-1].row, column=end + place) for place, cell in enumerate(cells)]
        else:
            joined.append(cells)
    return joined


def _whole_heads(row: list[Cell], known: frozenset[str]) -> list[Cell]:
    """The labels of a header, those put together that were broken over lines."""
    if not all(map(is_label, row)):
        return row
    heads: list[Cell] = []
    rest = row
    while rest:
        texts = [cell.text for cell in rest[:_MOST_PIECES]]
        counts = [count for count in range(1, len(texts) + 1) if plain("".join(texts[:count])) in known]
        count = counts[0] if counts else 1
        heads.append(replace(rest[0], text="".join(texts[:count])))
        rest = rest[count:]
    return heads


def _whole_labels(rows: Sequence[list[Cell]], known: frozenset[str]) -> list[list[Cell]]:
    """Labels that a line break tore, put together where that makes a known one."""
    whole: list[list[Cell]] = []
    for row in rows:
        if whole and _is_rest(row, whole[-1], known):
            label, *values = whole[-1]
            whole[-1] = [replace(label, text=label.text + row[0].text), *values]
            continue
        first = row[0] if row and is_label(row[0]) else None
        before = whole[-1] if whole else []
        torn = first is not None and any(not is_label(cell) for cell in row) and plain(first.text) not in known
        if torn and first is not None and all(is_label(cell) for cell in before):
            for count in range(1, min(len(before), _MOST_PIECES) + 1):
                text = "".join(cell.text for cell in before[-count:]) + first.text
                if plain(text) in known:
                    row = [replace(first, text=text), *row[1:]]
                    del before[-count:]
                    break
        whole.append(row)
    return whole


def _is_rest(row: Sequence[Cell], before: Sequence[Cell], known: frozenset[str]) -> bool:
    """Whether a label alone is the end of the one that figures stand behind in the row before. 2.其他 and what follows
    of it may both be labels, but the second has no number."""
    if len(row) != 1 or len(before) < 2 or not is_label(row[0]) or not is_label(before[0]) or is_label(before[1]):
        return False
    first, rest = before[0].text, row[0].text
    only_first_is_numbered = bool(marker(first)) and not marker(rest)
    return plain(first + rest) in known and (only_first_is_numbered or not {plain(first), plain(rest)} & known)
