"""Where a page leads: its rows, the further pages of its listing, the ways to columns. Fills the frontier and keeps the
books of every listing; what is found there is `portal.py`'s affair."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from crawlers.addresses import bare_host, host_of
from crawlers.attachments import is_file_address
from crawlers.exchange import Ask, FetchFailed
from crawlers.fetch import Scope
from crawlers.frontier import Frontier, Step, Visit
from crawlers.judging import Row, judge_row, wanted_year
from crawlers.outcome import Listing
from crawlers.page import Link, Page
from crawlers.platforms import platforms
from crawlers.platforms.base import Platform
from pipeline.titles import column_score

WAYS = (Step.START, Step.COLUMN, Step.PATH)
DEEPEST_COLUMN = 3  # years or bodies within a column, counted from where it is entered
_DEEPEST_WAY = 4  # clicks from the start page to a column


@dataclass
class Leads:
    frontier: Frontier
    scope: Scope
    years: tuple[int, ...]
    searches: dict[str, Visit] = field(default_factory=dict)  # to be tried where no column is found
    _listed: set[str] = field(default_factory=set)  # addresses of all rows met
    _listings: dict[str, Listing] = field(default_factory=dict)
    _deeper: dict[str, Visit] = field(default_factory=dict)  # rows of columns that lie deeper than is read
    _to_draw: dict[str, FetchFailed] = field(default_factory=dict)  # columns left to the browser, and why

    def follow(self, visit: Visit, page: Page, platform: Platform, entries: list[Link], *, in_column: bool) -> bool:
        """Queue what the page leads to; whether rows of a column were among it."""
        announced = [link.url for link in entries if not link.furniture]
        first = visit.column if visit.step is Step.LISTING and visit.column else visit.ask
        if in_column:
            self._listings.setdefault(first.key, Listing(page.url)).read(platform.promised(page), platform.listed(page))
        barren = visit.step is Step.LISTING and self._listed.issuperset(announced)
        self._listed.update(announced)
        # A column is entered here, however many clicks from the start page that is.
        here = replace(visit, in_column=True, depth=0) if in_column and not visit.in_column else visit
        queued = [self._queue_row(here, page, link) for link in entries]
        if any(judge_row(link, in_column=True) is not Row.NOT for link in entries):
            self._to_draw.pop(visit.ask.key, None)
        if in_column and not barren:
            further = replace(here, step=Step.LISTING, column=first, platform=platform.name)
            self._queue(replace(further, ask=ask) for ask in platform.next_pages(page, visit.ask))
        if visit.step in WAYS:
            self._queue_ways(visit, page)
            searches = [ask for ask in platform.searches(page) if not self.scope.refusal(ask.url)]
            self.searches |= {
                ask.key: Visit(ask, Step.LISTING, platform=platform.name, in_column=True, column=ask)
                for ask in searches
            }
        named = replace(visit, step=Step.COLUMN, title="", score=1.0, depth=visit.depth + 1)
        named = replace(named, platform=platform.name, column=visit.ask)
        self._queue(replace(named, ask=ask) for ask in platform.columns(page))
        return in_column and any(queued)

    def leave_to_browser(self, visit: Visit, failed: FetchFailed) -> bool:
        """Where a server does not answer the requests for a column's rows, a browser shows the column."""
        if not visit.platform or not platforms()[visit.platform].asks_for_rows or visit.column is None:
            return False
        drawn = replace(visit.column, by_browser=True)
        self._to_draw.setdefault(drawn.key, failed)
        self.frontier.add(replace(visit, ask=drawn, step=Step.COLUMN, platform="generic", column=None))
        return True

    def unread(self) -> list[FetchFailed]:
        """Columns that no way showed, and listings that gave fewer rows than they promise."""
        return [*self._to_draw.values(), *(cut for one in self._listings.values() if (cut := one.shortfall()))]

    def too_deep(self) -> list[Visit]:
        """What lies deeper than is read and was come upon by no other way."""
        return [visit for key, visit in self._deeper.items() if not self.frontier.knows(key)]

    def _queue(self, visits: Iterator[Visit]) -> None:
        for visit in visits:
            if not self.scope.refusal(visit.ask.url):
                self.frontier.add(visit)

    def _queue_row(self, visit: Visit, page: Page, link: Link) -> bool:
        row = judge_row(link, in_column=visit.in_column)
        if row is Row.NOT or (row is Row.REPORT and not wanted_year(link.text, self.years)):
            return False
        if link.year and self.years and link.year not in self.years:
            return False
        if self.scope.refusal(link.url):
            if row is not Row.REPORT or not is_file_address(link.url):
                return False
            self.scope.linked_hosts.add(bare_host(host_of(link.url)))
        step = Step.REPORT if row is Row.REPORT else Step.MAYBE
        found = Visit(
            Ask(link.url, referer=page.url),
            step,
            title=link.text,
            found_on=page.url,
            listed_on=link.listed_on,
            depth=visit.depth + 1,
            in_column=visit.in_column and step is Step.MAYBE,
            files=link.files,
        )
        if step is Step.MAYBE and found.depth > DEEPEST_COLUMN:
            self._deeper.setdefault(found.ask.key, found)
            return False
        return self.frontier.add(found)

    def _queue_ways(self, visit: Visit, page: Page) -> None:
        if page.refresh:
            self.frontier.add(replace(visit, ask=Ask(page.refresh)))
        if visit.depth >= _DEEPEST_WAY:
            return
        ways = [(link.url, link.text, column_score(link.text)) for link in page.links]
        ways += [(url, visit.title, max(0.3, visit.score * 0.9)) for url in page.frames()]
        self._queue(
            Visit(
                Ask(url),
                Step.COLUMN if score >= 0.8 else Step.PATH,
                text,
                page.url,
                score=score - visit.depth / 10,
                depth=visit.depth + 1,
            )
            for url, text, score in ways
            if score
        )
