"""Rows that were set in one, the labels and figures of each on a line of its cells, taken apart again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lxml.html import HtmlElement

from pipeline.model import Cell
from pipeline.readers.html.cells import lines_of, tidy
from pipeline.readers.ragged import is_value

_FIGURES = re.compile(r"[\d０-９][\d０-９,，.．]*(?: [\d０-９][\d０-９,，.．]*)+")
_SURE = 2  # cells of figures that part alike; a number alone may have been broken as its label was
_DOUBTFUL = 0.85
_DOUBT = "a label and a number on several lines each: unsure whether they are rows"


@dataclass(frozen=True, slots=True)
class _Stack:
    """One such row."""

    count: int
    lines: dict[int, list[str]]  # by the place of the cell
    sure: bool


def unstacked(cells: Sequence[Cell], elements: Sequence[HtmlElement]) -> list[Cell]:
    """The cells of a table and the elements that they are from, in the same order."""
    rows = {cell.row for cell in cells if _FIGURES.fullmatch(cell.text)}
    stacks = {row: stack for row in rows if (stack := _stack(row, cells, elements))}
    if not stacks:
        return list(cells)
    return [part for place, cell in enumerate(cells) for part in _parts(place, cell, stacks)]


def _stack(row: int, cells: Sequence[Cell], elements: Sequence[HtmlElement]) -> _Stack | None:
    """Where a row's label has as many lines as each of its figures."""
    own = [place for place, cell in enumerate(cells) if cell.row == row and cell.rowspan == 1]
    lines = {place: [text for line in lines_of(elements[place], marks=False) if (text := tidy(line))] for place in own}
    figures = [place for place in own if len(lines[place]) > 1 and all(map(is_value, lines[place]))]
    labels = [place for place in own if figures and place < figures[0] and cells[place].text]
    if not labels or any(map(is_value, lines[labels[-1]])):
        return None
    stacked = [labels[-1], *figures]
    others = [place for place in own if place > labels[-1] and place not in figures and cells[place].text]
    counts = {len(lines[place]) for place in stacked}
    if others or len(counts) > 1:
        return None
    return _Stack(counts.pop(), {place: lines[place] for place in stacked}, len(figures) >= _SURE)


def _parts(place: int, cell: Cell, stacks: dict[int, _Stack]) -> Iterator[Cell]:
    """The cell in its rows; one beside the stack is over all of it."""
    above = sum(stack.count - 1 for row, stack in stacks.items() if row < cell.row)
    within = [stack for row, stack in stacks.items() if cell.row <= row < cell.row + cell.rowspan]
    moved = replace(cell, row=cell.row + above, rowspan=cell.rowspan + sum(stack.count - 1 for stack in within))
    lines = within[0].lines.get(place) if within else None
    if lines is None:
        yield moved
        return
    for down, text in enumerate(lines):
        part = replace(moved, text=text, row=moved.row + down, rowspan=1)
        yield part if within[0].sure else replace(part, confidence=_DOUBTFUL, doubt=_DOUBT)
