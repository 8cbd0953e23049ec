"""Smaller families whose rows come by requests of their own: HTML, JSON or JSONP."""

from __future__ import annotations

import json
import zlib
from abc import abstractmethod
from datetime import date
from urllib.parse import parse_qs, urlsplit

from tests.support.fleet.draft import Draft, Make
from tests.support.fleet.truth import Column, Row
from tests.support.sites import Answer, Asked

_JSON = {"Content-Type": "application/json;charset=utf-8"}


class Interface(Make):
    """The column's page holds the words of the request; one interface answers for all columns of a portal."""

    place = ""

    @abstractmethod
    def words(self, column: Column) -> str:
        """What the column's page says."""

    @abstractmethod
    def reply(self, asked: Asked) -> str: ...

    def key(self, column: Column) -> str:
        return str(zlib.crc32(column.address.encode()))

    def publish(self, column: Column) -> None:
        self.draft.put(column.address, self.draft.column_page(column, self.words(column), column.address))
        self.known[self.key(column)] = column
        self.draft.put(self.place, lambda asked, times: Answer(self.reply(asked), headers=_JSON))

    def objects(self, rows: list[Row], url: str, day: str) -> list[dict[str, str]]:
        return [{"title": row.said, url: row.address, day: f"{row.day} 09:00:00"} for row in rows]


class HebeiColumns(Make):
    family = "hebei"
    body = 'class="content"'

    def column(self, slug: str) -> str:
        return f"/columns/{self.draft.uuid()}/index.html"

    def article(self, column: str, day: date) -> str:
        return f"{column.rpartition('/')[0]}/{day:%Y%m/%d}/{self.draft.uuid()}.html"

    def publish(self, column: Column) -> None:
        folder, pages = column.address.rpartition("/")[0], column.pages
        block = f"{folder}/templates/{self.draft.uuid()}/blocks/{self.draft.uuid()}"
        script = f"<script>var pageUrl='{block}?page=1&fix=0';loadPage(pageUrl,{len(pages)});</script>"
        first = self.draft.listing(column, pages[0], column.address, after=f"<div id='pager'></div>{script}")
        self.draft.put(column.address, first)
        for number, rows in enumerate(pages, 1):
            shown = self.draft.skin.rows(rows)
            self.draft.put(
                f"{block}?page={number}&fix=0", Answer(shown, headers={"Content-Type": "text/html;charset=utf-8"})
            )
        self.draft.put(block, "<ul></ul>")  # behind the last page


class WuxiSearch(Interface):
    family = "wuxi"
    body = 'id="Zoom"'
    place = "/info_open/search"

    def column(self, slug: str) -> str:
        return f"/{slug}{self.draft.number()}/index.shtml"

    def article(self, column: str, day: date) -> str:
        return f"/doc/{day:%Y/%m/%d}/{4_000_000 + self.draft.number()}.shtml"

    def words(self, column: Column) -> str:
        call = f"getSearchList(1, {column.size}, 181, {self.key(column)}, 1, 'writeTime');"
        return f"<ul id='list'></ul><script>$(function(){{{call}}});</script>"

    def reply(self, asked: Asked) -> str:
        words = {name: values[0] for name, values in parse_qs(asked.form).items()}
        column, page = self.known[words["channelIds"]], int(words["pageIndex"])
        size = int(words["pageSize"])
        rows = self.objects(column.rows[(page - 1) * size : page * size], "url", "writeTime")
        total = len(column.rows)
        return json.dumps(
            {"status": 0, "data": {"data": rows, "totalElements": total, "totalPages": -(-total // size)}}
        )


class Pudong(Interface):
    family = "pudong"
    body = 'id="ivs_content"'
    place = "/zwgk-search-front/api/data/search"

    def column(self, slug: str) -> str:
        return f"/zwgk/{slug}{self.draft.number()}/index.html"

    def article(self, column: str, day: date) -> str:
        return f"{column.rpartition('/')[0]}/{day.year}/{day.timetuple().tm_yday}/{300_000 + self.draft.number()}.html"

    def words(self, column: Column) -> str:
        sent = f"{{channelList: ['{self.key(column)}'], pageNo: 1, pageSize: {column.size}}}"
        return f"<ul id='list'></ul><script>axios.post('{self.place}', {sent}).then(draw)</script>"

    def reply(self, asked: Asked) -> str:
        words = json.loads(asked.form)
        column, page, size = self.known[str(words["channelList"][0])], int(words["pageNo"]), int(words["pageSize"])
        rows = self.objects(column.rows[(page - 1) * size : page * size], "url", "display_date")
        return json.dumps({"code": 0, "data": {"list": rows, "totalCount": len(column.rows)}})


class EpointSearch(Interface):
    family = "epoint"
    place = "/EWB-FRONT/rest/lightfrontaction/getgovinfolist"

    def __init__(self, draft: Draft) -> None:
        super().__init__(draft)
        self._guid = draft.uuid()

    def column(self, slug: str) -> str:
        return f"/govInfoPub.html?deptcode={slug.upper()}&categorynum={self.draft.number()}"

    def article(self, column: str, day: date) -> str:
        return f"/govxxgk/JYJ/{day}/{self.draft.uuid()}.html"

    def key(self, column: Column) -> str:
        return column.address.rpartition("=")[2]

    def words(self, column: Column) -> str:
        script = f"var siteInfo = {{\n projectName: '/EWB-FRONT',\n siteGuid: '{self._guid}'\n}};"
        self.draft.put("/js/webBuilderCommon.js", Answer(script, headers={"Content-Type": "application/javascript"}))
        return (
            "<ul id='list'></ul><script src='/js/webBuilderCommon.js'></script><script src='/js/govlist.js'></script>"
        )

    def reply(self, asked: Asked) -> str:
        words = json.loads(asked.form)
        if words.get("siteGuid") != self._guid:
            return json.dumps({"custom": {}, "status": {"code": 0}})
        column, page, size = self.known[words["categorynum"]], int(words["pageIndex"]), int(words["pageSize"])
        rows = self.objects(column.rows[(page - 1) * size : page * size], "infourl", "infodate")
        return json.dumps({"custom": {"data": rows, "total": len(column.rows)}, "status": {"code": 1}})


class TrueCms(Interface):
    family = "truecms"
    place = "/truecms/messageController/getMessage.do"

    def column(self, slug: str) -> str:
        return f"/{slug}/{self.draft.uuid()[:8]}nb/nb.html"

    def article(self, column: str, day: date) -> str:
        return f"{column.rpartition('/')[0]}/content/{self.draft.uuid()}.html"

    def key(self, column: Column) -> str:
        return f"db0{sum(column.address.encode()):05}-0000-4000-8000-{sum(column.title.encode()):012}"

    def words(self, column: Column) -> str:
        numbers = f"totalRecord: {len(column.rows)}, perPage: {column.size}"
        sent = f"ajaxParam: {{columnId: '{self.key(column)}'}}, proxyUrl: '{self.place}'"
        return f"<div id='list'></div><script>$('#list').jpage({{{numbers}, {sent}}});</script>"

    def reply(self, asked: Asked) -> str:
        words = {name: values[0] for name, values in parse_qs(urlsplit(asked.path).query).items()}
        column = self.known[words["columnId"]]
        rows = column.rows[int(words["startrecord"]) - 1 : int(words["endrecord"])][:20]
        records = "".join(f"<record><![CDATA[{self.draft.skin.row(row)}]]></record>" for row in rows)
        store = f"<datastore><totalrecord>{len(column.rows)}</totalrecord><recordset>{records}</recordset></datastore>"
        return f"{words['callback']}({json.dumps({'result': store}, ensure_ascii=False)})"


MAKES: tuple[type[Make], ...] = (HebeiColumns, WuxiSearch, Pudong, EpointSearch, TrueCms)
