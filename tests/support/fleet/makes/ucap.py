"""UCAP: static lists with the pager of TRS, and lists by JSON for the channel that a <meta> names, from a server that
gives the rows asked for or cuts them at a size of its own."""

from __future__ import annotations

import json
from datetime import date
from urllib.parse import parse_qs, urlsplit

from tests.support.fleet.draft import Make
from tests.support.fleet.makes.trs import TrsLists
from tests.support.fleet.truth import Column, Row
from tests.support.sites import Answer, Asked, Route

_JSON = {"Content-Type": "application/json;charset=UTF-8"}


class UcapStatic(TrsLists):
    family = "ucap"
    body = 'id="UCAP-CONTENT"'

    def column(self, slug: str) -> str:
        name = self.rng.choice(("zfxxgk_list", "list", "common_list", "zfxxgklby_nb", "newxxgk_list"))
        return f"/{slug}xq/c{100_000 + self.draft.number()}/{name}.shtml"

    def article(self, column: str, day: date) -> str:
        folder = column.rpartition("/")[0]
        name = self.draft.name(32) if sum(folder.encode()) % 3 else f"c01_{self.draft.number()}"
        return f"{folder}/{day:%Y%m}/{name}.shtml"

    def file(self, row: Row, kind: str) -> tuple[str, str]:
        return f"{row.address.rpartition('/')[0]}/files/{self.draft.name(32)}.{kind}", ""

    def publish(self, column: Column) -> None:
        pages, base = column.pages, column.address.removesuffix(".shtml")
        name = base.rpartition("/")[2]
        for number, rows in enumerate(pages):
            at = f"{base}_{number + 1}.shtml" if number else column.address
            call = f"createPageHTML('page_div',{len(pages)}, {number + 1},'{name}','shtml',{len(column.rows)});"
            head = f'<meta name="channelid" content="{self.draft.name(32)}">'
            pager = f"<div id='page_div'></div><script>{call}</script>"
            self.draft.put(at, self.draft.listing(column, rows, at, after=pager, head=head))


class UcapJson(UcapStatic):
    most = 100  # rows that the server sends at once

    def publish(self, column: Column) -> None:
        channel = self.draft.name(32)
        script = (
            f"<ul id='list'></ul><script>var channelId='{channel}';"
            f"$.get('/common/search/{channel}?_isAgg=true&_isJson=true&_pageSize=20&_template=index&page=1', draw);"
            "</script>"
        )
        head = f'<meta name="channelid" content="{channel}">'
        self.draft.put(column.address, self.draft.column_page(column, script, column.address, head=head))
        self.draft.put(f"/common/search/{channel}", self._search(column))

    def _search(self, column: Column) -> Route:
        def search(asked: Asked, times: int) -> Answer:
            words = {name: values[0] for name, values in parse_qs(urlsplit(asked.path).query).items()}
            size = min(int(words.get("_pageSize", 15)), self.most)
            start = (int(words.get("page", 1)) - 1) * size
            rows = [
                {"title": row.said, "url": row.address, "publishedTimeStr": f"{row.day} 10:00:00",
                 "manuscriptId": row.address[-38:-6], "content": "", "resList": []}
                for row in column.rows[start : start + size]
            ]  # fmt: skip
            data = {"page": start // size + 1, "rows": size, "total": len(column.rows), "results": rows}
            return Answer(json.dumps({"data": data}, ensure_ascii=False), headers=_JSON)

        return search


class UcapJsonCut(UcapJson):
    most = 8


MAKES: tuple[type[Make], ...] = (UcapStatic, UcapJson, UcapJsonCut)
