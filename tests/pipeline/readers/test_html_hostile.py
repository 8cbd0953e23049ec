"""Pages made to hurt: refused at once with a reason, or read within bounds; and whatever markup, never a crash."""

from __future__ import annotations

import contextlib
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.errors import UnreadableDocument
from pipeline.extract import extract
from pipeline.model import Document, Grid
from pipeline.readers import read

SENTENCE = "2024年，本局主动公开政府信息120条，办理政府信息公开申请3件。"
QUICK = 10.0  # seconds of processor time, on any machine


def html(body: str, head: str = "") -> Document:
    return read(f"<html><head>{head}</head><body>{body}</body></html>".encode(), "http://e.gov.cn/a.html", ocr="never")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("<p>" + "x" * 200_000_000, "过大"),
        ("<p>1</p>" * 1_000_000, "元素过多"),
        ("<div>" * 100_000 + "x", "嵌套过深"),
        ("<table><tr><td>" * 30_000 + "1", "嵌套过深"),
    ],
    ids=["200 MB", "a million elements", "100,000 deep", "tables in tables"],
)
def test_what_is_too_much_is_refused_at_once(body: str, reason: str) -> None:
    begin = time.process_time()
    with pytest.raises(UnreadableDocument, match=reason):
        html(body)
    assert time.process_time() - begin < QUICK


@pytest.mark.slow
@pytest.mark.parametrize(
    "body",
    [
        "<table>" + "<tr><td rowspan=65534 colspan=1000>1</td></tr>" * 3000 + "</table>",
        "<table>" + "<tr>" + "<td>1</td>" * 30_000 + "</tr></table>",
        "<div style='display:grid;grid-template-columns:repeat(999,repeat(999,1fr))'>" + "<div>1</div>" * 5000,
        "<div style='display:grid;grid-template-columns:1fr 1fr'>" + "<p style='grid-row:span 99'>1</p>" * 3000,
        "<ul>" + "<li><span class=a>1</span><span class=b>2</span><span class=c>3</span></li>" * 5000 + "</ul>",
        "<style>" + ".a .b .c{display:none}" * 20_000 + "</style>" + "<p class='a b c'>x</p>" * 2000,
        "<script>" + '"' + "\\" * 500_000 + "</script><p>x</p>",
        "<script>'" + "'\"" * 300_000 + "</script><p>x</p>",
        "<p>" + "&amp;" * 300_000,
        "<p>" + "一、" * 200_000,
        "<img src='data:image/png;base64," + "A" * 8_000_000 + "'>",
        "<iframe srcdoc=\"" + "&lt;iframe srcdoc=x&gt;" * 20_000 + "\"></iframe>",
        "<a>" * 1500 + SENTENCE,
        f"<div><p>{SENTENCE}</p><a href=x>{'长' * 30}</a></div>" * 3000,
    ],
    ids=["spans", "wide row", "grid in grid", "tall cells", "lists", "styles", "backslashes", "quotes", "entities",
         "headings", "data", "frames", "links", "many sentences among links"],
)  # fmt: skip
def test_what_is_odd_is_read_within_bounds(body: str) -> None:
    begin = time.process_time()
    with contextlib.suppress(UnreadableDocument):
        extract(html(body))
    assert time.process_time() - begin < 2 * QUICK


def test_depth_of_pasted_spans_is_no_depth_that_matters() -> None:
    document = html("<p>" + "<span>" * 1800 + SENTENCE + "</span>" * 1800 + "</p>")
    assert SENTENCE in str(document.blocks)


TAGS = [
    "<table>", "</table>", "<tr>", "</tr>", "<td rowspan=0>", "<td colspan=99999>", "</td>", "<thead>", "<tfoot>",
    "<div style='display:table-row'>", "<div style='display:grid;grid-template-columns:repeat(3,1fr)'>", "</div>",
    "<span style='display:inline-block;width:33%'>", "</span>", "<ul>", "<li>", "</ul>", "<dl>", "<dt>", "<dd>",
    "<style>.x{display:none}</style>", "<p class=x>", "</p>", "<s>", "</s>", "<sup>", "</sup>", "<input value=3>",
    "<textarea>", "</textarea>", "<select><option>5", "</select>", "<iframe srcdoc='<p>1</p>'>", "</iframe>",
    "<script>", "</script>", "<![CDATA[", "]]>", "<!--[if mso]>", "<![endif]-->", "<pre>", "</pre>", "<caption>",
    "<template>", "</template>", "<img src='data:image/png;base64,AAAA'>", "<base href='//['>", "<br>", "<h1><small>",
]  # fmt: skip
WORDS = [
    "一、总体情况",
    "自然人",
    "行政许可",
    "总计",
    "0",
    "12",
    "无",
    "-",
    SENTENCE,
    "&amp;nbsp;",
    "\u200b",
    " ",
    "  ",
    ",",
    "|",
]


@given(st.lists(st.sampled_from(TAGS + WORDS) | st.text(max_size=3), max_size=120))
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_markup_is_read_or_refused(pieces: list[str]) -> None:
    body = "".join(pieces)
    for text in (body, body * 3):
        with contextlib.suppress(UnreadableDocument):
            for block in html(text).blocks:
                if isinstance(block, Grid):
                    taken = [(cell.row, cell.column) for cell in block.cells]
                    assert len(taken) == len(set(taken))


DATA = [
    '{"content":"', '"}', "<p>", "</p>", "\\u003c", "\\", "[", "]", "{", "}", ":", ",", '"x"', "<datastore>",
    "<![CDATA[", "]]>", SENTENCE * 12,
]  # fmt: skip


@given(st.lists(st.sampled_from(DATA), max_size=40))
@settings(max_examples=150, deadline=None)
def test_any_data_file_is_read_or_refused(pieces: list[str]) -> None:
    for start in ("{", "<?xml version='1.0'?>"):
        with contextlib.suppress(UnreadableDocument):
            read((start + "".join(pieces)).encode(), "a")


def test_a_table_beyond_all_bounds_is_refused_and_one_that_only_claims_to_be_is_read() -> None:
    with pytest.raises(UnreadableDocument, match="表格过大"):
        html("<table>" + "<tr>" + "<td>1</td>" * 30_000)
    (grid,) = html("<table>" + "<tr><td rowspan=65534 colspan=1000>甲</td><td>1</td></tr>" * 600 + "</table>").blocks
    assert isinstance(grid, Grid)
    assert len(grid.cells) == 1200
