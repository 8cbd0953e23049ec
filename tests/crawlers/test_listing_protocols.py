"""One crawl over sites that list as the software of large families does, each read to its end; and over sites that say
they are of a family and answer otherwise, which is no success."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from pipeline.model import Kind
from tests.support.crawling import Crawled, job_in, portal, run
from tests.support.sites import REPORT_TEXT, Answer, Asked, Route, Site, document, report, serve

JSON = {"Content-Type": "application/json"}
PDF = Answer(b"%PDF-1.4 report", headers={"Content-Type": "application/pdf"})
CHANNEL = "db9694580ad74929979e1981b8c534f9"
UNIT = "/api-gateway/jpaas-publish-server/front/page/build/unit"
DOWNLOAD = "/api-gateway/jpaas-web-server/front/document/file-download"
MODULE = "/module/xxgk/xxgkAnnualReport.jsp"


def _title(number: int) -> str:
    return f"某县第{number}局2024年政府信息公开工作年度报告"


def _asked(asked: Asked, name: str, otherwise: str = "") -> str:
    return parse_qs(urlsplit(asked.path).query).get(name, [otherwise])[0]


def _rows(address: str, first: int, last: int) -> str:
    link = '<li><a href="{}" title="{}">…</a><span>2025-01-20</span></li>'
    return "".join(link.format(address.format(n), _title(n)) for n in range(first, last + 1))


def _site(column: str, address: str, count: int, **more: Route) -> dict[str, Route]:
    """A home page, a column, and as many reports."""
    home = document("某县人民政府", f'<a href="{column}">政府信息公开年报</a>')
    articles = {address.format(number): report(_title(number)) for number in range(1, count + 1)}
    return {"/": home, **articles, **more}


# --- jpaas ---------------------------------------------------------------------------------------------------

QUERY = "{'webId':'1','pageId':'2','tplSetId':'3','tagId':'列表','parseType':'bulidstatic','pageType':'column'}"
JPAAS = "/nb/art/2025/art_{:032x}.html"


def _jpaas(*, otherwise: bool = False) -> dict[str, Route]:
    def unit(asked: Asked, times: int) -> Answer:
        assert _asked(asked, "parseType") == "bulidstatic"
        page = json.loads(_asked(asked, "paramJson", '{"pageNo": 1}'))["pageNo"]
        part = (
            f"<ul>{_rows(JPAAS, page * 3 - 2, min(page * 3, 8))}</ul><div class='pagination' rows='3' count='8'></div>"
        )
        reply = {"success": not otherwise, "data": None if otherwise else {"html": part}}
        return Answer(json.dumps(reply), headers=JSON)

    given: list[str] = []

    def shows_file(asked: Asked, times: int) -> Answer:
        given.append(f"key{times}")
        address = f"{DOWNLOAD}?fileUrl={given[-1]}&fileName=a.pdf"
        return Answer(report(_title(1), f'<a href="{address}">附件.pdf</a>'))

    def download(asked: Asked, times: int) -> Answer:
        good = given and _asked(asked, "fileUrl") == given[-1]
        return Answer("", 302, {"Location": "/cms_files/filemanager/1/attach/a.pdf"}) if good else Answer("late", 410)

    script = f'<script src="/unitbuild.js" url="{UNIT}" queryData="{QUERY}"></script>'
    return _site("/nb/", JPAAS, 8) | {
        "/nb/": document("政府信息公开年报", f'<a href="/zwgk/">政务公开</a>{script}'),
        JPAAS.format(1): shows_file,
        UNIT: unit,
        DOWNLOAD: download,
        "/cms_files/filemanager/1/attach/a.pdf": PDF,
    }


# --- UCAP ----------------------------------------------------------------------------------------------------

UCAP = "/mx/c128570/202501/{:032x}.shtml"
META = f'<meta name="channelid" content="{CHANNEL}">'


def _ucap_static() -> dict[str, Route]:
    """Four pages are promised; the last one is only a stub."""

    def page(number: int, first: int, last: int) -> str:
        pager = f"<script>createPageHTML('page_div',4, {number},'zfxxgk_list','shtml',9);</script>"
        return document("政府信息公开年报", f"<div>{'·' * 200}</div><ul>{_rows(UCAP, first, last)}</ul>{pager}", META)

    return _site("/mx/c128570/zfxxgk_list.shtml", UCAP, 9) | {
        "/mx/c128570/zfxxgk_list.shtml": page(1, 1, 3),
        "/mx/c128570/zfxxgk_list_2.shtml": page(2, 4, 6),
        "/mx/c128570/zfxxgk_list_3.shtml": page(3, 7, 9),
        "/mx/c128570/zfxxgk_list_4.shtml": "<html></html>",
    }


def _ucap_json(*, lost: int = 0, otherwise: bool = False) -> dict[str, Route]:
    """A server that sends four rows a page, whatever it is asked for."""

    def results(asked: Asked, times: int) -> Answer:
        page = int(_asked(asked, "page"))
        rows = [
            {"title": _title(number), "url": UCAP.format(number), "publishedTimeStr": "2025-01-20 10:00:00",
             "resList": [{"path": "files/1.pdf"}] if number == 1 else []}
            for number in range(page * 4 - 3, min(page * 4, 10) + 1)
        ]  # fmt: skip
        return Answer(json.dumps({"data": {"total": 10 + lost, "results": rows}}), headers=JSON)

    shell = document(_title(1), f"<h1>{_title(1)}</h1><p>详见附件</p>")
    answer: Route = document("错误", "系统繁忙") if otherwise else results
    return _site("/mx/c128570/zfxxgk_list.shtml", UCAP, 10) | {
        "/mx/c128570/zfxxgk_list.shtml": document("政府信息公开年报", '<ul id="list"></ul>', META),
        f"/common/search/{CHANNEL}": answer,
        UCAP.format(1): shell,
        "/mx/c128570/202501/files/1.pdf": PDF,
    }


# --- Hanweb --------------------------------------------------------------------------------------------------

ART = "/art/2025/1/20/art_9_{}.html"
IDS = "perPage: 5, totalRecord: {}, params: {{columnid: '9', unitid: '7'}}"
PROXY = "/module/web/jpage/dataproxy.jsp"


def _store(first: int, last: int, total: int = 0, group: str = "") -> str:
    records = "".join(f"<record><![CDATA[{_rows(ART, n, n)}]]></record>" for n in range(first, last + 1))
    named = f"<nextgroup><![CDATA[<a href='{group}'></a>]]></nextgroup>" if group else ""
    counted = f"<totalrecord>{total}</totalrecord>" if total else ""
    return f"<datastore>{counted}{named}<recordset>{records}</recordset></datastore>"


def _hanweb(total: int, inlined: str, proxy: Route, extra: str = "") -> dict[str, Route]:
    script = f"<script>var p = {{proxyUrl: '{PROXY}', {IDS.format(total)}}}</script>" if total else ""
    column = document("政府信息公开年报", f"<a href='/col/col1/'>政务公开</a>{extra}{inlined}{script}")
    return _site("/col/col9/index.html", ART, 40) | {"/col/col9/index.html": column, PROXY: proxy}


def _by_page_only(asked: Asked, times: int) -> Answer:
    """startrecord means nothing to it, and more than ten rows it does not send."""
    page, size = int(_asked(asked, "page")), min(int(_asked(asked, "perpage")), 10)
    return Answer(_store(page * size - size + 1, min(page * size, 40), 40), headers={"Content-Type": "text/xml"})


def _by_group(asked: Asked, times: int) -> Answer:
    page = int(_asked(asked, "page"))
    group = f"./dataproxy.jsp?page={page + 1}&columnid=9&unitid=7" if page < 8 else ""
    return Answer(_store(page * 5 - 4, page * 5, 40, group), headers={"Content-Type": "text/xml"})


SIDE_LIST = (
    '<script type="text/xml"><datastore><record><![CDATA[<a href="/art/2025/3/1/art_5_1.html">会议</a>]]></record>'
    "</datastore></script><script>var q = {totalRecord: 4895, params: {columnid: '5', unitid: '1'}}</script>"
)


def _by_start(asked: Asked, times: int) -> Answer:
    assert "columnid=9" in asked.form
    first, last = int(_asked(asked, "startrecord")), int(_asked(asked, "endrecord"))
    return Answer(_store(first, last, 40), headers={"Content-Type": "text/xml"})


def _inlined(store: str) -> str:
    return f'<script type="text/xml">{store}</script>'


def _catalogue() -> dict[str, Route]:
    """Rows of every column, four a page, none of which has only the column's own."""

    def search(asked: Asked, times: int) -> Answer:
        assert "infotypeId=A0212" in asked.form
        page = int(_asked(asked, "currpage"))
        row = '<tr class="tr_main_value_odd"><td><a href="{}" title="{}">…</a></td><td>2025-01-20</td></tr>'
        rows = [row.format(ART.format(n), _title(n)) for n in range(page * 3 - 2, page * 3 + 1)]
        rows.append(row.format(f"/art/2025/1/20/art_8_{page}.html", "信息公开申请流程"))
        return Answer(f"<table>{''.join(rows)}<tr><td>共12条&nbsp;共3页&nbsp;</td></tr></table>")

    node = "<script>d.add(1,0,\"<a onclick=\\\"funclick('A0212','nb')\\\">政府信息公开年报</a>\");</script>"
    return _site("/gk/", ART, 9) | {
        "/gk/": document("政务公开", '<iframe src="/module/xxgk/tree.jsp?area=0024&divid=div9"></iframe>'),
        "/": document("某县人民政府", '<a href="/gk/">政务公开</a>'),
        "/module/xxgk/tree.jsp": document("目录", node),
        "/module/xxgk/search.jsp": search,
    }


def _annual(*, always: str = "") -> dict[str, Route]:
    """Two units that have reports of 2019 to 2021, and the frame of the module for every other year; one has a menu."""
    menu = "".join(
        f"<td><a href='xxgkAnnualReport.jsp?fbtime={year}'>{year}年度报告</a></td>" for year in (2019, 2020, 2021)
    )

    def module(asked: Asked, times: int) -> Answer:
        area, year = _asked(asked, "area"), always or _asked(asked, "fbtime")
        if (area, year) == ("A0002", "2022"):
            return Answer("none", 404)
        held = year in ("2019", "2020", "2021")
        body = f"<p>{area}局{year}年政府信息公开工作年度报告</p>{REPORT_TEXT}" if held else "暂无"
        return Answer(document(f"{area}局信息公开年度报告", (menu if area == "A0001" else "") + body))

    links = f'<a href="{MODULE}?area=A0001&fbtime=2019">卫生局</a><a href="{MODULE}?fbtime=2021&area=A0002">教育局</a>'
    return {"/": document("政府信息公开年报", links), MODULE: module}


# --- TRS -----------------------------------------------------------------------------------------------------

ZERO_BASED = "{0}, {1}, 'index', 'html'"
TRS = "/nb/202501/t20250120_{}.html"


def _trs(call: str, *names: str, stub: str = "", more: int = 0) -> dict[str, Route]:
    """Three rows a page under the given names; the pager may promise one page more, which is a stub."""
    pages: dict[str, Route] = {stub: "<html><body>&nbsp;</body></html>"} if stub else {}
    for number, name in enumerate(names):
        pager = f"<div>{'·' * 300}</div><script>createPageHTML({call.format(len(names) + more, number)});</script>"
        pages[name] = document("政府信息公开年报", f"<ul>{_rows(TRS, number * 3 + 1, number * 3 + 3)}</ul>{pager}")
    return _site(names[0], TRS, 3 * len(names)) | pages


def _searched(*, otherwise: bool = False) -> dict[str, Route]:
    """No page leads to a column; the search finds six reports on two of its three pages, and hits of other kinds."""

    def search(asked: Asked, times: int) -> Answer:
        assert "年度报告" in _asked(asked, "searchWord")
        page = int(_asked(asked, "pageNumber"))
        hits = [{"title": "某县法治政府建设年度报告", "url": "/other.html", "trs_time": "2025-01-02"}]
        if page < 3:
            found = range(page * 3 - 2, page * 3 + 1)
            hits += [{"title": f"<em>{_title(n)}</em>", "url": TRS.format(n), "trs_time": "2025-01-20"} for n in found]
        reply = {"page": None if otherwise else {"totalPages": 3, "content": hits}}
        return Answer(json.dumps(reply), headers=JSON)

    form = (
        '<form action="/ssi/search.html"><input type="hidden" name="code" value="460cba3871804a4f8f696b6429e0fa08">'
        '<input type="hidden" name="siteId" value="50"><input name="searchWord"></form>'
    )
    news = "".join(f'<a href="/xw/202501/t20250101_{n}.html">新闻{n}</a>' for n in range(3))
    return _site("/", TRS, 6) | {"/": document("某县人民政府", form + news), "/igs/front/search.jhtml": search}


SITES: dict[str, tuple[dict[str, Route], int]] = {  # with the number of reports that are found there
    "jpaas": (_jpaas(), 8),
    "ucap": (_ucap_static(), 9),
    "ucap-json": (_ucap_json(), 10),
    "hanweb-page": (_hanweb(40, _inlined(_store(1, 5)), _by_page_only), 40),
    "hanweb-group": (_hanweb(0, _inlined(_store(1, 5, group=f"{PROXY}?page=1&columnid=9&unitid=7")), _by_group), 40),
    "hanweb-listed": (_hanweb(6, "", Answer(""), extra=f"<ul>{_rows(ART, 1, 6)}</ul>"), 6),
    "hanweb-two-lists": (_hanweb(40, SIDE_LIST + _inlined(_store(1, 5)), _by_start), 40),
    "catalogue": (_catalogue(), 9),
    "annual": (_annual(), 6),
    "trs": (_trs(ZERO_BASED, "/nb/", "/nb/index_1.html", "/nb/index_2.html", stub="/nb/index_3.html", more=2), 9),
    "trs-from-1": (_trs("'p', {0}, {1}, 'b', 'shtml', 9", "/nb/b.shtml", "/nb/b_1.shtml", "/nb/b_2.shtml"), 9),
    "chengdu": (_trs("{0}, {1}, 'column-index', 'shtml'", "/nb/column-index-1.shtml", "/nb/column-index-2.shtml"), 6),
    "searched": (_searched(), 6),
}
OTHERWISE: dict[str, tuple[dict[str, Route], str]] = {  # with what the outcome says
    "jpaas-otherwise": (_jpaas(otherwise=True), "otherwise than its software"),
    "ucap-otherwise": (_ucap_json(otherwise=True), "otherwise than its software"),
    "ucap-short": (_ucap_json(lost=5), "promises 15 rows, gave 10"),
    "hanweb-empty": (_hanweb(30, "", Answer(""), extra=f"<ul>{_rows(ART, 1, 6)}</ul>"), "promises 30 rows, gave 6"),
    "hanweb-otherwise": (_hanweb(30, "", Answer(document("错误", "系统繁忙"))), "otherwise than its software"),
    "trs-broken": (_trs(ZERO_BASED, "/nb/", "/nb/index_1.html", more=1), "/nb/index_2.html HTTP 404"),
    "searched-otherwise": (_searched(otherwise=True), "otherwise than its software"),
}
AREAS = ("A0001", "A0002")
LATE, LATE_ROUTES = "jpaas-late", _jpaas()
FIXED_YEAR = "annual-one-for-all"
SITE: dict[str, Site] = {}


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    every = {name: routes for name, (routes, _) in {**SITES, **OTHERWISE}.items()}
    every[FIXED_YEAR] = _annual(always="2020")
    every[LATE] = LATE_ROUTES | {DOWNLOAD: Answer("too many", 403)}
    with ExitStack() as stack:
        for number, (name, routes) in enumerate(every.items(), start=1):
            SITE[name] = stack.enter_context(serve(Site(routes), f"127.0.5.{number}"))
        portals = [portal(name, site.url) for name, site in SITE.items()]
        yield run(job_in(tmp_path_factory.mktemp("protocols"), portals))


@pytest.mark.parametrize("name", SITES)
def test_a_family_is_read_to_its_end_and_every_report_brought_once(crawled: Crawled, name: str) -> None:
    outcome = crawled.outcomes[name]
    assert (outcome.state, outcome.reason) == ("ok", ""), crawled.log
    assert outcome.reports_found == SITES[name][1]
    reports = [one for one in crawled.snapshots if one.portal_id == name and one.kind is Kind.REPORT]
    assert len(reports) == SITES[name][1]
    paths = [(one.path, one.form) for one in SITE[name].asked]
    assert len(paths) == len(set(paths)), "something was asked for twice"


@pytest.mark.parametrize("name", OTHERWISE)
def test_a_server_that_answers_otherwise_is_no_success(crawled: Crawled, name: str) -> None:
    outcome = crawled.outcomes[name]
    assert not outcome.complete
    assert OTHERWISE[name][1] in outcome.reason, outcome.reason


def test_a_module_that_shows_one_report_for_every_year_gives_it_once_for_each_unit(crawled: Crawled) -> None:
    found = crawled.of(FIXED_YEAR, Kind.REPORT)
    assert set(found) == {f"{MODULE}?area={area}&fbtime=2020" for area in AREAS}


def test_a_menu_of_years_tells_the_oldest_and_without_one_all_are_asked_for(crawled: Crawled) -> None:
    years = {area: [int(_asked(one, "fbtime")) for one in SITE["annual"].asked if area in one.path] for area in AREAS}
    assert min(years["A0001"]) == 2019
    assert min(years["A0002"]) == 2008
    assert years["A0001"][:3] == [2019, 2020, 2021], "what is linked goes first"


def test_a_file_behind_an_address_that_expires_is_brought_at_once(crawled: Crawled) -> None:
    attached = crawled.of("jpaas", Kind.ATTACHMENT)
    assert [one.error for one in attached.values()] == [""]
    paths = [path.split("?")[0] for path in SITE["jpaas"].paths]
    assert paths.index(DOWNLOAD) == paths.index(JPAAS.format(1)) + 1


def test_a_file_that_only_the_list_names_hangs_on_its_article(crawled: Crawled) -> None:
    attached = crawled.of("ucap-json", Kind.ATTACHMENT)["/mx/c128570/202501/files/1.pdf"]
    assert attached.page_url.endswith(UCAP.format(1))


def test_a_file_whose_address_expired_is_looked_for_on_its_page_again(crawled: Crawled) -> None:
    late = portal(LATE, SITE[LATE].url)
    SITE[LATE].routes[DOWNLOAD] = LATE_ROUTES[DOWNLOAD]
    second = run(job_in(crawled.job.memory.parent, [late], "run2"))
    assert [one.error for one in crawled.of(LATE, Kind.ATTACHMENT).values()] == ["blocked: HTTP 403"]
    assert [one.error for one in second.of(LATE, Kind.ATTACHMENT).values()] == [""]
    assert second.outcomes[LATE].reports_found == 8


def test_a_module_is_asked_only_for_the_years_that_are_wanted(tmp_path: Path) -> None:
    with serve(Site(_annual()), "127.0.5.1") as site:
        run(job_in(tmp_path, [portal("p", site.url)]), years=(2020,))
    entered = [f"{MODULE}?area=A0001&fbtime=2019", f"{MODULE}?fbtime=2021&area=A0002"]
    assert set(site.paths) == {"/", *entered, *(f"{MODULE}?area={area}&fbtime=2020" for area in AREAS)}
