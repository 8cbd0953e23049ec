"""Rows whose label is lost, told by their place among the others."""

from __future__ import annotations

from pipeline.extract import extract
from pipeline.extract.raster import Raster
from pipeline.extract.rows import find_item_rows
from pipeline.forms import forms
from pipeline.model import Cell, Document, Grid, Paragraph

APPLICANTS = [applicant.code for applicant in forms()["2021"].applicants]
ROWS = [
    ["一、本年新收政府信息公开申请数量", "1", "2", "3", "4", "5", "6", "21"],
    ["二、上年结转政府信息公开申请数量", "0", "0", "0", "0", "0", "0", "0"],
    ["（一）予以公开", "1", "1", "1", "1", "1", "1", "6"],
    ["", "7", "6", "5", "4", "3", "2", "27"],
    ["1.属于国家秘密", "0", "0", "0", "0", "0", "0", "0"],
]
HEADER = ["", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]


def read(rows: list[list[str]]) -> dict[str, dict[str, tuple[str, bool]]]:
    """What each item's cells print, and whether that is doubted."""
    cells = [Cell(text, row, column) for row, texts in enumerate(rows) for column, text in enumerate(texts)]
    title = Paragraph("某县公安局2023年政府信息公开工作年度报告")
    heading = Paragraph("三、收到和处理政府信息公开申请情况")
    result = extract(Document("pdf", "application/pdf", (title, heading, Grid(tuple(cells), number=1))))
    found: dict[str, dict[str, tuple[str, bool]]] = {}
    for fact in result.facts:
        found.setdefault(fact.item, {})[fact.applicant or ""] = (fact.raw, fact.confidence < 0.9)
    return found


def test_a_row_without_label_is_the_one_item_missing_there_though_the_header_is_lost_too() -> None:
    assert read(ROWS)["outcome.partial"] == {
        code: (printed, True) for code, printed in zip(APPLICANTS, ROWS[3][1:], strict=True)
    }


def test_a_header_printed_again_between_rows_is_no_row_that_lost_its_label() -> None:
    again = ["（本列数据的勾稽关系）", *HEADER[1:]]
    assert "outcome.partial" not in read([HEADER, *ROWS[:3], again, ROWS[4]])


def test_a_row_of_blanks_that_stands_out_of_order_is_read() -> None:
    blank = ["（二）部分公开（区分处理的，只计这一情形，不计其他情形）", *[""] * 7]
    assert read([HEADER, *ROWS[:2], blank, ROWS[2], ROWS[4]])["outcome.partial"] == dict.fromkeys(
        APPLICANTS, ("", False)
    )


def test_rows_that_cells_from_above_fill_are_no_crash() -> None:
    assert "outcome.granted" in read([*ROWS[:3], [], ROWS[4]])


def test_a_title_is_not_preferred_to_a_row_of_figures_under_a_shortened_label() -> None:
    title = ["收到和处理政府信息公开申请情况", *[""] * 7]
    shortened = ["一、本年新收申请数量", *ROWS[0][1:]]
    found = read([title, HEADER, shortened, *ROWS[1:]])["requests.new"]
    assert [raw for raw, _ in found.values()] == ROWS[0][1:]


def test_a_label_with_a_long_remark_over_two_cells_is_known() -> None:
    texts = ["（一）主动公开政府信息数（不同渠道和方", "式公开相同信息计1条）", "933"]
    grid = Grid(tuple(Cell(text, 0, column) for column, text in enumerate(texts)), number=1, exact=False)
    [found] = find_item_rows([Raster(grid)], forms()["2014"].items)
    assert found.item.item == "disclosed.total"


def test_a_label_printed_again_with_other_figures_leaves_doubt_and_with_the_same_none() -> None:
    for again, doubted in ((["9", *ROWS[2][2:]], True), (ROWS[2][1:], False)):
        found = read([HEADER, *ROWS[:3], [ROWS[2][0], *again], ROWS[4]])
        assert {doubt for _, doubt in found["outcome.granted"].values()} == {doubted}
        assert {doubt for _, doubt in found["requests.new"].values()} == {False}


def test_of_labels_that_are_nearly_the_same_each_row_is_its_own_whatever_its_number() -> None:
    items = forms()["2014"].items_of("statistics")
    labels = ("3.政务微信公开政府信息数", "4.政务微博公开政府信息数")
    cells = [
        Cell(text, row, column) for row, label in enumerate(labels) for column, text in enumerate((label, str(row)))
    ]
    found = {one.row.leaf: one.item.row[-1] for one in find_item_rows([Raster(Grid(tuple(cells), 1))], items)}
    assert found == {label: label[2:] for label in labels}


def test_a_label_beside_several_rows_of_figures_may_be_that_of_any() -> None:
    label = ROWS[2][0]
    cells = [Cell(label, 0, 0, rowspan=2), *(Cell(str(n), row, 1 + n) for row in (0, 1) for n in range(7))]
    [shared] = find_item_rows([Raster(Grid(tuple(cells), 1))], forms()["2021"].items_of("applications"))
    assert shared.trust.value < 0.9
    [own] = find_item_rows([Raster(Grid(tuple(cells[:8]), 1))], forms()["2021"].items_of("applications"))
    assert own.trust.value >= 0.9
