"""A form that nobody has filled in, printed before the one that somebody has, is not what the office says."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.sections import Part, PlacedGrid
from pipeline.extract.tables import read_tables
from pipeline.forms import forms
from pipeline.model import Cell, Grid

_HEADS = ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]


def _grid(number: int, *figures: Sequence[str], caption: str = "") -> PlacedGrid:
    rows = [_HEADS, *([label, *own] for label, own in zip(("规章", "行政规范性文件"), figures, strict=False))]
    cells = tuple(Cell(text, y, x) for y, row in enumerate(rows) for x, text in enumerate(row))
    return PlacedGrid(Grid(cells, number), (caption,) if caption else ())


def _read(*grids: PlacedGrid) -> list[tuple[str, bool]]:
    facts = read_tables([Part(2, grids=list(grids))], forms()["2021"], 2023)
    return [(fact.raw, fact.confidence >= 0.9) for fact in facts if fact.item.startswith("regulations")]


_BLANK = ("", "", "")


def test_the_filled_one_is_read_and_sure_whichever_comes_first() -> None:
    empty, filled = _grid(1, _BLANK, _BLANK), _grid(2, ("1", "2", "3"), ("4", "5", "6"))
    assert _read(empty, filled) == _read(filled, empty) == [("1", True), ("2", True), ("3", True)]


def test_blanks_alone_are_what_is_printed() -> None:
    assert _read(_grid(1, _BLANK, _BLANK)) == [("", True)] * 3


def test_a_table_of_blanks_under_a_label_of_its_own_is_kept() -> None:
    rows = [_HEADS, ["行政规范性文件", *_BLANK]]
    blank = Grid(tuple(Cell(text, y, x) for y, row in enumerate(rows) for x, text in enumerate(row)), 2)
    facts = read_tables([Part(2, grids=[_grid(1, ("1", "2", "3")), PlacedGrid(blank, ())])], forms()["2021"], 2023)
    assert [fact.raw for fact in facts] == ["1", "2", "3", "", "", ""]


def test_a_year_without_any_figure_is_not_taken_for_the_form_of_another() -> None:
    ours = _grid(1, _BLANK, _BLANK, caption="2023年主动公开政府信息情况")
    last = _grid(2, ("1", "2", "3"), ("4", "5", "6"), caption="2022年主动公开政府信息情况")
    assert not any(sure and raw for raw, sure in _read(ours, last))
