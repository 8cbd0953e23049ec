"""Tables without rulings: runs of lines whose pieces stand in columns. Their grids are inexact, since nothing says
where a cell ends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.model import BBox, Cell, Grid
from pipeline.readers.layout.columns import columns_of
from pipeline.readers.layout.lines import Line, joined, pieces_of
from pipeline.readers.layout.stacked import in_stacks, stacked_rows
from pipeline.readers.ragged import is_value

_FEWEST_VALUES = 3  # in one line of a table
_FEWEST_ROWS = 2
_REACH = 2  # lines around a short one in which columns must stand for it to be a part of a label
_LONGEST_LABEL = 30
_FEWEST_WORDS, _LONGEST_WORD = 5, 8
_LABEL_REACH = 1.3  # in line heights: as far from its numbers a part of a broken label may stand
_ROW_REACH = 16.0  # in line heights: as far from each other two rows of numbers may stand
_OPENS = re.compile(r"[一二三四五六七八九十]{1,2}、|[(（][一二三四五六七八九十]{1,2}[)）]|\d{1,2}[.．、]")
_PAGE_NUMBER = re.compile(r"[-—–－~·. 第]*\d{1,3}[-—–－~·. 页]*(?:[/共]\s*\d{1,3}[ 页]*)?")
_FAR = 2.5  # in line heights, between a label and its only number
_SAME_TYPE = 1.3  # a label's lines are as high as each other, and headings higher
_APART = 1.5  # in line heights: as far at least a page number stands from the text
_AT_TOP = 0.8  # of the rows have their numbers beside the first line of their label
_HEADING = re.compile(r"[一二三四五六]、.*情况|六、")
_NO_LINES = "no lines between columns: it is unsure which of them the number stands in"


class Row(NamedTuple):
    line: Line
    pieces: list[Line]
    values: int  # pieces that look like values

    @property
    def is_split(self) -> bool:
        return len(self.pieces) > 1


def aligned_tables(lines: Sequence[Line], page: int) -> tuple[list[tuple[BBox, Grid]], list[Line]]:
    """Grids with their boxes, and the lines that are running text."""
    grids: list[tuple[BBox, Grid]] = []
    running: list[Line] = []
    if len(lines) > 1 and _is_page_number(lines[-1], lines[-2]):
        lines, running = lines[:-1], [lines[-1]]
    for run in _runs([_row(line) for line in lines]):
        if _is_table(run):
            rows = stacked_rows([row.pieces for row in run]) or _table_rows(run)
            grids.append(_grid(rows, page))
        else:
            running += [row.line for row in run]
    return grids, sorted(running, key=lambda line: line.box[1])


def _is_page_number(line: Line, above: Line) -> bool:
    return bool(_PAGE_NUMBER.fullmatch(line.text)) and line.box[1] - above.box[3] > _APART * _height(line)


def _row(line: Line) -> Row:
    pieces = pieces_of(line)
    return Row(line, pieces, sum(1 for piece in pieces if is_value(piece.text)))


def _runs(rows: Sequence[Row]) -> list[list[Row]]:
    """Stretches of lines in columns, with the parts of broken labels between them; of running text line by line."""
    stacked = in_stacks([row.line for row in rows], [row.is_split for row in rows])
    between = _between_numbers(rows) | stacked
    runs: list[list[Row]] = []
    for place, row in enumerate(rows):
        near = sum(1 for other in rows[max(0, place - _REACH) : place + _REACH + 1] if other.is_split)
        in_columns = row.is_split or place in between or (near > 1 and _is_short(row.line))
        if in_columns and runs and (place - 1 in between or runs[-1][-1].is_split or _is_short(runs[-1][-1].line)):
            runs[-1].append(row)
        else:
            runs.append([row])
    return runs


def _between_numbers(rows: Sequence[Row]) -> set[int]:
    """Lines from one row of numbers to the next that keep clear of the columns of numbers: parts of labels."""
    between: set[int] = set()
    numbers = [place for place, row in enumerate(rows) if row.values >= _FEWEST_VALUES]
    for above, below in pairwise(numbers):
        left = min(_first_value(rows[above]), _first_value(rows[below]))
        inside = rows[above + 1 : below]
        if _distance(rows[above].line, rows[below].line) <= _ROW_REACH * _height(rows[above].line) and all(
            row.line.box[2] <= left for row in inside
        ):
            between |= set(range(above, below + 1))
    return between


def _first_value(row: Row) -> float:
    """Where the numbers of the row begin."""
    return min(piece.box[0] for piece in row.pieces if is_value(piece.text))


def _is_short(line: Line) -> bool:
    words = line.text.split()
    in_words = len(words) >= _FEWEST_WORDS and max(map(len, words)) <= _LONGEST_WORD  # as labels side by side are
    return (
        (len(line.text) <= _LONGEST_LABEL or in_words)
        and not line.text.endswith(("。", "；", "："))
        and not _HEADING.match(line.text)
    )


def _is_table(run: Sequence[Row]) -> bool:
    return (
        any(row.values >= _FEWEST_VALUES or _ends_apart(row) for row in run)
        or sum(1 for row in run if row.values) >= _FEWEST_ROWS
    )


def _ends_apart(row: Row) -> bool:
    """Whether a number stands by itself, far behind its label, as it does in no running text."""
    *before, last = row.pieces
    return bool(before) and is_value(last.text) and last.box[0] - before[-1].box[2] > _FAR * _height(last)


def _table_rows(run: Sequence[Row]) -> list[list[Line]]:
    """Each line with numbers and the label parts around it; lines far from any numbers are rows of their own."""
    anchors = [place for place, row in enumerate(run) if row.values]
    if _is_top_set(run, anchors):
        return _top_set_rows(run, anchors)
    around: dict[int, list[Line]] = {place: [] for place in anchors}
    rows: list[tuple[int, list[Line]]] = []
    for place, row in enumerate(run):
        if place in around:
            continue
        nearest = min(anchors, key=lambda anchor: _distance(run[anchor].line, row.line))
        is_near = _distance(run[nearest].line, row.line) <= _LABEL_REACH * _height(row.line) and _is_set_as(
            row, run[nearest]
        )
        if is_near and (not row.is_split or _is_label_of(row, run[nearest])):
            around[nearest] += row.pieces
        else:
            rows.append((place, row.pieces))
    rows += [(place, _with_label(run[place].pieces, parts)) for place, parts in around.items()]
    return [pieces for _, pieces in sorted(rows, key=lambda row: row[0])]


def _is_set_as(row: Row, anchor: Row) -> bool:
    """Whether a line is as high as one of numbers, as those of a label are; a heading's letters are larger."""
    return _height(row.line) <= _SAME_TYPE * _height(anchor.line)


def _is_label_of(row: Row, anchor: Row) -> bool:
    """Whether a line in columns is a part of labels that stand above and below their numbers, with none beside."""
    return not _label(anchor) and row.line.box[2] <= _first_value(anchor)


def _is_top_set(run: Sequence[Row], anchors: Sequence[int]) -> bool:
    """Whether the numbers stand beside the first lines of their labels, so that what follows goes on with these. Where
    they stand in the middle, some label opens on a line without numbers."""
    opening = [place for place in anchors if any(_OPENS.match(piece.text) for piece in _label(run[place]))]
    rest = [row for place, row in enumerate(run) if place > anchors[0] and place not in anchors]
    return (
        bool(rest)
        and len(opening) >= max(_FEWEST_ROWS, _AT_TOP * len(anchors))
        and not any(_OPENS.match(piece.text) for row in rest for piece in row.pieces)
    )


def _label(row: Row) -> list[Line]:
    """What stands before the first number of a row."""
    first = next((place for place, piece in enumerate(row.pieces) if is_value(piece.text)), len(row.pieces))
    return row.pieces[:first]


def _top_set_rows(run: Sequence[Row], anchors: Sequence[int]) -> list[list[Line]]:
    """Rows whose labels go on below their numbers, each part under the column of the label that it belongs to."""
    rows = [row.pieces for row in run[: anchors[0]]]
    for anchor, after in zip(anchors, [*anchors[1:], len(run)], strict=True):
        left = _first_value(run[anchor])
        below = [(piece, _is_set_as(row, run[anchor])) for row in run[anchor + 1 : after] for piece in row.pieces]
        parts = [piece for piece, alike in below if alike and piece.box[2] <= left]
        label = _in_columns([*_label(run[anchor]), *parts])
        rows.append([*label, *run[anchor].pieces[len(_label(run[anchor])) :]])
        rows += [[piece] for piece, alike in below if not alike or piece.box[2] > left]
    return rows


def _with_label(pieces: list[Line], parts: Sequence[Line]) -> list[Line]:
    """The parts of a broken label joined with the piece of it that stands beside the numbers, if one does."""
    if not parts:
        return pieces
    beside = [] if is_value(pieces[0].text) else pieces[:1]
    if not beside:
        return [*_in_columns(parts), *pieces]
    label = sorted([*parts, *beside], key=lambda part: part.box[1])
    return [joined(label), *pieces[len(beside) :]]


def _in_columns(parts: Sequence[Line]) -> list[Line]:
    """The parts of labels that stand over each other joined."""
    columns: list[list[Line]] = []
    for piece in sorted(parts, key=lambda piece: piece.box[0]):
        if columns and piece.box[0] < max(part.box[2] for part in columns[-1]):
            columns[-1].append(piece)
        else:
            columns.append([piece])
    return [joined(sorted(column, key=lambda part: part.box[1])) for column in columns]


def _distance(one: Line, other: Line) -> float:
    return abs((one.box[1] + one.box[3]) - (other.box[1] + other.box[3])) / 2


def _height(line: Line) -> float:
    return line.box[3] - line.box[1]


def _grid(rows: Sequence[Sequence[Line]], page: int) -> tuple[BBox, Grid]:
    cells = [
        Cell(
            text=place.text,
            row=row,
            column=place.column,
            page=page,
            bbox=_rounded(place.box),
            method="text",
            confidence=place.confidence,
            doubt="" if place.confidence == 1 else _NO_LINES,
        )
        for row, places in enumerate(columns_of(rows))
        for place in places
    ]
    boxes = [piece.box for pieces in rows for piece in pieces]
    around = (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )
    return around, Grid(tuple(cells), number=0, exact=False, page=page)


def _rounded(box: BBox) -> BBox:
    return (round(box[0], 1), round(box[1], 1), round(box[2], 1), round(box[3], 1))
