"""Numbers too long for their cells, whose last digits stand in the next one."""

from __future__ import annotations

import pytest

from pipeline.model import Grid
from pipeline.readers.layout import Glyph, PrintedPage, Ruling, page_blocks

WALLS = (10.0, 31.0, 52.0, 73.0)


def digits(text: str, x: float) -> list[Glyph]:
    return [Glyph(digit, x + 6 * n, 104, x + 6 * n + 6, 116) for n, digit in enumerate(text)]


def row(*numbers: tuple[str, float]) -> list[tuple[str, bool]]:
    """What each cell prints, and whether it is doubted."""
    rules = [Ruling(x, 100, x, 140) for x in WALLS] + [Ruling(WALLS[0], y, WALLS[-1], y) for y in (100, 120, 140)]
    below = [Glyph("0", x + 7, 124, x + 13, 136) for x in WALLS[:-1]]
    glyphs = [glyph for text, x in numbers for glyph in digits(text, x)]
    page = PrintedPage(1, 600, 800, (*glyphs, *below), tuple(rules))
    [grid] = (block for block in page_blocks(page) if isinstance(block, Grid))
    return [(cell.text, cell.confidence < 0.9) for cell in grid.cells if cell.row == 0]


@pytest.mark.parametrize(("other", "x"), [("", 0.0), ("5", 42.0), ("17", 37.0)])
def test_the_last_digit_in_the_next_cell_belongs_to_its_number(other: str, x: float) -> None:
    assert row(("1029", 11), (other, x)) == [("1029", True), (other, True), ("", False)]


def test_the_first_digit_in_the_cell_before_belongs_to_its_number() -> None:
    assert row(("7", 12), ("1029", 26)) == [("7", True), ("1029", True), ("", False)]


def test_two_numbers_that_meet_at_the_line_stay_two_and_are_doubted() -> None:
    assert row(("306", 13), ("30", 31)) == [("306", True), ("30", True), ("", False)]
