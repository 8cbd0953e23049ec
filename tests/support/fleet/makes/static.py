"""Smaller families whose listings are pages with a number in their address, and whose pagers are links, hidden fields
or nothing that a script does not draw."""

from __future__ import annotations

from abc import abstractmethod
from datetime import date

from tests.support.fleet.draft import Make, page_links
from tests.support.fleet.truth import Column, Row


class Numbered(Make):
    """Pages at `place` and `further`, linked by numbers."""

    place = ""

    def column(self, slug: str) -> str:
        return self.place.format(n=self.draft.number(), s=slug)

    @abstractmethod
    def further(self, column: Column, number: int) -> str: ...

    def extra(self, column: Column, number: int) -> str:
        return ""

    def publish(self, column: Column) -> None:
        pages = column.pages
        addresses = [column.address, *(self.further(column, n) for n in range(2, len(pages) + 1))]
        for number, (at, rows) in enumerate(zip(addresses, pages, strict=True), 1):
            pager = self.pager(column, number, addresses) + self.extra(column, number)
            self.draft.put(at, self.draft.listing(column, rows, at, after=pager))

    def pager(self, column: Column, number: int, addresses: list[str]) -> str:
        return page_links(len(addresses), number, addresses)


class Snowflake(Numbered):
    """陕: `1.html`, `2.html`; articles by long numbers."""

    family = "snsnow"
    place = "/zwgk/{s}{n}/1.html"

    def article(self, column: str, day: date) -> str:
        folder = column.rpartition("/")[0]
        odd = sum(folder.encode()) % 2
        return f"{folder}/{self.draft.name(24) if odd else 1_881_520_000_000_000_000 + self.draft.number()}.html"

    def further(self, column: Column, number: int) -> str:
        return column.address.replace("/1.html", f"/{number}.html")


class WuxiStatic(Numbered):
    """无锡: page 2 is `index_2.shtml`; the pager is drawn by a script of unknown form."""

    family = "wuxi"
    body = 'id="Zoom"'
    place = "/{s}/zfxxgk{n}/index.shtml"

    def article(self, column: str, day: date) -> str:
        return f"/doc/{day:%Y/%m/%d}/{4_000_000 + self.draft.number()}.shtml"

    def file(self, row: Row, kind: str) -> tuple[str, str]:
        return f"/uploadfiles/{row.day:%Y%m/%d}/{row.day:%Y%m%d}{self.draft.number():08}.{kind}", ""

    def further(self, column: Column, number: int) -> str:
        return column.address.replace("index.", f"index_{number}.")

    def pager(self, column: Column, number: int, addresses: list[str]) -> str:
        return "<div id='pages'></div><script src='/js/page.js'></script>"


class Jhtml(Numbered):
    family = "jhtml"
    place = "/?a=path&d=19&p=D{n}Y"

    def article(self, column: str, day: date) -> str:
        return f"/{column.rpartition('=')[2]}/{4_700_000 + self.draft.number()}.jhtml"

    def file(self, row: Row, kind: str) -> tuple[str, str]:
        return f"/attachment/{self.draft.number()}/{self.draft.name(12)}.{kind}", ""

    def further(self, column: Column, number: int) -> str:
        return f"{column.address}&page={number}"


class FujianCms(Numbered):
    family = "fjcms"
    body = 'id="Content"'
    place = "/cms/html/jyj/{s}{n}/index.html"

    def column(self, slug: str) -> str:
        address = super().column(slug)
        self.known[address] = 620_000_000_000_000_000 + self.draft.number()
        return address

    def article(self, column: str, day: date) -> str:
        return f"/cms/html/jyj/{day}/{1_700_000_000 + self.draft.number()}.html"

    def further(self, column: Column, number: int) -> str:
        return f"/cms/sitemanage/index.shtml?siteId={self.known[column.address]}&page={number}"

    def extra(self, column: Column, number: int) -> str:
        return f'<meta name="siteIdMeta" content="{self.known[column.address]}">'


class Eportal(Numbered):
    """衡水: a hidden field names the module and its pages; further ones come from `/eportal/ui`."""

    family = "eportal"
    place = "/eportal/ui?pageId={n}"

    def article(self, column: str, day: date) -> str:
        key = self.draft.number()
        return f"/eportal/ui?pageId={column.rpartition('=')[2]}&articleKey={key}&columnId={key % 900}"

    def _module(self, column: Column) -> str:
        return f"{sum(column.address.encode()):016x}{sum(column.title.encode()):016x}"

    def further(self, column: Column, number: int) -> str:
        page = column.address.rpartition("=")[2]
        return f"/eportal/ui?pageId={page}&currentPage={number}&moduleId={self._module(column)}&staticRequest=yes"

    def extra(self, column: Column, number: int) -> str:
        named = f'moduleid="{self._module(column)}" totalpage="{len(column.pages)}"'
        return f'<input type="hidden" name="article_paging_list_hidden" {named}>'

    def pager(self, column: Column, number: int, addresses: list[str]) -> str:
        if len(addresses) < 2:
            return ""
        return f'<a href="javascript:void(0)" onclick="queryArticleByCondition(this,\'{addresses[-1]}\')">尾页</a>'


class EpointStatic(Numbered):
    family = "epoint"
    place = "/govxxgk/{s}/category/003/{n}/govlist.html"

    def article(self, column: str, day: date) -> str:
        return f"/govxxgk/JYJ/{day}/{self.draft.uuid()}.html"

    def further(self, column: Column, number: int) -> str:
        return column.address.replace("govlist.", f"{number}.")


MAKES: tuple[type[Make], ...] = (Snowflake, WuxiStatic, Jhtml, FujianCms, Eportal, EpointStatic)
