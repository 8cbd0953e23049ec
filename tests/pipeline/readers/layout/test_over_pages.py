"""A table without rulings goes on on the next page in the columns of the first."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.model import Block, Cell, Grid, Paragraph
from pipeline.readers.layout.columns import COUNTED
from pipeline.readers.layout.over_pages import with_columns_gone_on

PLACES = (100.0, 150.0, 200.0)


def cell(text: str, row: int, column: int, left: float, page: int, confidence: float = 1.0) -> Cell:
    box = (left, 20.0 * row, left + 10, 20.0 * row + 10)
    return Cell(text, row, column, page=page, bbox=box, method="text", confidence=confidence, doubt="unsure")


def row(at: int, page: int, figures: Sequence[str], confidence: float = 1.0) -> list[Cell]:
    printed = [(text, left) for text, left in zip(figures, PLACES, strict=True) if text]
    values = [cell(text, at, place, left, page, confidence) for place, (text, left) in enumerate(printed, 1)]
    return [cell("公开", at, 0, 20, page), *values]


FIRST = Grid(tuple(one for at in range(4) for one in row(at, 1, ("1", "2", "3"))), 1, exact=False, page=1)


def second(figures: Sequence[str], page: int = 2) -> Grid:
    return Grid(tuple(row(0, page, figures, COUNTED)), 2, exact=False, page=page)


def texts(*blocks: Block) -> list[str]:
    last = with_columns_gone_on(blocks)[-1]
    assert isinstance(last, Grid)
    return [one.text for one in last.cells]


def test_what_lacks_a_number_has_a_blank_cell_in_its_column() -> None:
    assert texts(FIRST, second(("7", "", "9"))) == ["公开", "7", "", "9"]


def test_numbers_whose_columns_were_only_counted_are_sure_where_the_page_before_shows_them() -> None:
    last = with_columns_gone_on([FIRST, second(("7", "8", "9"))])[-1]
    assert isinstance(last, Grid)
    assert [one.confidence for one in last.cells] == [1.0] * 4


def test_a_number_that_stands_in_none_of_the_columns_leaves_the_table_as_it_is() -> None:
    beside = Grid((*row(0, 2, ("7", "", "")), cell("9", 0, 2, 130, 2)), 2, exact=False, page=2)
    assert texts(FIRST, beside) == ["公开", "7", "9"]


def test_only_the_next_page_goes_on_and_only_right_behind_the_table() -> None:
    assert texts(FIRST, second(("7", "", "9"), page=3)) == ["公开", "7", "9"]
    assert texts(FIRST, Paragraph("四、"), second(("7", "", "9"))) == ["公开", "7", "9"]
