import io
import zipfile

import docx
import pytest
from docx.oxml.ns import qn

from pipeline.errors import UnreadableDocument
from pipeline.model import Grid, Paragraph
from pipeline.readers import read


def saved(document: "docx.document.Document") -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_merged_cells_are_spans_and_blocks_keep_their_order() -> None:
    document = docx.Document()
    document.add_paragraph("前")
    table = document.add_table(rows=3, cols=3)
    for row in range(3):
        for column in range(3):
            table.cell(row, column).text = f"{row}{column}"
    table.cell(0, 0).merge(table.cell(2, 0)).text = "竖"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "横"
    document.add_paragraph("后")
    blocks = read(saved(document), "a.docx").blocks
    assert isinstance(blocks[0], Paragraph) and blocks[0].text == "前"
    assert isinstance(blocks[2], Paragraph) and blocks[2].text == "后"
    assert isinstance(blocks[1], Grid)
    assert {(cell.text, cell.row, cell.column, cell.rowspan, cell.colspan) for cell in blocks[1].cells} == {
        ("竖", 0, 0, 3, 1), ("横", 0, 1, 1, 2), ("11", 1, 1, 1, 1), ("12", 1, 2, 1, 1),
        ("21", 2, 1, 1, 1), ("22", 2, 2, 1, 1),
    }  # fmt: skip


def test_a_table_that_lays_out_the_page_is_opened_up() -> None:
    document = docx.Document()
    outer = document.add_table(rows=1, cols=2)
    outer.cell(0, 0).text = "说明"
    inner = outer.cell(0, 1).add_table(rows=1, cols=2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "行政许可", "5"
    blocks = read(saved(document), "a.docx").blocks
    assert [block.text for block in blocks if isinstance(block, Paragraph)] == ["说明"]
    (grid,) = [block for block in blocks if isinstance(block, Grid)]
    assert [cell.text for cell in grid.cells] == ["行政许可", "5"]


def test_a_truncated_file_is_refused_with_a_reason() -> None:
    body = saved(docx.Document())
    with pytest.raises(UnreadableDocument):
        read(body[: len(body) // 2], "a.docx")


def test_a_package_that_unpacks_without_end_is_refused() -> None:
    stream = io.BytesIO(saved(docx.Document()))
    with (
        zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as package,
        package.open("word/media/bomb.bin", "w") as bomb,
    ):
        for _ in range(210):
            bomb.write(bytes(1024 * 1024))
    with pytest.raises(UnreadableDocument, match="unpacks to"):
        read(stream.getvalue(), "a.docx")


def test_a_cell_that_claims_to_stand_in_column_two_billion_is_not_believed() -> None:
    document = docx.Document()
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "行政许可", "5"
    before = table.rows[0]._tr.get_or_add_trPr().makeelement(qn("w:gridBefore"), {qn("w:val"): "2000000000"})
    table.rows[0]._tr.get_or_add_trPr().append(before)
    (grid,) = read(saved(document), "a.docx").blocks
    assert isinstance(grid, Grid) and grid.width <= 250
