"""Archives that hang on pages, from the portal to the reports in them; two nights in a row."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.assembly import Assembly, assemble
from pipeline.model import Outcome
from tests.support.archives import zip_of
from tests.support.crawling import job_in, portal, run
from tests.support.gold import sample_document
from tests.support.sites import Answer, Route, Site, document, listing, serve
from tests.support.unpacking import read_all, store_in

GAOQING, LONGDE, ZHONGWEI = (
    sample_document(slug, "html").read_bytes() for slug in ("gaoqing-gaj-2024", "longde-gaj-2024", "zhongwei-gaj-2024")
)
OWN = "高青县公安局2024年政府信息公开工作年度报告"
ALL = "县直部门2024年政府信息公开工作年度报告汇总"


def _page(title: str, file: str) -> str:
    return document(
        title, f'<h1>{title}</h1><div id="zoom"><p>见附件。</p><a href="{file}">附件：{title}.zip</a></div>'
    )


ROUTES: dict[str, Route] = {
    "/": document("平罗县人民政府", '<p><a href="/nb/">政府信息公开年报</a></p>'),
    "/nb/": listing(("/own.html", OWN, "2025-01-20"), ("/all.html", ALL, "2025-01-21")),
    "/own.html": _page(OWN, "/own.zip"),
    "/all.html": _page(ALL, "/all.zip"),
    "/own.zip": Answer(zip_of({"正文.html": GAOQING, "封面.txt": "封面".encode()})),
    "/all.zip": Answer(zip_of({"隆德.html": LONGDE, "中卫.html": ZHONGWEI})),
}


def _night(folder: Path, site: Site, number: int) -> Assembly:
    own = portal("pingluo", site.url)
    crawled = run(job_in(folder, [own], run_id=f"night{number}"))
    assert crawled.exit_code == 0, crawled.log
    return assemble(read_all(folder, crawled.snapshots), store_in(folder), {own.id: own})


@pytest.mark.slow
def test_reports_in_archives_are_found_every_night(tmp_path: Path) -> None:
    with serve(Site(ROUTES), "127.0.9.1") as site:
        nights = [_night(tmp_path, site, number) for number in (1, 2)]
    for night in nights:
        places = {report.authority.name: report.source for report in night.reports}
        assert {name: source.file_url.removeprefix(site.url) for name, source in places.items()} == {
            "高青县公安局": "own.zip#正文.html",
            "隆德县公安局": "all.zip#隆德.html",
            "中卫市公安局": "all.zip#中卫.html",
        }
        assert places["高青县公安局"].page_url == f"{site.url}own.html"
        assert places["隆德县公安局"].page_url == f"{site.url}all.html"
        assert all(len(report.facts) == 200 for report in night.reports)
    first, second = ({record.snapshot.url.removeprefix(site.url): record.outcome for record in night.documents}
                     for night in nights)  # fmt: skip
    archives = {"own.zip", "own.zip#正文.html", "all.zip", "all.zip#隆德.html", "all.zip#中卫.html"}
    assert {first[url] for url in archives} == {Outcome.LOADED}
    assert {second[url] for url in archives} == {Outcome.UNCHANGED}
    assert first["all.html"] is Outcome.NOT_A_REPORT
