"""What a family of portal software is to the crawl. A new one is a file in this folder with example pages under
`tests/crawlers/platforms/<name>/`; whatever it does not say is done the generic way."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import ClassVar

from lxml.html import HtmlElement

from crawlers.addresses import absolute
from crawlers.exchange import Ask
from crawlers.page import Link, Page

_NEXT = re.compile(r"^(下一?页|后一?页|下頁|›|»|>{1,2}|next( page)?)\W*$", re.I)
_NUMBER = re.compile(r"^\[?(\d{1,3})\]?$")
_FIRST = "1"  # where the listing was entered, though its address may look different
_ONCLICK_ADDRESS = re.compile(r"(?:location(?:\.href)?\s*=|open\s*\()\s*['\"]([^'\"]+)['\"]")


class Platform:
    """The generic way, which the families refine."""

    name: ClassVar[str] = ""
    asks_for_rows: ClassVar[bool] = False  # a column's rows come by requests of their own: its page needs no browser

    def detect(self, page: Page) -> float:
        """How sure it is that this software made the page, 0 to 1."""
        raise NotImplementedError

    def columns(self, page: Page) -> list[Ask]:
        """Where this software keeps annual reports, as far as the page tells without a link that says so."""
        return []

    def searches(self, page: Page) -> list[Ask]:
        """The portal's own search for reports, which is asked where no column is found."""
        return []

    def answers(self, page: Page) -> bool:
        """Whether a listing's further page is what this software would send. If not, a browser shows the column."""
        return True

    def entries(self, page: Page) -> list[Link]:
        """The rows that a listing page announces, in its order. Rows that are no reports may be among them."""
        return [link for link in page.links if not _NEXT.match(link.text) and not _NUMBER.match(link.text)]

    def promised(self, page: Page) -> int:
        """How many rows the listing says it has on all its pages; 0 where it does not say."""
        return 0

    def listed(self, page: Page) -> list[str]:
        """The addresses of the rows that count towards what is promised."""
        return [link.url for link in self.entries(page) if not link.furniture]

    def holds_report(self, page: Page) -> bool:
        """Whether a page that is called a report is more than the frame that the software shows around none."""
        return True

    def next_pages(self, page: Page, ask: Ask) -> list[Ask]:
        """The listing's further pages as far as this page tells. Pages already read may be among them."""
        return [Ask(url) for url in dict.fromkeys(_pager_links(page)) if url != page.url]


def _pager_links(page: Page) -> Iterator[str]:
    """下一页, and numbers, which count only beside each other: a lone 3 may be anything."""
    numbers = []
    for anchor in page.root.iter("a"):
        text = anchor.text_content().strip()
        named_next, number = _NEXT.match(text), _NUMBER.match(text)
        if not named_next and not number:
            continue
        script = _ONCLICK_ADDRESS.search(anchor.get("onclick") or "")
        target = absolute(page.base, script[1] if script else anchor.get("href") or "")
        if target and named_next:
            yield target
        elif target and number and number[1] != _FIRST:
            numbers.append((_pager_of(anchor), target))
    members = Counter(pager for pager, _ in numbers)
    for pager, target in numbers:
        if members[pager] > 1 or _says_pages(pager):
            yield target


def _pager_of(anchor: HtmlElement) -> HtmlElement | None:
    """The element that holds the number and its neighbours, over wrappers such as <li> and <span>."""
    parent = anchor.getparent()
    while parent is not None and parent.tag in ("li", "span", "b", "td"):
        parent = parent.getparent()
    return parent


def _says_pages(element: HtmlElement | None) -> bool:
    if element is None:
        return False
    named = f"{element.get('class') or ''} {element.get('id') or ''}"
    return bool(re.search(r"pag(e|ing|ination)|fenye", named, re.I))
