"""What a page is, where title and text do not say the same."""

from __future__ import annotations

import pytest

from crawlers.judging import Verdict, judge_page
from crawlers.page import Page
from crawlers.platforms import platform_of
from tests.support.sites import REPORT_TEXT, document, listing, report

T = "某县公安局2024年政府信息公开工作年度报告"
ROWS = (("/a", T, "2025-01-20"), ("/b", "某县教育局2024年政府信息公开工作年度报告", "2025-01-20"))


def _judged(html: str, link_title: str = "") -> Verdict:
    page = Page("http://www.example.gov.cn/x/1.html", html.encode())
    return judge_page(page, link_title, platform_of(page).entries(page))


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
    ],
)
def test_a_page_is_judged_by_its_titles_and_its_text(html: str, link_title: str, expected: Verdict) -> None:
    assert _judged(html, link_title) == expected
