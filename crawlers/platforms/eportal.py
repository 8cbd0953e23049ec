"""easysite portals (衡水, 海关, 人民银行): a listing is a module of a page, and a hidden field names the module and its
pages. Further pages are files `<path>/<module>-2.html` where the pager's calls say so, else they have
`/eportal/ui?…&currentPage=2`.

A page may hold several listings, each with a pager of its own."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urljoin, urlsplit

from crawlers.exchange import Ask
from crawlers.page import Page
from crawlers.platforms.numbered import Numbered, numbered

_FIELD = "article_paging_list_hidden"
_STATIC = re.compile(r"['\"]([^'\"]{1,300}?)-\d{1,4}(\.s?html?)['\"]")
_NAMED_BY = 8  # characters of a module's long name that a file name keeps
_MOST_MODULES = 10


class Eportal(Numbered):
    name = "eportal"
    article = re.compile(r"/eportal/ui\?(?=.*\barticleKey=)|/\d{16,20}/index\.s?html")
    sign_has = (_FIELD, "eprotalCurrentPageId")
    sign = re.compile(rf"{_FIELD}|eprotalCurrentPageId")

    def further(self, page: Page) -> str:
        return ""  # a template of each module, not of the page

    def next_pages(self, page: Page, ask: Ask) -> list[Ask]:
        modules = page.root.xpath(f"//input[@name='{_FIELD}'][@moduleid][@totalpage]")[:_MOST_MODULES]
        asks = [
            further
            for module in modules
            if module.get("totalpage").isdecimal()
            for further in numbered(page, _template(page, module.get("moduleid")), int(module.get("totalpage")))
        ]
        return asks or super().next_pages(page, ask)


def _template(page: Page, module: str) -> str:
    """By the pager's calls, of which the module's own name the file; their path is the site's, not the column's."""
    calls = " ".join(anchor.get("onclick") or "" for anchor in page.root.xpath("//a[@onclick]"))
    for base, extension in _STATIC.findall(calls):
        if base.rpartition("/")[2] in (module, module[:_NAMED_BY]):
            return urljoin(page.base, f"{base}-{{}}{extension}")
    held = page.root.xpath("//*[@id='eprotalCurrentPageId']/@value")
    number = next(iter(held or parse_qs(urlsplit(page.url).query).get("pageId", [])), "")
    if not number.isdecimal():
        return ""
    return urljoin(page.url, f"/eportal/ui?pageId={number}&currentPage={{}}&moduleId={module}&staticRequest=yes")
