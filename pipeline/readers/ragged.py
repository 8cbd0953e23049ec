"""Whether the rows of a table left as text keep their columns, so that a figure stands under its head: where all have
as many cells, or where empty cells were kept and only those at the ends of rows are not there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise, takewhile, zip_longest

from pipeline.model import Cell, Grid
from pipeline.numerals import stands_for_figure

_VALUE = re.compile(
    r"[-—－–/／\\](?: ?[-—－–/／\\]){0,2}|无|[-－−]?[\d０-９][\d０-９,，.．]*\s*(?:[万亿]?[件项条次元个篇人]?|万元)"
)
_FEWEST_ROWS = 2

Row = Sequence[str]


def is_value(text: str) -> bool:
    """Whether a cell on its own looks like a printed value rather than a label."""
    return bool(_VALUE.fullmatch(text.strip())) or stands_for_figure(text)


def grid_of_rows(rows: Sequence[Row], number: int, *, in_columns: bool = False) -> Grid:
    """`in_columns` says that what parted the cells may have kept them in columns."""
    exact = in_columns and _keep_columns(rows)
    width = max(map(len, rows), default=0)
    cells = [
        Cell(text, row, column, colspan=width if exact and len(texts) == 1 else 1, method="text")
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
    ]
    return Grid(tuple(cells), number, exact=exact)


def tables_among(rows: Sequence[Row]) -> list[Sequence[Row]]:
    """Rows of tables right below each other, cut where the count of cells changes: if every stretch of as many cells
    begins with a header. Lines of one cell belong to what follows them."""
    if not rows:
        return []
    widths: list[int] = []
    for row in reversed(rows):
        widths.append(len(row) if len(row) > 1 or not widths else widths[-1])
    widths.reverse()
    cuts = [at for at in range(1, len(rows)) if widths[at] != widths[at - 1]]
    parts = [rows[begin:end] for begin, end in pairwise([0, *cuts, len(rows)])]
    return _with_heads(parts) if all(map(_is_headed, parts)) else [rows]


def _with_heads(parts: Sequence[Sequence[Row]]) -> list[Sequence[Row]]:
    """Rows of years or titles over a table's halves, cut off behind the last, with the wider table that follows."""
    whole: list[Sequence[Row]] = []
    heads: list[Row] = []
    for part, below in zip_longest(parts, parts[1:]):
        is_head = not any(is_value(text) for row in part for text in row) and all(map(_has_gap, part))
        if is_head and below and len(below[-1]) > len(part[-1]):
            heads += part
        else:
            whole.append([*heads, *part])
            heads = []
    return whole


def _is_headed(rows: Sequence[Row]) -> bool:
    """Whether a row of several labels, and nothing else, stands above the first figure."""
    heads = takewhile(lambda row: not any(map(is_value, row)), rows[:-1])
    return any(sum(map(_is_words, row)) > 1 for row in heads)


def _keep_columns(rows: Sequence[Row]) -> bool:
    """A line of one label stands over the whole table; one of one figure belongs to another row."""
    width = max(map(len, rows), default=0)
    if any(len(row) == 1 and is_value(row[0]) for row in rows):
        return False
    parted = [row for row in rows if len(row) > 1]
    if len(parted) < _FEWEST_ROWS:
        return False
    return all(len(row) == width for row in parted) or _are_only_cut_off(parted, width)


def _are_only_cut_off(rows: Sequence[Row], width: int) -> bool:
    """Empty cells stand before others, most rows of figures are as wide as each other, no label reaches into the
    figures' columns, and a header that is shorter than its rows keeps its own empty cells."""
    if not any(_has_gap(row) for row in rows):
        return False
    figures = [row for row in rows if any(map(is_value, row))]
    if not figures or Counter(map(len, figures)).most_common(1)[0][1] * 2 <= len(figures):
        return False
    begin = min(next(place for place, text in enumerate(row) if is_value(text)) for row in figures)
    if any(len(list(takewhile(_is_words, row))) > begin for row in figures):
        return False
    return all(_has_gap(row) or len(row) in {width, below} for row, below in _headers(rows))


def _has_gap(row: Row) -> bool:
    """Whether an empty cell stands before one that is not."""
    return any(not left and any(row[place:]) for place, left in enumerate(row))


def _is_words(text: str) -> bool:
    return bool(text) and not is_value(text)


def _headers(rows: Sequence[Row]) -> list[tuple[Row, int]]:
    """Rows without figures, each with the width of the next row that has some."""
    headers: list[tuple[Row, int]] = []
    below = 0
    for row in reversed(rows):
        if any(map(is_value, row)):
            below = len(row)
        else:
            headers.append((row, below))
    return headers
