"""The long table of 2014 left as lines, and what only looks like it."""

from __future__ import annotations

import pytest

from pipeline.extract.indicator_lines import with_indicator_lines
from pipeline.model import Block, Grid, Paragraph

_LABELS = ["1.当面申请数", "2.传真申请数", "3.网络申请数", "4.信函申请数", "1.按时办结数", "2.延期办结数"]


def _read(lines: list[str]) -> list[Block]:
    return with_indicator_lines([Paragraph(line) for line in lines])


@pytest.mark.parametrize("line", ["{}：{}件", "{}：{}", "{}…………{}", "{} 件 {}"])
def test_indicators_with_their_numbers_are_a_table(line: str) -> None:
    lines = [line.format(label, place) for place, label in enumerate(_LABELS)]
    [grid] = _read([*lines[:4], "（二）申请办结数", *lines[4:]])
    assert isinstance(grid, Grid)
    assert [row[-1].text for row in grid.rows()] == ["0", "1", "2", "3", "（二）申请办结数", "4", "5"]


def test_numbers_behind_colons_that_no_form_asks_for_are_prose() -> None:
    lines = [f"{name}：{place}条" for place, name in enumerate(["微信", "微博", "网站", "公报", "报纸", "电视"])]
    assert _read(lines) == [Paragraph(line) for line in lines]
