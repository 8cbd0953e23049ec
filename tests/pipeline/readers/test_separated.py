"""What parts the fields of a line: commas between them, not those of numbers."""

from __future__ import annotations

import pytest

from pipeline.readers.separated import fields_of_rows, parting


@pytest.mark.parametrize(
    "line",
    ["合计 1,234", "一、本年新收 2,142 421 355 5,570", "（七）总计    2,142   421   355   5,570", "规章"],
)
def test_commas_of_numbers_part_nothing(line: str) -> None:
    assert parting(line) == ("", 0)


@pytest.mark.parametrize(("line", "fields"), [("规章,123,456", 3), ("行政强制,2035", 2), ("规章;1,234;5,678", 3)])
def test_commas_and_semicolons_between_fields_do(line: str, fields: int) -> None:
    assert parting(line)[1] == fields


def test_rows_parted_by_lines_cut_short_are_rows() -> None:
    assert fields_of_rows(["信息内容,本年处理决定数量", "行政处罚", "行政强制,2035"]) == {",": 2}


def test_labels_with_commas_are_none() -> None:
    assert fields_of_rows(["信息内容,数量", "规章,件"]) == {}
