"""Small sites of the families of portal software whose listings go on by number or come from an interface. Each holds
seven reports, three on a page. One that does not obey gives its first page for every number."""

from __future__ import annotations

import json
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

from tests.support.sites import Answer, Asked, Route, document, listing, report

YEARS = range(2024, 2017, -1)
TITLES = [f"某县教育局{year}年政府信息公开工作年度报告" for year in YEARS]
PAGES = 3
_ON_A_PAGE = 3
_UUIDS = [f"b246451c-e2b1-4b51-a604-5d6cdf9a1e{number:02}" for number in range(len(TITLES))]
_BLOCK = f"/columns/{_UUIDS[0]}/templates/{_UUIDS[1]}/blocks/{_UUIDS[2]}"
_BODY = "57a3df762c262ea9a00aae7e"

Row = tuple[str, str, str]
Family = Callable[[bool], dict[str, Route]]


def _rows(article: str) -> list[Row]:
    """The address has the report's place in the list for {n} and a long name for {u}."""
    return [
        (article.format(n=number, u=_UUIDS[number]), title, f"{year + 1}-01-20")
        for number, (title, year) in enumerate(zip(TITLES, YEARS, strict=True))
    ]


def _home(column: str) -> str:
    return document("某县教育局", f'<div class="menu"><a href="{column}">政府信息公开年报</a></div>')


def _page(rows: list[Row], number: int) -> list[Row]:
    return rows[(number - 1) * _ON_A_PAGE : number * _ON_A_PAGE]


def _articles(rows: list[Row]) -> dict[str, Route]:
    return {address: report(title) for address, title, _ in rows}


def _numbered(article: str, column: str, further: str, after: str) -> Family:
    """A column whose further pages have a number in their address; `after` is its pager."""

    def routes(obeys: bool) -> dict[str, Route]:
        rows = _rows(article)
        pages = {
            address: listing(*_page(rows, number if obeys else 1), after=after)
            for number, address in enumerate([column, *(further.format(n) for n in range(2, PAGES + 1))], 1)
        }
        return {"/": _home(column), **pages, **_articles(rows)}

    return routes


def _linked_on(article: str, column: str) -> Family:
    """A column whose pages only link the next one, by an address that no family knows."""

    def routes(obeys: bool) -> dict[str, Route]:
        rows = _rows(article)
        addresses = [column, *(f"/list?p={number}" for number in range(2, PAGES + 1))]
        pages = {
            address: listing(*_page(rows, number), after=f'<a href="{following}">下一页</a>' if following else "")
            for number, (address, following) in enumerate(zip(addresses, [*addresses[1:], ""], strict=True), 1)
        }
        return {"/": _home(column), **pages, **_articles(rows)}

    return routes


def _linked(last: str) -> str:
    return f'<div class="pages"><a href="{last}">尾页</a></div>'


def _asked(article: str, column: str, script: str, place: str, answer: Callable[[list[Row], Asked], str]) -> Family:
    """A column whose rows are asked for: `answer` makes of all rows what the interface says to a request."""

    def routes(obeys: bool) -> dict[str, Route]:
        rows = _rows(article)

        def reply(asked: Asked, _: int) -> Answer:
            return Answer(answer(rows, asked) if obeys else document("出错", "<p>系统繁忙</p>"))

        return {"/": _home(column), column: document("政府信息公开年报", script), place: reply, **_articles(rows)}

    return routes


def _query(asked: Asked) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(asked.path).query).items()}


def _objects(rows: list[Row], url: str, day: str) -> list[dict[str, str]]:
    return [{"title": title, url: address, day: listed} for address, title, listed in rows]


def _hebei(rows: list[Row], asked: Asked) -> str:
    items = _page(rows, int(_query(asked)["page"]))
    return "".join(f'<li><a href="{url}">{title}</a><span>{day}</span></li>' for url, title, day in items)


def _public(rows: list[Row], asked: Asked) -> str:
    return _hebei(rows, Asked(f"?page={_query(asked)['pageIndex']}", 0, {}))


def _pudong(rows: list[Row], asked: Asked) -> str:
    number, size = json.loads(asked.form)["pageNo"], json.loads(asked.form)["pageSize"]
    some = rows[(number - 1) * size : number * size]
    return json.dumps({"code": 0, "data": {"list": _objects(some, "url", "display_date"), "totalCount": len(rows)}})


def _epoint(rows: list[Row], asked: Asked) -> str:
    number, size = json.loads(asked.form)["pageIndex"], json.loads(asked.form)["pageSize"]
    some = rows[(number - 1) * size : number * size]
    return json.dumps({"custom": {"data": _objects(some, "infourl", "infodate"), "total": len(rows)}})


def _wuxi(rows: list[Row], asked: Asked) -> str:
    some = _page(rows, int(parse_qs(asked.form)["pageIndex"][0]))
    return json.dumps({"status": 0, "data": {"data": _objects(some, "url", "writeTime"), "totalElements": len(rows)}})


def _truecms(rows: list[Row], asked: Asked) -> str:
    words = _query(asked)
    some = rows[int(words["startrecord"]) - 1 : int(words["endrecord"])]
    records = "".join(f'<record><![CDATA[<li><a href="{u}">{t}</a><b>{d}</b></li>]]></record>' for u, t, d in some)
    store = f"<datastore><totalrecord>{len(rows)}</totalrecord><recordset>{records}</recordset></datastore>"
    return f"{words['callback']}({json.dumps({'result': store})})"


def _with_script(family: Family) -> Family:
    script = f'var siteInfo = {{"projectName": "/EWB-FRONT", "siteGuid": "{_UUIDS[0]}"}};'
    return lambda obeys: {**family(obeys), "/js/webBuilderCommon.js": script}


FJ = "/cms/sitemanage/index.shtml?siteId=620416816729330000&page="
EPORTAL = '<input name="article_paging_list_hidden" moduleid="56eb4f3ed1b340c2" totalpage="3">'

WITHOUT_NUMBERS: dict[str, Family] = {  # of the page, nor words of a request
    name: _linked_on(article, column)
    for name, article, column in (
        ("gdpost", "/nb/content/post_{n}.html", "/nb/"),
        ("snsnow", "/nb/188152081860116070{n}.html", "/nb/1.html"),
        ("fjcms", "/cms/html/jyj/2025-01-20/{n}.html", "/cms/html/jyj/nb/"),
        ("jhtml", "/D42Y/47149{n}.jhtml", "/?a=path&d=19&p=D42Y"),
        ("eportal", "/eportal/ui?pageId=23&articleKey={n}&columnId=7", "/eportal/ui?pageId=23"),
        ("ahopenness", "/XxgkAnnualReport/show/572{n}.html", f"/opennessAnnualReport/?branch_id={_BODY}"),
        ("hebei", f"/columns/{_UUIDS[0]}/202501/20/{{u}}.html", f"/columns/{_UUIDS[0]}/index.html"),
        ("ahpublic", "/public/16105/{n}.html", "/public/column/16105?type=3&action=list"),
        ("wuxi", "/doc/2025/01/20/{n}.shtml", "/nb/index.shtml"),
        ("pudong", "/zwgk/nb/2025/20/{n}.html", "/zwgk/nb/index.html"),
        ("epoint", "/govxxgk/JYJ/2025-01-20/{u}.html", "/nb.html?deptcode=J"),
        ("truecms", "/jyj/nb/content/{u}.html", "/jyj/nb/nb.html"),
    )
}

PAGED: dict[str, Family] = {
    "gdpost": _numbered("/nb/content/post_{n}.html", "/nb/", "/nb/index_{}.html", _linked("index_3.html")),
    "snsnow": _numbered("/nb/188152081860116070{n}.html", "/nb/1.html", "/nb/{}.html", _linked("3.html")),
    "fjcms": _numbered("/cms/html/jyj/2025-01-20/{n}.html", "/cms/html/jyj/nb/", FJ + "{}",
                       f'<meta name="siteIdMeta" content="620416816729330000"><p>共 3 页</p>{_linked(FJ + "2")}'),
    "jhtml": _numbered("/D42Y/47149{n}.jhtml", "/?a=path&d=19&p=D42Y", "/?a=path&d=19&p=D42Y&page={}",
                       _linked("/?a=path&d=19&p=D42Y&page=3")),
    "eportal": _numbered("/eportal/ui?pageId=23&articleKey={n}&columnId=7", "/eportal/ui?pageId=23",
                         "/eportal/ui?pageId=23&currentPage={}&moduleId=56eb4f3ed1b340c2&staticRequest=yes", EPORTAL),
    "ahopenness": _numbered("/XxgkAnnualReport/show/572{n}.html", f"/opennessAnnualReport/?branch_id={_BODY}",
                            f"/opennessAnnualReport/?branch_id={_BODY}&page={{}}",
                            _linked(f"/opennessAnnualReport/?branch_id={_BODY}&page=3")),
    "eportal, files": _numbered("/nb/202501201416335992{n}/index.html", "/nb/index.html", "/nb/56eb4f3e-{}.html",
                                EPORTAL + """<a onclick="query(this,'/nb/56eb4f3e-2.html')">下一页</a>"""),
    "epoint, static": _numbered("/govxxgk/JYJ/2025-01-20/{u}.html", "/govxxgk/JYJ/category/003/govlist.html",
                                "/govxxgk/JYJ/category/003/{}.html", "<p>共 3 页</p>"),
}  # fmt: skip

GUESSED: dict[str, Family] = {  # a static listing that does not say how many pages it has
    "wuxi, static": _numbered("/doc/2025/01/20/{n}.shtml", "/nb/index.shtml", "/nb/index_{}.shtml", ""),
}

ASKED: dict[str, Family] = {
    "hebei": _asked(f"/columns/{_UUIDS[0]}/202501/20/{{u}}.html", f"/columns/{_UUIDS[0]}/index.html",
                    f"<script>loadBlock('{_BLOCK}')</script>", _BLOCK, _hebei),
    "ahpublic": _asked("/public/16105/{n}.html", "/public/column/16105?type=4&action=list&catId=9",
                       "<script>load({labelName: 'publicInfoList', siteId: '67', pageSize: '3', organId: '16105', "
                       "type: '4', catId: '9', file: '/xxgk/list'}); show({pageCount: 3})</script>",
                       "/site/label/8888", _public),
    "wuxi": _asked("/doc/2025/01/20/{n}.shtml", "/nb/index.shtml",
                   "<script>getSearchList(1, 3, 181, 38939, 1, 'writeTime');</script>", "/info_open/search", _wuxi),
    "pudong": _asked("/zwgk/nb/2025/20/{n}.html", "/zwgk/nb/index.html",
                     "<script>post('/zwgk-search-front/api/data/search', {channelList: ['16783']})</script>",
                     "/zwgk-search-front/api/data/search", _pudong),
    "epoint": _with_script(_asked("/govxxgk/JYJ/2025-01-20/{u}.html", "/govInfoPub.html?deptcode=J&categorynum=003",
                                  '<script src="/js/webBuilderCommon.js"></script>',
                                  "/EWB-FRONT/rest/lightfrontaction/getgovinfolist", _epoint)),
    "truecms": _asked("/jyj/nb/content/{u}.html", "/jyj/nb/nb.html",
                      "<script>jpage({totalRecord: 7, perPage: 3, ajaxParam: {columnId: "
                      f"'{_UUIDS[0]}'}}, proxyUrl: '/truecms/messageController/getMessage.do'}})</script>",
                      "/truecms/messageController/getMessage.do", _truecms),
}  # fmt: skip


BODIES = {str(number): name for number, name in enumerate(("县公安局", "县财政局", "县水务局"))}


def _of_bodies(link: str, reports: Callable[[str, str], dict[str, Route]]) -> dict[str, Route]:
    """A government's page that links three bodies, the last of which has no reports."""
    links = "".join(f'<li><a href="{link.format(body)}">{name}</a></li>' for body, name in BODIES.items())
    routes: dict[str, Route] = {"/": document("某县人民政府信息公开", f"<ul>{links}</ul>")}
    for body, name in list(BODIES.items())[:2]:
        routes |= reports(body, name)
    return routes


def _openness_body(body: str, name: str) -> dict[str, Route]:
    rows = [(f"/XxgkAnnualReport/show/{body}{year}.html", _of(name, year), f"{year + 1}-01-20") for year in YEARS]
    return {f"/opennessAnnualReport/?branch_id={_BODY[:-1]}{body}": listing(*rows), **_articles(rows)}


def _public_body(body: str, name: str) -> dict[str, Route]:
    column = f"/public/column/16105{body}?type=3&action="
    years = "".join(f'<a href="{column}detail&title={year}">查看</a>' for year in YEARS)
    details = {f"{column}detail&title={year}": report(_of(name, year)) for year in YEARS}
    return {f"{column}list": document("政府信息公开年报", f'<div class="nav">{years}</div>'), **details}


def _of(name: str, year: int) -> str:
    return f"某{name}{year}年政府信息公开工作年度报告"


OF_BODIES: dict[str, dict[str, Route]] = {
    "ahopenness": _of_bodies(f"/opennessTarget/?branch_id={_BODY[:-1]}{{}}&column_code=1", _openness_body),
    "ahpublic": _of_bodies("/public/column/16105{}?type=4&action=list", _public_body),
}
