"""`printed.xls` was written with xlwt, which is no longer developed and so is none of our dependencies: a report with
number formats, spans, borders, a hidden row, column and sheet, struck figures, and a sheet that shows no zeros."""

from pathlib import Path

import pytest

from pipeline.errors import UnreadableDocument
from pipeline.media import XLS, sniff
from pipeline.model import Grid, Paragraph
from pipeline.readers import read

FILE = Path(__file__).with_name("printed.xls").read_bytes()


def test_what_is_printed() -> None:
    assert sniff(FILE) == XLS
    title, grid, note, zeros = read(FILE, "年报.xls").blocks
    assert isinstance(title, Paragraph) and title.text == "某县公安局2023年政府信息公开工作年度报告"
    assert isinstance(note, Paragraph) and note.text == "注：金额单位为万元。"
    assert isinstance(grid, Grid) and isinstance(zeros, Grid)
    assert {(cell.text, cell.row, cell.column, cell.rowspan, cell.colspan) for cell in grid.cells} == {
        ("信息内容", 2, 0, 2, 1), ("数量", 2, 1, 1, 3),
        ("本年制发件数", 3, 1, 1, 1), ("本年废止件数", 3, 2, 1, 1), ("备注", 3, 3, 1, 1),
        ("规章", 4, 0, 1, 1), ("251,000", 4, 1, 1, 1), ("-", 4, 2, 1, 1), ("25.6%", 4, 3, 1, 1),
        ("规范性文件", 6, 0, 1, 1), ("12", 6, 1, 1, 1), ("5件", 6, 2, 1, 1), ("2023年12月31日", 6, 3, 1, 1),
        ("行政许可", 7, 0, 1, 1), ("", 7, 1, 1, 1), ("", 7, 2, 1, 1), ("3,119", 7, 3, 1, 1),
        ("收费", 8, 0, 1, 1), ("25.1万元", 8, 1, 1, 1), ("31", 8, 2, 1, 1), ("错", 8, 3, 1, 1),
    }  # fmt: skip
    assert [(cell.row, cell.column) for cell in grid.cells if cell.confidence < 0.9] == [(7, 1), (8, 2)]
    assert [cell.text for cell in zeros.cells] == ["行政处罚", "", "行政强制", "4"]


@pytest.mark.parametrize("cut", [100, 600, 3000, 9000])
def test_a_file_that_ends_too_early_is_one_reason_or_is_read(cut: int) -> None:
    try:
        read(FILE[:cut], "年报.xls")
    except UnreadableDocument as error:
        assert str(error)


def test_damage_anywhere_is_one_reason_or_none() -> None:
    for place in range(0, len(FILE), 173):
        body = bytearray(FILE)
        body[place] ^= 0xFF
        try:
            read(bytes(body), "年报.xls", ocr="never")
        except UnreadableDocument as error:
            assert str(error)
