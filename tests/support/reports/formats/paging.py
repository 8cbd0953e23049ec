"""A table set on pages: lines of text per cell, heights of rows, and the parts that a page's end cuts it into."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from tests.support.reports.formats.canvas import width_of
from tests.support.reports.printed import Cell, Table

PADDING = 3.0
_TOKEN = re.compile(r"-?[0-9A-Za-z][0-9A-Za-z.,%]*|.", re.DOTALL)


@dataclass(frozen=True)
class Placed:
    """A cell's box on a page, and the lines of its print that stand in it."""

    cell: Cell
    lines: tuple[str, ...]
    x0: float
    x1: float
    y0: float
    y1: float


@dataclass(frozen=True)
class Setting:
    size: float
    leading: float
    left: float
    widths: tuple[float, ...]  # of the columns in points

    def wrapped(self, cell: Cell, column: int) -> list[str]:
        room = sum(self.widths[column : column + cell.colspan]) - 2 * PADDING
        return [line for piece in cell.text.split("\n") for line in wrap(piece, room, self.size)]

    def x(self, column: int) -> float:
        return self.left + sum(self.widths[:column])


def wrap(text: str, room: float, size: float) -> list[str]:
    lines, line = [], ""
    for token in _tokens(text):
        if line and width_of(line + token, size) > room:
            lines.append(line)
            line = token.lstrip()
        else:
            line += token
    return [*lines, line]


def _tokens(text: str) -> list[str]:
    """Characters, and words of Latin letters and digits that no line parts."""
    return _TOKEN.findall(text)


def columns_of(table: Table) -> list[list[int]]:
    """The column in which each cell of each row begins."""
    return [[x for x, (_, begins) in enumerate(row) if begins] for row in table.raster()]


def heights(table: Table, setting: Setting) -> list[float]:
    """What each row's own cells need; the last row of those that a cell spans makes up for what it needs more."""
    columns = columns_of(table)
    tall = [setting.leading + 2 * PADDING] * len(table.rows)
    spanning = []
    for n, row in enumerate(table.rows):
        for cell, column in zip(row, columns[n], strict=True):
            need = len(setting.wrapped(cell, column)) * setting.leading + 2 * PADDING
            if cell.rowspan == 1:
                tall[n] = max(tall[n], need)
            else:
                spanning.append((n, min(n + cell.rowspan, len(tall)), need))
    for first, stop, need in spanning:
        tall[stop - 1] += max(0.0, need - sum(tall[first:stop]))
    return tall


def torn(table: Table, at: int, lines: int, setting: Setting) -> Table:
    """Row `at` in two: the first `lines` lines of every cell above, what is left of them below."""
    columns = columns_of(table)[at]
    above, below = [], []
    for cell, column in zip(table.rows[at], columns, strict=True):
        if cell.rowspan > 1:
            above.append(replace(cell, rowspan=cell.rowspan + 1))
            continue
        wrapped = setting.wrapped(cell, column)
        above.append(replace(cell, text="\n".join(wrapped[:lines])))
        below.append(replace(cell, text="\n".join(wrapped[lines:]), key=None))
    rows = [*table.rows[:at], tuple(above), tuple(below), *table.rows[at + 1 :]]
    grown = [
        tuple(replace(c, rowspan=c.rowspan + 1) if n < at < n + c.rowspan else c for c in row)
        for n, row in enumerate(rows)
    ]
    return replace(table, rows=tuple(grown))


def part(table: Table, setting: Setting, tall: list[float], first: int, stop: int, top: float) -> list[Placed]:
    """Rows `first` to `stop` as boxes below `top`. A cell that began on the page before goes on with the lines that did
    not fit there."""
    columns = columns_of(table)
    placed = []
    for n, row in enumerate(table.rows[:stop]):
        for cell, column in zip(row, columns[n], strict=True):
            end = min(n + cell.rowspan, len(table.rows))
            if end <= first:
                continue
            here = (max(n, first), min(end, stop))
            y0, y1 = (top + sum(tall[first:row_]) for row_ in here)
            lines = setting.wrapped(cell, column)
            if n < first:
                lines = lines[_fitting(sum(tall[n:first]), setting) :]
            if end > stop:
                lines = lines[: _fitting(y1 - y0, setting)]
            right = setting.x(min(column + cell.colspan, len(setting.widths)))
            placed.append(Placed(cell, tuple(lines), setting.x(column), right, y0, y1))
    return placed


def _fitting(room: float, setting: Setting) -> int:
    return max(0, int((room - 2 * PADDING + 0.01) // setting.leading))  # a sum of heights is a little more or less
