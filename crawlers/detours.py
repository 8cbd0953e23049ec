"""Ways that are tried where menus lead to no column: doors before the home page, notices with reports among them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from crawlers.exchange import Ask
from crawlers.frontier import Step, Visit
from crawlers.page import Page
from crawlers.scoring import way_of

_MOST_DOORS = 2  # one behind the other
_MOST_PAGES = 20  # of a listing of notices


@dataclass
class Detours:
    _news: dict[str, Visit] = field(default_factory=dict)  # further pages of notices
    _pages: Counter[str] = field(default_factory=Counter)  # named of each such listing

    def doors(self, visit: Visit, page: Page) -> Iterator[Visit]:
        """Behind a picture or 进入网站 there is another home page."""
        if visit.depth < _MOST_DOORS and not any(way_of(link).nearness for link in page.links):
            for door in page.doors():
                yield replace(visit, ask=Ask(door, optional=True), depth=visit.depth + 1)

    def note_news(self, visit: Visit, asks: list[Ask]) -> None:
        """A listing with reports among other papers is read on, though not to its end, where no column is found."""
        first = visit.listing
        further = replace(visit, step=Step.LISTING, column=first)
        for ask in asks:
            if ask.key not in self._news and self._pages[first.key] < _MOST_PAGES:
                self._pages[first.key] += 1
                self._news[ask.key] = replace(further, ask=ask)

    def take_news(self) -> list[Visit]:
        """What was noted since it was last taken."""
        noted, self._news = list(self._news.values()), {}
        return noted
