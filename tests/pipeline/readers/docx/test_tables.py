from pipeline.model import Cell, Grid, Paragraph
from pipeline.readers import read
from tests.support.ooxml import cell, docx_of, paragraph, row, run, table


def grids(body: str) -> list[Grid]:
    return [block for block in read(docx_of(body), "a.docx").blocks if isinstance(block, Grid)]


def places(grid: Grid) -> set[tuple[str, int, int, int, int]]:
    return {(cell.text, cell.row, cell.column, cell.rowspan, cell.colspan) for cell in grid.cells}


def value_cell(content: str) -> Cell:
    (grid,) = grids(table(row(cell("行政许可"), cell(content))))
    return grid.cells[1]


def test_borders_a_hair_apart_are_one_border() -> None:
    (grid,) = grids(
        table(
            row(cell("甲", '<w:gridSpan w:val="2"/>'), cell("乙")),
            row(cell("1"), cell("2", '<w:gridSpan w:val="2"/>')),
            widths=(2000, 12, 2000),
        )
    )
    assert places(grid) == {("甲", 0, 0, 1, 1), ("乙", 0, 1, 1, 1), ("1", 1, 0, 1, 1), ("2", 1, 1, 1, 1)}


def test_a_narrow_column_that_has_a_cell_of_its_own_stays() -> None:
    (grid,) = grids(table(row(cell("甲"), cell("1"), cell("乙")), widths=(2000, 100, 2000)))
    assert grid.width == 3


def test_old_horizontal_merges_are_spans() -> None:
    merged = cell("申请人", '<w:hMerge w:val="restart"/>') + cell("看不见", '<w:hMerge w:val="continue"/>')
    (grid,) = grids(table(row(merged, cell("总计")), row(cell("1"), cell("2"), cell("3"))))
    assert ("申请人", 0, 0, 1, 2) in places(grid) and ("总计", 0, 2, 1, 1) in places(grid)


def test_rows_may_begin_later() -> None:
    (grid,) = grids(table(row(cell("甲"), cell("乙")), row(cell("2"), properties='<w:gridBefore w:val="1"/>')))
    assert ("2", 1, 1, 1, 1) in places(grid)


def test_rows_that_are_hidden_or_deleted_are_not_printed() -> None:
    (grid,) = grids(
        table(
            row(cell("甲"), cell("1")),
            row(cell("乙"), cell("2"), properties="<w:del/>"),
            row(cell("丙"), cell("3"), properties="<w:hidden/>"),
            row(cell("丁"), cell("4"), properties='<w:ins w:id="1"/>'),
        )
    )
    assert [(cell.text, cell.row) for cell in grid.cells] == [("甲", 0), ("1", 0), ("丁", 1), ("4", 1)]


def test_rows_and_cells_in_content_controls_are_read() -> None:
    inside = f"<w:sdt><w:sdtContent>{cell('5')}</w:sdtContent></w:sdt>"
    (grid,) = grids(table(f"<w:sdt><w:sdtContent>{row(cell('行政许可'), inside)}</w:sdtContent></w:sdt>"))
    assert [cell.text for cell in grid.cells] == ["行政许可", "5"]


def test_a_struck_figure_is_not_the_value_and_leaves_a_doubt() -> None:
    read_cell = value_cell(f"<w:p>{run('77', '<w:strike/>')}{run('31')}</w:p>")
    assert (read_cell.text, read_cell.confidence < 0.9) == ("31", True)
    assert "struck" in read_cell.doubt


def test_figures_in_two_paragraphs_of_a_cell_are_doubtful_and_labels_are_not() -> None:
    figures = value_cell(paragraph("12") + paragraph("34"))
    assert figures.text == "1234" and figures.confidence < 0.9
    label = value_cell(paragraph("行政") + paragraph("处罚"))
    assert (label.text, label.confidence) == ("行政处罚", 1.0)
    once = value_cell(paragraph("") + paragraph("12"))
    assert (once.text, once.confidence) == ("12", 1.0)


def test_a_note_mark_is_no_digit() -> None:
    mark = run("1", '<w:vertAlign w:val="superscript"/>')
    assert value_cell(f"<w:p>{run('12')}{mark}</w:p>").text == "12¹"
    assert value_cell(f"<w:p>{mark}</w:p>").text == "1"


def test_a_table_of_one_column_lays_out_the_page() -> None:
    inner = table(row(cell("行政许可"), cell("5")))
    blocks = read(docx_of(table(row(cell(paragraph("一、总体情况") + inner + paragraph("完"))))), "a.docx").blocks
    assert [block.text if isinstance(block, Paragraph) else "表" for block in blocks] == ["一、总体情况", "表", "完"]


def test_prose_between_the_rows_of_one_big_table_is_prose() -> None:
    prose = "本年度主动公开政府信息若干条。" * 30
    merged = '<w:gridSpan w:val="2"/>'
    body = table(row(cell("行政许可"), cell("5")), row(cell(prose, merged)), row(cell("行政处罚"), cell("6")))
    first, text, second = read(docx_of(body), "a.docx").blocks
    assert isinstance(first, Grid) and isinstance(text, Paragraph) and isinstance(second, Grid)
    assert text.text == prose
    assert [(cell.text, cell.row) for cell in second.cells] == [("行政处罚", 2), ("6", 2)]
    assert (first.number, second.number) == (1, 1)


def test_tables_nested_without_end_are_a_doubt() -> None:
    body = paragraph("底")
    for _ in range(14):
        body = table(row(cell("旁"), cell(body)))
    document = read(docx_of(paragraph("前") + body), "a.docx")
    assert any("nested too deep" in doubt for doubt in document.doubts)
