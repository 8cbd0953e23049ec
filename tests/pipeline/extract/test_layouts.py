"""Columns that are not the form's are taken out, also of rows that have slipped and of parts without a header."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from pipeline.extract.sections import Part, PlacedGrid
from pipeline.extract.tables import read_tables
from pipeline.forms import forms
from pipeline.model import Cell, Fact, Grid, ValueKind

_APPLICANTS = [applicant.path[-1] for applicant in forms()["2021"].applicants]
_FIGURES = ["1", "2", "3", "4", "5", "6", "21"]
_ITEMS = ["1.属于国家秘密", "2.其他法律行政法规禁止公开", "3.危及“三安全一稳定”", "4.保护第三方合法权益"]


def _grid(rows: Sequence[Sequence[str]], number: int) -> PlacedGrid:
    cells = tuple(Cell(text, y, x) for y, row in enumerate(rows) for x, text in enumerate(row))
    return PlacedGrid(Grid(cells, number), ())


def _values(*tables: Sequence[Sequence[str]]) -> dict[str, list[Decimal | None]]:
    part = Part(3, grids=[_grid(rows, number) for number, rows in enumerate(tables, 1)])
    by_item: dict[str, list[Fact]] = {}
    for fact in read_tables([part], forms()["2021"], 2023):
        by_item.setdefault(fact.item, []).append(fact)
    return {item: [fact.value for fact in facts] for item, facts in by_item.items()}


_PRINTED = [Decimal(figure) for figure in _FIGURES]


def test_running_numbers_are_none_of_a_row_s_figures_where_its_merged_cells_were_dropped() -> None:
    rows = [["", "", "行次", *_APPLICANTS]]
    rows += [["", label, str(place), *_FIGURES] for place, label in enumerate(_ITEMS, 3)]
    rows += [["（七）总计", "7", *_FIGURES, ""]]
    assert _values(rows)["outcome.total"] == _PRINTED


def test_a_part_without_a_header_lacks_the_columns_that_the_part_before_named() -> None:
    above = [["", *_APPLICANTS[:-1], "小计", _APPLICANTS[-1]]]
    above += [[label, *_FIGURES[:-1], "20", _FIGURES[-1]] for label in _ITEMS[:2]]
    below = [[label, *_FIGURES[:-1], "20", _FIGURES[-1]] for label in (*_ITEMS[2:], "（七）总计")]
    found = _values(above, below)
    assert found["outcome.total"] == _PRINTED
    assert found["outcome.denied.state_secret"] == _PRINTED


def test_a_fraction_in_a_column_of_counts_is_doubtful() -> None:
    rows = [["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"], ["规章", "1.234", "5", "6"]]
    facts = read_tables([Part(2, grids=[_grid(rows, 1)])], forms()["2021"], 2023)
    assert [fact.confidence >= 0.9 for fact in facts] == [False, True, True]


def test_a_column_that_only_the_rows_of_figures_have_and_leave_empty_is_none() -> None:
    rows = [["", *_APPLICANTS]]
    rows += [[label, *_FIGURES[:2], "", *_FIGURES[2:]] for label in (*_ITEMS, "（七）总计")]
    assert _values(rows)["outcome.total"] == _PRINTED


def test_short_names_of_applicants_are_known() -> None:
    rows = [["", "公民", "企业", "科研机构", "公益组织", "法律机构", "其它", "总计"]]
    rows += [[label, *_FIGURES] for label in (*_ITEMS, "（七）总计")]
    facts = read_tables([Part(3, grids=[_grid(rows, 1)])], forms()["2021"], 2023)
    assert len(facts) == 35
    assert all(fact.confidence >= 0.9 for fact in facts)


def test_a_table_of_one_row_belongs_to_the_long_table() -> None:
    rows = [["指标", "单位", "数量"], ["七、依申请公开信息收取的费用", "", "1.2万元"]]
    [fact] = read_tables([Part(0, grids=[_grid(rows, 1)])], forms()["2014"], 2016)
    assert (fact.item, fact.value) == ("request_fees.amount", Decimal("1.2"))


def test_a_row_of_blanks_under_a_header_is_read_where_its_columns_are_blank_too() -> None:
    rows = [
        ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
        ["规章", "", "37", ""],
        ["行政规范性文件", "", "", ""],
    ]
    facts = read_tables([Part(2, grids=[_grid(rows, 1)])], forms()["2021"], 2023)
    assert [fact.kind for fact in facts] == [ValueKind.BLANK, ValueKind.NUMBER, *[ValueKind.BLANK] * 4]


def test_a_total_of_another_year_beside_columns_without_a_year_is_none_of_a_row_s_figures() -> None:
    rows = [["", *_APPLICANTS, "2022年总计"]]
    rows += [[label, *_FIGURES, "187"] for label in _ITEMS] + [["（七）总计", "", *_FIGURES[1:], "187"]]
    assert _values(rows)["outcome.total"] == [None, *_PRINTED[1:]]


def test_a_row_of_the_right_count_is_doubtful_where_others_print_more_figures_than_the_form_has_columns() -> None:
    rows = [["", "申请人情况"], ["自然人", "法人或其他组织", "总计", "其中本月"], _APPLICANTS[1:-1]]
    rows += [[label, *_FIGURES, "187"] for label in _ITEMS] + [["（七）总计", "", *_FIGURES[1:], "187"]]
    facts = read_tables([Part(3, grids=[_grid(rows, 1)])], forms()["2021"], 2023)
    assert [fact for fact in facts if fact.item == "outcome.total" and fact.confidence >= 0.9] == []


def test_small_tables_of_two_years_side_by_side_each_lose_their_own_columns() -> None:
    above = [
        ["2022年", "", "", "", "2023年", "", "", ""],
        ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"] * 2,
        ["规章", "1", "2", "3", "规章", "4", "5", "6"],
    ]
    below = [
        ["2022年", "", "2023年", "", "", "", "", ""],
        ["信息内容", "本年处理决定数量", "信息内容", "本年处理决定数量", "", "", "", ""],
        ["行政许可", "7", "行政许可", "8", "", "", "", ""],
    ]
    grids = [_grid(above, 1), _grid(below, 2)]
    facts = read_tables([Part(2, grids=grids)], forms()["2021"], 2023)
    assert [fact.value for fact in facts] == [Decimal(figure) for figure in "4568"]


def test_an_empty_row_right_below_a_header_of_results_is_its_blanks() -> None:
    results = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    lines = [["行政复议"], results, [""] * 5, ["行政诉讼"], ["未经复议直接起诉"], results, [""] * 5]
    lines += [["行政诉讼"], ["复议后起诉"], results, ["", "", "", "5", "5"]]
    cells = [
        Cell(text, y, x, colspan=1 if len(line) > 1 else 5)
        for y, line in enumerate(lines)
        for x, text in enumerate(line)
    ]
    facts = read_tables([Part(4, grids=[PlacedGrid(Grid(tuple(cells), 1), ())])], forms()["2021"], 2023)
    assert [fact.raw for fact in facts] == [*[""] * 13, "5", "5"]


def test_a_grid_of_thousands_of_rows_is_no_report_s_and_a_long_one_costs_little() -> None:
    figures = [[str(row)] * 15 for row in range(390)]
    endless = [["规章"]] * 6000
    parts = [Part(2, grids=[_grid(endless, 1)]), Part(4, grids=[_grid(figures, 2), _grid(figures * 10, 3)])]
    begin = time.process_time()
    facts = read_tables(parts, forms()["2021"], 2023)
    assert time.process_time() - begin < 10
    assert {(fact.cell or "")[:7] for fact in facts} == {"table 2"}
    assert all(fact.confidence < 0.9 for fact in facts)


def test_a_remark_that_rows_cut_off_behind_their_figures_lack_is_none_of_these() -> None:
    rows = [["", *_APPLICANTS, "备注"], [_ITEMS[0], *_FIGURES], [_ITEMS[1], *_FIGURES, "2"], [_ITEMS[2], *_FIGURES]]
    assert set(map(tuple, _values(rows).values())) == {tuple(_PRINTED)}


def test_a_row_that_lacks_a_figure_and_not_its_remark_leaves_doubt() -> None:
    rows = [
        ["", *_APPLICANTS, "占比"],
        *([label, *_FIGURES, "5%"] for label in _ITEMS[:3]),
        [_ITEMS[3], *_FIGURES[1:], "9%"],
    ]
    facts = read_tables([Part(3, grids=[_grid(rows, 1)])], forms()["2021"], 2023)
    assert all(fact.confidence < 0.9 for fact in facts if fact.item == "outcome.denied.third_party")


def test_running_numbers_under_a_header_printed_again_are_taken_out() -> None:
    header = [["", "行次", "申请人情况", *[""] * 6], ["", "", *_APPLICANTS]]
    rows = [*header, *([label, str(n), *_FIGURES] for n, label in enumerate(_ITEMS[:2], 3))]
    rows += [*header, *([label, str(n), *_FIGURES] for n, label in enumerate(_ITEMS[2:], 5))]
    assert set(map(tuple, _values(rows).values())) == {tuple(_PRINTED)}


def test_rows_of_applicants_in_lines_are_no_rows_of_items() -> None:
    rows = [[label, *["7"] * 9] for label in _APPLICANTS]
    part = Part(3, grids=[PlacedGrid(replace(_grid(rows, 1).grid, exact=False), ())])
    assert read_tables([part], forms()["2021"], 2023) == []


def test_a_group_s_label_beside_an_empty_cell_is_no_item_where_rows_below_repeat_it() -> None:
    group = "（六）其他处理"
    rows = [["", "", *_APPLICANTS], ["（五）不予处理", "5.要求行政机关确认或重新出具已获取信息", *_FIGURES]]
    rows += [[group, "", *_FIGURES], [group, "2.逾期未缴费", *_FIGURES], [group, "3.其他", *_FIGURES]]
    found = _values(rows)
    assert "outcome.other" not in found and found["outcome.other.uncorrected"] == _PRINTED
