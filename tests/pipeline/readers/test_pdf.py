"""What is printed on a PDF's pages comes out, whatever draws it, hides it or turns it."""

import re
import time

import pytest

from pipeline.errors import UnreadableDocument
from pipeline.model import Cell, Document, Grid, Paragraph
from pipeline.readers import read
from pipeline.readers.pdf.plumbed import plumbed_pages
from tests.support.gold import HONGZE, sample_document
from tests.support.pdf_files import Page, encrypted, form, image, line, pdf, table, text, words

ROWS = [["项目", "本年", "上年"], ["予以公开", "12", ""], ["部分公开", "-", "345"], ["总计", "12", "345"]]
TABLE = table(ROWS)
PROSE = text(60, 760, "二〇二四年度政府信息公开工作年度报告")
WHOLE_PAGE = "q 595 0 0 842 0 0 cm /I Do Q "


def _read(*pages: Page, objects: tuple[str, ...] = ()) -> Document:
    return read(pdf(pages, objects=objects), "a.pdf", ocr="never")


def _rows(document: Document) -> list[list[list[str]]]:
    grids = [block for block in document.blocks if isinstance(block, Grid)]
    return [[[cell.text for cell in row] for row in grid.rows()] for grid in grids]


def _prose(document: Document) -> str:
    return "".join(block.text for block in document.blocks if isinstance(block, Paragraph))


def _cell(document: Document, row: int, column: int) -> Cell:
    grid = next(block for block in document.blocks if isinstance(block, Grid))
    return next(cell for cell in grid.cells if (cell.row, cell.column) == (row, column))


# --- real documents ------------------------------------------------------------------------------------


def test_running_text_beside_tables_stays_text() -> None:
    document = read(HONGZE.read_bytes(), HONGZE.name)
    pages_with_tables = {block.page for block in document.blocks if isinstance(block, Grid)}
    assert pages_with_tables == {2, 3, 4}
    prose = "".join(block.text for block in document.blocks if isinstance(block, Paragraph))
    assert "从严从实把好政治关、法律关、政策关、保密关、文字关" in prose
    assert not any("信息内容" in block.text for block in document.blocks if isinstance(block, Paragraph))


def test_the_row_before_a_page_break_is_read_although_no_line_closes_it() -> None:
    document = read(HONGZE.read_bytes(), HONGZE.name)
    rows = [[cell.text for cell in row] for block in document.blocks if isinstance(block, Grid) for row in block.rows()]
    assert any(row[0].endswith("需要另行制作") and row[-1] == "3" for row in rows if row)


def test_a_title_that_wps_wrote_in_the_wrong_byte_order_is_read() -> None:
    assert read(HONGZE.read_bytes(), HONGZE.name).title == "洪泽区人民政府2023年政府信息公开工作年度报告"


# --- pages that lie otherwise ----------------------------------------------------------------------------

# Where a viewer shows the box of the cell with 12, by how the page is turned clockwise.
_TWELVE = {0: (150, 162, 240, 182), 90: (660, 150, 680, 240), 180: (355, 660, 445, 680), 270: (162, 355, 182, 445)}


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_turned_page_is_read_and_places_are_told_as_a_viewer_shows_it(turn: int) -> None:
    document = _read(Page(PROSE + TABLE, more=f"/Rotate {turn}"))
    assert _rows(document) == [ROWS]
    assert _cell(document, 1, 1).bbox == pytest.approx(_TWELVE[turn], abs=0.2)


@pytest.mark.parametrize(
    ("matrix", "size", "shown"),
    [
        ("0 1 -1 0 842 0", (842, 595), 270),
        ("-1 0 0 -1 595 842", (595, 842), 180),
        ("0 -1 1 0 0 595", (842, 595), 90),
    ],
)
def test_a_page_whose_text_lies_on_its_side_is_read(matrix: str, size: tuple[int, int], shown: int) -> None:
    document = _read(Page(f"{matrix} cm {PROSE + TABLE}", size=size))
    assert _rows(document) == [ROWS]
    assert _prose(document) == "二〇二四年度政府信息公开工作年度报告"
    assert _cell(document, 1, 1).bbox == pytest.approx(_TWELVE[shown], abs=0.2)


def test_places_count_from_the_corner_of_the_crop_box_and_what_it_cuts_off_is_not_read() -> None:
    document = _read(Page(PROSE + TABLE + text(60, 820, "裁去的页眉"), more="/CropBox [50 100 400 800]"))
    assert _rows(document) == [ROWS]
    assert _cell(document, 1, 1).bbox == pytest.approx((100, 120, 190, 140), abs=0.2)
    assert "裁去" not in _prose(document)


def test_forms_within_forms_are_read_where_they_are_drawn() -> None:
    outer = form("q 1 0 0 1 5 5 cm /Y Do Q", "/Resources << /XObject << /Y 8 0 R >> >>")
    inner = form(PROSE + TABLE, "/Resources << /Font << /F 3 0 R >> >> /Matrix [.5 0 0 .5 0 0]")
    document = _read(Page("q 1 0 0 1 20 -30 cm /X Do Q", forms={"X": "7 0 R"}), objects=(outer, inner))
    assert _rows(document) == [ROWS]
    assert _cell(document, 1, 1).bbox == pytest.approx((100, 527, 145, 537), abs=0.2)


def test_a_form_that_draws_itself_ends() -> None:
    itself = form("/X Do " + text(60, 300, "自己"), "/Resources << /XObject << /X 7 0 R >> /Font << /F 3 0 R >> >>")
    assert _rows(_read(Page(TABLE + " /X Do", forms={"X": "7 0 R"}), objects=(itself,))) == [ROWS]


# --- what a reader does not see ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        "3 Tr " + text(160, 666, "99") + "0 Tr ",
        "1 1 1 rg " + text(160, 666, "99") + "0 g ",
        text(-200, 666, "99"),
        "q 0 0 50 50 re W n " + text(160, 666, "99") + "Q ",
        text(170, 646, "99") + "1 g 168 642 14 14 re f 0 g ",
        text(170, 666, "99", 0.4),
    ],
    ids=["invisible", "white on white", "outside of the page", "clipped", "covered", "tiny"],
)
def test_text_that_nobody_sees_is_not_printed(content: str) -> None:
    document = _read(Page(TABLE + content))
    assert _rows(document) == [ROWS]
    assert not _prose(document)


def test_white_text_on_a_dark_ground_is_printed() -> None:
    header = "0 0 .5 rg 60 680 270 20 re f 1 1 1 rg " + words(ROWS[:1]) + "0 g "
    assert _rows(_read(Page(header + table([["", "", ""], *ROWS[1:]])))) == [ROWS]


def test_text_printed_twice_for_bold_is_taken_once() -> None:
    assert _rows(_read(Page(TABLE + words(ROWS, 60.3)))) == [ROWS]


def test_struck_text_is_not_the_value_and_underlined_text_is() -> None:
    struck = text(170, 646, "99") + line(170, 649.8, 180.5, 649.8)
    underlined = line(155, 664.5, 165.5, 664.5)
    document = _read(Page(TABLE + struck + underlined))
    assert _rows(document) == [ROWS]
    assert _cell(document, 1, 1).confidence == 1.0


def test_a_cell_whose_whole_text_is_struck_is_doubted() -> None:
    cell = _cell(_read(Page(TABLE + line(155, 669.8, 165.5, 669.8))), 1, 1)
    assert cell.text == ""
    assert cell.confidence < 0.9


def test_a_line_that_runs_across_text_without_being_its_strike_leaves_a_doubt() -> None:
    cell = _cell(_read(Page(TABLE + line(151, 669.8, 200, 669.8))), 1, 1)
    assert cell.text == "12"
    assert cell.confidence < 0.9


# --- pictures and text layers of rubbish --------------------------------------------------------------------

_CURVED = "1 0 0 1 {x} {y} cm 0 0 m 4 6 8 0 9 3 c 3 3 2 2 1 1 c 0 5 5 0 0 0 c f 1 0 0 1 -{x} -{y} cm "
_LONG = PROSE + text(60, 500, "这是一页看来正常的文字" * 4) + text(60, 480, "这是一页看来正常的文字" * 4)


@pytest.mark.parametrize(
    "page",
    [
        Page(WHOLE_PAGE + "3 Tr " + TABLE + _LONG, forms={"I": "7 0 R"}),
        Page(TABLE + _LONG + WHOLE_PAGE, forms={"I": "7 0 R"}),
        Page(WHOLE_PAGE + text(60, 30, "第 2 页 共 8 页 扫描件"), forms={"I": "7 0 R"}),
        Page("".join(_CURVED.format(x=x, y=y) for x in range(60, 400, 20) for y in range(100, 700, 20))),
    ],
    ids=["hidden text over a scan", "text under a scan", "scan with a stamped page number", "letters as curves"],
)
def test_a_page_that_is_a_picture_is_for_the_ocr_whatever_text_lies_behind_it(page: Page) -> None:
    with pytest.raises(UnreadableDocument, match="OCR"):
        _read(page, objects=(image(),))


def test_a_watermark_picture_that_one_sees_through_hides_nothing() -> None:
    picture = image().replace("/Type /XObject", "/SMask 8 0 R /Type /XObject")
    page = Page(TABLE + _LONG + WHOLE_PAGE, forms={"I": "7 0 R"})
    assert _rows(_read(page, objects=(picture, image()))) == [ROWS]


def test_a_stamp_over_the_table_hides_nothing() -> None:
    stamped = Page(TABLE + "q 90 0 0 90 150 610 cm /I Do Q", forms={"I": "7 0 R"})
    assert _rows(_read(stamped, objects=(image(),))) == [ROWS]


@pytest.mark.parametrize("shift", [777, 0x3000, 0xB000])
def test_a_font_that_misnames_its_characters_makes_the_page_a_picture(shift: int) -> None:
    with pytest.raises(UnreadableDocument, match="OCR"):
        read(pdf([Page(_LONG + TABLE)], misnamed=shift), "a.pdf", ocr="never")


def test_text_in_a_font_that_this_machine_lacks_is_read_all_the_same() -> None:
    """pdfium drops such characters; 6570 is 数 in a font that is not in the file."""
    font = (
        "<< /Type /Font /Subtype /Type0 /BaseFont /Lost /Encoding /Identity-H /ToUnicode 8 0 R /DescendantFonts "
        "[<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Lost /DW 1000 /CIDSystemInfo << /Registry (Adobe) "
        "/Ordering (Identity) /Supplement 0 >> /FontDescriptor << /Type /FontDescriptor /FontName /Lost /Flags 4 "
        "/Ascent 880 /Descent -120 /FontBBox [0 -120 1000 880] /ItalicAngle 0 /CapHeight 700 /StemV 80 >> >>] >>"
    )
    names = "1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfchar <6570> <6570> endbfchar"
    stream = f"<< /Length {len(names)} >>\nstream\n{names}\nendstream"
    drawn = form("BT /L 10 Tf 1 0 0 1 300 646 Tm [<6570>] TJ ET", "/Resources << /Font << /L 7 0 R >> >>")
    document = _read(Page(TABLE + "/X Do", forms={"X": "9 0 R"}), objects=(font, stream, drawn))
    assert _cell(document, 2, 2).text == "345 数"


# --- hostile and broken files ---------------------------------------------------------------------------------


@pytest.mark.parametrize("share", [0.1, 0.5, 0.95])
def test_a_truncated_file_is_refused_with_a_reason_or_read_as_far_as_it_goes(share: float) -> None:
    body = HONGZE.read_bytes()
    try:
        assert read(body[: int(len(body) * share)], "a.pdf").blocks
    except UnreadableDocument as error:
        assert "PDF" in str(error)


def test_a_file_whose_table_of_objects_is_broken_is_read() -> None:
    body = pdf([Page(TABLE)]).replace(b"startxref", b"startxxxx").replace(b"xref\n0", b"xxxx\n0")
    assert _rows(read(body, "a.pdf")) == [ROWS]


def test_a_file_encrypted_with_an_empty_password_is_read() -> None:
    assert _rows(read(encrypted([Page(TABLE)], b""), "a.pdf")) == [ROWS]


def test_a_file_with_a_password_is_refused_with_that_reason() -> None:
    with pytest.raises(UnreadableDocument, match="加密"):
        read(encrypted([Page(TABLE)], b"secret"), "a.pdf")


def test_ten_thousand_pages_are_refused_without_reading_them() -> None:
    begin = time.perf_counter()
    with pytest.raises(UnreadableDocument, match="400"):
        read(pdf([Page(TABLE)], copies=10_000), "a.pdf")
    assert time.perf_counter() - begin < 2


@pytest.mark.slow
def test_a_million_lines_on_a_page_leave_a_doubt_and_the_words() -> None:
    document = _read(Page(TABLE + "0 0 m 9 9 l S\n" * 1_000_000))
    assert any("100000" in doubt for doubt in document.doubts)
    assert any("部分公开" in cell for grid in _rows(document) for row in grid for cell in row)


def test_more_characters_than_a_page_can_hold_are_not_read() -> None:
    flood = "".join(text(60, 100 + row / 2, "一二三四五六七八九十" * 60, 0.5) for row in range(200))
    with pytest.raises(UnreadableDocument, match="100000"):
        _read(Page(TABLE + flood))


def test_a_file_with_attachments_is_read_without_them() -> None:
    attached = "<< /Type /EmbeddedFile /Length 3 >>\nstream\nabc\nendstream"
    body = pdf([Page(TABLE)], objects=[attached]).replace(
        b"/Type /Catalog",
        b"/Names << /EmbeddedFiles << /Names [(a) << /EF << /F 7 0 R >> /F (a) >>] >> >> /Type /Catalog",
    )
    assert _rows(read(body, "a.pdf")) == [ROWS]


def test_a_scan_without_ocr_says_so() -> None:
    with pytest.raises(UnreadableDocument, match="OCR"):
        read(sample_document("zhongwei-gaj-2024", "scan.pdf").read_bytes(), "a.pdf", ocr="never")


def test_a_page_whose_box_is_no_numbers_is_refused() -> None:
    whole = HONGZE.read_bytes()
    broken = re.sub(rb"/MediaBox ?\[[^]]*\]", lambda box: b"/MediaBox[/a 0 0 0]".ljust(len(box[0])), whole)
    assert broken != whole
    with pytest.raises(UnreadableDocument):
        plumbed_pages(broken)
