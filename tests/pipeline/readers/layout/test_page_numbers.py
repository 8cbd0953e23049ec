"""The page's number over a table that reaches down to the foot."""

import pytest

from pipeline.readers.layout import Glyph, PrintedPage
from pipeline.readers.layout.page_numbers import without_page_number

WIDTH, HEIGHT = 595.0, 842.0


def letters(text: str, x: float, y: float = 790, step: float = 5, size: float = 10) -> list[Glyph]:
    return [Glyph(letter, x + step * place, y, x + step * place + 5, y + size) for place, letter in enumerate(text)]


def left(*runs: list[Glyph]) -> str:
    page = PrintedPage(5, WIDTH, HEIGHT, tuple(glyph for run in runs for glyph in run), ())
    return "".join(glyph.text for glyph in without_page_number(page))


@pytest.mark.parametrize("printed", ["- 5 -", "—12—", "－ 7 －", "第 5 页"])
def test_a_number_between_dashes_or_words_at_the_foot_is_none_of_the_cell_that_lies_over_it(printed: str) -> None:
    assert left(letters("68", 283, 785), letters(printed, 288)) == "68"


def test_the_page_s_own_number_in_the_middle_of_the_foot_is_none_of_the_cell_either() -> None:
    assert left(letters("68", 290, 785, size=9), letters("5", 295)) == "68"
    assert left(letters("68", 290, 785, size=9), letters("5", 330)) == "685"
    assert left(letters("68", 290, 785, size=9), letters("6", 295)) == "686"


def test_a_figure_as_tall_as_others_stays_where_the_page_s_number_might_stand() -> None:
    assert left(letters("120", 430, 600), letters("5", 295)) == "1205"


def test_it_stays_elsewhere_on_the_page() -> None:
    assert left(letters("- 5 -", 288, 400)) == "- 5 -"


def test_a_part_of_a_longer_number_stays() -> None:
    assert left(letters("0352-409-3455", 200)) == "0352-409-3455"


def test_dashes_that_stand_in_cells_of_their_own_stay() -> None:
    assert left(letters("-5-", 200, step=40)) == "-5-"
