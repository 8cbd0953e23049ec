"""Guangdong: the disclosure platform gkmlpt, drawn from a configuration and an interface, some of whose servers have
no second page; and portal posts."""

from __future__ import annotations

import json
from datetime import date
from urllib.parse import parse_qs, urlsplit

from tests.support.fleet.draft import Draft, Make, page_links
from tests.support.fleet.truth import Column, Row
from tests.support.sites import Answer, Asked

_ROWS = 100


class Gkmlpt(Make):
    family = "gkmlpt"
    body = 'class="article-content"'
    divides = False

    def __init__(self, draft: Draft) -> None:
        super().__init__(draft)
        self._site = str(200_000 + draft.number() % 9_000)
        self._tree: dict[str, Column] = {}

    def column(self, slug: str) -> str:
        return f"/gkmlpt/api/all/{self.draft.number()}"

    def door(self, column: Column) -> str:
        return f"/gkmlpt/annualreport#{column.address.rpartition('/')[2]}"

    def article(self, column: str, day: date) -> str:
        number = 8_000_000 + self.draft.number()
        return f"/gkmlpt/content/8/{number // 1000}/post_{number}.html"

    def again(self, address: str) -> str:
        return f"{address}?jump=true" if sum(address.encode()) % 2 else address.replace("/post_", "/mpost_")

    def file(self, row: Row, kind: str) -> tuple[str, str]:
        return f"/attachment/1/{self.draft.number()}/{self.draft.number()}/{row.address[-12:-5]}.{kind}", ""

    def publish(self, column: Column) -> None:
        self._tree[column.address.rpartition("/")[2]] = column
        nodes = [{"id": int(number), "name": one.title, "parent": 0} for number, one in self._tree.items()]
        nodes.append({"id": 7, "name": "机构职能", "parent": 0})
        config = json.dumps({"SID": self._site, "TREE": nodes, "DETAIL": None}, ensure_ascii=False)
        shell = f"<div id='app'></div><script>window._CONFIG = {config};</script><script src='/gkmlpt/app.js'></script>"
        for at in ("/gkmlpt/index", "/gkmlpt/annualreport"):
            self.draft.put(at, self.draft.skin.page(at, "政府信息公开", shell))
        self.draft.put(column.address, lambda asked, times: self._all(column, asked))

    def _all(self, column: Column, asked: Asked) -> Answer:
        words = {name: values[0] for name, values in parse_qs(urlsplit(asked.path).query).items()}
        page = max(1, int(words.get("page", "1")))
        rows = column.rows[(page - 1) * _ROWS : page * _ROWS]
        if words.get("sid") != self._site or not rows:
            return Answer("", 404)
        base = self.draft.member.url.rstrip("/")
        articles = [
            {"id": n, "title": row.said, "url": base + row.address, "post_url": row.address, "publisher": "办公室",
             "created_at": f"{row.day} 10:00:00", "attachment": []}
            for n, row in enumerate(rows)
        ]  # fmt: skip
        reply = {"classify": {"id": 1, "name": column.title, "post_count": len(column.rows)}, "articles": articles}
        return Answer(json.dumps(reply, ensure_ascii=False), headers={"Content-Type": "application/json"})


class GuangdongPost(Make):
    family = "gdpost"
    body = 'class="article-content"'

    def column(self, slug: str) -> str:
        return f"/zwgk/zfxxgknb/{slug}{self.draft.number() % 1000}/"

    def article(self, column: str, day: date) -> str:
        return f"{column}content/post_{9_000_000 + self.draft.number()}.html"

    def again(self, address: str) -> str:
        return address.replace("/post_", "/mpost_")

    def publish(self, column: Column) -> None:
        pages = column.pages
        addresses = [column.address, *(f"{column.address}index_{n}.html" for n in range(2, len(pages) + 1))]
        for number, (at, rows) in enumerate(zip(addresses, pages, strict=True), 1):
            pager = page_links(len(pages), number, addresses)
            self.draft.put(at, self.draft.listing(column, rows, at, after=pager))


MAKES: tuple[type[Make], ...] = (Gkmlpt, GuangdongPost)
