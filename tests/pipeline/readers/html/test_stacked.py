"""Rows set in one, and what must not be taken for such."""

from __future__ import annotations

from pipeline.model import Grid
from pipeline.readers import read

HEAD = "<tr><td>办理结果</td><td>情形</td><td>自然人</td><td>总计</td></tr>"


def grid(rows: str) -> Grid:
    body = f"<html><body><table>{HEAD}{rows}</table></body></html>".encode()
    return next(block for block in read(body, "page.html").blocks if isinstance(block, Grid))


def texts(rows: str) -> list[list[str]]:
    return [[cell.text for cell in row] for row in grid(rows).rows()][1:]


def test_rows_whose_labels_and_figures_stand_on_lines_of_their_cells_are_several() -> None:
    stacked = (
        "<tr><td>无法提供</td><td>不掌握<br>需要制作<br>不明确</td><td>78<br>93<br>67</td><td>0<br>1<br>2</td></tr>"
    )
    after = "<tr><td>其他</td><td>逾期</td><td>5</td><td>6</td></tr>"
    assert texts(stacked + after) == [
        ["无法提供", "不掌握", "78", "0"],
        ["需要制作", "93", "1"],
        ["不明确", "67", "2"],
        ["其他", "逾期", "5", "6"],
    ]
    group = grid(stacked + after).cells[4]
    assert (group.text, group.row, group.rowspan) == ("无法提供", 1, 3)


def test_a_group_above_reaches_over_the_rows_that_were_set_in_one() -> None:
    first = "<tr><td rowspan=2>无法提供</td><td>不掌握</td><td>1</td><td>2</td></tr>"
    stacked = "<tr><td>需要制作<br>不明确</td><td>3<br>4</td><td>5<br>6</td></tr>"
    assert texts(first + stacked) == [["无法提供", "不掌握", "1", "2"], ["需要制作", "3", "5"], ["不明确", "4", "6"]]
    assert grid(first + stacked).cells[4].rowspan == 3


def test_a_single_number_on_two_lines_beside_such_a_label_is_in_doubt() -> None:
    cells = grid("<tr><td>行政处罚<br>行政强制</td><td colspan=3>12<br>345</td></tr>").cells[4:]
    assert [cell.text for cell in cells] == ["行政处罚", "行政强制", "12", "345"]
    assert all(cell.confidence < 0.9 and cell.doubt for cell in cells)


def test_a_broken_label_beside_whole_numbers_stays_one() -> None:
    row = "<tr><td>无法提供</td><td>本机关不掌握<br>相关政府信息</td><td>78</td><td>1<br>2</td></tr>"
    assert texts(row) == [["无法提供", "本机关不掌握相关政府信息", "78", "1 2"]]


def test_a_head_that_each_cell_repeats_is_no_part_of_its_number() -> None:
    row = '<tr><td data-label="办理结果">总计</td><td>情形</td><td data-label="自然人"><b>自然人：</b>5</td>'
    row += '<td data-label="总计"><b>总计</b> 6</td></tr>'
    assert texts(row) == [["总计", "情形", "5", "6"]]
