"""What a family of portal software is to the crawl. A new one is a file in this folder with example pages under
`tests/crawlers/platforms/<name>/`; whatever it does not say is done the generic way."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar

from crawlers.exchange import Ask
from crawlers.page import Link, Page
from crawlers.paging import is_pager_text, pager_links, rows_promised


class Platform(ABC):
    """The generic way, which the families refine."""

    name: str = ""
    asks_for_rows: ClassVar[bool] = False  # a column's rows come by requests of their own: its page needs no browser
    searched_as: ClassVar[str] = ""  # the software whose search a page has; its own where that is not said

    @abstractmethod
    def detect(self, page: Page) -> float:
        """How sure it is that this software made the page, 0 to 1."""

    def columns(self, page: Page) -> list[Ask]:
        """Where this software keeps annual reports, as far as the page tells without a link that says so."""
        return []

    def searches(self, page: Page) -> list[Ask]:
        """The portal's own search for reports, which is asked where no column is found."""
        return []

    def answers(self, page: Page) -> bool:
        """Whether a listing's further page is what this software would send. If not, a browser shows the column."""
        return True

    def needs_no_drawing(self, url: str) -> bool:
        """Whether a listing's further page at this address comes as data: a browser would only wrap it up."""
        return self.asks_for_rows

    def entries(self, page: Page) -> list[Link]:
        """The rows that a listing page announces, in its order. Rows that are no reports may be among them."""
        return [link for link in page.links if not is_pager_text(link.text)]

    def promised(self, page: Page) -> int:
        """How many rows the listing says it has on all its pages; 0 where it does not say."""
        return rows_promised(page)

    def listed(self, page: Page) -> list[str]:
        """The addresses of the rows that count towards what is promised."""
        return [link.url for link in self.entries(page) if not link.furniture]

    def holds_report(self, page: Page) -> bool:
        """Whether a page that is called a report is more than the frame that the software shows around none."""
        return True

    def next_pages(self, page: Page, ask: Ask) -> list[Ask]:
        """The listing's further pages as far as this page tells. Pages already read may be among them."""
        return [Ask(url) for url in dict.fromkeys(pager_links(page)) if url != page.url]
