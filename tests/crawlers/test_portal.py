"""How far the crawl of a portal goes: clicks to a column and levels below it are counted apart."""

from __future__ import annotations

from pathlib import Path

from pipeline.model import Kind
from tests.support.crawling import Crawled, job_in, portal, run
from tests.support.sites import Route, Site, document, listing, report, serve


def _title(body: str) -> str:
    return f"平罗县{body}2024年政府信息公开工作年度报告"


def _folder(title: str, *links: tuple[str, str]) -> str:
    return document(title, "".join(f'<p><a href="{url}">{text}</a></p>' for url, text in links))


FAR_COLUMN: dict[str, Route] = {
    "/": document("x", "", '<meta http-equiv="refresh" content="0;url=/main/">'),
    "/main/": _folder("平罗县人民政府", ("/open/", "政务公开")),
    "/open/": _folder("政务公开", ("/gk/", "信息公开")),
    "/gk/": _folder("信息公开", ("/gk/nb/", "信息公开年报")),
    "/gk/nb/": _folder("信息公开年报", ("2024/", "2024年"), ("bm/", "县直部门")),
    "/gk/nb/2024/": _folder("2024年", ("jy.html", "县教育局"), ("cz.html", "县财政局"), ("sw.html", "县水务局")),
    "/gk/nb/2024/jy.html": report(_title("教育局")),
    "/gk/nb/2024/cz.html": report(_title("财政局")),
    "/gk/nb/2024/sw.html": report(_title("水务局")),
    "/gk/nb/bm/": _folder("县直部门", ("ga/", "县公安局"), ("zr/", "县自然资源局"), ("wj/", "县卫生健康局")),
    "/gk/nb/bm/ga/": listing(("n2024.html", _title("公安局"), "2025-01-11"), title="县公安局"),
    "/gk/nb/bm/ga/n2024.html": report(_title("公安局")),
    "/gk/nb/bm/zr/": report(_title("自然资源局")),
    "/gk/nb/bm/wj/": listing(("m.html", _title("卫生健康局"), "2025-01-11"), title="县卫生健康局"),
    "/gk/nb/bm/wj/m.html": report(_title("卫生健康局")),
}


def _crawled(folder: Path, routes: dict[str, Route]) -> Crawled:
    with serve(Site(routes), "127.0.4.1") as site:
        return run(job_in(folder, [portal("p", site.url)]))


def test_folders_of_a_column_are_read_however_far_the_column_is_from_the_start_page(tmp_path: Path) -> None:
    crawled = _crawled(tmp_path, FAR_COLUMN)
    found = crawled.of("p", Kind.REPORT)
    assert {one.title for one in found.values()} == {
        "县教育局", "县财政局", "县水务局", "县自然资源局", _title("公安局"), _title("卫生健康局")
    }  # fmt: skip
    assert crawled.outcomes["p"].state == "ok"
    assert not [one for one in crawled.snapshots if one.error]


def test_what_lies_too_deep_in_a_column_is_told_and_not_asked_for(tmp_path: Path) -> None:
    levels = ["/nb/", "/nb/1/", "/nb/1/2/", "/nb/1/2/3/"]
    routes: dict[str, Route] = {"/": _folder("平罗县人民政府", ("/nb/", "信息公开年报"))}
    for level, path in enumerate(levels, start=1):
        rows = [(f"{level}/", "县直部门"), (f"a{level}.html", "县教育局"), (f"b{level}.html", "县财政局")]
        routes[path] = _folder("县直部门", *rows, ("/nb/r.html", _title("公安局")))
        routes |= {f"{path}{name}": report(_title(text[1:])) for name, text in rows[1:]}
    routes["/nb/r.html"] = report(_title("公安局"))
    crawled = _crawled(tmp_path, routes)
    found = crawled.of("p")
    assert set(found) >= {"/nb/1/2/a3.html", "/nb/1/2/3/"}
    told = [one for one in crawled.snapshots if one.error]
    assert [one.url.split("/", 3)[3] for one in told] == ["nb/1/2/3/4/"]
    assert "3 addresses lie deeper" in told[0].error
    assert crawled.outcomes["p"].reports_found == 7


OWN_PAGES: dict[str, Route] = {
    "/": _folder("平罗县人民政府", ("/gk/", "政府信息公开")),
    "/gk/": _folder("政府信息公开", ("/gk/nb/", "信息公开年报"), ("/bm/", "部门信息公开")),
    "/gk/nb/": listing(("a.html", _title("人民政府"), "2025-01-11"), ("b.html", _title("财政局"), "2025-01-12")),
    "/gk/nb/a.html": report(_title("人民政府")),
    "/gk/nb/b.html": report(_title("财政局")),
    "/bm/": _folder("部门信息公开", ("bm/", "县直部门"), ("sw/", "县水务局"), ("wj/", "县卫健局")),
    "/bm/bm/": _folder("县直部门", ("/bm/cz/", "县财政局"), ("/bm/ga/", "县公安局"), ("/bm/wj/", "县卫健局")),
    "/bm/ga/": _folder(
        "县公安局", ("/gk/", "政府信息公开"), ("/gk/nb/", "信息公开年报"), ("/c/77/", "政府信息公开年报")
    ),
    "/c/77/": listing(("c.html", _title("公安局"), "2025-01-11"), title="政府信息公开年报"),
    "/c/77/c.html": report(_title("公安局")),
    "/bm/sw/": _folder("县水务局", ("/gk/", "政府信息公开"), ("xx/", "信息公开")),
    "/bm/sw/xx/": _folder("信息公开", ("nb/", "信息公开年报")),
    "/bm/sw/xx/nb/": listing(("d.html", "2024年政府信息公开工作年度报告", "2025-01-11"), title="信息公开年报"),
    "/bm/sw/xx/nb/d.html": report("2024年政府信息公开工作年度报告"),
    "/bm/wj/": _folder("县卫健局", ("/gk/", "政府信息公开"), ("jg/", "机构职能")),
}


def test_bodies_without_a_report_in_the_column_are_asked_for_their_own(tmp_path: Path) -> None:
    with serve(Site(OWN_PAGES), "127.0.4.1") as site:
        crawled = run(job_in(tmp_path, [portal("p", site.url)]))
    assert set(crawled.of("p", Kind.REPORT)) == {
        "/gk/nb/a.html",
        "/gk/nb/b.html",
        "/c/77/c.html",
        "/bm/sw/xx/nb/d.html",
    }
    assert crawled.of("p", Kind.REPORT)["/bm/sw/xx/nb/d.html"].title == "县水务局2024年政府信息公开工作年度报告"
    assert {"/bm/cz/", "/bm/wj/jg/"}.isdisjoint(one.path for one in site.asked)
    assert crawled.outcomes["p"].state == "ok"


def test_where_the_first_bodies_have_no_column_the_others_are_left_alone(tmp_path: Path) -> None:
    names = ("财政", "公安", "水务", "民政", "司法", "教育", "审计", "统计", "商务")
    bodies = {f"/bm/{number}/": f"县{name}局" for number, name in enumerate(names)}
    routes: dict[str, Route] = {path: document(name, "主要职责") for path, name in bodies.items()}
    routes |= {path: OWN_PAGES[path] for path in ("/", "/gk/", "/gk/nb/", "/gk/nb/a.html", "/gk/nb/b.html")}
    routes["/bm/"] = _folder("部门信息公开", *bodies.items())
    with serve(Site(routes), "127.0.4.1") as site:
        crawled = run(job_in(tmp_path, [portal("p", site.url)]))
    assert {one.path for one in site.asked} & bodies.keys() == {f"/bm/{number}/" for number in range(1, 7)}
    assert crawled.outcomes["p"].state == "ok"


LACKING: dict[str, Route] = {
    "/": _folder("平罗县人民政府", ("/nb/", "信息公开年报")),
    "/nb/": listing(("a.html", _title("公安局"), "2025-01-11"), ("b.html", _title("财政局"), "2025-01-12")),
    "/nb/a.html": document(_title("公安局"), '<p>见附件</p><a href="http://10.0.0.1/gone.pdf">附件.pdf</a>'),
    "/nb/b.html": report(_title("财政局"), '<a href="http://10.0.0.1/gone2.pdf">附件.pdf</a>'),
}


def test_a_page_whose_report_is_in_a_file_that_cannot_be_had_is_no_report_found(tmp_path: Path) -> None:
    with serve(Site(LACKING), "127.0.4.1") as site:
        nights = [run(job_in(tmp_path, [portal("p", site.url, min_reports=2)], night)) for night in ("run1", "run2")]
    for crawled in nights:
        assert set(crawled.of("p", Kind.REPORT)) == {"/nb/a.html", "/nb/b.html"}
        assert crawled.outcomes["p"].reports_found == 1  # the other carries its text itself
        assert crawled.outcomes["p"].state == "empty"
