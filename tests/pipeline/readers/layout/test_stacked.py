"""Cells of tables without rulings, whose lines stand closer to each other than cells do."""

from collections.abc import Sequence

from pipeline.readers.layout.lines import lines_of, pieces_of
from pipeline.readers.layout.marks import Glyph
from pipeline.readers.layout.stacked import in_stacks, stacked_rows

SIZE = 10.0


def word(text: str, x: float, y: float) -> list[Glyph]:
    return [Glyph(letter, x + SIZE * n, y, x + SIZE * (n + 1), y + SIZE) for n, letter in enumerate(text)]


def rows_of(glyphs: Sequence[Glyph]) -> list[list[str]]:
    return [[cell.text for cell in row] for row in stacked_rows([pieces_of(line) for line in lines_of(glyphs)])]


LABELS = [*word("一、本年新收", 60, 100), *word("申请数量", 60, 113), *word("二、上年结转", 60, 133)]


def test_a_label_on_two_lines_stands_beside_its_figures() -> None:
    figures = [*word("7", 200, 106.5), *word("8", 260, 106.5), *word("1", 200, 133), *word("2", 260, 133)]
    assert rows_of([*LABELS, *figures]) == [["一、本年新收申请数量", "7", "8"], ["二、上年结转", "1", "2"]]


def test_a_figure_broken_over_lines_is_one() -> None:
    figures = [*word("20", 200, 100), *word("41", 200, 113), *word("8", 260, 106.5), *word("1", 200, 133)]
    assert rows_of([*LABELS, *figures])[0] == ["一、本年新收申请数量", "2041", "8"]


def test_cells_as_close_as_lines_are_not_told_apart() -> None:
    close = [*word("一、本年新收", 60, 100), *word("二、上年结转", 60, 113), *word("三、总计", 60, 126)]
    figures = [glyph for y in (100, 113, 126) for glyph in word("7", 200, y)]
    assert rows_of([*close, *figures]) == []


def test_the_last_line_of_a_paragraph_is_in_no_stack() -> None:
    lines = lines_of([*word("一" * 30, 60, 100), *word("完毕", 60, 113)])
    assert in_stacks(lines, [False, False]) == set()


def test_a_label_a_little_off_the_middle_of_its_row_belongs_to_it() -> None:
    labels = [*LABELS, *word("三、办理", 60, 159.5)]
    figures = [glyph for y, text in ((106.5, "7"), (133, "8"), (153, "9")) for glyph in word(text, 200, y)]
    assert rows_of([*labels, *figures])[-1] == ["三、办理", "9"]
