"""Listings whose further pages differ from the first in a number: `index_2.html`, `&page=2`. How many there are, the
pager's links or a printed count say; a listing that says neither is paged the generic way."""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Iterator
from itertools import islice
from typing import ClassVar
from urllib.parse import urlsplit

from crawlers.addresses import absolute
from crawlers.exchange import Ask
from crawlers.page import Page
from crawlers.platforms.base import Platform

_NUMBER = "{}"  # stands for the number in the address of a further page
_PRINTED = re.compile(r"共\s*(\d{1,4})\s*页")
_IN_SCRIPT = re.compile(r"\b(?:page_?count|total_?pages?)['\"]?\s*[:=]\s*['\"]?(\d{1,4})\b", re.I)
_IN_CALL = re.compile(r"\(\s*(?:this\s*,\s*)?['\"]([^'\"]{1,400})['\"]")
_MOST_PAGES = 500
_MOST_CALLS = 200


class Numbered(Platform):
    article: ClassVar[re.Pattern[str]]  # addresses of the family's articles
    sign: ClassVar[re.Pattern[str] | None] = None  # what only this software's pages say,
    sign_has: ClassVar[tuple[str, ...]] = ()  # and words one of which is in it, which are sooner looked for

    def detect(self, page: Page) -> float:
        if self.sign is not None and any(word in page.text for word in self.sign_has) and self.sign.search(page.text):
            return 0.9
        articles = sum(bool(self.article.search(link.url)) for link in page.links)
        return 0.65 if articles >= 2 else 0.3 if articles else 0.0

    @abstractmethod
    def further(self, page: Page) -> str:
        """The address of the listing's further pages with {} for the number; "" where the page does not tell."""

    def next_pages(self, page: Page, ask: Ask) -> list[Ask]:
        return numbered(page, self.further(page)) or super().next_pages(page, ask)


def numbered(page: Page, template: str, last: int = 0) -> list[Ask]:
    """Pages 2 to the last one. Where that is not given it is the last that this page knows of: further pages may know
    of more."""
    if not template:
        return []
    last = last or max(_last_linked(page, template), _last_printed(page))
    addresses = (template.replace(_NUMBER, str(number)) for number in range(2, min(last, _MOST_PAGES) + 1))
    return [Ask(address, referer=page.url, counted=True) for address in addresses if address != page.url]


def _last_linked(page: Page, template: str) -> int:
    """Hosts are left out of the comparison: pagers name them with and without www."""
    fits = re.compile(re.escape(_local(template)).replace(re.escape(_NUMBER), r"(\d{1,4})") + "$")
    found = (fits.match(_local(target)) for target in (*(link.url for link in page.links), *_called(page)))
    return max((int(number[1]) for number in found if number), default=0)


def _called(page: Page) -> Iterator[str]:
    """Addresses that a pager's calls name."""
    for anchor in islice(page.root.iterfind(".//a[@onclick]"), _MOST_CALLS):
        if called := _IN_CALL.search(anchor.get("onclick")):
            yield absolute(page.base, called[1])


def _local(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}"


def _last_printed(page: Page) -> int:
    found = _PRINTED.findall(page.running_text) + _IN_SCRIPT.findall(page.text)
    return max((int(number) for number in found), default=0)
