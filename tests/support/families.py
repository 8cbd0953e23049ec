"""Sites that list as the software of large families does, and as it is known to differ from server to server."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

from tests.support.sites import REPORT_TEXT, Answer, Asked, Route, document, report

JSON = {"Content-Type": "application/json"}
PDF = Answer(b"%PDF-1.4 report", headers={"Content-Type": "application/pdf"})
CHANNEL = "db9694580ad74929979e1981b8c534f9"
UNIT = "/api-gateway/jpaas-publish-server/front/page/build/unit"
DOWNLOAD = "/api-gateway/jpaas-web-server/front/document/file-download"
MODULE = "/module/xxgk/xxgkAnnualReport.jsp"


def title(number: int) -> str:
    return f"某县第{number}局2024年政府信息公开工作年度报告"


def value_of(asked: Asked, name: str, otherwise: str = "") -> str:
    return parse_qs(urlsplit(asked.path).query).get(name, [otherwise])[0]


def rows(address: str, first: int, last: int) -> str:
    link = '<li><a href="{}" title="{}">…</a><span>2025-01-20</span></li>'
    return "".join(link.format(address.format(n), title(n)) for n in range(first, last + 1))


def site_of(column: str, address: str, count: int, **more: Route) -> dict[str, Route]:
    """A home page, a column, and as many reports."""
    home = document("某县人民政府", f'<a href="{column}">政府信息公开年报</a>')
    articles = {address.format(number): report(title(number)) for number in range(1, count + 1)}
    return {"/": home, **articles, **more}


# --- jpaas ---------------------------------------------------------------------------------------------------

QUERY = "{'webId':'1','pageId':'2','tplSetId':'3','tagId':'列表','parseType':'bulidstatic','pageType':'column'}"
JPAAS = "/nb/art/2025/art_{:032x}.html"


def jpaas(*, otherwise: bool = False) -> dict[str, Route]:
    def unit(asked: Asked, times: int) -> Answer:
        assert value_of(asked, "parseType") == "bulidstatic"
        page = json.loads(value_of(asked, "paramJson", '{"pageNo": 1}'))["pageNo"]
        part = (
            f"<ul>{rows(JPAAS, page * 3 - 2, min(page * 3, 8))}</ul><div class='pagination' rows='3' count='8'></div>"
        )
        reply = {"success": not otherwise, "data": None if otherwise else {"html": part}}
        return Answer(json.dumps(reply), headers=JSON)

    given: list[str] = []

    def shows_file(asked: Asked, times: int) -> Answer:
        given.append(f"key{times}")
        address = f"{DOWNLOAD}?fileUrl={given[-1]}&fileName=a.pdf"
        return Answer(report(title(1), f'<a href="{address}">附件.pdf</a>'))

    def download(asked: Asked, times: int) -> Answer:
        good = given and value_of(asked, "fileUrl") == given[-1]
        return Answer("", 302, {"Location": "/cms_files/filemanager/1/attach/a.pdf"}) if good else Answer("late", 410)

    script = f'<script src="/unitbuild.js" url="{UNIT}" queryData="{QUERY}"></script>'
    return site_of("/nb/", JPAAS, 8) | {
        "/nb/": document("政府信息公开年报", f'<a href="/zwgk/">政务公开</a>{script}'),
        JPAAS.format(1): shows_file,
        UNIT: unit,
        DOWNLOAD: download,
        "/cms_files/filemanager/1/attach/a.pdf": PDF,
    }


# --- UCAP ----------------------------------------------------------------------------------------------------

UCAP = "/mx/c128570/202501/{:032x}.shtml"
META = f'<meta name="channelid" content="{CHANNEL}">'


def ucap_static() -> dict[str, Route]:
    """Four pages are promised; the last one is only a stub."""

    def page(number: int, first: int, last: int) -> str:
        pager = f"<script>createPageHTML('page_div',4, {number},'zfxxgk_list','shtml',9);</script>"
        return document("政府信息公开年报", f"<div>{'·' * 200}</div><ul>{rows(UCAP, first, last)}</ul>{pager}", META)

    return site_of("/mx/c128570/zfxxgk_list.shtml", UCAP, 9) | {
        "/mx/c128570/zfxxgk_list.shtml": page(1, 1, 3),
        "/mx/c128570/zfxxgk_list_2.shtml": page(2, 4, 6),
        "/mx/c128570/zfxxgk_list_3.shtml": page(3, 7, 9),
        "/mx/c128570/zfxxgk_list_4.shtml": "<html></html>",
    }


def ucap_json(*, lost: int = 0, otherwise: bool = False) -> dict[str, Route]:
    """A server that sends four rows a page, whatever it is asked for."""

    def results(asked: Asked, times: int) -> Answer:
        page = int(value_of(asked, "page"))
        rows = [
            {"title": title(number), "url": UCAP.format(number), "publishedTimeStr": "2025-01-20 10:00:00",
             "resList": [{"path": "files/1.pdf"}] if number == 1 else []}
            for number in range(page * 4 - 3, min(page * 4, 10) + 1)
        ]  # fmt: skip
        return Answer(json.dumps({"data": {"total": 10 + lost, "results": rows}}), headers=JSON)

    shell = document(title(1), f"<h1>{title(1)}</h1><p>详见附件</p>")
    answer: Route = document("错误", "系统繁忙") if otherwise else results
    return site_of("/mx/c128570/zfxxgk_list.shtml", UCAP, 10) | {
        "/mx/c128570/zfxxgk_list.shtml": document("政府信息公开年报", '<ul id="list"></ul>', META),
        f"/common/search/{CHANNEL}": answer,
        UCAP.format(1): shell,
        "/mx/c128570/202501/files/1.pdf": PDF,
    }


# --- Hanweb --------------------------------------------------------------------------------------------------

ART = "/art/2025/1/20/art_9_{}.html"
IDS = "perPage: 5, totalRecord: {}, params: {{columnid: '9', unitid: '7'}}"
PROXY = "/module/web/jpage/dataproxy.jsp"


def store(first: int, last: int, total: int = 0, group: str = "") -> str:
    records = "".join(f"<record><![CDATA[{rows(ART, n, n)}]]></record>" for n in range(first, last + 1))
    named = f"<nextgroup><![CDATA[<a href='{group}'></a>]]></nextgroup>" if group else ""
    counted = f"<totalrecord>{total}</totalrecord>" if total else ""
    return f"<datastore>{counted}{named}<recordset>{records}</recordset></datastore>"


def hanweb(total: int, inlined: str, proxy: Route, extra: str = "") -> dict[str, Route]:
    script = f"<script>var p = {{proxyUrl: '{PROXY}', {IDS.format(total)}}}</script>" if total else ""
    column = document("政府信息公开年报", f"<a href='/col/col1/'>政务公开</a>{extra}{inlined}{script}")
    servlet = "/module/download/downfile.jsp?classid=0&filename=2501211031abcdef.pdf"
    return site_of("/col/col9/index.html", ART, 40) | {
        "/col/col9/index.html": column,
        PROXY: proxy,
        ART.format(1): report(title(1), f'<a href="{servlet}">附件.pdf</a>'),
        "/module/download/downfile.jsp": Answer("", 302, {"Location": "/attach/0/2501211031abcdef.pdf"}),
        "/attach/0/2501211031abcdef.pdf": PDF,
    }


def by_page_only(asked: Asked, times: int) -> Answer:
    """startrecord means nothing to it, and more than ten rows it does not send."""
    page, size = int(value_of(asked, "page")), min(int(value_of(asked, "perpage")), 10)
    return Answer(store(page * size - size + 1, min(page * size, 40), 40), headers={"Content-Type": "text/xml"})


def by_own_size(asked: Asked, times: int) -> Answer:
    """Pages of five rows, whatever is asked for."""
    page = int(value_of(asked, "page"))
    return Answer(store(page * 5 - 4, min(page * 5, 40), 40), headers={"Content-Type": "text/xml"})


def by_group(asked: Asked, times: int) -> Answer:
    page = int(value_of(asked, "page"))
    group = f"./dataproxy.jsp?page={page + 1}&columnid=9&unitid=7" if page < 8 else ""
    return Answer(store(page * 5 - 4, page * 5, 40, group), headers={"Content-Type": "text/xml"})


SIDE_LIST = (
    '<script type="text/xml"><datastore><record><![CDATA[<a href="/art/2025/3/1/art_5_1.html">会议</a>]]></record>'
    "</datastore></script><script>var q = {totalRecord: 4895, params: {columnid: '5', unitid: '1'}}</script>"
)


def by_start(asked: Asked, times: int) -> Answer:
    assert "columnid=9" in asked.form
    first, last = int(value_of(asked, "startrecord")), int(value_of(asked, "endrecord"))
    return Answer(store(first, last, 40), headers={"Content-Type": "text/xml"})


def inlined(store: str) -> str:
    return f'<script type="text/xml">{store}</script>'


def catalogue() -> dict[str, Route]:
    """Rows of every column, four a page, none of which has only the column's own."""

    def search(asked: Asked, times: int) -> Answer:
        assert "infotypeId=A0212" in asked.form
        page = int(value_of(asked, "currpage"))
        row = '<tr class="tr_main_value_odd"><td><a href="{}" title="{}">…</a></td><td>2025-01-20</td></tr>'
        rows = [row.format(ART.format(n), title(n)) for n in range(page * 3 - 2, page * 3 + 1)]
        rows.append(row.format(f"/art/2025/1/20/art_8_{page}.html", "信息公开申请流程"))
        return Answer(f"<table>{''.join(rows)}<tr><td>共12条&nbsp;共3页&nbsp;</td></tr></table>")

    node = "<script>d.add(1,0,\"<a onclick=\\\"funclick('A0212','nb')\\\">政府信息公开年报</a>\");</script>"
    return site_of("/gk/", ART, 9) | {
        "/gk/": document("政务公开", '<iframe src="/module/xxgk/tree.jsp?area=0024&divid=div9"></iframe>'),
        "/": document("某县人民政府", '<a href="/gk/">政务公开</a>'),
        "/module/xxgk/tree.jsp": document("目录", node),
        "/module/xxgk/search.jsp": search,
    }


def annual(*, always: str = "") -> dict[str, Route]:
    """Two units that have reports of 2019 to 2021, and the frame of the module for every other year; one has a menu."""
    menu = "".join(
        f"<td><a href='xxgkAnnualReport.jsp?fbtime={year}'>{year}年度报告</a></td>" for year in (2019, 2020, 2021)
    )

    def module(asked: Asked, times: int) -> Answer:
        area, year = value_of(asked, "area"), always or value_of(asked, "fbtime")
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


def trs(call: str, *names: str, stub: str = "", more: int = 0) -> dict[str, Route]:
    """Three rows a page under the given names; the pager may promise one page more, which is a stub."""
    pages: dict[str, Route] = {stub: "<html><body>&nbsp;</body></html>"} if stub else {}
    for number, name in enumerate(names):
        pager = f"<div>{'·' * 300}</div><script>createPageHTML({call.format(len(names) + more, number)});</script>"
        pages[name] = document("政府信息公开年报", f"<ul>{rows(TRS, number * 3 + 1, number * 3 + 3)}</ul>{pager}")
    return site_of(names[0], TRS, 3 * len(names)) | pages


def searched(*, otherwise: bool = False, action: str = "/ssi/search.html") -> dict[str, Route]:
    """No page leads to a column; the search finds six reports on two of its three pages, and hits of other kinds. Its
    home page tells of its software by the shape of its articles, or only by where the search is."""

    def search(asked: Asked, times: int) -> Answer:
        assert "年度报告" in value_of(asked, "searchWord")
        page = int(value_of(asked, "pageNumber"))
        hits = [{"title": "某县法治政府建设年度报告", "url": "/other.html", "trs_time": "2025-01-02"}]
        if page < 3:
            found = range(page * 3 - 2, page * 3 + 1)
            hits += [{"title": f"<em>{title(n)}</em>", "url": TRS.format(n), "trs_time": "2025-01-20"} for n in found]
        reply = {"page": None if otherwise else {"totalPages": 3, "content": hits}}
        return Answer(json.dumps(reply), headers=JSON)

    form = (
        f'<form action="{action}">'
        '<input type="hidden" name="code" value="460cba3871804a4f8f696b6429e0fa08">'
        '<input type="hidden" name="siteId" value="50"><input name="searchWord"></form>'
    )
    shape = "/xw/202501/t20250101_{}.html" if action.startswith("/ssi") else "/xw/{}.html"
    news = "".join(f'<a href="{shape.format(n)}">新闻{n}</a>' for n in range(3))
    return site_of("/", TRS, 6) | {"/": document("某县人民政府", form + news), "/igs/front/search.jhtml": search}
