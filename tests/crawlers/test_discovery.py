"""Portals of no known platform, each with its own way to its reports or around them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from pipeline.model import Kind
from tests.support.crawling import Crawled, job_in, portal, run
from tests.support.sites import Answer, Asked, Route, Site, document, listing, report, serve

HOME = document("平罗县人民政府", '<a href="/nb/">政府信息公开年报</a><p>平罗县概况与机构</p>')
GONE = document("提示信息", "<p>对不起，您访问的页面不存在。</p><a href='/'>返回首页</a>")


def _title(body: str = "公安局", year: int = 2024) -> str:
    return f"平罗县{body}{year}年政府信息公开工作年度报告"


def _row(path: str, title: str) -> tuple[str, str, str]:
    return path, title, "2025-01-20"


ROW24 = _row("/r24", _title())


def _government() -> dict[str, Route]:
    """A heading with 更多, then a column with tabs of years, a menu of departments and a select box of townships."""
    tabs = '<ul class="nav-tabs"><li data-url="/gk/c7/2023/">2023年</li></ul>'
    side = '<div class="left-menu"><a href="/gk/c7/jy/">县教育局</a><a href="/about/bm/">县财政局</a></div>'
    box = '<select><option>请选择乡镇</option><option value="/gk/c7/yf/">姚伏镇</option></select>'
    return {
        "/": document("平罗县人民政府", '<div><h3>政府信息公开年报</h3><a href="/gk/c7/">更多&gt;&gt;</a></div>'),
        "/gk/c7/": listing(_row("a.html", _title("人民政府")), after=tabs + side + box),
        "/gk/c7/a.html": report(_title("人民政府")),
        "/gk/c7/2023/": listing(_row("b.html", _title("人民政府", 2023)), title="2023年"),
        "/gk/c7/2023/b.html": report(_title("人民政府", 2023)),
        "/gk/c7/jy/": listing(_row("c.html", _title("教育局")), title="县教育局"),
        "/gk/c7/jy/c.html": report(_title("教育局")),
        "/gk/c7/yf/": report(_title("姚伏镇")),
        "/about/bm/": document("县财政局", "机构职能"),
    }


def _crumbs() -> dict[str, Route]:
    """No menu names the column, but a report among the news shows below which one it stands."""
    trail = '<div class="crumb"><a href="/">首页</a> &gt; <a href="/x9/">信息公开年报</a></div>'
    return {
        "/": document("平罗县公安局", f'<ul><li><a href="/n/1.html">{_title()}</a></li></ul>'),
        "/n/1.html": report(_title(), trail),
        "/x9/": listing(_row("/n/1.html", _title()), _row("/n/2.html", _title(year=2023))),
        "/n/2.html": report(_title(year=2023), trail),
    }


def _drawn_menu() -> dict[str, Route]:
    data = '[{"id": 3, "title": "公开", "url": "/gk/zfxxgknb/"}, {"title": "新闻", "url": "/xw/"}]'
    return {
        "/": document("平罗县公安局", f"<script>var menu = {data}</script>"),
        "/gk/zfxxgknb/": listing(_row("1.html", _title()), title="公开"),
        "/gk/zfxxgknb/1.html": report(_title()),
    }


def _in_passing() -> dict[str, Route]:
    """A home page elsewhere than at /, which announces a report among the news and links bodies; the way leads on."""
    news = [_row(f"/n/{n}.html", f"平罗县召开第{n}次经济工作会议") for n in range(4)]
    bodies = "".join(f'<a href="/bm/{name}/">县{name}局</a>' for name in ("教育", "公安", "财政"))
    home = listing(*news, _row("/r24", _title()), title="平罗县人民政府", after=f'{bodies}<a href="/gk/">政务公开</a>')
    return {
        "/": '<html><head><meta http-equiv="refresh" content="0; url=/index.html"></head></html>',
        "/index.html": home,
        "/gk/": document("政务公开", '<a href="/nb/">政府信息公开年报</a>'),
        "/nb/": document("政府信息公开年报", '<ul><li><a href="/x/c123456/list.shtml">乡镇（街道）年报</a></li></ul>'),
        **_asked_for("/x/c123456/list.shtml"),
        "/r24": report(_title()),
    }


def _asked_for(column: str) -> dict[str, Route]:
    """A column whose one row comes as JSON."""
    channel = "db9694580ad74929979e1981b8c534f9"
    rows = [{"title": _title("姚伏镇"), "url": "/r1", "publishedTimeStr": "2025-01-20"}]
    return {
        column: document("乡镇（街道）年报", "<ul></ul>", f'<meta name="channelid" content="{channel}">'),
        f"/common/search/{channel}": json.dumps({"data": {"total": 1, "results": rows}}),
        "/r1": report(_title("姚伏镇")),
    }


def _framed() -> dict[str, Route]:
    """The pages on the way show what they hold in frames."""

    def framing(path: str) -> str:
        return document("政务公开", f'<iframe src="{path}"></iframe>')

    return {
        "/": document("平罗县公安局", '<a href="/a/">政务公开</a>'),
        "/a/": framing("/a/f.html"),
        "/a/f.html": document("", '<a href="/b/">政府信息公开</a>'),
        "/b/": framing("/b/f.html"),
        "/b/f.html": document("", '<a href="/nb/">政府信息公开年报</a>'),
        "/nb/": listing(_row("/r24", _title())),
        "/r24": report(_title()),
    }


def _with(*rows: tuple[str, str, str], after: str = "", **reports: Route) -> dict[str, Route]:
    pages = {f"/{name}": route for name, route in reports.items()}
    return {"/": HOME, "/nb/": listing(*rows, after=after), "/r24": report(_title()), **pages}


def _calendar() -> str:
    days = "".join(f'<td><a href="/nb/?day={day}">{day}</a></td>' for day in range(1, 31))
    return f"<table><tr>{''.join(f'<th>{day}</th>' for day in '日一二三四五六')}</tr><tr>{days}</tr></table>"


def _ever_new(asked: Asked, times: int) -> Answer:
    page = int(asked.path.split("=")[1]) + 1
    return Answer(listing(after=f'<p>暂无内容</p><a href="/nb/more?p={page}">下一页</a>'))


def _around(asked: Asked, times: int) -> Answer:
    """Every page under ever new addresses; one parameter is a session's."""
    again = f"/gk?PHPSESSID=s{times}x&a={times % 2}"
    return Answer(document("政务公开", f'<a href="{again}">政府信息公开</a><a href="/nb/">政府信息公开年报</a>'))


def _notices() -> dict[str, Route]:
    """No column: reports stand on the first and third page of the notices."""
    others = [_row(f"/n{number}", f"关于道路交通管制的通告（第{number}号）") for number in range(3)]
    pager = '<a href="/gg/2.html">下一页</a>', '<a href="/gg/3.html">下一页</a>', ""
    return {
        "/": document("平罗县公安局", '<a href="/gg/">通知公告</a><p>平罗县公安局的职责与机构</p>'),
        "/gg/": listing(*others, ROW24, title="通知公告", after=pager[0]),
        "/gg/2.html": listing(*others, title="通知公告", after=pager[1]),
        "/gg/3.html": listing(*others, _row("/r22", _title(year=2022)), title="通知公告", after=pager[2]),
        "/r24": report(_title()),
        "/r22": report(_title(year=2022)),
    }


def _behind_doors() -> dict[str, Route]:
    """A picture, then 进入网站, then the home page."""
    return {
        "/": document("", '<a href="/a.html"><img src="/a.jpg"></a>'),
        "/a.html": document("", '<a href="/b/">进入网站</a><a href="/lost.html">English</a>'),
        "/b/": HOME,
        "/nb/": listing(ROW24),
        "/r24": report(_title()),
    }


def _book() -> dict[str, Route]:
    """A report that is a frame around a flip-book, each of its leaves a picture."""
    png = b"\x89PNG\r\n\x1a\n" + bytes(40)
    leaf = '<a href="page{0}.html">下一页</a><img src="../mobile/{1}.png">'
    return {
        "/": HOME,
        "/nb/": listing(ROW24),
        "/r24": document(_title(), '<iframe src="/b/index.html"></iframe>'),
        "/b/index.html": document("", '<script src="mobile/javascript/config.js"></script>'),
        **{f"/b/files/basic-html/page{n}.html": document("", leaf.format(n + 1, n)) for n in (1, 2)},
        "/b/files/basic-html/page3.html": document("", '<a href="page2.html">上一页</a><img src="../mobile/3.png">'),
        **{
            f"/b/files/mobile/{n}.png": Answer(png + str(n).encode(), headers={"Content-Type": "image/png"})
            for n in (1, 2, 3)
        },
    }


def _by_body() -> dict[str, Route]:
    """Columns and rows that are named by bodies, a list whose class is called nav, a letter, a file in a viewer."""
    letter = f"关于报送{_title()}的函"
    rows = '<a href="/m/23.html">平罗县公安局2023年</a>' + f'<a href="/m/24.html">{letter}</a>'
    nav = "".join(f'<li><a href="/t/{n}.html">{_title(f"{n}镇", 2024)}</a></li>' for n in "ABC")
    viewer = f'<a href="/web/viewer.html?file=/22.pdf">{_title(year=2022)}</a>'
    columns = '<a href="/m/">部门年报</a><a href="/t/">乡镇年报</a>'
    return {
        "/": document("平罗县人民政府", '<a href="/gk/">政府信息公开</a>'),
        "/gk/": document("政府信息公开", columns + "<p>县公安局</p>"),
        "/m/": document("部门年报", rows + viewer),
        "/t/": document("乡镇年报", f'<ul class="xxgk_nav_list">{nav}</ul>'),
        "/m/23.html": report(_title(year=2023)),
        "/m/24.html": report(letter),
        "/22.pdf": Answer(b"%PDF-1.4 x", headers={"Content-Type": "application/pdf"}),
        **{f"/t/{n}.html": report(_title(f"{n}镇", 2024)) for n in "ABC"},
    }


SAME = '<a href="/r24"><img src="a.jpg"></a><a href="/r24?isMobile=true">图</a><a href="//r24">图</a>'
SITES: dict[str, dict[str, Route]] = {
    "government": _government(),
    "crumbs": _crumbs(),
    "menu": _drawn_menu(),
    "in_passing": _in_passing(),
    "framed": _framed(),
    "scattered": {"/": listing(_row("/r24", _title()), title="平罗县公安局"), "/r24": report(_title())},
    "says": _with(ROW24, _row("/r23", _title(year=2023)), r23=GONE),
    "home": _with(ROW24, _row("/r23", _title(year=2023)), r23=HOME),
    "only_home": {"/": HOME, "/nb/": HOME},
    "gone": {"/": GONE},
    "stale": {**_with(ROW24), "/": HOME.replace("<p>", '<a href="/gk/">政务公开</a><p>'), "/gk/": GONE},
    "calendar": _with(ROW24, after=_calendar()),
    "ever_new": {**_with(ROW24, after='<a href="/nb/more?p=1">下一页</a>'), "/nb/more": _ever_new},
    "around": {**_with(ROW24), "/": document("某局", '<a href="/gk?a=0">政务公开</a>'), "/gk": _around},
    "doubled": {**_with(ROW24, after=SAME)},
    "notices": _notices(),
    "doors": _behind_doors(),
    "by_body": _by_body(),
    "book": _book(),
    "short": _with(ROW24, after='<p>共 30 条 <a href="/nb/">下一页</a></p>'),
}
SITE: dict[str, Site] = {}


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    with ExitStack() as stack:
        for number, (name, routes) in enumerate(SITES.items(), start=1):
            SITE[name] = stack.enter_context(serve(Site(routes), f"127.0.6.{number}"))
        portals = [portal(name, site.url) for name, site in SITE.items()]
        yield run(job_in(tmp_path_factory.mktemp("discovery"), portals))


@pytest.mark.parametrize(
    ("name", "reports"),
    [
        ("government", {_title("人民政府"), _title("人民政府", 2023), _title("教育局"), "姚伏镇"}),
        ("crumbs", {_title(), _title(year=2023)}),
        ("menu", {_title()}),
        ("in_passing", {_title(), _title("姚伏镇")}),
        ("framed", {_title()}),
        ("stale", {_title()}),
        ("calendar", {_title()}),
        ("ever_new", {_title()}),
        ("around", {_title()}),
        ("doubled", {_title()}),
        ("doors", {_title()}),
        ("book", {_title()}),
        (
            "by_body",
            {"平罗县公安局2023年", f"关于报送{_title()}的函", _title(year=2022), *(_title(f"{n}镇") for n in "ABC")},
        ),
    ],
)
def test_every_report_is_found_and_the_portal_is_complete(crawled: Crawled, name: str, reports: set[str]) -> None:
    assert crawled.outcomes[name].state == "ok", crawled.outcomes[name].reason
    assert {one.title for one in crawled.of(name, Kind.REPORT).values()} == reports


@pytest.mark.parametrize(
    ("name", "found", "reason"),
    [
        ("says", 1, "answered 200, but says that nothing is there"),
        ("home", 1, "the same page as for another address"),
        ("only_home", 0, "the same page as for another address"),
        ("gone", 0, "answered 200, but says that nothing is there"),
        ("short", 1, "应有 30 行"),
        ("scattered", 1, "no column of annual reports was found, 1 reports are announced elsewhere"),
    ],
)
def test_an_answer_that_is_none_is_told(crawled: Crawled, name: str, found: int, reason: str) -> None:
    outcome = crawled.outcomes[name]
    assert (outcome.reports_found, outcome.complete) == (found, False)
    assert reason in outcome.reason


def test_the_leaves_of_a_book_hang_on_the_reports_page_in_their_order(crawled: Crawled) -> None:
    files = crawled.of("book", Kind.ATTACHMENT)
    assert [path for path in files if path.endswith(".png")] == [f"/b/files/mobile/{n}.png" for n in (1, 2, 3)]
    assert {one.page_url for one in files.values()} == {f"{SITE['book'].url}r24"}


def test_reports_among_notices_are_brought_over_their_pages_though_no_column_was_found(crawled: Crawled) -> None:
    assert {one.title for one in crawled.of("notices", Kind.REPORT).values()} == {_title(), _title(year=2022)}
    assert not crawled.outcomes["notices"].complete


def test_a_menu_of_the_site_is_no_row_of_the_column(crawled: Crawled) -> None:
    assert "/about/bm/" not in SITE["government"].paths


def test_traps_cost_few_requests(crawled: Crawled) -> None:
    asked = {name: len(SITE[name].paths) for name in ("calendar", "ever_new", "around", "doubled")}
    assert {name: count for name, count in asked.items() if count > 6} == {}
    assert asked["calendar"] == asked["doubled"] == 3
