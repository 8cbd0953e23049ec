"""Lines whose tables do not share one set of columns, or keep those of heads that were cut off."""

from __future__ import annotations

import pytest

from pipeline.model import Grid
from pipeline.readers import read
from pipeline.readers.columns import tabbed
from tests.support.shapes import fixed_width

HEAD = ["办理结果", "情形", "自然人", "企业", "机构", "其他", "总计"]
FIRST = [["三、结果", "（一）予以公开", "12", "", "3", "4", "19"], ["", "（二）部分公开", "1", "2", "", "4", "7"]]
REST = [["", "8.属于行政查询事项", "5", "1", "", "0", "6"], ["", "（七）总计", "18", "3", "3", "8", "32"]]
LAST = ["四、结转", "", "1", "", "2", "3", "6"]


def cells(lines: list[str]) -> list[list[str]]:
    return [line.split("\t") for line in tabbed(lines)]


@pytest.mark.parametrize("cut", [1, 2])
def test_a_long_table_that_a_page_cut_keeps_its_columns_in_both_parts(cut: int) -> None:
    first, rest = [HEAD, *FIRST * 3], [*REST * 3, LAST]
    first, rest = (first, rest) if cut == 1 else ([HEAD, *FIRST * 3, *REST], [*REST * 2, LAST])
    lines = [*fixed_width(first).splitlines(), *fixed_width(rest).splitlines()]
    assert cells(lines) == [*first, *rest]


def test_small_tables_below_each_other_each_have_columns_of_their_own() -> None:
    lines = [
        "第二十条第（一）项",
        "信息内容        本年制发件数  本年废止件数",
        "规章            12            3",
        "第二十条第（五）项",
        "信息内容  上一年项目数量  本年增/减",
        "行政许可                  21",
        "第二十条第（八）项",
        "信息内容    采购项目数量  采购总金额",
        "政府采购",
    ]
    assert cells(lines) == [
        ["第二十条第（一）项", "", ""],
        ["信息内容", "本年制发件数", "本年废止件数"],
        ["规章", "12", "3"],
        ["第二十条第（五）项", "", ""],
        ["信息内容", "上一年项目数量", "本年增/减"],
        ["行政许可", "", "21"],
        ["第二十条第（八）项"],
        ["信息内容", "采购项目数量", "采购总金额"],
        ["政府采购", "", ""],
    ]


def test_years_over_halves_that_were_cut_off_behind_the_last_stand_over_the_rows_below() -> None:
    rows = ["2021年\t\t2022年", "信息内容\t制发件数\t信息内容\t制发件数", "规章\t73\t规章\t5", "许可\t0\t许可\t8"]
    [grid] = [block for block in read("\n".join(rows).encode(), "a.txt").blocks if isinstance(block, Grid)]
    assert grid.exact and [cell.text for cell in next(grid.rows())] == ["2021年", "", "2022年"]


def test_signs_for_none_that_are_spaced_out_stand_for_figures() -> None:
    lines = ["一、主动公开情况", "— —", "— —", "（一）公开数", "条", "5", "（二）制发数", "件", "6", "7", "8"]
    [grid] = [block for block in read("\n".join(lines).encode(), "a.txt").blocks if isinstance(block, Grid)]
    assert [cell.text for cell in next(grid.rows())] == ["一、主动公开情况", "— —", "— —"]
