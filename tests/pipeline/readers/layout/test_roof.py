"""What heads over numbers without lines between them say: under which each number stands, and where none does."""

from __future__ import annotations

from pipeline.readers.layout import Glyph
from pipeline.readers.layout.columns import columns_of
from pipeline.readers.layout.lines import Line, line_of
from pipeline.readers.layout.roof import bands_of, heads_over

PLACES = (100.0, 160.0, 220.0, 280.0)


def piece(text: str, middle: float, y: float, width: float = 10) -> Line:
    left = middle - len(text) * width / 2
    return line_of(
        Glyph(letter, left + width * at, y, left + width * (at + 1), y + 10) for at, letter in enumerate(text)
    )


def heads(y: float, *texts: str) -> list[Line]:
    return [piece(text, x, y) for text, x in zip(texts, PLACES, strict=True) if text]


def numbers(y: float, *texts: str) -> list[Line]:
    return [piece(text, x, y, 5) for text, x in zip(texts, PLACES, strict=True) if text]


HEADER = [heads(0, "维持", "纠正", "其他", "总计")]


def texts(*rows: list[Line]) -> list[str]:
    return [place.text for place in columns_of(rows)[-1]]


def test_a_head_without_a_number_is_over_a_blank_cell() -> None:
    assert texts(*HEADER, numbers(20, "8", "", "3", "11")) == ["8", "", "3", "11"]


def test_heads_that_stand_a_little_higher_in_cells_of_two_lines_are_over_columns_too() -> None:
    header = [heads(0, "维持", "", "", "总计"), heads(9, "", "纠正", "其他", "")]
    assert texts(*header, numbers(30, "", "7", "3", "10")) == ["", "7", "3", "10"]


def test_the_name_of_a_group_between_two_columns_is_over_no_column_of_its_own() -> None:
    header = [[piece("诉讼", 190, 0)], *[heads(20, "维持", "纠正", "其他", "总计")]]
    assert texts(*header, numbers(40, "1", "2", "3", "6")) == ["1", "2", "3", "6"]


def test_a_number_between_two_heads_stands_under_neither() -> None:
    assert heads_over([piece("8", 130, 20, 5)], HEADER) == []


def test_letters_set_far_apart_are_no_heads_over_blank_cells() -> None:
    assert heads_over(numbers(20, "8", "2", "", "11"), [heads(0, "总计", "维持", "计", "其他")]) == []


def test_beside_labels_a_header_shows_columns_that_print_nothing_at_all() -> None:
    rows = [[piece("公开", 20, 20.0 * at), *numbers(20.0 * at, "5", "", "", "5")] for at in range(1, 5)]
    assert texts(*HEADER, *rows) == ["公开", "5", "", "", "5"]


def test_a_header_that_names_fewer_columns_than_rows_show_tells_nothing() -> None:
    rows = [numbers(20, "5", "6", "7", "18")]
    bands = [(number.box[0], number.box[2]) for number in rows[0]]
    assert bands_of([heads(0, "维持", "纠正", "", "总计")], rows, bands) == []


def test_rows_of_as_many_numbers_are_not_full_where_others_show_more_columns() -> None:
    gaps = [("1", "", "3", "4"), ("1", "2", "", "3"), ("", "2", "3", "5"), ("1", "2", "3", "")]
    rows = [[piece("公开", 20, 20.0 * at), *numbers(20.0 * at, *gap)] for at, gap in enumerate(gaps)]
    assert all(place.confidence < 0.9 for place in columns_of(rows)[0][1:])


def test_columns_are_known_without_any_full_row_where_each_is_shown_beside_the_next() -> None:
    gaps = [("1", "", "3", "4"), ("1", "2", "", "3"), ("", "2", "3", "5"), ("1", "2", "3", "")] * 3
    rows = [[piece("公开", 20, 20.0 * at), *numbers(20.0 * at, *gap)] for at, gap in enumerate(gaps)]
    assert [place.text for place in columns_of(rows)[0]] == ["公开", "1", "", "3", "4"]
