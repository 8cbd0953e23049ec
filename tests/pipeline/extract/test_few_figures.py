"""Tables of one cell a line that print hardly a figure, and prose that only has short lines."""

from __future__ import annotations

from pipeline.extract.few_figures import with_few_figures
from pipeline.model import Block, Grid, Paragraph

_TABLE = ["第二十条第（一）项", "信息内容", "本年制发件数", "本年废止件数", "现行有效件数", "规章", "行政规范性文件"]


def _read(lines: list[str]) -> list[Block]:
    return with_few_figures([Paragraph(line) for line in lines])


def test_labels_of_the_form_with_a_single_figure_among_them_are_a_table() -> None:
    lines = ["二、主动公开政府信息情况", *_TABLE, "第二十条第（五）项", "本年处理决定数量", "行政许可", "4", "行政处罚"]
    heading, grid, rest = _read(lines)
    assert heading == Paragraph(lines[0]) and rest == Paragraph("行政处罚")
    assert isinstance(grid, Grid) and not grid.exact
    assert [[cell.text for cell in row] for row in grid.rows()][-1] == ["行政许可", "4"]


def test_without_a_figure_or_with_few_labels_lines_stay_lines() -> None:
    for lines in (_TABLE, ["行政许可", "4", "行政处罚", "5"], ["2022年", *["通知公告", "3"] * 9, "行政许可"]):
        assert _read(lines) == [Paragraph(line) for line in lines]
