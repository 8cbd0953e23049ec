"""Answers to a replayed request, read as those of a platform are: their rows, how many there are, what else to ask."""

from __future__ import annotations

from itertools import islice
from typing import Any

from crawlers.addresses import absolute
from crawlers.exchange import Ask
from crawlers.links import Link, links_in
from crawlers.naming import plain_title
from crawlers.page import Page, parse_fragment
from crawlers.paging import is_pager_text
from crawlers.platforms.base import Platform
from crawlers.platforms.replies import day_in, inside, number_in, pattern_in, reply_of, rows_at, said_in, text_in
from crawlers.replay import Replay

_MOST_PAGES = 200
_READABLE = 0.9  # of the rows
_NO_ROWS = 60  # letters of markup that has none: 暂无数据


class Replayed(Platform):
    asks_for_rows = True

    def __init__(self, replay: Replay, name: str) -> None:
        self._replay = replay
        self.name = name  # of the software whose page has the script

    def detect(self, page: Page) -> float:
        return 0.0

    def answers(self, page: Page) -> bool:
        reply, form = reply_of(page), self._replay.rows
        if any(said_in(reply, name) != said for name, said in self._replay.state):
            return False
        if form.title:
            rows = rows_at(reply, *form.path)
            return rows is not None and len(self.entries(page)) >= _READABLE * len(rows)
        markup = _markup_of(page, form.path)
        return markup is not None and (bool(self.entries(page)) or len(_said(markup)) <= _NO_ROWS)

    def entries(self, page: Page) -> list[Link]:
        form = self._replay.rows
        if not form.title:
            links = links_in(parse_fragment(_markup_of(page, form.path) or ""), self._replay.base)
            return [link for link in links if not is_pager_text(link.text)]
        rows = (self._row(row) for row in rows_at(reply_of(page), *form.path) or ())
        return [row for row in rows if row.url and row.text]

    def promised(self, page: Page) -> int:
        return number_in(reply_of(page), *self._replay.total) if self._replay.total else 0

    def count(self, page: Page) -> int:
        """Rows, those included that are not read."""
        form = self._replay.rows
        return len(rows_at(reply_of(page), *form.path) or ()) if form.title else len(self.entries(page))

    def next_pages(self, page: Page, ask: Ask) -> list[Ask]:
        """All at once where they are counted; else the next, as long as there are rows."""
        replay, index, count = self._replay, self._replay.index_of(ask), self.count(page)
        if replay.counter is None or not count:
            return []
        if replay.is_counted:
            pages = -(-self.promised(page) // count) if replay.total else number_in(reply_of(page), *replay.pages)
            return [replay.ask(number) for number in range(1, min(pages, _MOST_PAGES)) if index == 0]
        goes_on = count >= replay.full > 0 if index == 0 else index < _MOST_PAGES
        return [replay.ask(index + 1)] if goes_on else []

    def _row(self, row: Any) -> Link:
        form = self._replay.rows
        day = day_in(row, *form.day) if form.day else None
        return Link(
            absolute(self._replay.base, pattern_in(row, form.address)), plain_title(text_in(row, *form.title)), day
        )


def _markup_of(page: Page, path: tuple[str, ...]) -> str | None:
    """None where there is none at its place."""
    reply = reply_of(page)
    if reply is None:
        return None if path else page.text
    found = inside(reply, *path)
    if isinstance(found, list) and all(isinstance(part, str) for part in islice(found, 5000)):
        return "".join(found[:5000])
    return found if isinstance(found, str) else None


def _said(markup: str) -> str:
    return " ".join(parse_fragment(markup).text_content().split())
