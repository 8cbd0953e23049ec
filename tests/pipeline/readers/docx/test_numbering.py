import pytest

from pipeline.model import Paragraph
from pipeline.readers import read
from pipeline.readers.docx.numbering import formatted
from tests.support.ooxml import docx_of, paragraph

TWO_LEVELS = (
    '<w:abstractNum w:abstractNumId="7">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%2.%3"/></w:lvl>'
    "</w:abstractNum>"
    '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
)


def numbered(text: str, level: int, number: int = 1) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def lines(body: str, numbering: str, styles: str = "") -> list[str]:
    blocks = read(docx_of(body, numbering=numbering, styles=styles), "a.docx").blocks
    return [block.text for block in blocks if isinstance(block, Paragraph)]


def test_headings_print_the_numbers_of_their_list() -> None:
    body = (
        numbered("总体情况", 0)
        + numbered("主动公开", 1)
        + numbered("依申请公开", 1)
        + numbered("主动公开政府信息情况", 0)
    )
    body += numbered("规章", 1) + numbered("细目", 2) + paragraph("没有编号")
    assert lines(body, TWO_LEVELS) == [
        "一、总体情况", "（一）主动公开", "（二）依申请公开",
        "二、主动公开政府信息情况", "（一）规章", "2.1.1 细目", "没有编号",
    ]  # fmt: skip


def test_a_style_numbers_its_paragraphs_at_the_level_that_names_it() -> None:
    levels = TWO_LEVELS.replace('<w:lvl w:ilvl="1">', '<w:lvl w:ilvl="1"><w:pStyle w:val="h2"/>')
    styles = (
        '<w:style w:type="paragraph" w:styleId="h1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="h2"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    body = paragraph("总体情况", '<w:pStyle w:val="h1"/>') + paragraph("主动公开", '<w:pStyle w:val="h2"/>')
    body += paragraph("没有编号", '<w:pStyle w:val="h1"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    assert lines(body, levels, styles) == ["一、总体情况", "（一）主动公开", "没有编号"]


def test_lists_of_one_definition_count_on_unless_one_starts_anew() -> None:
    more = '<w:num w:numId="2"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="3"><w:abstractNumId w:val="7"/>'
    more += '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    body = numbered("甲", 0) + numbered("乙", 0, 2) + numbered("丙", 0, 3) + numbered("丁", 0, 3)
    assert lines(body, TWO_LEVELS + more) == ["一、甲", "二、乙", "一、丙", "二、丁"]


def test_bullets_print_no_number() -> None:
    bullets = TWO_LEVELS.replace("chineseCounting", "bullet").replace("%1、", "\uf0b7")
    assert lines(numbered("要点", 0), bullets) == ["要点"]


@pytest.mark.parametrize(
    ("style", "printed"),
    [
        ("chineseCounting", ["一", "十", "十二", "二十", "九十九", "一〇一"]),
        ("japaneseCounting", ["一", "十", "十二", "二十", "九十九", "一百零一"]),
        ("ideographDigital", ["一", "一〇", "一二", "二〇", "九九", "一〇一"]),
        ("chineseLegalSimplified", ["壹", "壹拾", "壹拾贰", "贰拾", "玖拾玖", "壹佰零壹"]),
        ("decimalEnclosedCircle", ["①", "⑩", "⑫", "⑳", "99", "101"]),
        ("upperRoman", ["I", "X", "XII", "XX", "XCIX", "CI"]),
        ("decimalFullWidth", ["１", "１０", "１２", "２０", "９９", "１０１"]),
        ("some future format", ["1", "10", "12", "20", "99", "101"]),
    ],
)
def test_number_formats(style: str, printed: list[str]) -> None:
    assert [formatted(count, style) for count in (1, 10, 12, 20, 99, 101)] == printed
