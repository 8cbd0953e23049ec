"""The three statutory tables as rows of spanning cells, with the words and the numbers as a seed prints them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from data.sample.generate.seeds import TableText

_NUMBER = re.compile(r"\d+(\.\d+)?$")
_GROUPS = ((2, 1), (3, 1), (4, 8), (12, 3), (15, 5), (20, 3), (23, 1))  # first row and height under 本年度办理结果
_OUTCOMES = range(2, 24)
_LAST_ROW = 24


@dataclass(frozen=True)
class Cell:
    text: str
    kind: str  # head | label | number
    rowspan: int = 1
    colspan: int = 1


@dataclass(frozen=True)
class Table:
    rows: tuple[tuple[Cell, ...], ...]
    head_rows: int
    widths: tuple[int, ...]  # of the columns, in per cent


def tables(source: TableText, *, divided: bool = False, as_dumped: bool = False) -> list[Table]:
    """The section's tables. `divided` prints section 2 as four of them; `as_dumped` leaves rows of section 3 one column
    short at the left where the seed's text has them so."""
    if source.section == 2:
        whole = _disclosed(source.cells)
        return _four(whole) if divided else [whole]
    if source.section == 3:
        whole = _applications(source.cells)
        return [_with_lost_groups(whole, source.lines) if as_dumped else whole]
    return [_disputes(source.cells)]


def _number(text: str) -> Cell:
    if not _NUMBER.match(text):
        raise ValueError(f"not a number: {text}")
    return Cell(text, "number")


def _disclosed(cells: Sequence[str]) -> Table:
    at = iter(cells)
    rows: list[tuple[Cell, ...]] = []
    for matters, counts in ((2, 3), (1, 1), (2, 1), (1, 1)):  # one per item of article 20
        wide = 1 if counts == 3 else 3
        rows.append((Cell(next(at), "head", colspan=4),))
        rows.append((Cell(next(at), "head"), *(Cell(next(at), "head", colspan=wide) for _ in range(counts))))
        for _ in range(matters):
            label = Cell(next(at), "label")
            rows.append((label, *(replace(_number(next(at)), colspan=wide) for _ in range(counts))))
    if rest := list(at):
        raise ValueError(f"cells left over: {rest}")
    return Table(tuple(rows), 0, (31, 23, 23, 23))


def _four(whole: Table) -> list[Table]:
    starts = [at for at, row in enumerate(whole.rows) if len(row) == 1] + [len(whole.rows)]
    parts = [Table(whole.rows[start:stop], 2, whole.widths) for start, stop in pairwise(starts)]
    return [parts[0], *(_two_columns(part) for part in parts[1:])]


def _two_columns(table: Table) -> Table:
    """Without the spans that only the wider first table called for."""
    title, *others = table.rows
    narrow = [tuple(replace(cell, colspan=1) for cell in row) for row in others]
    return Table((tuple(replace(cell, colspan=2) for cell in title), *narrow), 2, (45, 55))


def _applications(cells: Sequence[str]) -> Table:
    start = next(at for at, text in enumerate(cells) if text.startswith("一、"))
    rows: list[tuple[Cell, ...]] = []
    labels: list[str] = []
    numbers: list[Cell] = []
    for text in cells[start:]:
        if not _NUMBER.match(text):
            labels.append(text)
            continue
        numbers.append(_number(text))
        if len(numbers) == 7:
            rows.append((*_row_labels(labels, len(rows)), *numbers))
            labels, numbers = [], []
    if len(rows) != _LAST_ROW + 1:
        raise ValueError(f"section 3 has {len(rows)} rows")
    return Table((*_application_head(cells[:start]), *rows), 3, (7, 13, 24, 8, 8, 8, 8, 8, 8, 8))


def _row_labels(labels: Sequence[str], row: int) -> list[Cell]:
    left = list(labels)
    if row not in _OUTCOMES:
        return [Cell(left.pop(), "label", colspan=3)]
    cells = []
    if row == _OUTCOMES.start:
        cells.append(Cell(left.pop(0), "label", rowspan=len(_OUTCOMES)))
    height = dict(_GROUPS).get(row)
    if height == 1:
        cells.append(Cell(left.pop(0), "label", colspan=2))
    else:
        if height:
            cells.append(Cell(left.pop(0), "label", rowspan=height))
        cells.append(Cell(left.pop(0), "label"))
    if left:
        raise ValueError(f"labels left over: {left}")
    return cells


def _application_head(cells: Sequence[str]) -> list[tuple[Cell, ...]]:
    rule, applicants = (Cell(text, "head") for text in cells[:2])
    natural, legal, *kinds = (Cell(text, "head") for text in cells[2:] if text != "总计")
    total = Cell("总计", "head")
    rule = replace(rule, rowspan=3, colspan=3)
    natural = replace(natural, rowspan=2)
    legal = replace(legal, colspan=5)
    if cells[2] == "总计":  # beside 申请人情况, not under it
        first = (rule, replace(applicants, colspan=6), replace(total, rowspan=3))
        return [first, (natural, legal), tuple(kinds)]
    return [(rule, replace(applicants, colspan=7)), (natural, legal, replace(total, rowspan=2)), tuple(kinds)]


def _with_lost_groups(table: Table, lines: Sequence[str]) -> Table:
    """Rows that the text starts at the left edge although a group cell should stand there lost it: they begin one or
    more columns early, padded at the right, and the group cells above them end before them."""
    dumped = [line.rstrip("\n").split("\t") for line in lines if "\t" in line]
    lost = [row for row in dumped if row[0].replace(" ", "").startswith(("3.其他", "(七)"))]
    if len(lost) != 2:
        raise ValueError("the text lost no group cells")
    kept = table.rows[: table.head_rows + _LAST_ROW - 2]
    shortened = tuple(tuple(_shortened(cell) for cell in row) for row in kept)
    padded = tuple(tuple(_as_printed(text) for text in row[:10]) for row in lost)
    return replace(table, rows=(*shortened, *padded, table.rows[-1]))


def _shortened(cell: Cell) -> Cell:
    if cell.rowspan == len(_OUTCOMES):
        return replace(cell, rowspan=cell.rowspan - 2)
    return replace(cell, rowspan=2) if cell.text.startswith("(六)") else cell


def _as_printed(text: str) -> Cell:
    return Cell(text, "number" if _NUMBER.match(text) else "label")


def _disputes(cells: Sequence[str]) -> Table:
    heads = [Cell(text, "head") for text in cells if not _NUMBER.match(text)]
    numbers = [_number(text) for text in cells if _NUMBER.match(text)]
    if len(heads) != 19 or len(numbers) != 15:
        raise ValueError(f"section 4 has {len(heads)} labels and {len(numbers)} numbers")
    review, litigation = replace(heads[0], colspan=5), replace(heads[1], colspan=10)
    results = [replace(cell, rowspan=2) for cell in heads[2:7]]
    ways = [replace(cell, colspan=5) for cell in heads[7:9]]
    rows = ((review, litigation), (*results, *ways), tuple(heads[9:]), tuple(numbers))
    return Table(rows, 3, (7, 7, 6, 7, 6, 7, 7, 6, 7, 6, 7, 7, 6, 7, 7))
