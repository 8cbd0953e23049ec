"""Reports that are more than the one page or less than the file that they seem."""

from __future__ import annotations

from pathlib import Path

from pipeline.model import Kind
from tests.support.crawling import job_in, portal, run
from tests.support.sites import REPORT_TEXT, Answer, Asked, Route, Site, document, listing, report, serve


def _title(year: int) -> str:
    return f"平罗县公安局{year}年政府信息公开工作年度报告"


BOX = "<select onchange=\"location.href='nb.aspx?y='+this.value\"><option>2024</option><option>2023</option></select>"
ROWS = {"y=2023": [("/2023.html", _title(2023), "2024-01-20")]}
NEWEST = [("/t202501_7.html", _title(2024), "2025-01-20")]


def _column(asked: Asked, _: int) -> Answer:
    return Answer(listing(*ROWS.get(asked.path.partition("?")[2], NEWEST), after=BOX))


ROUTES: dict[str, Route] = {
    "/": document("平罗县公安局", '<a href="/nb.aspx">政府信息公开年报</a>'),
    "/nb.aspx": _column,
    "/t202501_7.html": document(_title(2024), '<h1>2024</h1><p>一、总体情况</p><a href="t202501_7_1.html">下一页</a>'),
    "/t202501_7_1.html": report(_title(2024), '<a href="t202501_7_2.html">下一页</a>'),
    "/t202501_7_2.html": report(_title(2024), '<a href="t202501_7_1.html">上一页</a>'),
    "/2023.html": document(_title(2023), '<a href="/up/a.doc">年报.doc</a><a href="/up/gone.doc">附件.doc</a>'),
    "/up/a.doc": Answer(document("", REPORT_TEXT), headers={"Content-Type": "application/msword"}),
    "/up/gone.doc": Answer(document("", "<p>请先登录</p>"), headers={"Content-Type": "application/msword"}),
}


def test_pages_that_go_on_and_files_that_are_pages_belong_to_their_report(tmp_path: Path) -> None:
    with serve(Site(ROUTES), "127.0.75.9") as site:
        crawled = run(job_in(tmp_path, [portal("p", site.url)]))
    assert set(crawled.of("p", Kind.REPORT)) == {"/t202501_7.html", "/2023.html"}
    files = {path: one for path, one in crawled.of("p", Kind.ATTACHMENT).items() if not one.error}
    assert set(files) == {"/t202501_7_1.html", "/t202501_7_2.html", "/up/a.doc"}
    assert {one.page_url for path, one in files.items() if path.endswith("html")} == {f"{site.url}t202501_7.html"}
    assert "a web page instead of the file" in crawled.of("p")["/up/gone.doc"].error
