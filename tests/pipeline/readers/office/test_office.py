import pytest

from pipeline.errors import UnreadableDocument
from pipeline.media import DOC, ENCRYPTED, FLAT_DOCX, ODT, RTF, WORD_XML, WPS, sniff
from pipeline.model import Document, Grid, Paragraph
from pipeline.readers import read
from tests.pipeline.readers.docx.test_numbering import TWO_LEVELS, numbered
from tests.support.office import needs_office, saved_as
from tests.support.ooxml import OFFICE, W, cell, docx_of, paragraph, row, run, table

REPORT = docx_of(
    paragraph("某县公安局2023年政府信息公开工作年度报告")
    + numbered("总体情况", 0)
    + numbered("主动公开政府信息情况", 0)
    + table(
        row(cell("信息内容", '<w:vMerge w:val="restart"/>'), cell("数量", '<w:gridSpan w:val="2"/>')),
        row(cell("", "<w:vMerge/>"), cell("本年制发件数"), cell("本年废止件数")),
        row(cell("规章"), cell("3,119"), cell(f"<w:p>{run('77', '<w:strike/>')}{run('31')}</w:p>")),
        row(cell("规范性文件"), cell(f"<w:p>{run('9', '<w:vanish/>')}{run('6')}</w:p>"), cell("")),
        widths=(3000, 2000, 2000),
    )
    + paragraph("本年度没有其他需要报告的事项。"),
    numbering=TWO_LEVELS,
)


def grid_of(document: Document) -> Grid:
    (grid,) = [block for block in document.blocks if isinstance(block, Grid)]
    return grid


@needs_office
@pytest.mark.parametrize(("suffix", "media_type"), [(".doc", DOC), (".rtf", RTF), (".odt", ODT)])
def test_what_is_printed_survives_the_conversion(suffix: str, media_type: str) -> None:
    body = saved_as(REPORT, suffix)
    document = read(body, f"年报{suffix}")
    assert (document.extractor, document.media_type) == ("doc", media_type)
    grid = grid_of(document)
    assert {(cell.text, cell.row, cell.column, cell.rowspan, cell.colspan) for cell in grid.cells} == {
        ("信息内容", 0, 0, 2, 1), ("数量", 0, 1, 1, 2), ("本年制发件数", 1, 1, 1, 1), ("本年废止件数", 1, 2, 1, 1),
        ("规章", 2, 0, 1, 1), ("3,119", 2, 1, 1, 1), ("31", 2, 2, 1, 1),
        ("规范性文件", 3, 0, 1, 1), ("6", 3, 1, 1, 1), ("", 3, 2, 1, 1),
    }  # fmt: skip
    assert [cell.text for cell in grid.cells if cell.confidence < 0.9] == ["31"]


@needs_office
@pytest.mark.parametrize("suffix", [".doc", ".odt"])  # LibreOffice itself writes such list numbers wrongly into RTF
def test_list_numbers_survive_the_conversion(suffix: str) -> None:
    document = read(saved_as(REPORT, suffix))
    assert [block.text for block in document.blocks if isinstance(block, Paragraph)] == [
        "某县公安局2023年政府信息公开工作年度报告",
        "一、总体情况",
        "二、主动公开政府信息情况",
        "本年度没有其他需要报告的事项。",
    ]


@needs_office
def test_a_row_of_too_few_cells_stays_one() -> None:
    """LibreOffice stretches its last cell; a value that is printed under one wide heading stays as wide as that."""
    three = '<w:gridSpan w:val="3"/>'
    body = docx_of(
        table(
            row(cell("结果维持"), cell("结果纠正"), cell("其他结果"), cell("总计")),
            row(cell("4"), cell("6")),
            row(cell("信息内容"), cell("本年处理决定数量", three)),
            row(cell("行政许可"), cell("5", three)),
            widths=(2000, 2000, 2000, 2000),
        )
        + paragraph("完")
    )
    grid = grid_of(read(saved_as(body, ".doc"), "年报.doc"))
    assert {cell.text: (cell.column, cell.colspan) for cell in grid.cells if cell.text.isdigit()} == {
        "4": (0, 1), "6": (1, 1), "5": (1, 3),
    }  # fmt: skip


@needs_office
def test_wps_writes_words_format_under_its_own_name() -> None:
    document = read(saved_as(REPORT, ".doc"), "年报.wps")
    assert (document.extractor, document.media_type) == ("doc", WPS)


@needs_office
def test_rtf_in_the_national_encoding() -> None:
    def escaped(text: str) -> bytes:
        return "".join(f"\\'{byte:02x}" for byte in text.encode("gbk")).encode()

    body = rb"{\rtf1\ansi\ansicpg936\trowd\cellx2000\cellx4000\intbl "
    body += escaped("行政许可") + rb"\cell 5\cell\row\pard\par}"
    assert [cell.text for cell in grid_of(read(body, "年报.doc")).cells] == ["行政许可", "5"]


@needs_office
def test_words_xml_of_2003() -> None:
    name = "http://schemas.microsoft.com/office/word/2003/wordml"
    rows = row(cell("行政许可"), cell("5")).replace("<w:trPr></w:trPr>", "")
    body = (
        '<?xml version="1.0"?><?mso-application progid="Word.Document"?>'
        f'<w:wordDocument xmlns:w="{name}"><w:body><w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="2000"/>'
        f'<w:gridCol w:w="2000"/></w:tblGrid>{rows}</w:tbl></w:body></w:wordDocument>'
    ).encode()
    assert sniff(body, "年报.doc") == WORD_XML
    assert [cell.text for cell in grid_of(read(body, "年报.doc")).cells] == ["行政许可", "5"]


def test_a_docx_in_one_xml_file_needs_no_conversion() -> None:
    relation = f'<Relationship Id="a" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts = {
        "/_rels/.rels": f'<Relationships xmlns="{package}">{relation}</Relationships>',
        "/word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{paragraph("一、总体情况")}</w:body></w:document>',
    }
    inside = "".join(
        f'<pkg:part pkg:name="{name}"><pkg:xmlData>{xml}</pkg:xmlData></pkg:part>' for name, xml in parts.items()
    )
    body = (
        '<?xml version="1.0"?><?mso-application progid="Word.Document"?><pkg:package '
        f'xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">{inside}</pkg:package>'
    ).encode()
    document = read(body, "年报.xml")
    assert (document.extractor, document.media_type) == ("docx", FLAT_DOCX)
    assert document.blocks == (Paragraph("一、总体情况"),)


def test_a_document_behind_a_password_says_so() -> None:
    body = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    assert sniff(body, "年报.docx") == ENCRYPTED
    with pytest.raises(UnreadableDocument, match="encrypted"):
        read(body, "年报.docx")
