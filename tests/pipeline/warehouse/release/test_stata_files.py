"""What Stata's own limits make of a release: names, missing values, texts of any length."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pipeline.warehouse.release.stata import Table, Variable
from pipeline.warehouse.release.stata_files import variable_names
from tests.support.stata_files import read_stata


def test_long_names_are_cut_and_stay_different() -> None:
    long = "outcome_unavailable_needs_creation_of"
    names = variable_names(("year", f"{long}_a", f"{long}_b", "x" * 32))
    assert names == ("year", "outcome_unavailable_needs_creati", "outcome_unavailable_needs_crea_2", "x" * 32)
    cut = "outcome_unavailable_needs_crea_2"
    assert variable_names((f"{long}_a", long[:32])) == (cut, long[:32])


def test_values_come_back_and_missing_ones_are_missing(tmp_path: Path) -> None:
    variables = [
        Variable("code", "byte", "代码", codes={"a": 1, "b": 2}, labels="code"),
        Variable("whole", "long"),
        Variable("amount", "double"),
        Variable("day", "date"),
        Variable("short", "text", width=6),
        Variable("long", "long_text", note="说明"),
    ]
    rows = [
        ("a", 2_147_483_620, 0.0001, date(1959, 12, 31), "中文", "长" * 50_000),
        (None, None, None, None, None, None),
        ("b", -5, -1e15, date(2026, 3, 1), "x", "长"),
    ]
    Table(tmp_path / "t.dta", variables, len(rows), "题目" * 50, {"code": {1: "甲", 2: "乙"}}).write(rows)
    file = read_stata(tmp_path / "t.dta")
    assert file.rows == [
        ("甲", *rows[0][1:]),
        (None, None, None, None, "", ""),
        ("乙", *rows[2][1:]),
    ]
    assert len(file.title) == 80 and file.notes == {"long.note0": "1", "long.note1": "说明"}
    assert [path.name for path in tmp_path.iterdir()] == ["t.dta"]


def test_a_file_without_rows_is_a_file(tmp_path: Path) -> None:
    Table(tmp_path / "t.dta", [Variable("x", "text")], 0, "", {}).write([])
    assert read_stata(tmp_path / "t.dta").rows == []


def test_more_or_fewer_rows_than_announced_are_a_fault(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="1 rows announced, 2 given"):
        Table(tmp_path / "t.dta", [Variable("x", "long")], 1, "", {}).write([(1,), (2,)])
