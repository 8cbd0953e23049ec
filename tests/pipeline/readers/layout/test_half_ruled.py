"""Tables whose rows alone are ruled: what columns they have."""

from collections.abc import Sequence

from pipeline.model import Grid, Paragraph
from pipeline.readers.layout import Glyph, PrintedPage, Ruling, page_blocks

SIZE = 10.0
HEAD = [(200, "申请人情况")], [(150, "自然人"), (250, "法人"), (350, "总计")]
ROWS = [(20, "新收数量"), (150, "2048"), (250, "3"), (350, "2051")], [(20, "结转数量"), (250, "12"), (350, "12")]
TABLE = (*HEAD, *ROWS)


def letters(text: str, x: float, y: float, size: float = SIZE) -> list[Glyph]:
    glyphs = []
    for character in text:
        width = size / 2 if character.isascii() else size
        glyphs.append(Glyph(character, x, y, x + width, y + size))
        x += width
    return glyphs


def blocks(
    rows: Sequence[Sequence[tuple[float, str]]], rules: Sequence[tuple[float, float, float]], more: Sequence[Glyph] = ()
) -> list[Grid | Paragraph]:
    glyphs = [
        glyph for place, row in enumerate(rows) for x, text in row for glyph in letters(text, x, 105 + 20 * place)
    ]
    rulings = [Ruling(x0, y, x1, y) for y, x0, x1 in rules]
    return page_blocks(PrintedPage(1, 600, 800, (*glyphs, *more), tuple(rulings)))


def full(count: int, top: float = 100) -> list[tuple[float, float, float]]:
    return [(top + 20 * place, 10, 400) for place in range(count)]


def texts(block: Grid | Paragraph) -> list[list[str]]:
    assert isinstance(block, Grid)
    assert block.exact
    return [[cell.text for cell in row] for row in block.rows()]


def test_figures_stand_in_the_columns_of_those_above_and_a_gap_is_a_blank_cell() -> None:
    [grid] = blocks(TABLE, full(5))
    assert texts(grid)[1:] == [
        ["", "自然人", "法人", "总计"],
        ["新收数量", "2048", "3", "2051"],
        ["结转数量", "", "12", "12"],
    ]


def test_a_label_goes_on_over_the_rows_that_no_rule_parts_beside_it() -> None:
    rows = ([(20, "办理"), (80, "公开"), (150, "7")], [(80, "不予"), (150, "8")], [(20, "总计"), (150, "15")])
    [grid] = blocks(rows, [(100, 10, 400), (120, 70, 400), (140, 10, 400), (160, 10, 400)])
    assert isinstance(grid, Grid)
    group = next(cell for cell in grid.cells if cell.text == "办理")
    assert group.rowspan == 2


def test_a_head_with_fewer_cells_than_the_rows_has_shorter_rules() -> None:
    rows = (HEAD[0], [(150, "自然人"), (250, "法人")], *ROWS)
    [grid] = blocks(rows, [(100, 10, 200), (120, 10, 300), *full(3, 140)])
    assert texts(grid)[2:] == [["新收数量", "2048", "3", "2051"], ["结转数量", "", "12", "12"]]


def test_a_label_whose_number_is_spaced_out_is_one_label() -> None:
    rows = (
        [(20, "1"), (27, ". 属于国家秘密"), (250, "3"), (350, "3")],
        [(20, "2"), (27, ". 其他"), (250, "4"), (350, "4")],
    )
    [grid] = blocks(rows, full(3))
    assert [row[0] for row in texts(grid)] == ["1. 属于国家秘密", "2. 其他"]


def test_a_heading_parts_two_tables_of_one_width() -> None:
    heading = letters("收到申请情况", 20, 162, size=16)
    rules = [*full(4), *full(3, top=180)]
    rows = (*TABLE[1:], [], *TABLE[2:])
    first, paragraph, second = blocks(rows, rules, heading)
    assert isinstance(paragraph, Paragraph)
    assert [len(texts(grid)) for grid in (first, second)] == [3, 2]


def test_rows_that_no_rule_parts_are_left_to_the_eye_for_columns() -> None:
    rows = (
        [(20, "项目"), (150, "一"), (250, "二"), (350, "三")],
        *([(20, "数量"), (150, "1"), (250, "2"), (350, "3")],) * 3,
    )
    found = blocks(rows, [(100, 10, 400), (120, 10, 400), (185, 10, 400)])
    assert not any(isinstance(block, Grid) and block.exact for block in found)


def test_lines_of_running_text_between_rules_are_no_table() -> None:
    rows = ([(20, "本年度公开信息12条。")], [(20, "受理申请3件。")], [(20, "没有收费。")])
    assert all(isinstance(block, Paragraph) for block in blocks(rows, full(4)))


def test_labels_that_stand_downwards_under_their_numbers_are_in_a_column_each() -> None:
    downwards = ([(150, "1."), (165, "2."), (180, "3.")], *([(150, "国"), (165, "法"), (180, "第")],) * 2)
    figures = [(20, "自然人"), (150, "4"), (165, "5"), (180, "6")]
    [grid] = blocks((*downwards, figures), [(100, 10, 400), (160, 10, 400), (180, 10, 400)])
    assert texts(grid) == [["", "1.国国", "2.法法", "3.第第"], ["自然人", "4", "5", "6"]]
