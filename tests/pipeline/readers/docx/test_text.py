import pytest

from pipeline.model import Grid, Paragraph
from pipeline.readers import read
from tests.support.ooxml import cell, docx_of, paragraph, row, run, table


def lines(body: str, **parts: str) -> list[str]:
    blocks = read(docx_of(body, **parts), "a.docx").blocks
    return [block.text for block in blocks if isinstance(block, Paragraph)]


def field(instruction: str, shown: str | None) -> str:
    parts = ['<w:r><w:fldChar w:fldCharType="begin"/></w:r>', f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"]
    if shown is not None:
        parts += ['<w:r><w:fldChar w:fldCharType="separate"/></w:r>', run(shown)]
    return "".join([*parts, '<w:r><w:fldChar w:fldCharType="end"/></w:r>'])


@pytest.mark.parametrize(
    ("inside", "printed"),
    [
        (f"<w:del>{run('旧')}</w:del><w:ins>{run('新')}</w:ins>", "新"),
        (f"<w:moveFrom>{run('移走')}</w:moveFrom><w:moveTo>{run('移来')}</w:moveTo>", "移来"),
        (run("看不见", "<w:vanish/>") + run("看得见", '<w:vanish w:val="0"/>'), "看得见"),
        (run("收到") + run("5", "<w:strike/>") + run("7") + run("8", "<w:dstrike/>") + run("件"), "收到7件"),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{run('控件')}</w:sdtContent></w:sdt>", "控件"),
        (f"<w:smartTag>{run('2023')}</w:smartTag>{run('年')}", "2023年"),
        (f'<w:hyperlink w:anchor="x">{run("链接")}</w:hyperlink>', "链接"),
        (run("共") + field(" =SUM(ABOVE) ", "12") + run("件"), "共12件"),
        (run("第") + field(" PAGE ", None) + run("页"), "第页"),
        (field(' IF 1 = 1 "是" "否" ', "是"), "是"),
        (f'<w:fldSimple w:instr=" REF a ">{run("三")}</w:fldSimple>{run("件")}', "三件"),
        ("<w:r><w:t>3</w:t><w:noBreakHyphen/><w:t>5</w:t><w:softHyphen/></w:r>", "3-5"),
        ('<w:r><w:sym w:font="Symbol" w:char="F02D"/><w:sym w:font="Symbol" w:char="F037"/></w:r>', "-7"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F082"/></w:r>', "②"),
        (
            f"{run('面积9m')}{run('2', chr(60) + 'w:vertAlign w:val=' + chr(34) + 'superscript' + chr(34) + '/>')}",
            "面积9m²",
        ),
        ("<m:oMath><m:r><m:t>15</m:t></m:r></m:oMath>", "15"),
        (f"<w:ruby><w:rt>{run('nián')}</w:rt><w:rubyBase>{run('年')}</w:rubyBase></w:ruby>", "年"),
    ],
)
def test_what_a_paragraph_prints(inside: str, printed: str) -> None:
    assert lines(f"<w:p>{inside}</w:p>") == [printed]


def test_a_field_that_prints_todays_date_prints_nothing() -> None:
    today = field(' DATE \\@ "yyyy年M月d日" ', "2031年5月6日")
    simple = f'<w:fldSimple w:instr=" TIME ">{run("2031年")}</w:fldSimple>'
    assert lines(f"<w:p>{run('发布日期：')}{today}{simple}</w:p>") == ["发布日期："]


def test_a_field_that_never_ends_swallows_nothing_behind_its_paragraph() -> None:
    opened = '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r></w:p>'
    assert lines(opened + paragraph("正文")) == ["正文"]


def test_hidden_and_struck_text_may_come_from_styles() -> None:
    styles = (
        '<w:style w:type="character" w:styleId="gone"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="old"><w:rPr><w:strike/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="older"><w:basedOn w:val="old"/></w:style>'
    )
    body = (
        f"<w:p>{run('明')}{run('暗', chr(60) + 'w:rStyle w:val=' + chr(34) + 'gone' + chr(34) + '/>')}</w:p>"
        + paragraph("划掉", '<w:pStyle w:val="older"/>')
    )
    assert lines(body, styles=styles) == ["明"]


def test_a_text_box_is_read_once_and_before_its_paragraph() -> None:
    box = f"<w:txbxContent>{paragraph('标题')}</w:txbxContent>"
    body = (
        "<w:p><w:r><mc:AlternateContent>"
        f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></mc:Fallback>"
        f"</mc:AlternateContent></w:r>{run('正文')}</w:p>"
    )
    assert lines(body) == ["标题", "正文"]


def test_a_table_in_a_text_box_is_a_grid() -> None:
    inner = table(row(cell("行政许可"), cell("5")))
    box = f"<v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox>"
    body = f"<w:p><w:r><w:pict><v:shape>{box}</v:shape></w:pict></w:r></w:p>"
    (grid,) = read(docx_of(body), "a.docx").blocks
    assert isinstance(grid, Grid) and [cell.text for cell in grid.cells] == ["行政许可", "5"]


def test_word_art_is_text() -> None:
    assert lines('<w:p><w:r><w:pict><v:shape><v:textpath string="年度报告"/></v:shape></w:pict></w:r></w:p>') == [
        "年度报告"
    ]


def test_lines_that_soft_breaks_end_are_paragraphs_and_a_broken_title_is_one() -> None:
    soft = "<w:r><w:br/></w:r>"
    report = soft.join(run(line) for line in ("一、总体情况", "（一）主动公开", "全年公开3条。", "（二）依申请公开"))
    assert lines(f"<w:p>{run('某县人民政府')}{soft}{run('2023年年度报告')}</w:p>") == ["某县人民政府\n2023年年度报告"]
    assert lines(f"<w:p>{report}</w:p>") == ["一、总体情况", "（一）主动公开\n全年公开3条。", "（二）依申请公开"]


def test_struck_text_is_a_doubt_of_the_document() -> None:
    document = read(docx_of(f"<w:p>{run('3', '<w:strike/>')}{run('5件')}</w:p>"), "a.docx")
    assert document.doubts == ("有删除线的文字未计入 / struck-through text was left out",)
