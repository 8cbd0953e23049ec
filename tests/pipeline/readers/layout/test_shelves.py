"""Where standing lines would be: never through a figure."""

from __future__ import annotations

from pipeline.readers.layout.rulings import Stroke
from pipeline.readers.layout.shelves import Shelf, standing_lines

LEFT, RIGHT = 50.0, 500.0


def shelf(number: int, words: list[tuple[float, float]], values: list[tuple[float, float]]) -> Shelf:
    top, bottom = 100.0 + 20 * number, 120.0 + 20 * number
    above, below = ((Stroke(at, LEFT, RIGHT),) for at in (top, bottom))
    return Shelf(top, bottom, (*words, *values), tuple(values), above, below)


def test_a_wide_figure_beside_a_label_that_spans_columns_of_labels_is_not_cut() -> None:
    head = shelf(0, [(300, 310), (365, 430)], [])  # the second word is over two columns
    spanning = shelf(1, [(60, 250)], [(290, 310), (350, 370), (400, 410)])
    rows = [shelf(n, [(60, 100), (120, 250)], [(300, 305), (357, 362), (402, 407)]) for n in (2, 3)]
    walls = {round(line.at) for line in standing_lines([head, spanning, *rows], LEFT, RIGHT)}
    figures = [value for one in (spanning, *rows) for value in one.values]
    assert not any(begin < wall < end for wall in walls for begin, end in figures)
    assert sum(370 <= wall <= 400 for wall in walls) == 1
