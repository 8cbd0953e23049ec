"""Where a table names the unit of its amounts, and which column of a long table holds the year's figure."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest

from pipeline.extract.sections import Part, PlacedGrid
from pipeline.extract.tables import read_tables
from pipeline.forms import forms
from pipeline.model import Cell, Fact, Grid


def _read(form: str, section: int, rows: Sequence[Sequence[str]], above: Sequence[str] = ()) -> list[Fact]:
    cells = tuple(Cell(text, y, x) for y, row in enumerate(rows) for x, text in enumerate(row))
    part = Part(section, grids=[PlacedGrid(Grid(cells, 1), tuple(above))])
    return read_tables([part], forms()[form], 2023)


def _fees(title: str, head: str, above: Sequence[str] = ()) -> Fact:
    rows = [["第二十条第（五）项", ""], ["信息内容", "本年处理决定数量"], ["行政许可", "7"],
            [title, ""], ["信息内容", head], ["行政事业性收费", "251000"]]  # fmt: skip
    return next(fact for fact in _read("2021", 2, rows, above) if fact.item == "fees.amount")


@pytest.mark.parametrize(
    ("title", "head", "above"),
    [
        ("第二十条第（八）项", "本年收费金额（单位：元）", []),
        ("第二十条第（八）项", "本年收费金额(单位:人民币元)", []),
        ("第二十条第（八）项（单位：元）", "本年收费金额", []),
        ("第二十条第（八）项", "本年收费金额", ["金额单位：元"]),
    ],
)
def test_a_unit_is_that_of_the_amounts_below_it(title: str, head: str, above: Sequence[str]) -> None:
    fee = _fees(title, head, above)
    assert fee.value == Decimal("25.1")
    assert fee.raw == "251000"


def test_the_label_s_own_unit_counts_before_a_line_above_the_table() -> None:
    assert _fees("第二十条第（八）项", "本年收费金额（单位：万元）", ["单位：元"]).value == Decimal(251000)


def test_prose_that_speaks_of_money_names_no_unit() -> None:
    line = "全年收费单位：元旦以来共三家，均已按规定在政府网站上公示。"
    assert _fees("第二十条第（八）项", "本年收费金额", [line]).value == Decimal(251000)


_ROWS = ["当面申请数", "传真申请数", "网络申请数", "信函申请数", "按时办结数", "延期办结数"]


@pytest.mark.parametrize(
    ("heads", "wanted"),
    [
        (["本年度", "历年累计"], 0),
        (["历年累计", "本年度"], 1),
        (["统计数", "累计"], 0),
        (["合计", "局机关", "下属单位"], 0),
    ],
)
def test_the_year_s_own_column_is_read_beside_others(heads: Sequence[str], wanted: int) -> None:
    figures = [[str(100 * column + row + 1) for column in range(len(heads))] for row in range(len(_ROWS))]
    rows = [["指标名称", "计量单位", *heads]]
    rows += [[label, "件", *line] for label, line in zip(_ROWS, figures, strict=True)]
    facts = _read("2014", 0, rows)
    assert [fact.raw for fact in facts] == [line[wanted] for line in figures]
    assert [fact.reason for fact in facts] == [""] * len(figures)
