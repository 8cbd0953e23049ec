"""Listings whose rows an interface gives as JSON, page by page, with how many there are: the column's page only holds
the words of the request."""

from __future__ import annotations

import json
import re
from abc import abstractmethod
from dataclasses import replace
from typing import Any, ClassVar

from crawlers.addresses import absolute
from crawlers.exchange import Ask
from crawlers.page import Link, Page, squeezed
from crawlers.platforms.base import Platform
from crawlers.platforms.replies import day_in, inside, members, number_in, text_in

_MOST_PAGES = 200
_LONGEST_TITLE = 600


class Interface(Platform):
    asks_for_rows = True

    place: ClassVar[str]  # path of the interface, by which its pages and its answers are known
    rows: ClassVar[tuple[str, ...]]
    total: ClassVar[tuple[str, ...]]
    number: ClassVar[str]  # the request's field for the number of the page, from 1 on; `pageSize` is the rows' on it
    address: ClassVar[str] = "url"
    titles: ClassVar[tuple[str, ...]] = ("title",)
    days: ClassVar[tuple[str, ...]]

    @abstractmethod
    def first(self, page: Page) -> Ask | None:
        """The request for a column's first rows, from the words on its page."""

    def detect(self, page: Page) -> float:
        return 0.95 if self.place in page.url or self.place in page.text else 0.0

    def answers(self, page: Page) -> bool:
        return self.place not in page.url or self.replied(page)

    def replied(self, page: Page) -> bool:
        return isinstance(inside(page.json, *self.rows), list)

    def entries(self, page: Page) -> list[Link]:
        if not self.replied(page):
            return super().entries(page)
        rows = (self._row(page, row) for row in members(page.json, *self.rows))
        return [row for row in rows if row.url and row.text]

    def promised(self, page: Page) -> int:
        return number_in(page.json, *self.total)

    def listed(self, page: Page) -> list[str]:
        """A column's own page only leads to the rows that are promised."""
        return super().listed(page) if self.replied(page) else []

    def next_pages(self, page: Page, ask: Ask) -> list[Ask]:
        if not self.replied(page):
            first = self.first(page)
            return [first] if first else super().next_pages(page, ask)
        sent = fields(ask)
        size, here = number_in(sent, "pageSize"), number_in(sent, self.number)
        if not size or not here:
            return []
        if not self.promised(page):  # a full page may have another behind it
            full = len(members(page.json, *self.rows)) >= size and here < _MOST_PAGES
            return [_with(ask, {**sent, self.number: here + 1})] if full else []
        last = min(-(-self.promised(page) // size), _MOST_PAGES)
        return [_with(ask, {**sent, self.number: number}) for number in range(2, last + 1) if here == 1]

    def _row(self, page: Page, row: dict[str, Any]) -> Link:
        title = next((text for name in self.titles if (text := text_in(row, name))), "")
        day = next((found for name in self.days if (found := day_in(row, name))), None)
        return Link(
            absolute(page.url, text_in(row, self.address)),
            squeezed(re.sub(r"<[^>]{0,100}>", "", title[:_LONGEST_TITLE])),
            day,
        )


def fields(ask: Ask) -> dict[str, Any]:
    return json.loads(ask.json) if ask.json else dict(ask.form)


def as_json(url: str, sent: dict[str, Any], referer: str) -> Ask:
    return Ask(url, json=json.dumps(sent, ensure_ascii=False), referer=referer)


def as_form(url: str, sent: dict[str, Any], referer: str) -> Ask:
    return Ask(url, form=tuple((name, str(value)) for name, value in sent.items()), referer=referer)


def _with(ask: Ask, sent: dict[str, Any]) -> Ask:
    again = as_json(ask.url, sent, ask.referer) if ask.json else as_form(ask.url, sent, ask.referer)
    return replace(again, optional=ask.optional)
