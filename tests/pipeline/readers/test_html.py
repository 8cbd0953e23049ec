import contextlib

import pytest

from pipeline.errors import UnreadableDocument
from pipeline.model import Document, Grid, Paragraph
from pipeline.readers import read

PROSE = "2024年，本局认真贯彻落实《中华人民共和国政府信息公开条例》，不断完善政府信息公开制度，主动公开各类信息。"


def page(body: str, head: str = "") -> Document:
    return read(f"<html><head>{head}</head><body>{body}</body></html>".encode(), "page.html")


def grids(document: Document) -> list[Grid]:
    return [block for block in document.blocks if isinstance(block, Grid)]


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def test_spans_put_cells_into_their_columns() -> None:
    (grid,) = grids(
        page("<table><tr><td rowspan=2>a</td><td colspan=2>b</td></tr><tr><td>c</td><td>d</td></tr></table>")
    )
    assert [(cell.text, cell.row, cell.column) for cell in grid.cells] == [
        ("a", 0, 0), ("b", 0, 1), ("c", 1, 1), ("d", 1, 2),
    ]  # fmt: skip


def test_a_span_beyond_the_table_or_any_reason_is_cut() -> None:
    (grid,) = grids(page("<table><tr><td rowspan=999999>a</td><td colspan='x'>b</td></tr><tr><td>c</td></tr></table>"))
    assert (grid.height, grid.width) == (2, 2)


def test_a_cell_broken_by_word_into_paragraphs_and_spans_is_one_text() -> None:
    (grid,) = grids(
        page(
            "<table><tr><td><p>商业</p><p><span>企</span>业</p></td>"
            "<td><p><span lang=EN-US>12</span><o:p/></p></td></tr></table>"
        )
    )
    assert [cell.text for cell in grid.cells] == ["商业企业", "12"]


def test_a_layout_table_is_opened_up() -> None:
    document = page(
        f"<table><tr><td>{PROSE}<table><tr><td>行政许可</td><td>5</td></tr></table></td><td>栏目</td></tr></table>"
    )
    (grid,) = grids(document)
    assert [cell.text for cell in grid.cells] == ["行政许可", "5"]
    assert PROSE in texts(document)


def test_menus_scripts_and_hidden_parts_are_left_out() -> None:
    menu = "<ul><li><a href=/a>首页</a></li><li><a href=/b>政务公开</a></li></ul>"
    document = page(
        f"{menu}<div id=zoom><p>{PROSE}</p><p>{PROSE}</p></div><script>var x='{PROSE}';</script>"
        f"<p style='display: none'>隐藏的文字。</p><div>版权所有 某县人民政府 网站标识码：1234567890</div>"
    )
    assert texts(document) == [PROSE, PROSE]


def test_metadata_of_the_portals_systems_is_read() -> None:
    document = page(
        f"<p>{PROSE}</p>",
        '<meta name="ArticleTitle" content="某局2024年政府信息公开工作年度报告">'
        '<meta name="PubDate" content="2025-01-20 10:00"><meta name="ContentSource" content="某局">',
    )
    assert document.title == "某局2024年政府信息公开工作年度报告"
    assert str(document.published_on) == "2025-01-20"
    assert document.source == "某局"


def test_an_impossible_date_is_no_date() -> None:
    assert page(f"<p>发布日期：2025-13-41</p><p>{PROSE}</p>").published_on is None


TITLE = "某局2024年政府信息公开工作年度报告"


@pytest.mark.parametrize(
    ("head", "line"),
    [
        ("", "更新时间：2026-05-06 发布时间：2025-01-20"),
        ("", "成文日期：2025-01-03　发布日期：2025年1月20日"),
        ("", "废止日期：2030-01-01 生成日期：2025.1.20 12:00"),
        ("", "今天是2026年11月21日 星期六 现在时间：2026-11-21 日期：2025/1/20"),
        ("", "来源：某局 [2025-01-20] 浏览：58"),
        ("", "来源：某局 （2025-01-20 09:30）"),
        ("", "来源：某局 [ 01-20 2025 ] 浏览：58"),
        ('<meta name="publishdate" content="20250120">', "发布时间：2025-02-01"),
        ('<meta name="PubDate" content="1970-01-01 08:00">', "发布时间：2025-01-20"),
        ('<meta itemprop="datePublished" content="2025-01-20">', ""),
        ('<script type="application/ld+json">{"datePublished": "2025-01-20T10:00:00+08:00"}</script>', ""),
    ],
)
def test_a_page_is_dated_by_its_metadata_then_by_the_most_telling_label(head: str, line: str) -> None:
    document = page(f"<h1>{TITLE}</h1><div>{line}</div><p>{PROSE}</p>", head)
    assert str(document.published_on) == "2025-01-20"


def test_the_day_of_the_visit_is_no_text_and_a_date_in_a_list_is_not_the_pages() -> None:
    document = page(f"<div>今天是2026年11月21日 星期六</div><h1>{TITLE}</h1><p>{PROSE}</p><p>公告 [2025-02-03]</p>")
    assert document.published_on is None
    assert texts(document)[:2] == [TITLE, PROSE]


@pytest.mark.parametrize("body", [b"", b"   ", b"<html></html>", b"<!-- nothing -->"])
def test_a_page_without_content_is_empty_or_refused_but_never_a_crash(body: bytes) -> None:
    with contextlib.suppress(UnreadableDocument):
        assert read(body, "page.html").blocks == ()


def test_a_thousand_nested_elements_are_read() -> None:
    document = page("<div>" * 1000 + PROSE + "</div>" * 1000)
    assert any(PROSE in text for text in texts(document))
