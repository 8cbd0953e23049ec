"""Tables without rulings: runs of lines whose pieces stand in columns. Their grids are inexact, since nothing says
where a cell ends."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.model import BBox, Cell, Grid
from pipeline.readers.layout.lines import Line, joined, pieces_of
from pipeline.readers.lines import is_value

_FEWEST_VALUES = 3  # in one line of a table
_FEWEST_ROWS = 2
_REACH = 2  # lines around a short one in which columns must stand for it to be a part of a label
_LONGEST_LABEL = 30
_LABEL_REACH = 1.3  # in line heights: as far from its numbers a part of a broken label may stand
_HEADING = re.compile(r"[一二三四五六]、.*情况|六、")


def aligned_tables(lines: Sequence[Line], page: int) -> tuple[list[tuple[BBox, Grid]], list[Line]]:
    """Grids with their boxes, and the lines that are running text."""
    grids: list[tuple[BBox, Grid]] = []
    running: list[Line] = []
    for run in _runs(lines):
        if _is_table(run):
            grids.append(_grid(_rows(run), page))
        else:
            running += run
    return grids, running


def _runs(lines: Sequence[Line]) -> list[list[Line]]:
    """Stretches of lines in columns, with the parts of broken labels between them; of running text line by line."""
    runs: list[list[Line]] = []
    for place, line in enumerate(lines):
        near = [other for other in lines[max(0, place - _REACH) : place + _REACH + 1] if len(pieces_of(other)) > 1]
        in_columns = len(pieces_of(line)) > 1 or (len(near) > 1 and _is_short(line))
        if in_columns and runs and _in_table(runs[-1][-1]):
            runs[-1].append(line)
        else:
            runs.append([line])
    return runs


def _in_table(line: Line) -> bool:
    return len(pieces_of(line)) > 1 or _is_short(line)


def _is_short(line: Line) -> bool:
    return (
        len(line.text) <= _LONGEST_LABEL
        and not line.text.endswith(("。", "；", "："))
        and not _HEADING.match(line.text)
    )


def _is_table(run: Sequence[Line]) -> bool:
    rows = [sum(1 for piece in pieces_of(line) if is_value(piece.text)) for line in run]
    return any(values >= _FEWEST_VALUES for values in rows) or sum(1 for values in rows if values) >= _FEWEST_ROWS


def _rows(run: Sequence[Line]) -> list[list[Line]]:
    """Each line with numbers and the label parts around it; lines far from any numbers are rows of their own."""
    anchors = [place for place, line in enumerate(run) if any(is_value(piece.text) for piece in pieces_of(line))]
    around: dict[int, list[Line]] = {place: [] for place in anchors}
    rows: list[tuple[int, list[Line]]] = []
    for place, line in enumerate(run):
        if place in around:
            continue
        nearest = min(anchors, key=lambda anchor: _distance(run[anchor], line))
        if len(pieces_of(line)) == 1 and _distance(run[nearest], line) <= _LABEL_REACH * _height(line):
            around[nearest].append(line)
        else:
            rows.append((place, pieces_of(line)))
    rows += [(place, _with_label(pieces_of(run[place]), parts)) for place, parts in around.items()]
    return [pieces for _, pieces in sorted(rows, key=lambda row: row[0])]


def _with_label(pieces: list[Line], parts: Sequence[Line]) -> list[Line]:
    """The parts of a broken label joined with the piece of it that stands beside the numbers, if one does."""
    if not parts:
        return pieces
    beside = [] if is_value(pieces[0].text) else pieces[:1]
    label = sorted([*parts, *beside], key=lambda part: part.box[1])
    return [joined(label), *pieces[len(beside) :]]


def _distance(one: Line, other: Line) -> float:
    return abs((one.box[1] + one.box[3]) - (other.box[1] + other.box[3])) / 2


def _height(line: Line) -> float:
    return line.box[3] - line.box[1]


def _grid(rows: Sequence[Sequence[Line]], page: int) -> tuple[BBox, Grid]:
    cells = [
        Cell(piece.text, row, column, page=page, bbox=_rounded(piece.box), method="text")
        for row, pieces in enumerate(rows)
        for column, piece in enumerate(pieces)
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
