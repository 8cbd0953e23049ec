"""Lines whose cells stand in columns of a fixed width, or between signs, with tabs between the cells: so that an empty
cell stays one. Widths count as they are printed: a Chinese letter takes two places."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise

from pipeline.readers.ragged import is_value
from pipeline.readers.separated import fields_of, fields_of_rows, parting

_PIECE = re.compile(r"\S+(?:[ \u00a0]\S+)*")  # two spaces part cells, one stands within them
_SENTENCE = re.compile(r"[。；！？]")
_SECTION = re.compile(r"\s*[一二三四五六七八九]\s*[、.．]")  # of a report, right above its table
_MOST_TITLES = 2  # lines above a table's heads
_YEAR = re.compile(r"(?:19|20)\d\d\s*年")
_LONGEST_LINE = 1_000  # of a row; where applicants are the rows, the header holds the labels of all items
_FEWEST_LINES = 2
_LONGEST_CUT = 200  # lines of a table that is looked at for parts
_MOST_PARTS = 3
_FEWEST_COLUMNS_CUT, _FEWEST_BELOW = 6, 2  # of a part, and figures in one: small tables below each other have fewer
_RIVER = 2  # places that are empty in every line between two columns

Piece = tuple[int, int, str]  # where it starts and ends in a line, and its text


def tabbed(lines: Iterable[str]) -> Iterator[str]:
    for is_run, run in groupby(lines, key=_may_be_row):
        if is_run:
            yield from _tabbed_run(list(run))
        else:
            yield from run


def _may_be_row(line: str) -> bool:
    return bool(line.strip()) and "\t" not in line and len(line) <= _LONGEST_LINE and not _SENTENCE.search(line)


def _tabbed_run(run: Sequence[str]) -> Iterator[str]:
    widest = fields_of_rows(run)
    for (sign, count), part in groupby(run, key=parting):
        if sign and count <= widest.get(sign, 0):  # a row of fewer fields is one that was cut short
            yield from ("\t".join(fields_of(line, sign)) for line in part)
        elif sign:
            yield from part
        else:
            yield from _aligned(list(part))


# --- in columns ------------------------------------------------------------------------------------------


def _aligned(lines: Sequence[str]) -> list[str]:
    """Tables right below each other may have columns of their own, or rows of figures may have lost their labels."""
    parted = [_pieces(line) for line in lines]
    cuts = [at for at in range(1, len(parted)) if _ends_figures(parted[at - 1], parted[at])]
    titles = list(_titles(parted))
    for places in (*filter(None, (cuts, titles)), []):
        spans = list(pairwise([0, *places, len(lines)]))
        tables = [_in_columns(lines[begin:end], parted[begin:end]) for begin, end in spans]
        if all(tables):
            return [line for table in tables for line in table]
    return _in_parts(lines, parted) or list(lines)


def _in_parts(lines: Sequence[str], rows: Sequence[Sequence[Piece]]) -> list[str]:
    """The parts of a long table that pages cut, each as long as its lines keep columns; none if some have none."""
    if len(lines) > _LONGEST_CUT:
        return []
    whole: list[str] = []
    begin = 0
    for _ in range(_MOST_PARTS):
        figures = (at for at in range(begin, len(rows)) if any(is_value(text) for _, _, text in rows[at]))
        first = max(next(figures, len(rows)) + 1, begin + _FEWEST_LINES)
        stops = range(first, len(lines) + 1)
        kept = bisect(stops, 0, key=lambda stop: 0 if _in_columns(lines[begin:stop], rows[begin:stop]) else 1)
        if not kept:
            return []
        stop = stops[kept - 1]
        part = _in_columns(lines[begin:stop], rows[begin:stop])
        columns = max(line.count("\t") for line in part) + 1
        if columns < _FEWEST_COLUMNS_CUT or _figures(rows[begin:stop]) < _FEWEST_BELOW * columns:
            return []
        whole += part
        if stop == len(lines):
            return whole
        begin = stop
    return []


def _figures(rows: Sequence[Sequence[Piece]]) -> int:
    return sum(is_value(text) for row in rows for _, _, text in row)


def _ends_figures(row: Sequence[Piece], below: Sequence[Piece]) -> bool:
    """Whether a row is of figures only, and the next has none."""
    return all(is_value(text) for _, _, text in row) and not any(is_value(text) for _, _, text in below)


def _titles(rows: Sequence[Sequence[Piece]]) -> Iterator[int]:
    """Where a title stands below the rows of another table. A label that is alone in its row, as where nothing was
    there to be counted, stands where others do behind the first of theirs."""
    inner: set[int] = set()
    for at, row in enumerate(rows):
        if inner and row[0][0] not in inner and _is_title(row, rows[at + 1 : at + 2]):
            yield at - _names_year(rows[at - 1])
        inner.update(start for start, _, _ in row[1:])


def _names_year(row: Sequence[Piece]) -> bool:
    """Whether the line above a title is one as well, which says what year the table is about."""
    return len(row) == 1 and bool(_YEAR.search(row[0][2]))


def _is_title(row: Sequence[Piece], below: Sequence[Sequence[Piece]]) -> bool:
    """Whether a label stands alone above a row of heads."""
    alone = len(row) == 1 and not is_value(row[0][2])
    return alone and any(len(heads) > 1 and not any(is_value(text) for _, _, text in heads) for heads in below)


def _in_columns(lines: Sequence[str], rows: Sequence[Sequence[Piece]]) -> list[str]:
    """The lines of one table with tabs in them, none if it has no columns."""
    printed = [row for row in rows if len(row) > 1 and any(is_value(text) for _, _, text in row)]
    headed = [row for row in rows if len(row) > 1]
    if not printed or len(headed) < _FEWEST_LINES or not _are_headed(headed):
        return _without_figures(lines, rows)
    columns = _columns([piece for row in printed for piece in row])
    columns = _with_empty(columns, [piece for row in headed for piece in row])
    placed = [[(_column(piece, columns), piece) for piece in row] for row in printed]
    if len(columns) < 2 or any(len({at for at, _ in row}) < len(row) for row in placed):
        return []
    if not all(
        _is_flush([piece for row in placed for at, piece in row if at == one]) for one in range(1, len(columns))
    ):
        return []
    headed_by = 1 if len(rows[0]) == 1 and _SECTION.match(lines[0]) else 0
    return [*lines[:headed_by], *("\t".join(_cells(row, columns)) for row in rows[headed_by:])]


def _without_figures(lines: Sequence[str], rows: Sequence[Sequence[Piece]]) -> list[str]:
    """A row of heads below a title or two, and below it nothing but labels under the first of them: all cells are
    empty."""
    title = next((at + 1 for at in range(_MOST_TITLES) if rows[at:] and _is_title(rows[at], rows[at + 1 : at + 2])), 0)
    heads, *labels = rows[title:] or [()]
    if len(heads) < 2 or not labels or any(len(row) > 1 or row[0][0] > heads[0][1] for row in labels):
        return []
    if any(is_value(text) for row in (heads, *labels) for _, _, text in row):
        return []
    return [*lines[:title], "\t".join(text for _, _, text in heads)] + [
        row[0][2] + "\t" * (len(heads) - 1) for row in labels
    ]


def _are_headed(rows: Sequence[Sequence[Piece]]) -> bool:
    """Whether in each row that begins with a figure, all that is printed stands under a head of its own."""
    above: dict[int, Piece] = {}  # the nearest head by the places that it takes
    for row in rows:
        if not any(is_value(text) for _, _, text in row):
            above.update((place, head) for head in row for place in range(head[0], head[1]))
        elif is_value(row[0][2]):
            heads = {head for piece in row if (head := _head(piece, above))}
            if len(heads) < len(row):
                return False
    return True


def _head(piece: Piece, above: Mapping[int, Piece]) -> Piece | None:
    start, end, _ = piece
    over = (above[place] for place in (start, end - 1, (start + end) // 2) if place in above)
    return next((head for head in over if _is_flush([head, piece])), None)


def _is_flush(pieces: Sequence[Piece]) -> bool:
    """Whether what stands in a column stands under each other: by its left, its right or its middle."""
    if not pieces:
        return True
    edges = ([start for start, _, _ in pieces], [end for _, end, _ in pieces], [sum(one[:2]) // 2 for one in pieces])
    return any(max(edge) - min(edge) <= 1 for edge in edges)


def _pieces(line: str) -> list[Piece]:
    pieces: list[Piece] = []
    place = width = 0
    for found in _PIECE.finditer(line.replace("\u3000", "  ")):
        width += printed_width(found.string[place : found.start()])
        end = width + printed_width(found[0])
        pieces.append((width, end, found[0]))
        place, width = found.end(), end
    return pieces


def printed_width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def _columns(pieces: Iterable[Piece]) -> list[tuple[int, int]]:
    """The stretches between rivers."""
    columns: list[tuple[int, int]] = []
    for start, end, _ in sorted(pieces):
        if columns and start - columns[-1][1] < _RIVER:
            columns[-1] = columns[-1][0], max(end, columns[-1][1])
        else:
            columns.append((start, end))
    return columns


def _with_empty(columns: Sequence[tuple[int, int]], heads: Iterable[Piece]) -> list[tuple[int, int]]:
    """With the columns that are named and print nothing."""
    stretches = list(columns)
    for start, end, _ in sorted(heads):
        if all(start >= column[1] + _RIVER or end <= column[0] - _RIVER for column in stretches):
            stretches.append((start, end))
    return sorted(stretches)


def _column(piece: Piece, columns: Sequence[tuple[int, int]]) -> int:
    """The column that a piece stands in, or the first that it reaches over."""
    return min(range(len(columns)), key=lambda at: _distance(piece, columns[at]))


def _distance(piece: Piece, column: tuple[int, int]) -> int:
    return max(column[0] - piece[1], piece[0] - column[1], 0)


def _cells(row: Sequence[Piece], columns: Sequence[tuple[int, int]]) -> list[str]:
    cells = [""] * len(columns)
    for piece in row:
        at = _column(piece, columns)
        cells[at] = f"{cells[at]} {piece[2]}".strip()
    return cells
