"""Whose column is whose: by the place of the header's labels only where those have not slipped."""

from __future__ import annotations

from pipeline.extract.applicant_columns import with_headers
from pipeline.extract.raster import Raster
from pipeline.forms import forms
from pipeline.model import Cell, Grid

APPLICANTS = forms()["2021"].applicants
CODES = tuple(applicant.code for applicant in APPLICANTS)
REMARK = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
SLIPPED = [
    [REMARK, "申请人情况"],
    ["自然人", "法人或其他组织", "总计"],
    ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"],
]
ROW = ["（一）予以公开", "1", "1", "1", "1", "1", "1", "6"]


def raster(rows: list[list[str]]) -> Raster:
    cells = [Cell(text, row, column) for row, texts in enumerate(rows) for column, text in enumerate(texts)]
    return Raster(Grid(tuple(cells), number=1))


def test_a_header_whose_spans_were_lost_names_columns_by_their_order() -> None:
    [(_, header)] = with_headers([raster([*SLIPPED, ROW])], APPLICANTS)
    assert (header.order, header.named, header.by_column) == (CODES, True, {})


def test_a_header_that_stands_alone_and_is_printed_again_counts_once() -> None:
    *_, (_, header) = with_headers([raster(SLIPPED), raster([*SLIPPED, ROW])], APPLICANTS)
    assert (header.order, header.named) == (CODES, True)


def test_a_label_repeated_in_the_cells_that_were_merged_with_it_is_one() -> None:
    labels = ["自然人", "商业企业", "科研机构", "法律服务机构", "社会公益组织", "其他", "总计"]
    groups = ["自然人", *["法人或其他组织"] * 5, "总计"]
    [(_, header)] = with_headers([raster([[REMARK, *groups], [REMARK, *labels], ROW])], APPLICANTS)
    assert header.order == (*CODES[:3], "legal_service", "nonprofit", *CODES[5:]) and len(header.by_column) == 7


WHOLE = [["", *(applicant.path[-1] for applicant in APPLICANTS)]]
SPARSE = [["（一）予以公开", "2", "", "", "", "", "1", "3"], ["1.属于国家秘密", "1", "1", "", "1", "1", "1", "5"]]


def test_an_empty_cell_too_many_in_every_row_moves_what_lies_behind_it() -> None:
    moved = [[*row[:3], "", *row[3:]] for row in [*SPARSE, ROW]]
    [(_, header)] = with_headers([raster([*WHOLE, *moved])], APPLICANTS)
    assert sorted(header.by_column) == [1, 2, 4, 5, 6, 7, 8]


def test_one_in_a_single_row_moves_no_column() -> None:
    slipped = ["一、本年新收政府信息公开申请数量", "", "3", "1", "", "1", "", "", "5"]
    [(_, header)] = with_headers([raster([*WHOLE, slipped, *SPARSE])], APPLICANTS)
    assert sorted(header.by_column) in ([], [1, 2, 3, 4, 5, 6, 7])
