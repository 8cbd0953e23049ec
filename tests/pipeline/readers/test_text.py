"""Tables in plain text, however their cells are parted, and what stands between them."""

from __future__ import annotations

import random

import pytest

from pipeline.errors import UnreadableDocument
from pipeline.extract import extract
from pipeline.model import Document, Grid, Paragraph
from pipeline.readers import read
from pipeline.readers.columns import tabbed
from tests.support.shapes import fixed_width

ROWS = [["行政许可", "37733", ""], ["行政强制", "", "27041"], ["行政处罚", "5", "0"]]


def document(text: str, name: str = "a.txt") -> Document:
    return read(text.encode(), name)


def rows(found: Document) -> list[list[str]]:
    (grid,) = [block for block in found.blocks if isinstance(block, Grid)]
    return [[cell.text for cell in row] for row in grid.rows()]


def texts(found: Document) -> list[str]:
    return [block.text for block in found.blocks if isinstance(block, Paragraph)]


def box(lines: list[list[str]]) -> str:
    rule = "├────┼────┤"
    return "\n".join([rule, *(line for row in lines for line in ("│" + " │ ".join(row) + "│", rule))])


@pytest.mark.parametrize(
    "text",
    [
        "\n".join("\t".join(row) for row in ROWS),
        "\n".join(",".join(f'"{cell}"' if cell else "" for cell in row) for row in ROWS),
        "\n".join("| " + " | ".join(row) + " |" for row in ROWS),
        "+---+---+---+\n" + "\n+---+---+---+\n".join("|" + "|".join(row) + "|" for row in ROWS) + "\n+---+---+---+",
        box(ROWS),
        fixed_width(ROWS),
    ],
    ids=["tabs", "csv", "markdown", "ascii box", "box signs", "fixed width"],
)
def test_empty_cells_stay_in_their_columns(text: str) -> None:
    found = document(f"前面的文字。\n\n{text}\n\n后面的文字。")
    assert [row + [""] * (3 - len(row)) for row in rows(found)] == ROWS
    assert texts(found) == ["前面的文字。", "后面的文字。"]


def test_quoted_fields_may_hold_commas() -> None:
    assert rows(document('项目,"上年","本年"\n许可,"1,234",5\n处罚,"0",7')) == [
        ["项目", "上年", "本年"],
        ["许可", "1,234", "5"],
        ["处罚", "0", "7"],
    ]


def test_a_title_between_two_rows_is_a_row_and_a_sections_heading_is_none() -> None:
    found = document("规章\t1\t2\n第二十条第（五）项\n许可\t3\t4\n三、收到和处理政府信息公开申请情况\n自然人\t总计\n")
    grids = [block for block in found.blocks if isinstance(block, Grid)]
    assert [grid.height for grid in grids] == [3, 1]
    assert texts(found) == ["三、收到和处理政府信息公开申请情况"]


def test_rows_with_spaces_among_rows_with_tabs_belong_to_them() -> None:
    assert rows(document("规章\t1\t2\n规范性文件  3  4\n许可\t5\t6")) == [
        ["规章", "1", "2"],
        ["规范性文件", "3", "4"],
        ["许可", "5", "6"],
    ]


@pytest.mark.parametrize(
    "prose",
    [
        "联系人：王某  电话：0765-8667457\n地址：建设路201号  邮编：100000",
        "某县教育局  2025年1月20日\n某县教育局  2025年1月21日",
        "一、二、三\n四、五、六",
        "- 1 -\n- 2 -\n—3—",
    ],
)
def test_lines_with_gaps_in_them_are_no_table(prose: str) -> None:
    assert [block for block in document(prose).blocks if isinstance(block, Grid)] == []


def test_a_comma_between_wide_gaps_is_in_a_number() -> None:
    assert rows(document("许可  1,234  5  0\n处罚措施  0  7,001  2")) == [
        ["许可", "1,234", "5", "0"],
        ["处罚措施", "0", "7,001", "2"],
    ]


def test_columns_count_chinese_letters_twice() -> None:
    assert list(tabbed(["甲乙丙  1  2", "a           3", "甲乙    4  5"])) == ["甲乙丙\t1\t2", "a\t\t3", "甲乙\t4\t5"]


def test_figures_without_a_label_stand_under_their_heads() -> None:
    lines = ["结果维持  结果纠正  总计", "1                   1", "结果维持          总计", "2                 2"]
    assert list(tabbed(lines)) == ["结果维持\t结果纠正\t总计", "1\t\t1", "结果维持\t总计", "2\t2"]


def test_a_row_of_columns_may_have_lost_its_label() -> None:
    lines = ["内容  自然人  总计", "公开  4       4", "      5       5", "其他          0"]
    assert list(tabbed(lines)) == ["内容\t自然人\t总计", "公开\t4\t4", "\t5\t5", "其他\t\t0"]


def test_figures_that_moved_together_stand_under_no_heads() -> None:
    lines = ["结果维持  结果纠正  其他结果  总计", "1         1  2"]
    assert list(tabbed(lines)) == lines


def test_lines_that_are_not_flush_are_left_as_they_are() -> None:
    lines = ["行政许可  3  4", "行政强制措施  5  6"]
    assert list(tabbed(lines)) == lines


def test_ten_thousand_lines_are_read_and_a_hundred_thousand_refused() -> None:
    chance = random.Random(3)
    text = "\n".join("  ".join(str(chance.randint(0, 99)) for _ in range(8)) for _ in range(10_000))
    assert extract(document(text)).facts == ()
    with pytest.raises(UnreadableDocument, match="100000"):
        document("1\n" * 100_000)


def test_rows_of_two_fields_between_commas_are_rows_and_numbers_with_a_comma_are_none() -> None:
    blocks = tabbed(["信息内容,本年处理决定数量", "行政处罚,8", "行政强制,1"])
    assert list(blocks) == ["信息内容\t本年处理决定数量", "行政处罚\t8", "行政强制\t1"]
    assert list(tabbed(["受理 1,234", "办结 1,200"])) == ["受理 1,234", "办结 1,200"]


def grids(text: str) -> list[Grid]:
    return [block for block in document(text).blocks if isinstance(block, Grid)]


def test_rows_of_as_many_cells_stand_in_columns() -> None:
    [grid] = grids("内容\t2024年\t2023年\n许可\t1\t2\n处罚\t3\t\n")
    assert grid.exact


def test_rows_that_are_only_cut_off_at_their_ends_stand_in_columns() -> None:
    [grid] = grids("\t\t申请人情况\n\t\t自然人\t总计\n办理结果\t公开\t1\t2\n\t不公开\t3\t4\n\t其他\t5\n")
    assert grid.exact


def test_rows_without_the_cells_of_merged_labels_stand_in_no_columns() -> None:
    [grid] = grids("申请人情况\n自然人\t总计\n办理结果\t公开\t1\t2\n不公开\t3\t\n其他\t\t6\n")
    assert not grid.exact


def test_a_line_of_one_label_among_columns_stands_over_all_of_them() -> None:
    [grid] = grids("内容\t数量\n第八项\n许可\t1\n")
    assert grid.exact
    assert [cell.colspan for cell in grid.cells if cell.text == "第八项"] == [2]


def test_words_and_negative_numbers_stand_among_figures_between_single_blanks() -> None:
    lines = "许可 12 -3 5\n处罚 1 不涉及 4\n强制 7 8 9"
    assert rows(document(lines)) == [["许可", "12", "-3", "5"], ["处罚", "1", "不涉及", "4"], ["强制", "7", "8", "9"]]


def test_a_unit_between_a_label_and_its_number_is_a_cell_of_its_own() -> None:
    lines = "主动公开 条 12 3 4\n收 费 金 额 万 元 1 2 3\n举报 件 7 8 9"
    assert rows(document(lines)) == [
        ["主动公开", "条", "12", "3", "4"],
        ["收 费 金 额", "万元", "1", "2", "3"],
        ["举报", "件", "7", "8", "9"],
    ]


def test_a_justified_label_that_ends_like_a_unit_stays_whole() -> None:
    lines = "行 政 规 范 性 文 件 1 2 3\n规 章 4 5 6"
    assert rows(document(lines)) == [["行 政 规 范 性 文 件", "1", "2", "3"], ["规 章", "4", "5", "6"]]


def test_a_sections_heading_right_above_columns_is_no_row_of_them() -> None:
    found = document("二、主动公开情况\n" + fixed_width(ROWS))
    assert texts(found) == ["二、主动公开情况"]
    assert rows(found) == ROWS


def test_a_comma_between_single_blanks_is_in_a_number() -> None:
    assert rows(document("规章 0 12,422 943\n行政规范性文件 7,768 3,519 0")) == [
        ["规章", "0", "12,422", "943"],
        ["行政规范性文件", "7,768", "3,519", "0"],
    ]


def test_one_figure_behind_each_label_makes_rows_where_there_are_several() -> None:
    printed = ["行政许可 1", "行政处罚 0", "行政强制 3", "结果维持 4", "结果纠正 0"]
    assert rows(document("\n".join(printed))) == [line.split() for line in printed]
    assert texts(document("\n".join(printed[:2]))) == printed[:2]


def test_tables_of_other_widths_right_below_each_other_are_tables_of_their_own() -> None:
    found = document("内容\t制发\t废止\n规章\t5\t8\n内容\t决定\n许可\t3")
    grids = [block for block in found.blocks if isinstance(block, Grid)]
    assert [(grid.width, grid.exact) for grid in grids] == [(3, True), (2, True)]


def test_rows_that_only_end_early_stay_in_one_table() -> None:
    assert len(rows(document("内容\t制发\t废止\n规章\t5\t8\n文件\t\n许可\t3"))) == 4


def test_a_line_with_a_year_over_a_header_begins_a_table() -> None:
    found = document("内容\t数量\n许可\t5\n2023年处理情况\n内容\t数量\n许可\t7")
    assert [isinstance(block, Grid) for block in found.blocks] == [True, False, True]


def test_a_row_between_commas_of_which_nothing_was_counted_stays_one() -> None:
    assert rows(document("行政复议,,\n结果维持,结果纠正,总计\n,,")) == [
        ["行政复议", "", ""],
        ["结果维持", "结果纠正", "总计"],
        ["", "", ""],
    ]


def test_labels_repeated_over_merged_cells_may_make_a_row_longer_than_a_cell_is() -> None:
    long = "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"
    lines = [f"三、本年度办理结果 {label} {label} 1 2 3 4 5 6 21" for label in ("（一）予以公开", long)]
    assert [row[-7:] for row in rows(document("\n".join(lines)))] == [["1", "2", "3", "4", "5", "6", "21"]] * 2


def test_a_sign_for_none_within_a_label_printed_letter_by_letter_is_no_figure() -> None:
    [row] = rows(document("1 . 申 请 人 无 正 当 理 由 逾 期 不 补 正 4 5 6 7 8 9 39"))
    assert row == ["1 . 申 请 人 无 正 当 理 由 逾 期 不 补 正", "4", "5", "6", "7", "8", "9", "39"]


def test_a_labels_number_on_a_line_of_its_own_is_no_figure() -> None:
    lines = ["收到申请数", "5", "1.", "当面申请数", "6", "2", ".传真申请数", "7", "办结数", "8", "答复数", "9"]
    assert rows(document("\n".join(lines)))[1:3] == [["1.当面申请数", "6"], ["2.传真申请数", "7"]]
