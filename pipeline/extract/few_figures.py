"""Tables left as one cell a line that print too few figures to be seen as tables without knowing the form's labels."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby

from pipeline.extract.labels import plain
from pipeline.extract.raster import is_label
from pipeline.forms import forms
from pipeline.model import Block, Cell, Grid, Paragraph

_LONGEST = 40
_FEWEST_LABELS = 6  # of the form; prose names two or three
_SENTENCE = re.compile(r"[。；！？]")


def with_few_figures(blocks: Sequence[Block]) -> list[Block]:
    """The blocks of a document, runs of such lines as grids."""
    number = max((block.number for block in blocks if isinstance(block, Grid)), default=0)
    gathered: list[Block] = []
    for may_be_cells, run in groupby(blocks, key=_may_be_cell):
        lines = list(run)
        begin, stop = _table_in(lines) if may_be_cells else (0, 0)
        gathered += lines[:begin]
        if begin < stop:
            number += 1
            gathered.append(Grid(tuple(_cells(lines[begin:stop])), number, exact=False))
        gathered += lines[stop:]
    return gathered


def _may_be_cell(block: Block) -> bool:
    return isinstance(block, Paragraph) and len(block.text) <= _LONGEST and not _SENTENCE.search(block.text)


def _table_in(lines: Sequence[Block]) -> tuple[int, int]:
    """From the first label of a table to its last figure, if most of what stands there is either."""
    known = [at for at, line in enumerate(lines) if plain(_text(line)) in _labels()]
    figures = [at for at, line in enumerate(lines) if _is_figure(line)]
    if len(known) < _FEWEST_LABELS or not figures or figures[-1] < known[0]:
        return 0, 0
    begin, stop = known[0], figures[-1] + 1
    inside = [at for at in (*known, *figures) if begin <= at < stop]
    return (begin, stop) if len(inside) * 3 >= (stop - begin) * 2 else (0, 0)


def _text(block: Block) -> str:
    return block.text.strip() if isinstance(block, Paragraph) else ""


def _is_figure(block: Block) -> bool:
    return bool(_text(block)) and not is_label(Cell(_text(block), 0, 0))


@lru_cache(maxsize=1)
def _labels() -> frozenset[str]:
    tables = [(form, table) for form in forms().values() for table in form.tables if table.axes == "row_column"]
    items = [item for form, table in tables for item in form.items_of(table.id)]
    return frozenset(plain(label) for item in items for label in (*item.row, *item.column_path, *item.also))


def _cells(lines: Sequence[Block]) -> Iterator[Cell]:
    """A row is a label and the figures behind it; the labels before that are a row of heads."""
    row = column = 0
    for at, line in enumerate(lines):
        followed = at + 1 < len(lines) and _is_figure(lines[at + 1])
        ended = at > 0 and _is_figure(lines[at - 1])
        if column and not _is_figure(line) and (followed or ended):
            row, column = row + 1, 0
        yield Cell(
            _text(line), row, column, page=getattr(line, "page", None), bbox=getattr(line, "bbox", None), method="text"
        )
        column += 1
