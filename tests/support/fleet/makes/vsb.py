"""博达 VSB: listings counted backwards, files from a servlet that wants a Referer."""

from __future__ import annotations

from datetime import date

from tests.support.fleet.draft import Make, page_links
from tests.support.fleet.truth import Column, Row
from tests.support.sites import Answer, Asked, Route

_SERVLET = "/system/_content/download.jsp"
_CAPTCHA = "<html><body><form>请输入验证码 <img src='/system/code.jsp'></form></body></html>"


class Vsb(Make):
    family = "vsb"
    body = 'id="vsb_content" class="v_news_content"'

    def column(self, slug: str) -> str:
        return f"/zfxxgk/{slug}{self.draft.number() % 1000}.htm"

    def article(self, column: str, day: date) -> str:
        return f"/info/{1000 + sum(column.encode())}/{self.draft.number()}.htm"

    def file(self, row: Row, kind: str) -> tuple[str, str]:
        query = f"urltype=news.DownloadAttachUrl&owner=16{self.draft.number()}&wbfileid={self.draft.number()}"
        return f"{_SERVLET}?{query}", ""

    def publish(self, column: Column) -> None:
        pages, base = column.pages, column.address.removesuffix(".htm")
        total = len(pages)
        addresses = [column.address, *(f"{base}/{total - n}.htm" for n in range(1, total))]
        for number, (at, rows) in enumerate(zip(addresses, pages, strict=True), 1):
            call = f"_simple_list_gotopage_fun({total},'u7_goto',1)"
            goto = f'<input id="u7_goto"><a href="javascript:void(0);" onclick="{call}">转到</a>'
            pager = page_links(total, number, addresses) + goto if total > 1 else ""
            self.draft.put(at, self.draft.listing(column, rows, at, after=pager))


class VsbWary(Vsb):
    """Sends a captcha to whoever does not come from the article."""

    def file(self, row: Row, kind: str) -> tuple[str, str]:
        address, _ = super().file(row, kind)
        sent, article = self.draft.file_answer(kind, address), row.address

        def servlet(asked: Asked, times: int) -> Answer:
            return sent if article in asked.headers.get("referer", "") else Answer(_CAPTCHA)

        self._guarded = getattr(self, "_guarded", {}) | {address: servlet}
        return address, ""

    def shown(self, row: Row, inner: str) -> Route:
        for address, servlet in getattr(self, "_guarded", {}).items():
            self.draft.put(address, servlet)  # instead of the file itself
        return super().shown(row, inner)


MAKES: tuple[type[Make], ...] = (Vsb, VsbWary)
