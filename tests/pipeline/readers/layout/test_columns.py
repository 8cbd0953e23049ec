"""Columns of tables without rulings, told by where the numbers of their rows stand."""

from __future__ import annotations

from pipeline.readers.layout import Glyph
from pipeline.readers.layout.columns import columns_of
from pipeline.readers.layout.lines import Line, line_of

COLUMNS = (200.0, 260.0, 320.0)


def piece(text: str, x: float, y: float, width: float = 5) -> Line:
    return line_of(Glyph(letter, x + width * at, y, x + width * (at + 1), y + 10) for at, letter in enumerate(text))


def row(label: str, y: float, *figures: str) -> list[Line]:
    numbers = [piece(figure, x, y) for x, figure in zip(COLUMNS, figures, strict=True)]
    return [piece(label, 20, y, width=10), *numbers]


ROWS = [row("重复申请", 20.0 * at, "12", "0", "34") for at in range(5)]


def texts(*rows: list[Line]) -> list[str]:
    return [place.text for place in columns_of([*ROWS, *rows])[-1]]


def touching(label: str, figure: str, y: float) -> Line:
    """A label that ends where the first column of numbers begins."""
    letters = [*piece(label, COLUMNS[0] - 10 * len(label), y, width=10).glyphs, *piece(figure, COLUMNS[0], y).glyphs]
    return line_of(letters)


def test_a_label_that_touches_the_number_behind_it_is_none_of_it() -> None:
    figures = [piece("5", COLUMNS[1], 120), piece("6", COLUMNS[2], 120)]
    assert texts([touching("部分公开（不计其他情形）", "97", 120), *figures]) == [
        "部分公开（不计其他情形）",
        "97",
        "5",
        "6",
    ]


def test_digits_that_end_a_label_elsewhere_stay_in_it() -> None:
    label = piece("公开渠道2", 20, 120, width=10)
    assert texts([label, piece("5", COLUMNS[1], 120)])[0] == "公开渠道2"
