"""Where sections begin in what was read as one table."""

from __future__ import annotations

from dataclasses import replace

from pipeline.extract.sections import split
from pipeline.forms import forms
from pipeline.readers.ragged import grid_of_rows

_ROWS = [
    ["行政许可", "4"],
    ["行政处罚", "行政强制", "收到和处理政府信息公开申请情况", "申请人情况", "自然人"],
    ["一、本年新收政府信息公开申请数量", "2", "3"],
]


def test_a_heading_among_the_labels_of_lines_taken_for_a_row_opens_its_section() -> None:
    parts = split([replace(grid_of_rows(_ROWS, 1), exact=False)], forms()["2021"])
    assert [part.number for part in parts] == [0, 3]
    assert [cell.text for cell in parts[0].grids[0].grid.cells] == ["行政许可", "4", "行政处罚", "行政强制"]


def test_a_heading_within_a_row_of_known_columns_cuts_nothing() -> None:
    parts = split([replace(grid_of_rows(_ROWS, 1), exact=True)], forms()["2021"])
    assert [part.number for part in parts] == [0]
