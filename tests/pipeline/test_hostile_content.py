"""Whatever a document holds, reading it gives an extract or one reason why not; nothing else is raised."""

from __future__ import annotations

import contextlib
import io

import docx
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.errors import UnreadableDocument
from pipeline.extract import extract
from pipeline.forms import forms
from pipeline.readers import read
from tests.support.gold import HONGZE

FORM = forms()["2021"]
PIECES = [
    *(item.row[-1] for item in FORM.items if item.row),
    *(item.column_path[-1] for item in FORM.items if item.column_path),
    *(applicant.label_zh for applicant in FORM.applicants),
    *(f"{number}、{section.heading}" for number, section in zip("一二三四五六", FORM.sections, strict=True)),
    *("0", "12", "3,119", "-", "/", "无", "1.2万", "25元", "", " ", "\t", "\n", "\n\n", "。", "，", ",", "|", "  "),
    *(
        "某县公安局2024年政府信息公开工作年度报告",
        "统计期限为2024年1月1日至12月31日",
        "收到申请3件。",
        "\u3000",
        "\x00",
        "<",
        "&nbsp;",
    ),
]
TAGS = ["<table>", "</table>", "<tr>", "</tr>", "<td>", "<td rowspan=3>", "<td colspan='-1'>", "</td>", "<p>", "<br>",
        "<pre>", "</pre>", "<div style='display:none'>", "</div>", "<!--", "-->", "<script>", "</script>"]  # fmt: skip
MANY = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def survives(body: bytes, name: str) -> None:
    with contextlib.suppress(UnreadableDocument):
        extract(read(body, name, ocr="never"))


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=120))
@MANY
def test_text(pieces: list[str]) -> None:
    survives("".join(pieces).encode("utf-8", "surrogatepass"), "a.txt")


@given(st.lists(st.sampled_from(PIECES + TAGS) | st.text(max_size=4), max_size=150))
@MANY
def test_html(pieces: list[str]) -> None:
    survives(("<html><body>" + "".join(pieces)).encode("utf-8", "surrogatepass"), "a.html")


@given(st.lists(st.lists(st.sampled_from(PIECES), min_size=1, max_size=12), min_size=1, max_size=12))
@settings(max_examples=40, deadline=None)
def test_docx_tables(rows: list[list[str]]) -> None:
    document = docx.Document()
    table = document.add_table(rows=len(rows), cols=max(map(len, rows)))
    for y, row in enumerate(rows):
        for x, text in enumerate(row):
            table.cell(y, x).text = text.replace("\x00", "")
    stream = io.BytesIO()
    document.save(stream)
    survives(stream.getvalue(), "a.docx")


@given(st.binary(max_size=400), st.integers(0, 2**20))
@settings(max_examples=25, deadline=None)
def test_damaged_pdf(noise: bytes, where: int) -> None:
    body = bytearray(HONGZE.read_bytes())
    start = where % len(body)
    body[start : start + len(noise)] = noise
    survives(bytes(body), "a.pdf")


@given(st.binary(max_size=600))
@MANY
def test_any_bytes(body: bytes) -> None:
    survives(body, "a")
