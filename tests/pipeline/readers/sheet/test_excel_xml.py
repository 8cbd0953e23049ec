"""The XML of Excel 2003 reads as the sheet that it prints."""

import pytest

from pipeline.errors import UnreadableDocument
from pipeline.model import Document, Grid
from pipeline.readers import read

HEAD = '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
NS = 'xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"'
STYLES = (
    '<Styles><Style ss:ID="fee"><NumberFormat ss:Format="0.0000"/></Style>'
    '<Style ss:ID="old"><Font ss:StrikeThrough="1"/></Style></Styles>'
)


def workbook(rows: str) -> Document:
    sheet = f'<Worksheet ss:Name="表"><Table>{rows}</Table></Worksheet>'
    return read(f"{HEAD}<Workbook {NS}>{STYLES}{sheet}</Workbook>".encode(), "年报.xls")


def cell(value: object, *, kind: str = "Number", more: str = "") -> str:
    return f'<Cell {more}><Data ss:Type="{kind}">{value}</Data></Cell>'


def label(text: str, more: str = "") -> str:
    return cell(text, kind="String", more=more)


def grid_of(rows: str) -> Grid:
    return next(block for block in workbook(rows).blocks if isinstance(block, Grid))


def test_cells_stand_where_their_index_says_and_span_what_they_merge() -> None:
    grid = grid_of(
        f"<Row>{label('信息内容')}{label('本年', 'ss:MergeAcross=' + chr(34) + '1' + chr(34))}{label('总计')}</Row>"
        f'<Row>{label("规章")}<Cell ss:Index="3"><Data ss:Type="Number">7</Data></Cell>{cell(12)}</Row>'
    )
    assert [(one.text, one.row, one.column, one.colspan) for one in grid.cells if one.text] == [
        ("信息内容", 0, 0, 1), ("本年", 0, 1, 2), ("总计", 0, 3, 1), ("规章", 1, 0, 1), ("7", 1, 2, 1), ("12", 1, 3, 1),
    ]  # fmt: skip


def test_numbers_print_in_their_formats_and_struck_ones_not_at_all() -> None:
    grid = grid_of(
        f"<Row>{label('收费')}{cell('22.9', more='ss:StyleID=' + chr(34) + 'fee' + chr(34))}</Row>"
        f"<Row>{label('处罚')}{cell(5, more='ss:StyleID=' + chr(34) + 'old' + chr(34))}</Row>"
    )
    printed = {one.text: one.confidence for one in grid.cells}
    assert "22.9000" in printed
    assert "5" not in printed


def test_hidden_rows_print_nothing() -> None:
    rows = f'<Row>{label("许可")}{cell(1)}</Row><Row ss:Hidden="1">{label("去年")}{cell(9)}</Row><Row>{cell(3)}</Row>'
    assert "9" not in {one.text for one in grid_of(rows).cells}


FAR = '<Row ss:Index="999999999"><Cell><Data ss:Type="Number">1</Data></Cell></Row>'


@pytest.mark.parametrize(("rows", "reason"), [("<Row><Cell>", "is broken"), (FAR, "too large")])
def test_a_broken_file_has_one_reason(rows: str, reason: str) -> None:
    with pytest.raises(UnreadableDocument, match=reason):
        workbook(rows)


def test_columns_that_claim_to_repeat_for_ever_take_no_time() -> None:
    columns = '<Column ss:Index="1" ss:Span="999999999" ss:Hidden="1"/>' * 2000
    blocks = workbook(f"{columns}<Row>{cell(1)}{cell(2)}</Row>").blocks
    assert not any(one.text for block in blocks if isinstance(block, Grid) for one in block.cells)
