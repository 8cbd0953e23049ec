"""Tables in plain lines: what text dumps and tables pasted without markup leave of rows and cells.

Four ways are known: cells between tabs, one cell a line behind a tab with an empty line after each row, one cell a
line with nothing else, and cells between spaces or commas. But for rows that keep their columns all give inexact grids:
cells may have slipped, and the matcher knows that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.model import Block, Paragraph
from pipeline.readers.ragged import grid_of_rows, is_value, tables_among

_LONGEST_CELL = 80
_FEWEST_VALUES = 5  # a run of bare lines with fewer numbers is prose or a list
_MOST_WORDS = 60  # of a row; it has some ten figures
_FEWEST_IN_A_ROW = 3  # numbers behind each other that make a line a row on its own
_WIDE_GAP = re.compile(r" {2,}|\u3000+")
_COMMA = re.compile(r"\s*[,，|]\s*(?=\D|$)|\s*[,，|]\s*(?=\d{1,3}(?!\d))")  # where no wide gap tells it from 1,234
_UNIT = re.compile(r"[条件次篇个人份项]|人次|[万亿]?元")  # printed between a label and its number
_NO_UNIT = re.compile(r"(?:[文案证信]件|[事各]项|[法个本]人)$")  # words that end like one
_YEAR = re.compile(r"(?:19|20)\d\d\s*年")
_CUT_MARKER = re.compile(r"\s*\d{1,2}[.．、]\s*")
_DIGITS = re.compile(r"\s*\d{1,2}\s*")
_REST_OF_MARKER = re.compile(r"\s*[.．、](?=[\u3400-\u9fff])")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_SENTENCE = re.compile(r"[。；！？]")
_ENDS_TABLE = re.compile(r"[。；！？]|^\s*[一二三四五六七八九]\s*[、.．]")  # prose, or a section's heading


def blocks_of(lines: Iterable[str]) -> list[Block]:
    """Paragraphs and grids, in the order of the lines."""
    builder = _Builder()
    for line in lines:
        builder.take(line.rstrip("\r\n"))
    return builder.finish()


@dataclass
class _Builder:
    blocks: list[Block] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)  # of the table being read
    row: list[str] = field(default_factory=list)  # of cells that stand one a line
    bare: list[str] = field(default_factory=list)  # lines without tabs, not yet known to be prose or cells
    tables: int = 0
    gaps: int = 0  # empty lines since the last table line
    loose: bool = False  # whether a row of the table was put together from lines or spaces
    title: str = ""  # a short line right behind a row: a row of its own if another row follows at once

    def take(self, line: str) -> None:
        is_row = "\t" in line.lstrip(" ")[1:] or (bool(self.rows) and not self.gaps and _is_spaced_row(line))
        if self.title and not is_row:
            self._end_table()
            self.bare.append(self.title)
            self.title = ""
        if not line.strip() and "\t" not in line:
            self._end_row()
            self.gaps += 1
            if self.gaps > 1:
                self._end_table()
        elif is_row:
            self._end_bare()
            self._end_row()
            cells = [_tidy(cell) for cell in line.split("\t")] if "\t" in line else _spaced_cells(line)
            self._take_title(cells)
            self.rows.append(cells)
            self.loose = self.loose or "\t" not in line
            self.gaps, self.title = 0, ""
        elif line.startswith("\t"):
            self._end_bare()
            self.row.append(_tidy(line))
            self.gaps = 0
        elif self.row and not self.gaps and len(line) <= _LONGEST_CELL and not _SENTENCE.search(line):
            self.row[-1] += _tidy(line)  # a label broken over lines
        elif self.rows and not self.gaps and len(line) <= _LONGEST_CELL and not _ENDS_TABLE.search(line):
            self._end_row()
            self.title = line.strip()
        else:
            self._end_row()
            self._end_table()
            self.bare.append(line.strip())

    def _take_title(self, below: Sequence[str]) -> None:
        """A line over the next row; with a year in it and a header below, it heads a table of its own."""
        if self.title and _YEAR.search(self.title) and not any(map(is_value, below)):
            self._end_table()
            self.bare.append(self.title)
            self._end_bare()
        elif self.title:
            self.rows.append([self.title])

    def finish(self) -> list[Block]:
        self._end_row()
        self._end_table()
        self.bare += [self.title] if self.title else []
        self._end_bare()
        return self.blocks

    def _end_row(self) -> None:
        if self.row:
            self.rows.append(self.row)
            self.row, self.loose = [], True

    def _end_table(self) -> None:
        for rows in tables_among(self.rows):
            self.tables += 1
            self.blocks.append(grid_of_rows(rows, self.tables, in_columns=not self.loose))
        self.rows, self.loose = [], False

    def _end_bare(self) -> None:
        for piece in split_bare(self.bare):
            if isinstance(piece, str):
                self.blocks.append(Paragraph(_tidy(piece)))
            else:
                self.tables += 1
                self.blocks.append(grid_of_rows(piece, self.tables))
        self.bare = []


def split_bare(lines: Sequence[str]) -> list[str | list[list[str]]]:
    """Prose lines one by one, and runs of cells or rows in short lines as the rows of a table."""
    pieces: list[str | list[list[str]]] = []
    run: list[str] = []
    for line in lines:
        if not _SENTENCE.search(line) and (len("".join(line.split())) <= _LONGEST_CELL or _is_long_row(line)):
            run.append(line)
        else:
            pieces += _read_run(run)
            pieces.append(line)
            run = []
    return pieces + _read_run(run)


def _is_long_row(line: str) -> bool:
    """Labels that are longer together than a cell is, and figures behind them."""
    words = line.split(maxsplit=_MOST_WORDS)
    return len(words) > _FEWEST_IN_A_ROW and all(map(is_value, words[-_FEWEST_IN_A_ROW:]))


def _read_run(run: Sequence[str]) -> list[str | list[list[str]]]:
    """Short lines: cells one by one, rows with spaces between the cells, or no table at all."""
    run = _with_whole_markers(run)
    values = [place for place, line in enumerate(run) if is_value(line)]
    if len(values) >= _FEWEST_VALUES:
        stop = values[-1] + 1
        return [_rows_of_cells(run[:stop]), *run[stop:]]
    rows = [_spaced_cells(line) for line in run]
    is_table = any(sum(map(is_value, cells)) >= _FEWEST_IN_A_ROW for cells in rows)
    if not is_table and sum(len(cells) > 1 and is_value(cells[-1]) for cells in rows) < _FEWEST_VALUES:
        return list(run)
    stop = max(place for place, cells in enumerate(rows) if any(map(is_value, cells))) + 1
    return [rows[:stop], *run[stop:]]


def _with_whole_markers(run: Sequence[str]) -> list[str]:
    """A label's number that a line break cut off (2. / 延期办结数, 2 / .延期办结数) is no figure."""
    whole: list[str] = []
    for line in run:
        before = whole[-1] if whole else ""
        cut = _CUT_MARKER.fullmatch(before) and not is_value(line)
        if cut or (_DIGITS.fullmatch(before) and _REST_OF_MARKER.match(line)):
            whole[-1] += line.strip()
        else:
            whole.append(line)
    return whole


def _spaced_cells(line: str) -> list[str]:
    """The cells of a line: what wide gaps or commas part, or else a label, a unit and the numbers behind them."""
    line = line.strip()
    gap = _WIDE_GAP if _WIDE_GAP.search(line) or (" " in line and "," not in _THOUSANDS.sub("", line)) else _COMMA
    parts = [part.strip() for part in gap.split(line) if part and part.strip()]
    return [cell for part in parts for words in _halves(part.split(" ")) for cell in _label_and_values(words)]


def _halves(words: Sequence[str]) -> Iterator[Sequence[str]]:
    """Rows beside each other on one line: behind a unit and its number another label begins."""
    begin = 0
    for place in range(1, len(words) - 1):
        is_letter = not words[place].isdigit() and len(words[place + 1]) == 1  # 无 of a label printed letter by letter
        if is_letter or is_value(words[place + 1]):
            continue
        if is_value(words[place]) and _UNIT.fullmatch(words[place - 1]):
            yield words[begin : place + 1]
            begin = place + 1
    yield words[begin:]


def _label_and_values(words: Sequence[str]) -> list[str]:
    tail = len(words)
    while tail and is_value(words[tail - 1]):
        tail -= 1
    label, values = words[:tail], words[tail:]
    unit = _unit_behind(label) if values else 0
    named = [" ".join(label[: len(label) - unit]), "".join(label[len(label) - unit :])]
    return [*filter(None, named), *values]


def _unit_behind(words: Sequence[str]) -> int:
    """How many words at a label's end are the unit of what follows: 条, or 万 元 as some justify it."""
    if _NO_UNIT.search("".join(words[-2:])):
        return 0
    counts = [count for count in (2, 1) if len(words) > count and _UNIT.fullmatch("".join(words[-count:]))]
    return counts[0] if counts else 0


def _is_spaced_row(line: str) -> bool:
    """A label and its values in a table whose other rows have tabs."""
    cells = _spaced_cells(line) if len(line) <= _LONGEST_CELL and not _SENTENCE.search(line) else []
    return len(cells) > 1 and is_value(cells[-1]) and not is_value(cells[0])


def _rows_of_cells(cells: Sequence[str]) -> list[list[str]]:
    """A row is its label and the values behind it; labels before that are rows of headers."""
    rows: list[list[str]] = []
    labels: list[str] = []
    values: list[str] = []
    for cell in cells:
        if is_value(cell):
            values.append(cell)
            continue
        if values:
            rows.extend(_header_and_row(labels, values))
            labels, values = [], []
        labels.append(cell)
    rows.extend(_header_and_row(labels, values))
    return rows


def _header_and_row(labels: list[str], values: list[str]) -> list[list[str]]:
    header = [labels[:-1]] if labels[:-1] else []
    return [*header, [*labels[-1:], *values]]


def _tidy(text: str) -> str:
    return re.sub(r"[ \t\u00a0\u3000]+", " ", text).strip()
