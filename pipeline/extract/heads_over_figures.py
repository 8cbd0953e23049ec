"""Which applicant's column is which where no line tells columns apart: the words of the header stand over the figures,
however many lines they are broken over."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.extract.labels import label_likeness, plain
from pipeline.extract.raster import Row, is_label
from pipeline.extract.strange_columns import is_strange
from pipeline.forms import Applicant
from pipeline.model import Cell

_CLEAR = 0.9
_FEWEST_ROWS = 3  # full ones, that show where the columns are
_MOST_LINES = 4  # that a label is broken over
_MOST_WORDS = 200  # of a header

Span = tuple[float, float]


class Word(NamedTuple):
    span: Span
    top: float
    text: str


def order_over_figures(rows: Sequence[Row], heads: Sequence[Row], applicants: Sequence[Applicant]) -> tuple[str, ...]:
    """The applicants from left to right, "" for a column that is clearly none of them, where the header names every
    column of figures clearly; () where not."""
    columns = _columns(rows)
    words = [word for row in heads for cell in row.cells for word in _words(cell)][:_MOST_WORDS]
    if len(columns) < 2 or not words:
        return ()
    above: list[list[Word]] = [[] for _ in columns]
    reach = min(right[0] - left[0] for left, right in pairwise(columns)) / 2
    for word in words:
        nearest = min(range(len(columns)), key=lambda place: _distance(columns[place], word.span))
        if _distance(columns[nearest], word.span) <= reach:
            above[nearest].append(word)
    if any(sum(bool(_applicant_of([word.text], applicants)) for word in words) > 1 for words in above):
        return ()  # heads of several columns, of which some print no figure
    lines = [[word.text for word in sorted(words, key=_top)] for words in above]
    named = [_applicant_of(texts, applicants) for texts in lines]
    known = [code for code in named if code]
    clear = all(code or (texts and is_strange(texts[-1])) for code, texts in zip(named, lines, strict=True))
    return tuple(named) if known and clear and len(set(known)) == len(known) else ()


def _columns(rows: Sequence[Row]) -> list[Span]:
    """Where the fullest rows have their figures, on the average."""
    boxes = [[cell.bbox for cell in row.values if cell.text and not is_label(cell)] for row in rows]
    most = max(map(len, boxes), default=0)
    full = [[box for box in row if box is not None] for row in boxes if len(row) == most]
    if len(full) < _FEWEST_ROWS or any(len(row) < most for row in full):
        return []
    return [
        (sum(box[0] for box in column) / len(column), sum(box[2] for box in column) / len(column))
        for column in zip(*full, strict=True)
    ]


def _distance(one: Span, other: Span) -> float:
    """As they are set: to the left, to the right or to the middle."""
    left, right = one[0] - other[0], one[1] - other[1]
    return min(abs(left), abs(right), abs(left + right) / 2)


def _words(cell: Cell) -> list[Word]:
    """Those of a cell between blanks, each at its share of the cell's width."""
    texts = cell.text.split()
    if cell.bbox is None or not texts:
        return []
    left, top, right, _ = cell.bbox
    letters = len(cell.text)
    words: list[Word] = []
    place = 0
    for text in texts:
        begin = cell.text.index(text, place)
        place = begin + len(text)
        span = (left + (right - left) * begin / letters, left + (right - left) * place / letters)
        words.append(Word(span, top, text))
    return words


def _top(word: Word) -> float:
    return word.top


def _applicant_of(lines: Sequence[str], applicants: Sequence[Applicant]) -> str:
    """Whose label the lowest lines over a column make."""
    for count in range(1, min(len(lines), _MOST_LINES) + 1):
        label = "".join(lines[-count:])
        for applicant in applicants:
            known = (applicant.path[-1], *applicant.also)
            if label_likeness(label, known) >= _CLEAR or any(_same_letters(label, one) for one in known):
                return applicant.code
    return ""


def _same_letters(label: str, known: str) -> bool:
    """Lines that stand between those of the column beside are read in one with these, their letters mixed."""
    return sorted(plain(label)) == sorted(plain(known))
