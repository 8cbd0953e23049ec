"""Markdown's marks, tables drawn with bars, and page numbers, as lines."""

from __future__ import annotations

import pytest

from pipeline.media import sniff
from pipeline.model import Document, Grid, Paragraph
from pipeline.readers import read
from pipeline.readers.marked import without_marks


def plain(text: str) -> list[str]:
    return list(without_marks(text.splitlines()))


def markdown(text: str) -> Document:
    return read(text.encode(), "report.md")


def rows(found: Document) -> list[list[str]]:
    (grid,) = [block for block in found.blocks if isinstance(block, Grid)]
    return [[cell.text for cell in row] for row in grid.rows()]


def test_headings_emphasis_and_pictures_lose_their_marks() -> None:
    assert plain("## 一、总体情况\n**重点**是__公开__\n![图](images/a.jpg)") == ["一、总体情况", "重点是公开", ""]


def test_bold_figures_in_a_row_are_figures() -> None:
    assert plain("| 许可 | **12** | **3** |") == ["许可\t12\t3"]


def test_a_break_in_a_label_leaves_nothing_and_one_between_figures_keeps_them_apart() -> None:
    assert plain("| 本年新收<br>申请数量 | 12<br/>3 |") == ["本年新收申请数量\t12 3"]


def test_lines_between_two_rules_are_one_row_where_every_row_has_its_rules() -> None:
    rule = "+----+----+"
    lines = [rule, "|内容|数量|", rule, "|行政|12  |", "|许可|    |", rule, "|处罚|3   |", rule]
    assert plain("\n".join(lines)) == ["内容\t数量", "行政许可\t12", "处罚\t3"]


def test_rows_without_rules_between_them_stay_rows() -> None:
    rule = "+----+----+"
    assert plain("\n".join([rule, "|内容|数量|", rule, "|许可|12  |", "|处罚|3   |", rule, "|合计|15  |", rule])) == [
        "内容\t数量", "许可\t12", "处罚\t3", "合计\t15",
    ]  # fmt: skip


@pytest.mark.parametrize("sign", [" | ", "｜", ";"])
def test_cells_between_bars_or_semicolons_keep_empty_ones_at_both_ends(sign: str) -> None:
    table = [["办理结果", "", "自然人", "总计"], ["", "公开", "1", "2"], ["", "不公开", "3", ""]]
    assert rows(markdown("\n".join(sign.join(row) for row in table))) == table


def test_numbers_that_count_pages_between_empty_lines_are_left_out_and_others_stay() -> None:
    assert "".join(plain("许可\n12\n\n1\n\n3\n处罚\n\n2\n\n5")) == "许可123处罚5"
    assert "".join(plain("许可\n\n12\n\n处罚\n\n5\n\n强制")) == "许可12处罚5强制"


def test_markdown_with_tables_in_html_keeps_their_cells_and_its_own_headings() -> None:
    found = markdown(
        "# 某县2024年政府信息公开工作年度报告\n\n# 一、总体情况\n\n正文。\n\n<html><body><table><tr>"
        "<td rowspan=2>许可</td><td>1</td></tr><tr><td>2</td></tr></table>\n\n# 五、存在的问题\n\n没有&nbsp;问题。"
    )
    assert rows(found) == [["许可", "1"], ["2"]]
    assert [block.text for block in found.blocks if isinstance(block, Paragraph)] == [
        "某县2024年政府信息公开工作年度报告", "一、总体情况", "正文。", "五、存在的问题", "没有 问题。",
    ]  # fmt: skip


def test_a_table_that_never_ends_is_no_table() -> None:
    assert [block for block in markdown("# 标题\n" + "<table><tr><td>1" * 5000).blocks if isinstance(block, Grid)] == []


def test_markdown_is_known_by_its_name_or_its_first_heading_and_a_page_stays_one() -> None:
    with_table = "<html><body><table><tr><td>1</td></tr></table></body></html>"
    assert sniff(f"标题\n{with_table}".encode(), "a.MD") == "text/plain"
    assert sniff(f"# 标题\n{with_table}".encode()) == "text/plain"
    assert sniff(with_table.encode(), "a.md") == "text/html"
