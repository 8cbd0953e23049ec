"""What page_blocks makes of characters and ruling lines, whichever format prints them."""

from collections.abc import Sequence

import pytest

from pipeline.model import Grid, Paragraph
from pipeline.readers.layout import Glyph, PrintedPage, Ruling, document_blocks, page_blocks

SIZE = 10.0
ROWS = [["项目", "本年", "上年"], ["公开", "12", ""], ["总计", "12", "345"]]


def letters(text: str, x: float, y: float, *, gap: float = 0.0, clear: bool = True) -> list[Glyph]:
    """A line of text; digits are half as wide as ideographs."""
    glyphs = []
    for character in text:
        width = SIZE / 2 if character.isascii() else SIZE
        if character != " ":
            glyphs.append(Glyph(character, x, y, x + width, y + SIZE, clear))
        x += width + gap
    return glyphs


def lying(y: float, x0: float = 100, x1: float = 340) -> Ruling:
    return Ruling(x0, y, x1, y)


def standing(x: float, top: float = 100, bottom: float = 160) -> Ruling:
    return Ruling(x, top, x, bottom)


RASTER = [*(lying(y) for y in (100, 120, 140, 160)), *(standing(x) for x in (100, 180, 260, 340))]


def words(rows: Sequence[Sequence[str]] = ROWS) -> list[Glyph]:
    return [
        glyph
        for row, cells in enumerate(rows)
        for column, cell in enumerate(cells)
        for glyph in letters(cell, 105 + 80 * column, 105 + 20 * row)
    ]


def grids(glyphs: Sequence[Glyph], rulings: Sequence[Ruling]) -> list[Grid]:
    page = PrintedPage(1, 600, 800, tuple(glyphs), tuple(rulings))
    return [block for block in page_blocks(page) if isinstance(block, Grid)]


def texts(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in row] for row in grid.rows()]


def confidence(grid: Grid, text: str) -> float:
    return next(cell.confidence for cell in grid.cells if cell.text == text)


def dashes(ruling: Ruling, length: float, gap: float) -> list[Ruling]:
    """The line drawn in parts, each as both of what a dot may belong to."""
    parts = []
    at, end = (ruling.x0, ruling.x1) if ruling.top == ruling.bottom else (ruling.top, ruling.bottom)
    while at < end:
        stop = min(at + length, end)
        if ruling.top == ruling.bottom:
            parts += [Ruling(at, ruling.top, stop, ruling.top), Ruling(at, ruling.top - 0.4, at, ruling.top + 0.4)]
        else:
            parts += [Ruling(ruling.x0, at, ruling.x0, stop), Ruling(ruling.x0 - 0.4, at, ruling.x0 + 0.4, at)]
        at = stop + gap
    return parts


def frame(x: float, y: float) -> list[Ruling]:
    """Of one cell, a point away from its neighbours'."""
    return [lying(y, x, x + 79), lying(y + 19, x, x + 79), standing(x, y, y + 19), standing(x + 79, y, y + 19)]


# --- ruled tables --------------------------------------------------------------------------------------


def test_blank_cells_are_cells_and_places_are_those_of_the_lines() -> None:
    (grid,) = grids(words(), RASTER)
    assert texts(grid) == ROWS
    assert grid.exact
    assert all(cell.confidence == 1.0 for cell in grid.cells)
    blank = next(cell for cell in grid.cells if not cell.text)
    assert (blank.row, blank.column, blank.bbox) == (1, 2, (260.0, 120.0, 340.0, 140.0))


@pytest.mark.parametrize(
    "rulings",
    [
        [part for ruling in RASTER for part in dashes(ruling, 0.8, 1.5)],
        [part for ruling in RASTER for part in dashes(ruling, 3, 3)],
        [
            Ruling(r.x0 + dx, r.top + dy, r.x1 + dx, r.bottom + dy)
            for r in RASTER
            for dx, dy in ((0, 0), (2, 0) if r.x0 == r.x1 else (0, 2))
        ],
        [r for r in RASTER if r.x0 != r.x1 or r.x0 not in {100, 340}],
        [r for r in RASTER if r.bottom != 160 or r.top != 160],
        [side for row in range(3) for column in range(3) for side in frame(100 + 80 * column, 100 + 20 * row)],
    ],
    ids=["dotted", "dashed", "double", "no frame at the sides", "open at a page break", "each cell its own frame"],
)
def test_lines_of_every_kind_make_the_same_cells(rulings: list[Ruling]) -> None:
    (grid,) = grids(words(), rulings)
    assert texts(grid) == ROWS


def test_merged_cells_keep_their_spans() -> None:
    rulings = [
        *(lying(y) for y in (100, 160)), lying(120, 180, 340), lying(140),
        standing(100), standing(180), standing(260, 120, 160), standing(340),
    ]  # fmt: skip
    (grid,) = grids([*letters("项目", 105, 105), *letters("件数", 190, 105), *letters("1", 190, 125)], rulings)
    spans = {cell.text: (cell.row, cell.column, cell.rowspan, cell.colspan) for cell in grid.cells if cell.text}
    assert spans == {"项目": (0, 0, 2, 1), "件数": (0, 1, 1, 2), "1": (1, 1, 1, 1)}


def test_a_frame_around_text_is_no_table() -> None:
    frame = [lying(100), lying(160), standing(100), standing(340)]
    assert not grids(letters("重要提示", 120, 120), frame)


def test_a_table_in_a_cell_of_another_is_printed_once() -> None:
    outer = [
        lying(50, 50, 500),
        lying(400, 50, 500),
        standing(50, 50, 400),
        standing(400, 50, 400),
        standing(500, 50, 400),
    ]
    found = grids([*words(), *letters("正文", 60, 300), *letters("旁注", 420, 80)], [*RASTER, *outer])
    assert sorted(texts(grid) for grid in found) == sorted([ROWS, [["正文", "旁注"]]])


def test_where_a_line_is_missing_the_cells_are_doubted() -> None:
    rulings = [
        *(lying(y) for y in (100, 160)), lying(120, 100, 180), lying(120, 260, 340), lying(140, 180, 260),
        standing(100), standing(180, 100, 120), standing(180, 140, 160), standing(260, 100, 140), standing(340),
    ]  # fmt: skip
    (grid,) = grids(words(), rulings)
    assert any(cell.confidence < 0.9 for cell in grid.cells if cell.text)


@pytest.mark.parametrize(
    ("glyphs", "why"),
    [
        ([*letters("12", 190, 121), *letters("34", 190, 130.5)], "figures on two lines"),
        ([*letters("12", 190, 125), *letters("9", 191, 125)], "characters over each other"),
        (letters("12", 190, 125, clear=False), "characters that the page does not name for certain"),
        ([*letters("1", 190, 125), *letters("23", 199, 125)], "digits set apart"),
        (letters("123456789", 235, 125), "a number that runs on into the next cell"),
    ],
)
def test_what_had_to_be_guessed_is_doubted(glyphs: list[Glyph], why: str) -> None:
    (grid,) = grids([*words([["项目", "本年", "上年"]]), *glyphs], RASTER)
    assert [cell.confidence < 0.9 for cell in grid.cells if cell.row == 1 and cell.text] != [], why
    assert all(cell.confidence < 0.9 for cell in grid.cells if cell.row == 1 and cell.text), why


def test_digits_that_are_evenly_spaced_out_are_one_clear_number() -> None:
    (grid,) = grids([*words([["项目", "本年", "上年"]]), *letters("12345", 190, 125, gap=2.2)], RASTER)
    assert confidence(grid, "12345") == 1.0


def test_a_drawing_of_thousands_of_lines_is_no_table() -> None:
    drawing = [lying(5.0 * row, 11.0 * part, 11.0 * part + 6) for row in range(100) for part in range(50)]
    assert not any(grid.exact for grid in grids(words(), [*drawing, *RASTER]))


# --- tables without ruling lines ---------------------------------------------------------------------------

NUMBERS = [
    ["一、新收", "12", "3", "450"],
    ["二、结转", "1", "0", "7"],
    ["三、公开", "8", "", "99"],
    ["四、总计", "20", "3", "556"],
]


def aligned(rows: Sequence[Sequence[str]]) -> list[Glyph]:
    return [
        glyph
        for row, cells in enumerate(rows)
        for column, cell in enumerate(cells)
        for glyph in letters(cell, (60 if column == 0 else 160 + 50 * column - len(cell) * 2.5), 100 + 20 * row)
    ]


def test_numbers_under_each_other_are_columns_and_a_gap_is_a_blank_cell() -> None:
    (grid,) = grids(aligned(NUMBERS), [])
    assert texts(grid) == NUMBERS
    assert not grid.exact
    assert {cell.method for cell in grid.cells} == {"text"}


def test_numbers_that_almost_touch_are_two() -> None:
    rows = [["一、新收", "12", "34"], ["二、结转", "1", "5"], ["三、公开", "2", "6"]]
    close = [*letters("12", 200, 100), *letters("34", 214.5, 100)]
    glyphs = [*letters("一、新收", 60, 100), *close, *[g for g in aligned([["", "", ""], *rows[1:]]) if g.top > 100]]
    (grid,) = grids(glyphs, [])
    assert texts(grid)[0] == rows[0]


def test_numbers_nearer_than_words_are_parted_by_the_columns_of_other_rows_and_doubted() -> None:
    rows = [
        ["一、新收", "1", "34567", "88888"],
        ["二、结转", "4", "30000", "60000"],
        ["三、公开", "7", "81111", "91234"],
    ]
    full = [*letters("四、总计", 60, 160), *letters("9", 207.5, 160)]
    full += [*letters("55555555", 240, 160), *letters("7777777", 283, 160)]
    (grid,) = grids([*aligned(rows), *full], [])
    assert texts(grid)[3] == ["四、总计", "9", "55555555", "7777777"]
    assert confidence(grid, "55555555") < 0.9
    assert confidence(grid, "7777777") < 0.9


def test_running_text_with_numbers_is_no_table() -> None:
    lines = [
        letters("全年共收到申请12件，办结12件，其中予以公开8件，部分公开2件，", 60, 100 + 18 * row) for row in range(4)
    ]
    page = PrintedPage(1, 600, 800, tuple(glyph for line in lines for glyph in line), ())
    assert all(isinstance(block, Paragraph) for block in page_blocks(page))


# --- lines and documents ----------------------------------------------------------------------------------


def test_a_character_printed_twice_on_one_spot_is_taken_once() -> None:
    twice = [*letters("一一年11件", 60, 100), *letters("一一年11件", 60.3, 100)]
    (block,) = page_blocks(PrintedPage(1, 600, 800, tuple(twice), ()))
    assert isinstance(block, Paragraph)
    assert block.text == "一一年11件"


def test_tables_are_numbered_through_the_document_and_running_heads_are_dropped() -> None:
    pages = [
        page_blocks(PrintedPage(number, 600, 800, (*letters("年度报告第一版", 60, 30), *words()), tuple(RASTER)))
        for number in (1, 2, 3)
    ]
    blocks = document_blocks(pages)
    assert [block.number for block in blocks if isinstance(block, Grid)] == [1, 2, 3]
    assert not any(isinstance(block, Paragraph) for block in blocks)


SPARSE = [*[["1", "2", "3"]] * 3, *[["4", "", "5"], ["", "6", "7"], ["8", "—", ""]] * 3]


def test_columns_that_enough_rows_show_hold_where_most_rows_have_blank_cells() -> None:
    glyphs = [
        glyph
        for row, values in enumerate(SPARSE)
        for column, text in enumerate(["项目", *values])
        for glyph in letters(text, 100 + 60 * column, 100 + 20 * row)
    ]
    assert [row[1:] for row in texts(grids(glyphs, [])[0])] == SPARSE


def test_labels_above_and_below_numbers_with_none_beside_are_those_of_the_row() -> None:
    glyphs = [
        *(glyph for row in range(3) for glyph in numbers("公开", row * 60)),
        *letters("其他", 100, 264),
        *letters("申请人无正", 140, 264),
        *numbers("", 170),
        *letters("处理", 100, 276),
        *letters("当理由", 140, 276),
    ]
    assert texts(grids(glyphs, [])[0])[-1] == ["其他处理", "申请人无正当理由", "1", "2", "3"]


def numbers(label: str, y: float) -> list[Glyph]:
    cells = [(label, 100), ("1", 220), ("2", 260), ("3", 300)]
    return [glyph for text, x in cells for glyph in letters(text, x, 100 + y)]
