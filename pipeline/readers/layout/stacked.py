"""Cells of a table without rulings, where the lines of a cell stand closer to each other than cells do, and figures
stand in the middle beside their label. Whoever sees no such order gets nothing, and reads line by line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from pipeline.readers.layout.lines import Line, joined, words_of
from pipeline.readers.ragged import is_value

_JUMP = 0.2  # in line heights: so much farther from each other than lines at least are cells
_FARTHEST = 0.8  # in line heights: as far from each other the lines of a cell may stand
_LEVEL = 0.35  # in line heights: as far from each other the middles of a row's cells may be
_SET_OFF = 0.5  # in line heights: as far at most a label stands off the middle of its row
_SAME_TYPE = 1.3  # as much higher than each other the letters of a label's lines may be
_CLOSE = 0.6  # in line heights: a table's lines follow each other so closely, running text is set wider
_NARROW = 0.5  # of the widest line of a page
_REACHES_INTO = 0.1  # in line heights
_MOST_PIECES = 3000  # of a page's table; the statutory ones have some 400


def in_stacks(lines: Sequence[Line], parted: Sequence[bool]) -> set[int]:
    """Lines that cannot be running text: they reach into the one above, or are narrow, or `parted` in columns, and
    follow each other closely."""
    widest = max((line.box[2] - line.box[0] for line in lines), default=0.0)
    found: set[int] = set()
    stack: list[int] = []
    for place, line in enumerate(lines):
        gap = _gap(lines[place - 1], line) if place else _FARTHEST
        if gap < -_REACHES_INTO:
            found |= {place - 1, place}
        if not parted[place] and line.box[2] - line.box[0] > _NARROW * widest:
            stack = []
        elif gap > _CLOSE:
            stack = [place]
        elif stack:  # and not the last line of a paragraph
            stack.append(place)
            found |= set(stack[-2:])
    return found


def stacked_rows(lines: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Rows of cells from lines of pieces, () where labels and figures do not stand beside each other."""
    pieces = [part for line in lines for piece in line for part in _parts(piece)]
    values = {id(piece) for piece in pieces if is_value(piece.text)}
    labels = [piece for piece in pieces if id(piece) not in values]
    reach = _reach(labels) if values and len(pieces) <= _MOST_PIECES else 0.0
    if not reach:
        return []
    for above, below in _neighbours(pieces):
        if _gap(above, below) <= reach and (id(above) in values) != (id(below) in values):
            if id(above) not in values:
                return []  # a figure stands as close to its header as the lines of a cell do
            values.discard(id(above))  # the number that a label opens with, or whose unit is on a line of its own
    cells = _stacks([piece for piece in pieces if id(piece) not in values], reach)
    figures = _stacks([piece for piece in pieces if id(piece) in values], reach)
    rows = _levels(figures)
    found = _labelled(rows, cells)
    if not found:
        return []
    beside = {id(cell) for row in found for cell in row}
    rest = _levels([cell for cell in cells if id(cell) not in beside])
    return sorted([*found, *rest], key=lambda row: _middle(row[-1]))


def _parts(piece: Line) -> list[Line]:
    """The words of a piece, but a label whose letters are spaced out is one."""
    words = words_of(piece)
    if is_value(piece.text) or sum(1 for word in words if len(word.glyphs) == 1) * 2 > len(words):
        return [piece]
    return words


def _reach(labels: Sequence[Line]) -> float:
    """How far apart the lines of a label stand at most; 0 where cells stand as close."""
    gaps = sorted(gap for above, below in _neighbours(labels) if (gap := _gap(above, below)) <= 3 * _FARTHEST)
    for gap, wider in pairwise(gaps):
        if wider - gap > _JUMP:
            return gap + _JUMP / 2 if gap <= _FARTHEST else 0.0
    return 0.0


def _neighbours(pieces: Sequence[Line]) -> Iterable[tuple[Line, Line]]:
    """Each piece with the one above it."""
    above: list[Line] = []
    for piece in sorted(pieces, key=_top):
        over = [one for one in above if _share_columns(one, piece)]
        if over:
            yield over[-1], piece
        above = [*(one for one in above if not _share_columns(one, piece)), piece]


def _stacks(pieces: Sequence[Line], reach: float) -> list[Line]:
    stacks: list[list[Line]] = []
    open_: list[list[Line]] = []
    for piece in sorted(pieces, key=_top):
        over = [stack for stack in open_ if _share_columns(stack[-1], piece) and _goes_on(stack[-1], piece, reach)]
        open_ = [stack for stack in open_ if not _share_columns(stack[-1], piece)]
        if len(over) == 1:
            over[0].append(piece)
        else:
            over = [[piece]]
            stacks += over
        open_ += over
    return [stack[0] if len(stack) == 1 else joined(stack) for stack in stacks]


def _levels(cells: Sequence[Line]) -> list[list[Line]]:
    """Cells whose middles are on one height, left to right."""
    rows: list[list[Line]] = []
    for cell in sorted(cells, key=_middle):
        if rows and _middle(cell) - _middle(rows[-1][0]) <= _LEVEL * _height(cell):
            rows[-1].append(cell)
        else:
            rows.append([cell])
    return [sorted(row, key=_left) for row in rows]


def _labelled(rows: Sequence[Sequence[Line]], cells: Sequence[Line]) -> list[list[Line]]:
    """The rows of figures with what stands beside them, a label of several rows with the first of these; nothing if
    what is beside a figure is beside another row too."""
    taken: set[int] = set()
    found: list[list[Line]] = []
    times = {id(cell): sum(1 for row in rows if _covers(cell, row)) for cell in cells}
    alone = [cell for cell in cells if not times[id(cell)]]
    for row in rows:
        beside = [cell for cell in cells if _covers(cell, row)]
        beside += [cell for cell in alone if _is_set_off(cell, row, beside)]
        labels = sorted((cell for cell in beside if cell.box[2] <= row[0].box[0]), key=_left)
        own = [*labels[-1:], *(cell for cell in beside if cell.box[2] > row[0].box[0])]
        if any(times[id(cell)] > 1 or abs(_middle(cell) - _middle(row[0])) > _height(cell) for cell in own):
            return []
        found.append(sorted([*(cell for cell in beside if id(cell) not in taken), *row], key=_left))
        taken |= {id(cell) for cell in beside}
    return found


def _covers(cell: Line, row: Sequence[Line]) -> bool:
    return cell.box[1] <= _middle(row[0]) <= cell.box[3]


def _is_set_off(cell: Line, row: Sequence[Line], beside: Sequence[Line]) -> bool:
    """Whether a label stands a little above or below its row, as one does whose first line is empty."""
    off = max(cell.box[1] - _middle(row[0]), _middle(row[0]) - cell.box[3])
    is_left = cell.box[2] <= row[0].box[0]
    return is_left and off <= _SET_OFF * _height(cell) and not any(_share_columns(cell, other) for other in beside)


def _share_columns(one: Line, other: Line) -> bool:
    return one.box[0] < other.box[2] and other.box[0] < one.box[2]


def _goes_on(above: Line, below: Line, reach: float) -> bool:
    """Whether a line stands closely below one in letters as high: a heading's are higher."""
    return _gap(above, below) <= reach and _height(below) <= _SAME_TYPE * _height(above)


def _gap(above: Line, below: Line) -> float:
    return (below.box[1] - above.box[3]) / _height(below)


def _height(line: Line) -> float:
    """Of its letters, however many lines it has."""
    return max(line.glyphs[-1].bottom - line.glyphs[-1].top, 0.1)


def _middle(line: Line) -> float:
    return (line.box[1] + line.box[3]) / 2


def _top(line: Line) -> float:
    return line.box[1]


def _left(line: Line) -> float:
    return line.box[0]
