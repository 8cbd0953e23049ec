"""What a page is, where title and text do not say the same."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from crawlers.judging import Verdict, judge_page
from crawlers.page import Page
from crawlers.platforms import platform_of
from tests.support.sites import REPORT_TEXT, document, listing, report

T = "某县公安局2024年政府信息公开工作年度报告"
FIXTURES = Path(__file__).parent.parent / "fixtures"
WRITTEN: dict[str, Any] = tomllib.loads((FIXTURES / "written_titles.toml").read_text(encoding="utf-8"))
HELD_OUT = [json.loads(line) for line in (FIXTURES / "held_out_titles.jsonl").read_text().splitlines()]
ROWS = (("/a", T, "2025-01-20"), ("/b", "某县教育局2024年政府信息公开工作年度报告", "2025-01-20"))
MENU = "".join(f'<a href="/{n}/">{text}</a>' for n, text in enumerate(("走进某县", "新闻", "某市", "互动", "某省政府")))


def _judged(html: str, link_title: str = "", *, in_column: bool = False) -> Verdict:
    page = Page("http://www.example.gov.cn/x/1.html", html.encode())
    return judge_page(page, link_title, platform_of(page).entries(page), in_column=in_column)


@pytest.mark.parametrize(
    ("html", "link_title", "expected"),
    [
        pytest.param(report(T), "", Verdict(True, False), id="text and title"),
        pytest.param(
            document("", REPORT_TEXT), "市教育局", Verdict(True, False), id="text alone, behind a body's name"
        ),
        pytest.param(document(T, "见附件"), T, Verdict(True, False), id="title alone"),
        pytest.param(document("县情", "各镇情况"), "2024年", Verdict(False, False), id="neither"),
        pytest.param(
            report("2024年政府信息公开工作年度报告解读"), T, Verdict(False, False), id="a look-alike's own title"
        ),
        pytest.param(report("关于年度报告格式的通知"), "", Verdict(False, False), id="a notice with all the headings"),
        pytest.param(listing(*ROWS), "", Verdict(False, True), id="a column"),
        pytest.param(listing(*ROWS[:1]), "某局政府信息公开年报", Verdict(False, True), id="a column of one report"),
        pytest.param(
            listing(*((f"/{n}", f"{n}教育局", "") for n in "市县区"), title="2024年政府信息公开年报"),
            "2024年政府信息公开年报",
            Verdict(False, True),
            id="a year's reports by unit",
        ),
        pytest.param(
            listing(*ROWS, title=T, after='<a href="/f.pdf">附件.pdf</a>'),
            T,
            Verdict(True, True),
            id="a report in a file beside links to others",
        ),
        pytest.param(
            document(T, f'<h1>{T}</h1>{MENU}<a href="/f.pdf">{T}.pdf</a><a href="/f.docx">附件：{T}.docx</a>'),
            T,
            Verdict(True, False),
            id="a report in files that are called like it, beside a menu that names bodies",
        ),
        pytest.param(
            listing(("/a.pdf", T, ""), ("/b.zip", T.replace("2024", "2023"), "")),
            "政府信息公开年报",
            Verdict(False, True),
            id="a column of files, one of them packed",
        ),
    ],
)
def test_a_page_is_judged_by_its_titles_and_its_text(html: str, link_title: str, expected: Verdict) -> None:
    assert _judged(html, link_title) == expected


@pytest.mark.parametrize(("place", "lists"), [("/x/nb.html", True), ("/nb/", False)])
def test_a_bodys_page_in_a_column_leads_to_its_reports_in_its_own_folder(place: str, lists: bool) -> None:
    html = document("教育局", f'<a href="/x/zn.html">信息公开指南</a><a href="{place}">信息公开年报</a>')
    assert _judged(html, "教育局", in_column=True).listing is lists


def _written(title: str, text: str) -> str:
    if text == "column":
        return listing(*ROWS, title=title)
    if text == "file":
        return document(title, f'<h1>{title}</h1><p>详见附件</p><a href="/f.pdf">附件：{title}.pdf</a>')
    return document(title, f"<h1>{title}</h1><div id='zoom'>{WRITTEN['texts'][text]}</div>")


def _rates(judged: list[tuple[bool, bool]]) -> tuple[float, float]:
    """Precision and recall of (taken for a report, is one)."""
    right = judged.count((True, True))
    return right / sum(taken for taken, _ in judged), right / sum(is_one for _, is_one in judged)


def test_pages_of_both_sorts_are_told_apart_by_title_and_text() -> None:
    judged = [
        (_judged(_written(title, group["text"]), title).report, group["kind"] == "report")
        for group in WRITTEN["group"]
        for title in group["titles"]
    ]
    assert len(judged) == 220
    assert min(_rates(judged)) >= 0.99, _rates(judged)


def test_what_a_held_out_title_leaves_open_is_told_by_the_text() -> None:
    """The records hold no texts: a report's stands in for the reports', a piece of news for the others'."""
    texts = {True: "form_2019", False: "prose"}
    kinds = [(page["title"], page["kind"] == "report") for page in HELD_OUT]
    judged = [(_judged(_written(title, texts[is_one]), title).report, is_one) for title, is_one in kinds]
    assert min(_rates(judged)) >= 0.99, _rates(judged)


FILE = document("市教育局", '<p>2025-01-20</p><a href="/f.pdf">附件</a>')


@pytest.mark.parametrize(
    ("html", "link_title", "in_column", "expected"),
    [
        pytest.param(FILE, "市教育局", True, Verdict(True, False), id="a body's name over a file, in a column"),
        pytest.param(FILE, "市教育局", False, Verdict(False, False), id="the same elsewhere"),
        pytest.param(FILE, "机构职能", True, Verdict(False, False), id="another paper in a column"),
        pytest.param(
            document("2023年", '<a href="/a.pdf">市教育局</a><a href="/b.pdf">市公安局</a>'),
            "2023年",
            True,
            Verdict(False, True),
            id="a folder of two bodies' files",
        ),
    ],
)
def test_a_row_that_says_nothing_is_known_by_the_file_on_its_page(
    html: str, link_title: str, in_column: bool, expected: Verdict
) -> None:
    assert _judged(html, link_title, in_column=in_column) == expected
