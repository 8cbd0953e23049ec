"""TRS WCM: dated and undated articles, and the inline pager in both of its signatures, the second of which counts from
1 or from 2. Some pagers promise a page that is only a stub."""

from __future__ import annotations

from datetime import date

from tests.support.fleet.draft import Make, page_links
from tests.support.fleet.truth import Column, Row

_STUB = "<html><body>&nbsp;</body></html>"


class Trs(Make):
    family = "trs"
    body = 'class="TRS_Editor"'
    dated = True
    extension = "html"

    def column(self, slug: str) -> str:
        return f"/zwgk/{slug}_{self.draft.number()}/"

    def article(self, column: str, day: date) -> str:
        folder = column.rpartition("/")[0]
        return f"{folder}/{day:%Y%m}/t{day:%Y%m%d}_{self.draft.number()}.{self.extension}"

    def file(self, row: Row, kind: str) -> tuple[str, str]:
        folder = row.address.rpartition("/")[0]
        return f"{folder}/P0{row.day:%Y%m%d}{self.draft.number():09d}.{kind}", ""

    def again(self, address: str) -> str:
        return address.replace(f".{self.extension}", f"_wap.{self.extension}")

    def head(self, row: Row) -> str:
        return f'<meta name="PubDate" content="{row.day} 09:30"><meta name="ColumnName" content="年报">'

    def publish(self, column: Column) -> None:
        pages = column.pages
        promised = len(pages) + (len(pages) > 1 and self.rng.random() < 0.3)
        for number, rows in enumerate(pages):
            name = "index" if number == 0 else f"index_{number}"
            call = f'<script>createPageHTML({promised}, {number}, "index", "{self.extension}");</script>'
            at = f"{column.address}{name}.{self.extension}"
            answer = self.draft.listing(column, rows, at, after=f'<div class="page">{call}</div>')
            self.draft.put(at, answer)
            if number == 0:
                self.draft.put(column.address, answer)
        if promised > len(pages):
            self.draft.put(f"{column.address}index_{len(pages)}.{self.extension}", _STUB)


class TrsUndated(Trs):
    """桂 and others: `t15691008.shtml`, `t19700101_3441457.shtml`."""

    extension = "shtml"

    def article(self, column: str, day: date) -> str:
        stamp = self.rng.choice(("t19700101_{}", "t1{}"))
        return f"{column.rpartition('/')[0]}/{stamp.format(3_000_000 + self.draft.number())}.{self.extension}"


class TrsLists(Trs):
    """Columns `xxx_list.shtml` with the pager's second signature."""

    extension = "shtml"
    first = 2

    def column(self, slug: str) -> str:
        return f"/zfxxgk/{slug}{self.draft.number()}/zfxxgk_list.{self.extension}"

    def publish(self, column: Column) -> None:
        pages, base = column.pages, column.address.removesuffix(f".{self.extension}")
        for number, rows in enumerate(pages):
            at = f"{base}_{number - 1 + self.first}.{self.extension}" if number else column.address
            words = f"{len(pages)}, {number + 1},'zfxxgk_list','{self.extension}',{len(column.rows)}"
            call = f"createPageHTML('page_div',{words});"
            pager = f"<div id='page_div'></div><script>{call}</script>"
            self.draft.put(at, self.draft.listing(column, rows, at, after=pager))


class TrsListsFromOne(TrsLists):
    first = 1


class TrsHyphens(Trs):
    """成都: `column-index-2.shtml`."""

    extension = "shtml"

    def publish(self, column: Column) -> None:
        pages, folder = column.pages, column.address
        addresses = [folder, *(f"{folder}column-index-{n}.{self.extension}" for n in range(2, len(pages) + 1))]
        for number, (at, rows) in enumerate(zip(addresses, pages, strict=True), 1):
            pager = page_links(len(pages), number, addresses)
            self.draft.put(at, self.draft.listing(column, rows, at, after=pager))


MAKES: tuple[type[Make], ...] = (Trs, TrsUndated, TrsLists, TrsListsFromOne, TrsHyphens)
