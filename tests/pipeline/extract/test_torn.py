"""Rows that a page break tore in two come together again, whichever half prints what."""

from __future__ import annotations

from dataclasses import replace

from pipeline.extract import extract
from pipeline.extract.raster import Raster
from pipeline.extract.torn import with_whole_heads, with_whole_lines
from pipeline.forms import forms
from pipeline.model import Cell, Document, Extract, Grid, Paragraph

APPLICANTS = [applicant.code for applicant in forms()["2021"].applicants]
HEADER = ["", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
ABOVE = [
    ["一、本年新收政府信息公开申请数量", "1", "2", "3", "4", "5", "6", "21"],
    ["二、上年结转政府信息公开申请数量", "0", "0", "0", "0", "0", "0", "0"],
    ["（一）予以公开", "1", "1", "1", "1", "1", "1", "6"],
]
BELOW = [["1.属于国家秘密", "0", "0", "0", "0", "0", "0", "0"]]


def grid(rows: list[list[str]], page: int, last: float = 20) -> Grid:
    heights = [20.0] * (len(rows) - 1) + [last]
    cells = [
        Cell(
            text,
            row,
            column,
            page=page,
            bbox=(60.0 * column, 20.0 * row, 60.0 * column + 60, 20.0 * row + heights[row]),
        )
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
    ]
    return Grid(tuple(cells), number=page, page=page)


def torn(first: list[str], rest: list[str], left: float = 20) -> Extract:
    """`left` is the height of the row's part on the first page."""
    title = Paragraph("某县公安局2023年政府信息公开工作年度报告")
    heading = Paragraph("三、收到和处理政府信息公开申请情况")
    tables = [grid([HEADER, *ABOVE, first], 1, left), grid([rest, *BELOW], 2)]
    return extract(Document("pdf", "application/pdf", (title, heading, *tables)))


def partial(result: Extract) -> list[str]:
    read = {fact.applicant: fact.raw for fact in result.facts if fact.item == "outcome.partial"}
    return [read.get(code, "?") for code in APPLICANTS]


FIGURES = ["7", "6", "5", "4", "3", "2", "27"]
LABEL = ["（二）部分公开（区分处理的，只计", "这一情形，不计其他情形）"]


def test_the_last_number_went_to_the_next_page_with_the_rest_of_the_remark() -> None:
    assert partial(torn([LABEL[0], *FIGURES[:-1], ""], [LABEL[1], *[""] * 6, FIGURES[-1]])) == FIGURES


def test_the_last_number_went_to_the_next_page_alone() -> None:
    assert partial(torn(["".join(LABEL), *FIGURES[:-1], ""], ["", *[""] * 6, FIGURES[-1]])) == FIGURES


def test_all_numbers_went_to_the_next_page() -> None:
    assert partial(torn([LABEL[0], *[""] * 7], [LABEL[1], *FIGURES])) == FIGURES


def test_all_numbers_of_a_row_that_is_cut_off_after_its_label_went_to_the_next_page() -> None:
    label = "".join(LABEL)
    assert partial(torn([label, *[""] * 7], ["", *FIGURES], left=8)) == FIGURES
    assert partial(torn([label, *[""] * 7], ["", *FIGURES])) != FIGURES


def test_a_row_with_a_label_and_numbers_of_its_own_is_no_rest() -> None:
    own = ["1.属于国家秘密", "9", "0", "0", "0", "0", "0", "9"]
    result = torn(["".join(LABEL), *FIGURES], own)
    assert partial(result) == FIGURES
    secrets = [
        f.raw for f in result.facts if (f.item, f.applicant) == ("outcome.denied.state_secret", "natural_person")
    ]
    assert "9" in secrets


def test_a_rest_that_is_a_short_form_of_the_label_by_itself() -> None:
    result = torn(["2.没有现成信息", *FIGURES], ["需要另行制作", *[""] * 7])
    read = [fact.raw for fact in result.facts if fact.item == "outcome.unavailable.needs_creation"]
    assert read == FIGURES


def test_figures_too_long_for_their_cells_go_on_on_the_next_page() -> None:
    whole = ["127", "6", "5", "4", "3", "2", "147"]
    result = torn([LABEL[0], "12", *whole[1:-1], "14"], [LABEL[1], "7", *[""] * 5, "7"])
    assert partial(result) == whole
    joined = [fact for fact in result.facts if fact.item == "outcome.partial" and fact.raw in {"127", "147"}]
    assert all(fact.reason for fact in joined if fact.confidence < 0.9)
    assert len(joined) == 2


def test_a_figure_below_another_is_no_rest_of_it_where_the_labels_make_none_together() -> None:
    own = ["1.属于国家秘密", "9", "0", "0", "0", "0", "0", "9"]
    assert partial(torn([LABEL[0], *FIGURES], own)) == FIGURES


def test_a_header_that_the_page_repeats_is_no_rest_of_a_row_with_blanks() -> None:
    title = Paragraph("某县公安局2023年政府信息公开工作年度报告")
    heading = Paragraph("三、收到和处理政府信息公开申请情况")
    remark = ["（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", "", "申请人情况", *[""] * 6]
    head = [remark, ["", *HEADER]]
    blank_first = ["", "（二）部分公开", "", *FIGURES[1:]]
    first = grid([*head, *(["", *row] for row in ABOVE), blank_first], 1)
    second = grid([*head, *(["", *row] for row in BELOW)], 2)
    # the second part stands elsewhere on its page, so that the two are no one grid
    second = replace(second, cells=tuple(replace(cell, bbox=None) for cell in second.cells))
    assert partial(extract(Document("html", "text/html", (title, heading, first, second)))) == ["", *FIGURES[1:]]


def test_the_remark_in_a_header_takes_no_label_of_the_next_pages_header() -> None:
    remark = ["（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", "申请人情况", *[""] * 6]
    title = Paragraph("某县公安局2023年政府信息公开工作年度报告")
    heading = Paragraph("三、收到和处理政府信息公开申请情况")
    tables = [grid([remark], 1), grid([[*[""] * 6, "其他", ""], HEADER, *ABOVE, *BELOW], 2)]
    items = {fact.item for fact in extract(Document("pdf", "application/pdf", (title, heading, *tables))).facts}
    assert items == {"requests.new", "requests.carried_in", "outcome.granted", "outcome.denied.state_secret"}


def test_a_head_of_which_each_page_has_a_half_is_one() -> None:
    upper, lower = grid([["结果维", "结果纠正", "总计"]], 1), grid([["持", "", ""], ["1", "2", "3"]], 2)
    cells = (*upper.cells, *(replace(cell, row=cell.row + 1) for cell in lower.cells))
    whole = with_whole_heads(Raster(Grid(cells, 1)), frozenset({"结果维持", "结果纠正", "总计"}))
    assert [cell.text for cell in whole.rows[0].cells] == ["结果维持", "结果纠正", "总计"]


def test_a_row_of_a_table_on_its_side_goes_on_on_the_next_page() -> None:
    items = [label for row in (*ABOVE, *BELOW) for label in row[:1]]
    first = [["", "", *items], ["申请人情况", "自然人", "12", "0", "3", "0"]]
    rest = [["", "", "7", "", "", ""], *(["", name, "1", "0", "1", "0"] for name in HEADER[2:])]
    title = Paragraph("某县公安局2023年政府信息公开工作年度报告")
    heading = Paragraph("三、收到和处理政府信息公开申请情况")
    result = extract(Document("pdf", "application/pdf", (title, heading, grid(first, 1), grid(rest, 2))))
    read = {(fact.item, fact.applicant): fact.raw for fact in result.facts}
    assert [read.get(("requests.new", code)) for code in APPLICANTS] == ["127", *["1"] * 6]
    assert [read.get(("outcome.granted", code)) for code in APPLICANTS] == ["3", *["1"] * 6]
    assert all(fact.confidence < 0.9 and fact.reason for fact in result.facts if fact.raw == "127")


def test_a_row_of_a_table_on_its_side_goes_on_though_all_of_its_figures_are_torn() -> None:
    items = [label for row in (*ABOVE, *BELOW) for label in row[:1]]
    first = [["", "", *items], ["申请人情况", "自然人", "12", "4", "3", "5"]]
    rest = [["", "", "7", "37", "0", "1"], *(["", name, "1", "0", "1", "0"] for name in HEADER[2:])]
    title = Paragraph("某县公安局2023年政府信息公开工作年度报告")
    heading = Paragraph("三、收到和处理政府信息公开申请情况")
    result = extract(Document("pdf", "application/pdf", (title, heading, grid(first, 1), grid(rest, 2))))
    read = {(fact.item, fact.applicant): fact for fact in result.facts}
    assert [read["requests.new", code].raw for code in APPLICANTS] == ["127", *["1"] * 6]
    assert {read[item, APPLICANTS[0]].raw for item in ("requests.carried_in", "outcome.granted")} == {"437", "30"}
    assert all(fact.confidence < 0.9 and fact.reason for (_, code), fact in read.items() if code == APPLICANTS[0])


def test_a_label_of_a_table_on_its_side_takes_its_rest_and_no_figure_that_begins_on_the_next_page() -> None:
    upper = grid([["法律服", "12", ""]], 1)
    lower = grid([["务机构", "", "5"], ["其他", "1", "2"]], 2)
    cells = (*upper.cells, *(replace(cell, row=cell.row + 1) for cell in lower.cells))
    own = frozenset({"法律服务机构", "其他"})
    assert len(with_whole_lines(Raster(Grid(cells, 1)), own).rows[1].cells) == 3  # a figure may be another's
    kept = tuple(replace(cell, text="" if cell.text == "5" else cell.text) for cell in cells)
    whole = with_whole_lines(Raster(Grid(kept, 1)), own)
    assert [[cell.text for cell in row.cells] for row in whole.rows] == [
        ["法律服务机构", "12", ""], [], ["其他", "1", "2"]]  # fmt: skip
