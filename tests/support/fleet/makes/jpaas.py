"""Hanweb jpaas: a column's parts are units that a script fetches as HTML within JSON; page numbers count in `paramJson`
only. Files have encrypted names that are good for a while."""

from __future__ import annotations

import json
from datetime import date
from urllib.parse import parse_qs, urlsplit

from tests.support.fleet.draft import Make
from tests.support.fleet.truth import Column, Row
from tests.support.sites import Answer, Asked, Route

_UNIT = "/api-gateway/jpaas-publish-server/front/page/build/unit"
_DOWNLOAD = "/api-gateway/jpaas-web-server/front/document/file-download"
_JSON = {"Content-Type": "application/json;charset=UTF-8"}


class Jpaas(Make):
    family = "jpaas"

    def column(self, slug: str) -> str:
        return f"/xxgk/{slug}{self.draft.number()}/index.html"

    def article(self, column: str, day: date) -> str:
        name = self.draft.name(32) if sum(column.encode()) % 4 else str(10**9 + self.draft.number())
        return f"{column.rpartition('/')[0]}/art/{day.year}/art_{name}.html"

    def file(self, row: Row, kind: str) -> tuple[str, str]:
        name = self.draft.name(48)
        return f"{_DOWNLOAD}?fileUrl={name}&fileName=nb.{kind}", f"/cms_files/filemanager/1/attach/{name}.{kind}"

    def publish(self, column: Column) -> None:
        page_id = self.draft.name(32)
        parse = self.rng.choice(("bulidstatic", "bulidstatic", "buildstatic"))
        words = {"webId": "1", "pageId": page_id, "tplSetId": self.draft.name(32), "pageType": "column"}
        words |= {"tagId": "信息列表", "parseType": parse, "editType": "null"}
        query = str(words).replace('"', "'")
        inner = f'<div><script src="/js/unitbuild.js" url="{_UNIT}" queryData="{query}"></script></div>'
        self.draft.put(column.address, self.draft.column_page(column, inner, column.address))
        self.known[page_id] = column
        self.draft.put(_UNIT, lambda asked, times: self._unit(asked))

    def part(self, column: Column, page: int) -> str:
        rows = column.rows[(page - 1) * column.size : page * column.size]
        pager = f'<div class="pagination" rows="{column.size}" count="{len(column.rows)}"></div>'
        return self.draft.skin.rows(rows) + pager

    def _unit(self, asked: Asked) -> Answer:
        words = {name: values[0] for name, values in parse_qs(urlsplit(asked.path).query).items()}
        column = self.known.get(words.get("pageId", ""))
        if column is None or words.get("pageType") != "column":
            return Answer(json.dumps({"success": False, "data": None}), headers=_JSON)
        page = int(json.loads(words.get("paramJson", "{}")).get("pageNo", 1))  # a bare pageNo counts for nothing
        reply = {"success": True, "code": "200", "data": {"html": self.part(column, page)}}
        return Answer(json.dumps(reply, ensure_ascii=False), headers=_JSON)


class JpaasExpiring(Jpaas):
    """A file's address is good only as its page has named it last."""

    def shown(self, row: Row, inner: str) -> Route:
        if _DOWNLOAD not in inner:
            return super().shown(row, inner)
        key = inner.split("fileUrl=")[1][:48]
        given = [key]

        def article(asked: Asked, times: int) -> Answer:
            given.append(f"{key[:40]}{times:08}")
            changed = inner.replace(key, given[-1])
            return self.draft.article(row, changed, self.body, self.head(row))

        self._keep(key, given)
        return article

    def _keep(self, key: str, given: list[str]) -> None:
        """Serves the file under the address that was given last. Two files of a page share their name's beginning."""
        self.known[key[:40]] = given
        for address in [one for one in self.draft.member.routes if one.startswith(f"{_DOWNLOAD}?fileUrl={key}")]:
            del self.draft.member.routes[address]  # by which it would be good for ever

        def download(asked: Asked, times: int) -> Answer:
            asked_for = parse_qs(urlsplit(asked.path).query).get("fileUrl", [""])[0]
            known = self.known.get(asked_for[:40])
            if known is None:
                return Answer("", 404)
            kind = parse_qs(urlsplit(asked.path).query)["fileName"][0].rpartition(".")[2]
            if asked_for != known[-1]:
                return Answer("expired", 410)
            return Answer("", 302, {"Location": f"/cms_files/filemanager/1/attach/{known[0]}.{kind}"})

        self.draft.put(_DOWNLOAD, download)


MAKES: tuple[type[Make], ...] = (Jpaas, JpaasExpiring)
