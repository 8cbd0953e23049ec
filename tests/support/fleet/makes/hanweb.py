"""Hanweb jcms: rows in a datastore inside a script, further ones from `dataproxy.jsp`, whose servers go by record, by
page only, or by the older pager's links; rows in the column's page where the proxy is empty; and the catalogue that
comes by POST into a frame."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qs, urlsplit

from tests.support.fleet.draft import Make
from tests.support.fleet.truth import Column, Row
from tests.support.sites import Answer, Asked

_PROXY = "/module/web/jpage/dataproxy.jsp"
_XML = {"Content-Type": "text/xml; charset=utf-8"}
_MOST = 60  # records that a server sends at once


class Hanweb(Make):
    family = "hanweb"

    def column(self, slug: str) -> str:
        return f"/col/col{1_229_000_000 + self.draft.number()}/index.html"

    def article(self, column: str, day: date) -> str:
        number = column.split("/")[2].removeprefix("col")
        return f"/art/{day.year}/{day.month}/{day.day}/art_{number}_{self.draft.number()}.html"

    def file(self, row: Row, kind: str) -> tuple[str, str]:
        name = f"{row.day:%y%m%d}{self.draft.name(14)}.{kind}"
        return f"/module/download/downfile.jsp?classid=0&filename={name}", f"/attach/0/{name}"

    def head(self, row: Row) -> str:
        return f'<meta name="PubDate" content="{row.day}">'

    def publish(self, column: Column) -> None:
        number = column.address.split("/")[2].removeprefix("col")
        shown = self._inlined(column)
        params = (
            f"{{col:1,appid:1,webid:2462,path:'/',columnid:{number},sourceContentType:1,unitid:5720313,"
            "webname:'门户',permissiontype:0}"
        )
        call = (
            f"<script>jQuery('#5720313').jpage({{page:1,perPage:{column.size},totalPage:{len(column.pages)},"
            f"totalRecord:{len(column.rows)},proxyUrl:'{_PROXY}',dataParam:{params},params:{params}}});</script>"
        )
        store = f'<div id="5720313"><script type="text/xml">{self.store(column, shown, number)}</script></div>{call}'
        self.draft.put(column.address, self.draft.column_page(column, store, column.address))
        self.register(number, lambda asked: self.records(column, asked))

    def _inlined(self, column: Column) -> list[Row]:
        return column.rows[: column.size * 3]

    def records(self, column: Column, asked: Asked) -> str:
        """What the proxy answers."""
        words = parse_qs(urlsplit(asked.path).query)
        first, last = (int(words.get(name, ["1"])[0]) for name in ("startrecord", "endrecord"))
        return self.store(column, column.rows[first - 1 : last][:_MOST])

    def store(self, column: Column, rows: list[Row], number: str = "") -> str:
        records = "".join(f"<record><![CDATA[{self.draft.skin.row(row)}]]></record>\n" for row in rows)
        total = f"<totalrecord>{len(column.rows)}</totalrecord><totalpage>{len(column.pages)}</totalpage>"
        return f"<datastore>{total}<recordset>{records}</recordset></datastore>"

    def register(self, number: str, records: object) -> None:
        """One proxy answers for all columns of a portal, by the column's id in form or query."""
        self.known[number] = records

        def proxy(asked: Asked, times: int) -> Answer:
            said = {**parse_qs(urlsplit(asked.path).query), **parse_qs(asked.form)}
            answer = self.known.get(said.get("columnid", [""])[0])
            return Answer(answer(asked) if answer else "", headers=_XML)

        self.draft.put(_PROXY, proxy)


class HanwebByPage(Hanweb):
    """Ignores startrecord and obeys only `page`; cuts large pages."""

    def _inlined(self, column: Column) -> list[Row]:
        return column.rows[: column.size]

    def records(self, column: Column, asked: Asked) -> str:
        words = parse_qs(urlsplit(asked.path).query)
        page, size = (int(words.get(name, ["1"])[0]) for name in ("page", "perpage"))
        size = min(size, _MOST)
        return self.store(column, column.rows[(page - 1) * size : page * size])


class HanwebOlder(Hanweb):
    """The pager's links stand in a <nextgroup>, and the proxy is asked by GET."""

    def publish(self, column: Column) -> None:
        number = column.address.split("/")[2].removeprefix("col")
        inner = f'<script type="text/xml">{self._group(column, 1, number)}</script>'
        self.draft.put(column.address, self.draft.column_page(column, inner, column.address))
        self.register(number, lambda asked: self._answer(column, asked, number))

    def _answer(self, column: Column, asked: Asked, number: str) -> str:
        return self._group(column, int(parse_qs(urlsplit(asked.path).query)["page"][0]), number)

    def _group(self, column: Column, page: int, number: str) -> str:
        rows = column.rows[(page - 1) * column.size : page * column.size]
        query = f"page={page + 1}&appid=1&webid=1&path=/&columnid={number}&unitid=7&webname=门户&permissiontype=0"
        group = f'<nextgroup><![CDATA[<a href="{_PROXY}?{query}"></a>]]></nextgroup>'
        records = "".join(f"<record><![CDATA[{self.draft.skin.row(row)}]]></record>" for row in rows)
        return f"<datastore>{group if page < len(column.pages) else ''}<recordset>{records}</recordset></datastore>"


class HanwebInPage(Hanweb):
    """山东: the proxy answers without rows, the column's page has them all."""

    def publish(self, column: Column) -> None:
        number = column.address.split("/")[2].removeprefix("col")
        params = f"{{columnid:{number},unitid:5720313,webid:7}}"
        words = f"perPage:15,totalRecord:{len(column.rows)},proxyUrl:'{_PROXY}',params:{params}"
        call = f"<script>jQuery('#7').jpage({{{words}}})</script>"
        self.draft.put(column.address, self.draft.listing(column, column.rows, column.address, after=call))
        self.register(number, lambda asked: "")


class HanwebHuaian(HanwebByPage):
    """淮安: `/col/1_2/index.html`, articles `/col/1_2/art/<8 digits>/<17 digits and 6 characters>.html`."""

    def column(self, slug: str) -> str:
        return f"/col/{self.draft.number()}_{self.draft.number()}/index.html"

    def article(self, column: str, day: date) -> str:
        folder = column.rpartition("/")[0]
        return f"{folder}/art/{day:%Y%m%d}/{17_000_000_000_000_000 + self.draft.number()}{self.draft.name(6)}.html"


class HanwebCatalogue(Hanweb):
    """信息公开目录: a frame holds the tree, and the rows of every column come by POST."""

    family = "hanweb_catalogue"
    divides = False

    def publish(self, column: Column) -> None:
        number = column.address.split("/")[2].removeprefix("col")
        frame = f'<iframe src="/module/xxgk/tree.jsp?area=11370100004&divid=div{number}" width=100%></iframe>'
        self.draft.put(column.address, self.draft.column_page(column, frame, column.address))
        kinds = self.known
        kinds[f"A{len(kinds):02}1"] = column
        nodes = "".join(
            f"d.add({n},0,\"<a href='javascript:void(0)' onclick=\\\"funclick('{kind}','{n}')\\\">{one.title}</a>\");"
            for n, (kind, one) in enumerate([*kinds.items(), ("B01", Column("机构职能", ""))], 1)
        )
        self.draft.put("/module/xxgk/tree.jsp", f"<html><body><script>{nodes}</script></body></html>")
        self.draft.put("/module/xxgk/search.jsp", lambda asked, times: self._search(kinds, asked))

    def _search(self, kinds: dict[str, Column], asked: Asked) -> Answer:
        words = {name: values[0] for name, values in parse_qs(asked.form).items()}
        column = kinds.get(words.get("infotypeId", ""))
        rows = column.rows if column else [row for one in kinds.values() for row in one.rows]
        size, page = column.size if column else 15, int(words.get("currpage", "1"))
        shown = "".join(
            f'<tr class="tr_main_value_odd"><td>{self.draft.skin.link(row.address, row.said)}</td>'
            f"<td>{row.day}</td></tr>"
            for row in rows[(page - 1) * size : page * size]
        )
        total = -(-len(rows) // size)
        return Answer(f"<table>{shown}<tr><td>共{len(rows)}条&nbsp;共{total}页&nbsp;第{page}页</td></tr></table>")


MAKES: tuple[type[Make], ...] = (Hanweb, HanwebByPage, HanwebOlder, HanwebInPage, HanwebHuaian, HanwebCatalogue)
