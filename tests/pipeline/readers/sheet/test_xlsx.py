import io
import time
import zipfile
from datetime import date

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Border, Font, Side
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.errors import UnreadableDocument
from pipeline.media import XLSX, sniff
from pipeline.model import Cell, Document, Grid, Paragraph
from pipeline.readers import read
from tests.support.ooxml import OFFICE, zipped

SHEET = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINE = Side(style="thin")
RULED = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)


def book() -> tuple[Workbook, Worksheet]:
    made = Workbook()
    sheet = made.active
    assert isinstance(sheet, Worksheet)
    return made, sheet


def saved(made: Workbook) -> bytes:
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def document(made: Workbook) -> Document:
    return read(saved(made), "年报.xlsx")


def grids(made: Workbook) -> list[Grid]:
    return [block for block in document(made).blocks if isinstance(block, Grid)]


def by_place(grid: Grid) -> dict[tuple[int, int], Cell]:
    return {(cell.row, cell.column): cell for cell in grid.cells}


def with_parts(body: bytes, change: dict[str, tuple[str, str]], more: dict[str, str] | None = None) -> bytes:
    """The package with something replaced in some of its parts, and with further ones."""
    with zipfile.ZipFile(io.BytesIO(body)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    for name, (old, new) in change.items():
        assert old.encode() in parts[name]
        parts[name] = parts[name].replace(old.encode(), new.encode())
    return zipped(parts | {name: content.encode() for name, content in (more or {}).items()})


def test_cells_stand_where_the_sheet_has_them_and_print_what_their_formats_say() -> None:
    made, sheet = book()
    sheet["B3"], sheet["C3"] = "行政许可", 251000
    sheet["C3"].number_format = "#,##0"
    sheet["B4"], sheet["C4"] = "收费", 0.0
    sheet["C4"].number_format = '#,##0_ ;-#,##0_ ;"-"_ '
    sheet["B5"], sheet["C5"] = "日期", date(2023, 12, 31)
    sheet["C5"].number_format = 'yyyy"年"m"月"d"日"'
    (grid,) = grids(made)
    assert {place: cell.text for place, cell in by_place(grid).items()} == {
        (2, 1): "行政许可", (2, 2): "251,000", (3, 1): "收费", (3, 2): "-", (4, 1): "日期", (4, 2): "2023年12月31日",
    }  # fmt: skip
    assert document(made).extractor == "sheet"


def test_merged_cells_are_spans_and_blank_ones_are_there() -> None:
    made, sheet = book()
    for row in (("信息内容", "数量", ""), ("", "制发", "废止"), ("规章", 5, None)):
        sheet.append(row)
    sheet.merge_cells("A1:A2")
    sheet.merge_cells("B1:C1")
    (grid,) = grids(made)
    assert {(cell.text, cell.row, cell.column, cell.rowspan, cell.colspan) for cell in grid.cells} == {
        ("信息内容", 0, 0, 2, 1), ("数量", 0, 1, 1, 2), ("制发", 1, 1, 1, 1), ("废止", 1, 2, 1, 1),
        ("规章", 2, 0, 1, 1), ("5", 2, 1, 1, 1), ("", 2, 2, 1, 1),
    }  # fmt: skip


def test_title_headings_and_notes_are_paragraphs() -> None:
    made, sheet = book()
    sheet.append(["某县公安局2023年政府信息公开工作年度报告"])
    sheet.append(["二、主动公开政府信息情况"])
    for row in (("信息内容", "制发", "废止"), ("规章", 1, 2), ("规范性文件", None, None), ("合计", 1, 2)):
        sheet.append(row)
        for cell in sheet[sheet.max_row]:
            cell.border = RULED
    sheet.append(["注：单位为件。\n数据截至12月31日。"])
    blocks = document(made).blocks
    assert [block.text for block in blocks if isinstance(block, Paragraph)] == [
        "某县公安局2023年政府信息公开工作年度报告", "二、主动公开政府信息情况", "注：单位为件。", "数据截至12月31日。",
    ]  # fmt: skip
    (grid,) = [block for block in blocks if isinstance(block, Grid)]
    assert by_place(grid)[4, 0].text == "规范性文件" and by_place(grid)[4, 1].text == ""


def test_what_is_hidden_is_not_printed() -> None:
    made, sheet = book()
    for row in (("规章", "看不见", 1), ("看不见", "看不见", 2), ("规范性文件", "看不见", 3)):
        sheet.append(row)
    sheet.column_dimensions["B"].hidden = True
    sheet.row_dimensions[2].hidden = True
    for state in ("hidden", "veryHidden"):
        other = made.create_sheet(state)
        other.append(["看不见", 4])
        other.sheet_state = state
    (grid,) = grids(made)
    assert [cell.text for cell in grid.cells] == ["规章", "1", "规范性文件", "3"]


def test_zeros_that_a_sheet_does_not_show_are_blank() -> None:
    made, sheet = book()
    sheet.append(["规章", 0, 5])
    sheet.sheet_view.showZeros = False
    (grid,) = grids(made)
    assert [cell.text for cell in grid.cells] == ["规章", "", "5"]


def test_struck_values_are_left_out_with_a_doubt() -> None:
    made, sheet = book()
    sheet.append(["规章", 77, CellRichText(TextBlock(InlineFont(strike=True), "9"), "31"), 4])
    sheet["B1"].font = Font(strike=True)
    (grid,) = grids(made)
    assert [(cell.text, cell.confidence < 0.9) for cell in grid.cells] == [
        ("规章", False), ("", True), ("31", True), ("4", False),
    ]  # fmt: skip


def test_formulas_print_their_stored_values_and_one_without_is_doubtful() -> None:
    made, sheet = book()
    sheet.append(["规章", "=1+2", "=1/0", "=4"])
    stored = with_parts(saved(made), {SHEET: ("<f>1+2</f><v></v>", "<f>1+2</f><v>3</v>")})
    error = '<c r="C1" t="e"><f>1/0</f><v>#DIV/0!</v>'
    body = with_parts(stored, {SHEET: ('<c r="C1"><f>1/0</f><v></v>', error)})
    (grid,) = read(body, "a.xlsx").blocks
    assert isinstance(grid, Grid)
    assert [(cell.text, cell.confidence < 0.9) for cell in grid.cells] == [
        ("规章", False), ("3", False), ("#DIV/0!", False), ("", True),
    ]  # fmt: skip


def test_sheets_follow_each_other_and_tables_carry_their_numbers() -> None:
    made, sheet = book()
    sheet.append(["规章", 1])
    made.create_sheet("空")
    made.create_sheet("表二").append(["行政许可", 2])
    assert [grid.number for grid in grids(made)] == [1, 3]


@pytest.mark.parametrize("by_name", [True, False])
def test_of_a_sheet_for_each_year_the_last_is_read(by_name: bool) -> None:
    made = Workbook()
    made.remove(made.worksheets[0])
    for year, count in ((2022, 7), (2023, 9), (2021, 5)):
        sheet = made.create_sheet(f"{year}年" if by_name else f"表{count}")
        sheet.append([f"某局{year}年年度报告"])
        for row in (("信息内容", "制发", "废止"), ("规章", count, 0), ("规范性文件", count, 1)):
            sheet.append(row)
    read_of_it = document(made)
    (grid,) = [block for block in read_of_it.blocks if isinstance(block, Grid)]
    assert by_place(grid)[2, 1].text == "9"
    assert len(read_of_it.doubts) == 2


def test_sheets_of_one_year_are_all_read() -> None:
    made, sheet = book()
    sheet.append(["2023年主动公开情况", "数量"])
    sheet.append(["规章", 1])
    made.create_sheet("2022年以来的申请").append(["本年新收", 2])
    assert len(grids(made)) == 2


def test_a_sheet_that_lies_about_its_size_costs_nothing() -> None:
    made, sheet = book()
    sheet.append(["规章", 1])
    everything = "A3:XFD1048576"
    body = with_parts(saved(made), {SHEET: ('<dimension ref="A1:B1"', f'<dimension ref="{everything}"')})
    merged = f'</sheetData><mergeCells><mergeCell ref="{everything}"/></mergeCells>'
    body = with_parts(body, {SHEET: ("</sheetData>", merged)})
    started = time.monotonic()
    (grid,) = read(body, "a.xlsx").blocks
    assert isinstance(grid, Grid) and [cell.text for cell in grid.cells] == ["规章", "1"]
    assert time.monotonic() - started < 5


@pytest.mark.parametrize("place", ["A1048576", "XFD1"])
def test_a_value_at_the_end_of_the_world_is_no_report(place: str) -> None:
    made, sheet = book()
    sheet[place] = 1
    with pytest.raises(UnreadableDocument, match="too large a sheet"):
        document(made)


def test_merged_cells_without_end_are_no_report() -> None:
    made, sheet = book()
    for row in range(1, 1500):
        sheet.cell(row, 1, row)
    ranges = "".join(f'<mergeCell ref="A{row}:GR1500"/>' for row in range(1, 1500))
    body = with_parts(saved(made), {SHEET: ("</sheetData>", f"</sheetData><mergeCells>{ranges}</mergeCells>")})
    with pytest.raises(UnreadableDocument, match="too large a sheet"):
        read(body, "a.xlsx")


def test_a_package_that_unpacks_without_end_is_refused() -> None:
    made, sheet = book()
    sheet.append(["规章", 1])
    stream = io.BytesIO(saved(made))
    with (
        zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as package,
        package.open("xl/media/bomb.bin", "w") as bomb,
    ):
        for _ in range(201):
            bomb.write(bytes(1024 * 1024))
    assert sniff(stream.getvalue()) == XLSX
    with pytest.raises(UnreadableDocument, match="unpacks to"):
        read(stream.getvalue(), "a.xlsx")


def test_texts_that_the_sheets_share() -> None:
    made, sheet = book()
    sheet.append(["a", "b", "c", 1])
    body = saved(made)
    for number, text in enumerate("abc"):
        place = f'r="{"ABC"[number]}1"'
        old = f'<c {place} t="inlineStr"><is><t>{text}</t></is></c>'
        body = with_parts(body, {SHEET: (old, f'<c {place} t="s"><v>{number * 4}</v></c>')})
    runs = "<si><r><t>规</t></r><r><rPr><b/></rPr><t>章</t></r><rPh><t>guī</t></rPh></si>"
    struck = "<si><r><rPr><strike/></rPr><t>9</t></r><r><t>31</t></r></si>"
    table = f'<sst xmlns="{MAIN}">{runs}<si/><si/><si/>{struck}</sst>'
    relation = f'<Relationship Id="texts" Type="{OFFICE}/sharedStrings" Target="texts.xml"/></Relationships>'
    body = with_parts(body, {"xl/_rels/workbook.xml.rels": ("</Relationships>", relation)}, {"xl/texts.xml": table})
    (grid,) = read(body, "a.xlsx").blocks
    assert isinstance(grid, Grid)
    assert [(cell.text, cell.confidence < 0.9) for cell in grid.cells] == [
        ("规章", False), ("31", True), ("", True), ("1", False),
    ]  # fmt: skip


def test_strict_workbooks_are_read_like_others() -> None:
    made, sheet = book()
    sheet.append(["规章", 1])
    strict = "http://purl.oclc.org/ooxml/spreadsheetml/main"
    parts = ["xl/workbook.xml", SHEET, "xl/styles.xml"]
    body = with_parts(saved(made), dict.fromkeys(parts, (MAIN, strict)))
    (grid,) = read(body, "a.xlsx").blocks
    assert isinstance(grid, Grid) and [cell.text for cell in grid.cells] == ["规章", "1"]


def test_damage_anywhere_is_one_reason_or_none() -> None:
    made, sheet = book()
    sheet.append(["规章", 1])
    whole = saved(made)
    for at in range(0, len(whole), 211):
        body = bytearray(whole)
        body[at] ^= 0xFF
        try:
            read(bytes(body), "a.xlsx")
        except UnreadableDocument as error:
            assert str(error)


def test_without_borders_an_empty_row_below_heads_and_labels_right_below_figures_belong_to_the_table() -> None:
    made, sheet = book()
    sheet.append(["结果维持", "结果纠正", "总计"])
    sheet.append([])
    sheet.append([])
    sheet.append(["第二十条第（六）项"])
    sheet.append(["信息内容", "", "本年处理决定数量"])
    sheet.append(["行政处罚", "", 3])
    sheet.append(["行政许可"])
    sheet.append(["行政强制"])
    sheet.append(["四、结转下年度继续办理"])
    for row in (6, 9):
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=2)
    results, decisions = grids(made)
    assert [cell.text for cell in results.cells if cell.row == 1] == ["", "", ""]
    labels = [cell.text for cell in decisions.cells if cell.column == 0 and cell.text]
    assert labels[-4:] == ["行政处罚", "行政许可", "行政强制", "四、结转下年度继续办理"]
