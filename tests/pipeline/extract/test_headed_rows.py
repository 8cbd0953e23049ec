"""Section 2 under heads alone: everything in one row of figures, or one figure a row, told by the labels over it."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.sections import Part, PlacedGrid
from pipeline.extract.tables import read_tables
from pipeline.forms import forms
from pipeline.model import Cell, Fact, Grid

Row = Sequence[str]
_COUNTED = ["本年制发件数", "本年废止件数", "现行有效件数"]
_SINGLE = ["行政许可处理决定数量", "行政处罚处理决定数量", "行政强制处理决定数量", "行政事业性收费金额（万元）"]
_GROUPS = ["规章", "", "", "行政规范性文件", "", "", *_SINGLE]
_BELOW = [*_COUNTED, *_COUNTED, "", "", "", ""]
_FIGURES = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10.5"]
_ITEMS = [item.item for item in forms()["2021"].items_of("disclosed")]


def _grid(rows: Sequence[Row], number: int = 1, *, exact: bool = True) -> PlacedGrid:
    cells = tuple(Cell(text, y, x) for y, row in enumerate(rows) for x, text in enumerate(row))
    return PlacedGrid(Grid(cells, number, exact=exact), ())


def _read(*grids: PlacedGrid) -> dict[str, Fact]:
    facts = read_tables([Part(2, grids=list(grids))], forms()["2021"], 2023)
    return {fact.item: fact for fact in facts}


def _printed(found: dict[str, Fact]) -> list[str]:
    return [found[item].raw for item in _ITEMS if item in found]


def test_groups_over_what_is_counted_of_them_name_every_figure_of_one_row() -> None:
    found = _read(_grid([_GROUPS, _BELOW, _FIGURES]))
    assert _printed(found) == _FIGURES
    assert all(fact.confidence >= 0.9 for fact in found.values())


def test_a_unit_in_a_head_is_that_of_its_figure() -> None:
    heads = [*_GROUPS[:-1], "行政事业性收费金额（单位：元）"]
    found = _read(_grid([heads, _BELOW, [*_FIGURES[:-1], "105000"]]))
    assert found["fees.amount"].value is not None
    assert float(found["fees.amount"].value) == 10.5


def test_figures_that_lie_under_other_heads_are_told_by_their_order() -> None:
    rows = [["规章", "行政规范性文件", *_SINGLE], [*_COUNTED, *_COUNTED], _FIGURES]
    found = _read(_grid(rows))
    assert _printed(found) == _FIGURES


def test_a_head_that_a_page_tore_is_one() -> None:
    torn = ["行政许可", "行政处罚", "行政强制", "行政事业"]
    below = ["处理决定数量", "处理决定数量", "处理决定数量", "性收费金额（万元）"]
    found = _read(_grid([[*_GROUPS[:6], *torn], [*_COUNTED, *_COUNTED, *below], _FIGURES]))
    assert _printed(found) == _FIGURES


def test_each_group_may_have_a_row_of_its_own() -> None:
    rows = [["规章", "", ""], _COUNTED, ["1", "2", "3"], ["行政规范性文件", "", ""], _COUNTED, ["4", "", "6"]]
    found = _read(_grid(rows))
    assert _printed(found) == ["1", "2", "3", "4", "", "6"]


def test_figures_may_stand_downwards_each_behind_what_it_counts() -> None:
    rows = [["规章", _COUNTED[0], "1"], ["", _COUNTED[1], "2"], ["", _COUNTED[2], "3"]]
    rows += [["行政规范性文件", _COUNTED[0], "4"], ["", _COUNTED[1], "5"], ["", _COUNTED[2], "6"]]
    assert _printed(_read(_grid(rows))) == _FIGURES[:6]


def test_two_rows_under_one_header_are_doubted() -> None:
    found = _read(_grid([_GROUPS, _BELOW, _FIGURES, _FIGURES[::-1]]))
    assert all(fact.confidence < 0.9 for fact in found.values())


def test_a_table_printed_again_with_other_figures_is_doubted() -> None:
    found = _read(_grid([_GROUPS, _BELOW, _FIGURES]), _grid([_GROUPS, _BELOW, _FIGURES[::-1]], 2))
    assert all(fact.confidence < 0.9 for fact in found.values())


def test_a_figure_too_many_leaves_a_row_without_columns_unread() -> None:
    rows = [["规章", "行政规范性文件", *_SINGLE], [*_COUNTED, *_COUNTED], [*_FIGURES, "11"]]
    assert _read(_grid(rows, exact=False)) == {}


def test_a_row_whose_label_is_lost_is_no_row_of_the_group_before() -> None:
    rows = [["信息内容", *_COUNTED], ["规章", "1", "2", "3"], ["", "4", "5", "6"]]
    assert _printed(_read(_grid(rows))) == ["1", "2", "3"]


def test_all_figures_of_the_form_without_any_head_are_placed_by_its_order_and_doubted() -> None:
    found = _read(_grid([_FIGURES], exact=False))
    assert _printed(found) == _FIGURES
    assert all(fact.confidence < 0.9 for fact in found.values())
