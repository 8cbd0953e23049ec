"""OFD files in the ways of several producers, read where the file places things."""

from __future__ import annotations

import io
import zipfile
from random import Random

import pdfplumber
import pypdfium2
import pytest
from PIL import Image

from pipeline.errors import UnreadableDocument
from pipeline.extract import extract
from pipeline.model import Document, Grid, Paragraph
from pipeline.readers import read
from tests.support.gold import HONGZE, gold_of_hongze, sample_document
from tests.support.ofd_files import WRITERS, OfdCanvas, Writing, package
from tests.support.reports.comparing import compare
from tests.support.reports.formats.pdf import draw
from tests.support.reports.making import print_of
from tests.support.reports.options import Options

SURE = 0.9


def canvas_with(*lines: str, writing: Writing | None = None) -> OfdCanvas:
    canvas = OfdCanvas(writing=writing)
    canvas.new_page()
    for place, line in enumerate(lines):
        canvas.text(72, 100 + 40 * place, 15, line)
    return canvas


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def read_ofd(canvas: OfdCanvas, ocr: str = "never") -> Document:
    return read(canvas.content(), "report.ofd", ocr=ocr)


# --- whole reports -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["2021", "2019", "2014"])
@pytest.mark.parametrize("writer", WRITERS)
def test_every_cell_of_a_report_whoever_wrote_it(writer: str, form: str) -> None:
    printed = print_of(Options(seed=1, form=form, format="pdf", style="ruled"))
    canvas = OfdCanvas(writing=WRITERS[writer])
    draw(canvas, printed, "ruled", Random(1))
    document = read_ofd(canvas)
    result = extract(document)
    found = compare(printed, result.facts)
    assert found.whole and found.exact_sure == found.cells
    assert (document.extractor, document.doubts, document.pages) == ("ofd", (), canvas.pages)
    assert printed.authority in result.titles[0]


@pytest.mark.parametrize(
    "writing",
    [Writing(grouped="template"), Writing(text="no steps"), Writing(prefix="OFD:", text="repeated", backslashes=True)],
    ids=["on a template", "without steps", "another prefix"],
)
def test_a_report_in_rarer_ways_of_writing(writing: Writing) -> None:
    printed = print_of(Options(seed=5, form="2021", format="pdf", style="ruled"))
    canvas = OfdCanvas(writing=writing)
    draw(canvas, printed, "header repeated", Random(5))
    assert compare(printed, extract(read_ofd(canvas)).facts).whole


def test_a_real_report_set_as_its_pdf_is() -> None:
    """Every character and line of a real PDF, where another program finds them there."""
    canvas = OfdCanvas(595.3, 841.9, writing=WRITERS["foxit"])
    with pdfplumber.open(HONGZE) as pdf:
        for page in pdf.pages:
            canvas.new_page()
            for char in page.chars:
                canvas.text(char["x0"], char["bottom"] - 0.14 * char["size"], char["size"], char["text"])
            for rect in page.rects:
                if rect["fill"] and min(rect["width"], rect["height"]) < 3:
                    canvas.box(rect["x0"], rect["top"], rect["x1"], rect["bottom"])
            for line in page.lines:
                canvas.line(line["x0"], line["top"], line["x1"], line["bottom"])
    result = extract(read_ofd(canvas))
    assert gold_of_hongze().differences(result.facts) == []
    assert all(fact.confidence >= SURE for fact in result.facts)
    assert [section.number for section in result.sections] == [0, 1, 2, 3, 4, 5, 6]


def test_facts_say_on_which_page_and_where_in_points() -> None:
    printed = print_of(Options(seed=1, form="2021", format="pdf", style="ruled"))
    canvas = OfdCanvas(writing=WRITERS["printer"])  # whose paper does not begin at 0, 0
    draw(canvas, printed, "ruled", Random(1))
    for fact in extract(read_ofd(canvas)).facts:
        assert fact.page is not None and 1 <= fact.page <= canvas.pages
        assert fact.bbox is not None
        left, top, right, bottom = fact.bbox
        assert 71 <= left < right <= 595 - 71 and 70 <= top < bottom <= 842 - 70


# --- text ----------------------------------------------------------------------------------------------------


def test_characters_stand_where_their_steps_lead() -> None:
    canvas = canvas_with()
    inner = (
        '<ofd:TextCode X="0" Y="4" DeltaX="g 2 5.2 -10.4 g 3 5.2" DeltaY="g 2 0 9 g 3 0">第一行第二行</ofd:TextCode>'
    )
    canvas.put(f'<ofd:TextObject ID="1" Boundary="20 20 80 20" Font="5" Size="5">{inner}</ofd:TextObject>')
    document = read_ofd(canvas)
    assert "".join(texts(document)) == "第一行第二行"
    (first, *_) = [block for block in document.blocks if isinstance(block, Paragraph)]
    assert first.bbox is not None and first.bbox[0] == pytest.approx(20 * 72 / 25.4, abs=0.2)


@pytest.mark.parametrize(
    "attributes", [' Visible="false"', ' Alpha="0"', ' Fill="false"'], ids=["hidden", "transparent", "not filled"]
)
def test_text_that_no_reader_sees_is_not_read(attributes: str) -> None:
    canvas = canvas_with("收到申请三件，予以公开三件。")
    canvas.text(72, 200, 15, "看不见的文字看不见的文字", attributes)
    assert texts(read_ofd(canvas)) == ["收到申请三件，予以公开三件。"]


def test_a_watermark_that_lies_aslant_is_not_read() -> None:
    canvas = canvas_with("收到申请三件，予以公开三件。")
    canvas.text(100, 300, 30, "内部资料", ' CTM="0.7 0.7 -0.7 0.7 0 0"')
    assert texts(read_ofd(canvas)) == ["收到申请三件，予以公开三件。"]


@pytest.mark.parametrize(
    ("matrix", "direction"),
    [('CTM="0 1 -1 0 200 0"', 90), ('CTM="0 -1 1 0 0 250"', 270), ('CTM="-1 0 0 -1 200 250"', 180)],
)
def test_a_page_that_lies_on_its_side_is_turned(matrix: str, direction: int) -> None:
    canvas = canvas_with()
    for place, line in enumerate(("收到申请三件，予以公开三件。", "没有发生行政复议，行政诉讼。")):
        steps = f'X="20" Y="{30 + 20 * place}" DeltaX="g {len(line) - 1} 5"'
        code = f"<ofd:TextCode {steps}>{line}</ofd:TextCode>"
        canvas.put(f'<ofd:TextObject ID="1" Boundary="0 0 200 250" {matrix} Font="5" Size="5">{code}</ofd:TextObject>')
    document = read_ofd(canvas)
    assert "".join(texts(document)) == "收到申请三件，予以公开三件。没有发生行政复议，行政诉讼。"
    (first, *_) = [block for block in document.blocks if isinstance(block, Paragraph)]
    assert first.bbox is not None
    left, top, right, bottom = first.bbox
    assert 0 <= left < right <= 595.3 and 0 <= top < bottom <= 842  # on the page as a viewer shows it
    assert (bottom - top > right - left) == (direction != 180)


def test_text_on_its_side_beside_upright_text_is_told_of() -> None:
    canvas = canvas_with(*["收到申请三件，予以公开三件。"] * 5)
    canvas.text(500, 300, 12, "下载次数一次，请勿翻印，仅供内部使用，谢谢合作", ' CTM="0 1 -1 0 4 0"')
    assert "横置" in read_ofd(canvas).doubts[0]


def test_figures_set_wide_apart_in_one_piece_are_one_number() -> None:
    canvas = canvas_with("收到申请三件，予以公开三件。")
    code = '<ofd:TextCode X="0" Y="4" DeltaX="5 5.02 5 5 5">202412</ofd:TextCode>'
    canvas.put(f'<ofd:TextObject ID="1" Boundary="25 60 80 20" Font="5" Size="5">{code}</ofd:TextObject>')
    assert "202412" in "".join(texts(read_ofd(canvas)))


def test_letters_of_which_the_file_has_only_the_shapes_are_not_guessed() -> None:
    canvas = canvas_with("有编码的一行文字在第一页。")
    canvas.new_page()
    for row in range(5):
        numbers = "<ofd:Glyphs>3 4 5 6 7 8 9 10 11</ofd:Glyphs>"
        glyphs = f"<ofd:CGTransform CodePosition='0' CodeCount='9' GlyphCount='9'>{numbers}</ofd:CGTransform>"
        inner = f"{glyphs}<ofd:TextCode X='0' Y='5' DeltaX='g 8 5'></ofd:TextCode>"
        canvas.put(
            f"<ofd:TextObject ID='1' Boundary='20 {20 + row * 9} 90 8' Font='5' Size='5'>{inner}</ofd:TextObject>"
        )
    document = read_ofd(canvas)
    assert texts(document) == ["有编码的一行文字在第一页。"]
    assert len(document.doubts) == 1 and "第 2 页" in document.doubts[0] and "没有编码" in document.doubts[0]


# --- lines ---------------------------------------------------------------------------------------------------


def grid_canvas(attributes: str = "", inner: str = "") -> OfdCanvas:
    """Two by two cells between lines painted in this way."""
    canvas = canvas_with("下面是一个没有内容的示例表格。")
    for x, y, text in ((80, 220, "项目"), (180, 220, "数量"), (80, 260, "规章"), (180, 260, "12")):
        canvas.text(x, y, 12, text)
    for at in (200, 240, 280):
        canvas.path([(25, at * 25.4 / 72), (90, at * 25.4 / 72)], attributes, closed=False, inner=inner)
    for at in (70, 160, 255):
        canvas.path([(at * 25.4 / 72, 70.5), (at * 25.4 / 72, 98.8)], attributes, closed=False, inner=inner)
    return canvas


def test_lines_make_tables() -> None:
    (grid,) = [block for block in read_ofd(grid_canvas()).blocks if isinstance(block, Grid)]
    assert [cell.text for cell in grid.cells] == ["项目", "数量", "规章", "12"]


@pytest.mark.parametrize(
    ("attributes", "inner"),
    [
        (' Visible="false"', ""),
        (' Stroke="false"', ""),
        ("", '<ofd:StrokeColor Value="255 255 255"/>'),
        ("", '<ofd:StrokeColor Value="0 0 0" Alpha="0"/>'),
        ("", '<ofd:StrokeColor Value="#ff #ff #ff"/>'),
        (' DrawParam="77"', '<ofd:StrokeColor Value="0 0 0 0"/>'),
    ],
    ids=["hidden", "not stroked", "white", "transparent", "white in hexadecimal", "white in inks"],
)
def test_lines_that_no_reader_sees_make_no_table(attributes: str, inner: str) -> None:
    ruled = [
        block for block in read_ofd(grid_canvas(attributes, inner)).blocks if isinstance(block, Grid) and block.exact
    ]
    assert ruled == []


# --- pictures -----------------------------------------------------------------------------------------------


def image(mode: str, kind: str) -> bytes:
    stream = io.BytesIO()
    Image.new(mode, (200, 280), 0 if mode == "RGBA" else 200).save(stream, kind)
    return stream.getvalue()


def test_text_under_a_picture_of_the_page_is_another_programs_reading_of_it() -> None:
    printed = print_of(Options(seed=3, form="2021", format="pdf", style="ruled"))
    canvas = OfdCanvas()
    draw(canvas, printed, "ruled", Random(3))
    canvas.image(0, 0, 595, 842, image("L", "JPEG"), "scan.jpg")
    document = read_ofd(canvas)
    last = canvas.pages
    assert f"第 {last} 页是图片" in document.doubts[0]
    facts = [fact for fact in extract(document).facts if fact.page == last]
    assert facts and all(fact.confidence < SURE for fact in facts)


def test_a_watermark_that_one_sees_through_hides_nothing() -> None:
    canvas = canvas_with("收到申请三件，予以公开三件。")
    canvas.image(0, 0, 595, 842, image("RGBA", "PNG"), "watermark.png")
    for place in range(8):
        canvas.text(72, 200 + 40 * place, 15, "政府信息公开工作由办公室负责")
    document = read_ofd(canvas)
    assert texts(document)[0] == "收到申请三件，予以公开三件。"
    assert document.doubts == ()


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "BMP", "TIFF"])
def test_pages_that_are_pictures_are_read_as_scans(kind: str) -> None:
    pages = scanned_pages()
    canvas = canvas_with("封面上的文字不是图片。")
    for number, page in enumerate(pages[:2]):
        stream = io.BytesIO()
        page.save(stream, kind)
        canvas.new_page()
        canvas.image(0, 0, 595, 842, stream.getvalue(), f"{number}.{kind.lower()}")
    document = read_ofd(canvas, ocr="auto")
    assert document.extractor == "scan" and document.pages == 3
    assert {block.page for block in document.blocks} == {1, 2, 3}
    assert any("政府信息公开" in text for text in texts(document))


@pytest.mark.slow
def test_a_page_that_is_put_together_of_strips() -> None:
    page = scanned_pages()[0]
    canvas = OfdCanvas()
    canvas.new_page()
    for strip in range(4):
        stream = io.BytesIO()
        part = page.crop((0, page.height * strip // 4, page.width, page.height * (strip + 1) // 4))
        part.save(stream, "PNG")
        canvas.image(0, 842 * strip / 4, 595, 842 * (strip + 1) / 4, stream.getvalue(), f"{strip}.png")
    document = read_ofd(canvas, ocr="auto")
    assert any("政府信息公开" in text for text in texts(document))


def scanned_pages() -> list[Image.Image]:
    with pypdfium2.PdfDocument(sample_document("longde-gaj-2024", "scan.pdf")) as pdf:
        return [pdf[number].render(scale=150 / 72).to_pil().convert("L") for number in range(2)]


# --- packages -----------------------------------------------------------------------------------------------


def test_a_title_from_the_files_own_description_unless_it_is_a_file_name() -> None:
    canvas = canvas_with("收到申请三件，予以公开三件。")
    canvas.title = "某县教育局2024年政府信息公开工作年度报告"
    assert read_ofd(canvas).title == canvas.title
    canvas.title = "年报终稿.docx"
    assert read_ofd(canvas).title == ""


def test_several_documents_in_one_file_are_read_one_after_the_other() -> None:
    first, second = canvas_with("第一个文档里的一行文字。"), canvas_with("第二个文档里的一行文字。")
    second.writing = Writing(folder="Doc_1")
    bodies = "".join(f"<ofd:DocBody><ofd:DocRoot>Doc_{n}/Document.xml</ofd:DocRoot></ofd:DocBody>" for n in (0, 1))
    entry = f'<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016">{bodies}</ofd:OFD>'.encode()
    first.extra = {name: body for name, body in unzipped(second.content()).items() if name.startswith("Doc_1/")}
    first.extra["OFD.xml"] = entry
    document = read_ofd(first)
    assert texts(document) == ["第一个文档里的一行文字。", "第二个文档里的一行文字。"]
    assert [block.page for block in document.blocks] == [1, 2]


def test_a_package_whose_entry_leads_nowhere_still_has_its_document() -> None:
    canvas = canvas_with("收到申请三件，予以公开三件。")
    canvas.extra["OFD.xml"] = b"<OFD><DocBody><DocRoot>Elsewhere/Document.xml</DocRoot></DocBody></OFD>"
    assert texts(read_ofd(canvas)) == ["收到申请三件，予以公开三件。"]


def test_a_page_that_is_missing_or_broken_is_a_doubt() -> None:
    canvas = canvas_with("收到申请三件，予以公开三件。")
    canvas.new_page()
    canvas.new_page()
    canvas.extra["Doc_0/Pages/Page_1/Content.xml"] = b"<ofd:Page"
    files = unzipped(canvas.content())
    del files["Doc_0/Pages/Page_2/Content.xml"]
    document = read(package(files), "a.ofd")
    assert texts(document) == ["收到申请三件，予以公开三件。"]
    assert [doubt[:5] for doubt in document.doubts] == ["第 2 页", "第 3 页"]


def test_an_encrypted_package_says_so() -> None:
    canvas = canvas_with("收到申请三件，予以公开三件。")
    canvas.extra = {"Doc_0/Document.xml": b"\x00\x01cipher", "Encryptions.xml": b"<Encryptions/>"}
    with pytest.raises(UnreadableDocument, match="已加密"):
        read_ofd(canvas)


def unzipped(body: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
