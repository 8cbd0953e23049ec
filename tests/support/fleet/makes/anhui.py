"""Both families of Anhui: `/public/` with its catalogue by fragments or its pages by year, and openness in the older
and the newer form."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qs, urlsplit

from tests.support.fleet.draft import Make, page_links
from tests.support.fleet.truth import Column, Row
from tests.support.sites import Answer, Asked

_LABEL = "/site/label/8888"


class AnhuiPublic(Make):
    family = "ahpublic"
    body = 'class="gkwz_contnet j-fontContent"'

    def column(self, slug: str) -> str:
        return f"/public/column/{161_000_000 + self.draft.number()}?type=3&action=list"

    def article(self, column: str, day: date) -> str:
        organ = column.split("/")[3].split("?")[0]
        return f"/public/{organ}/{1_111_000_000 + self.draft.number()}.html"

    def file(self, row: Row, kind: str) -> tuple[str, str]:
        return f"/group3/M00/{self.draft.name(2).upper()}/{self.draft.name(2).upper()}/{self.draft.name(20)}.{kind}", ""

    def publish(self, column: Column) -> None:
        organ = column.address.split("/")[3].split("?")[0]
        words = (
            f"siteId: '6795621', pageSize: '{column.size}', isDate: 'true', dateFormat: 'yyyy-MM-dd', length: '50',"
            f" organId: '{organ}', type: '3'"
        )
        script = (
            f"<script>function ls(pageIndex){{$.post('{_LABEL}', {{labelName: 'publicInfoList', {words}, catId: '',"
            f" pageIndex: pageIndex, action: 'list', file: '/xxgk/publicInfoList'}}, draw)}};"
            f"$('#page').paging({{pageCount: {len(column.pages)}, current: 1}});</script>"
        )
        first = self.draft.listing(column, column.pages[0], column.address, after=f"<div id='page'></div>{script}")
        self.draft.put(column.address, first)
        self.known[organ] = column
        self.draft.put(_LABEL, lambda asked, times: self._label(asked))

    def _label(self, asked: Asked) -> Answer:
        words = {name: values[0] for name, values in parse_qs(urlsplit(asked.path).query).items()}
        column, page = self.known.get(words.get("organId", "")), int(words.get("pageIndex", "1"))
        if column is None or words.get("labelName") != "publicInfoList" or page > len(column.pages):
            return Answer("<div>暂无相关信息</div>")
        return Answer(self.draft.skin.rows(column.pages[page - 1]))


class AnhuiYears(AnhuiPublic):
    """A body's column links one page a year; the report is at the year's own address."""

    def report(self, column: str, day: date, year: int) -> str:
        organ = column.split("/")[3].split("?")[0]
        if year in self.known.setdefault(organ, set()):
            return self.article(column, day)
        self.known[organ].add(year)
        return f"/public/column/{organ}?type=3&action=detail&nav=3&title={year}"

    def again(self, address: str) -> str:
        return address

    def publish(self, column: Column) -> None:
        links = "".join(self.draft.skin.row(row) for row in column.rows)
        self.draft.put(column.address, self.draft.column_page(column, f"<ul>{links}</ul>", column.address))


class Openness(Make):
    """`/opennessAnnualReport/?branch_id=…&page=2`"""

    family = "ahopenness"
    body = 'class="wzcon j-fontContent"'

    def column(self, slug: str) -> str:
        return f"/opennessAnnualReport/?branch_id={self.draft.name(24)}"

    def article(self, column: str, day: date) -> str:
        kind = sum(column.encode()) % 3
        if kind == 0:
            return f"/XxgkAnnualReport/show/{self.draft.number()}.html"
        return f"/{('openness/detail/annual_report', 'xxgkAnnualReport/detail')[kind - 1]}/{self.draft.name(24)}.html"

    def page(self, column: Column, number: int) -> str:
        return f"{column.address}&page={number}"

    def publish(self, column: Column) -> None:
        pages = column.pages
        addresses = [column.address, *(self.page(column, n) for n in range(2, len(pages) + 1))]
        for number, (at, rows) in enumerate(zip(addresses, pages, strict=True), 1):
            pager = page_links(len(pages), number, addresses)
            self.draft.put(at, self.draft.listing(column, rows, at, after=pager))


class OpennessNewer(Openness):
    """`/XxgkContent/showList/<body>/<column>/page_2.html`"""

    def column(self, slug: str) -> str:
        return f"/XxgkContent/showList/{self.draft.number() % 1000}/{self.draft.number()}/page_1.html"

    def page(self, column: Column, number: int) -> str:
        return column.address.replace("page_1.", f"page_{number}.")


MAKES: tuple[type[Make], ...] = (AnhuiPublic, AnhuiYears, Openness, OpennessNewer)
