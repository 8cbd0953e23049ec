"""What is seen from a cell: the labels above it and beside it, the nearest first."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache

from pipeline.extract.labels import names
from pipeline.extract.raster import Raster, is_label
from pipeline.forms import Item
from pipeline.model import Cell

ALIKE = 0.7  # labels less alike than this are not the same
_FARTHEST = 12  # labels that are looked at in one direction
_MOST_STEPS = 80  # rows or columns that are; a long table has some 60

Vocabulary = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sight:
    above: tuple[str, ...]
    beside: tuple[str, ...]

    @property
    def all(self) -> tuple[str, ...]:
        return self.above + self.beside


def sight_from(cell: Cell, raster: Raster, vocabulary: Vocabulary, blanks: Collection[int], *, in_rows: bool) -> Sight:
    """`blanks` are rows of empty cells in the place of figures. Where items stand `in_rows` under heads of columns,
    what lies over the whole table is no head: an empty cell below it is no figure of its."""
    above = _labels_from(cell, raster, (-1, 0), vocabulary, blanks)
    if not cell.text and in_rows and raster.grid.width > 1:
        above = (label for label in above if label.colspan < raster.grid.width)
    beside = _labels_from(cell, raster, (0, -1), vocabulary, blanks)
    return Sight(tuple(label.text for label in above), tuple(label.text for label in beside))


def _labels_from(
    cell: Cell, raster: Raster, step: tuple[int, int], vocabulary: Vocabulary, blanks: Collection[int]
) -> Iterator[Cell]:
    """Known labels going up or left, over other figures first, until figures, or a row of `blanks` in their place, come
    again behind labels; then those of lines above the table."""
    row, column = cell.row, cell.column
    last: Cell | None = None
    count = 0
    for _ in range(_MOST_STEPS):
        row, column = row + step[0], column + step[1]
        if count >= _FARTHEST or row < 0 or column < 0:
            break
        other = raster.at(row, column)
        if other is None or other is last or other is cell:
            continue
        last = other
        if other.text and is_label(other) and knows(other.text, vocabulary):
            count += 1
            yield other
        elif count and (other.row in blanks or (other.text and not is_label(other))):
            return
    if step == (-1, 0):
        yield from (Cell(caption, 0, 0) for caption in reversed(raster.captions) if knows(caption, vocabulary))


@lru_cache(maxsize=32768)
def knows(text: str, vocabulary: Vocabulary) -> bool:
    return any(names(text, label, ALIKE) for label in vocabulary)


@lru_cache(maxsize=64)
def vocabulary_of(items: tuple[Item, ...]) -> Vocabulary:
    labels: list[str] = []
    for item in items:
        labels += [*item.row[-1:], *item.column_path, *item.also]
    return tuple(dict.fromkeys(labels))
