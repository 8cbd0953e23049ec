"""Where a page leads: its rows, the further pages of its listing, the ways to columns. Fills the frontier;
what is found there is `portal.py`'s affair, what is known of the listings `listings.py`'s."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from crawlers.addresses import bare_host, host_of
from crawlers.attachments import in_viewer, is_file_address
from crawlers.bodies import Bodies
from crawlers.desk import Drawer
from crawlers.detours import Detours
from crawlers.exchange import Ask, FetchFailed, Heard
from crawlers.frontier import Frontier, Step, Visit
from crawlers.judging import Row, judge_row, lists_units, wanted_year
from crawlers.keys import Keys
from crawlers.links import CRUMB
from crawlers.listing_pages import PageRead
from crawlers.listings import Listings
from crawlers.onward import Onward, Shown
from crawlers.page import Link, Page
from crawlers.platforms import platforms
from crawlers.platforms.base import Platform
from crawlers.replays import Replays
from crawlers.scope import Scope
from crawlers.scoring import Way, way_of
from pipeline.titles import body_of_label, names_bodies, names_nobody

WAYS = (Step.START, Step.COLUMN, Step.BODIES, Step.PATH)
DEEPEST_COLUMN = 3  # years or bodies within a column, counted from where it is entered
_DEEPEST_WAY = 4  # clicks from the start page to a column


@dataclass
class Leads:
    frontier: Frontier
    scope: Scope
    years: tuple[int, ...]
    may_render: Callable[[], bool]
    doors: frozenset[str] = frozenset()  # keys of the addresses where the portal is entered: they are no rows
    walks: bool = True  # from page to page in search of columns
    listings: Listings = field(default_factory=Listings)
    met: Keys = field(default_factory=Keys)  # keys of all that pages led to
    searches: dict[str, Visit] = field(default_factory=dict)  # to be tried where no column is found
    detours: Detours = field(default_factory=Detours)  # likewise
    vain: Mapping[str, str] = field(default_factory=dict)  # requests of scripts that are not replayed
    bodies: Bodies = field(init=False)
    onward: Onward = field(init=False)
    _begun: Keys = field(default_factory=Keys)  # listings of which rows have come
    _deeper: Drawer[Visit] = field(init=False)  # rows of columns that lie deeper than is read
    _to_draw: dict[str, FetchFailed] = field(default_factory=dict)  # columns left to the browser, and why

    def __post_init__(self) -> None:
        self._deeper = Drawer(self.listings.desk, Visit)
        self.bodies = Bodies(self.scope)
        replays = Replays(self.listings, self.vain)
        self.onward = Onward(self._add, self.scope.owns, self.may_render, replays)

    def follow(
        self,
        visit: Visit,
        page: Page,
        platform: Platform,
        entries: list[Link],
        *,
        in_column: bool,
        heard: Sequence[Heard] | None = None,
    ) -> bool:
        """Queue what the page leads to; whether rows of a column were among it. `heard` is what a browser heard while
        it drew the page just now."""
        first = visit.listing
        announced = [link.url for link in entries if not link.furniture]
        listing = self.listings.of(visit, page.url)
        barren = not listing.seen.update(announced) and visit.step is Step.LISTING
        listing.stale = listing.stale + 1 if barren else 0
        if barren and visit.ask.counted:
            listing.barren = page.url
        judged = {judge_row(link, in_column=True) for link in entries} - {Row.NOT}
        if judged:
            self._to_draw.pop(visit.ask.key, None)
        if (visit.platform and announced) or Row.REPORT in judged:
            self._begun.add(first.key)
        # A column is entered here, however many clicks from the start page that is.
        here = replace(visit, in_column=True, depth=0) if in_column and not visit.in_column else visit
        known = {first.key, visit.ask.key, *self.doors}
        announcing = [(link, row) for link in entries if (row := self._row(here, page, link))]
        announcing = [(link, row) for link, row in announcing if row.ask.key not in known]
        rows = [row for _, row in announcing]
        if in_column:
            listing.count(platform.promised(page), platform.listed(page))
            listing.turn(_page_read(here, page, platform, entries, rows), self.listings.is_news)
        queued = [self._add(row) for row in rows]
        if in_column:
            is_new = not barren or (platform.asks_for_rows and (not announced or listing.repeats))
            self.onward.follow(Shown(here, page, platform, listing, entries, announcing, is_new, bool(judged), heard))
        if self.walks and not in_column:
            if visit.step is Step.LISTING or (visit.step is Step.PATH and Row.REPORT in judged):
                self.detours.note_news(visit, platform.next_pages(page, visit.ask))
            if visit.step in (Step.BODIES, Step.PATH) and not visit.body and lists_units(entries):
                self.bodies.note(page, entries)
            if visit.step is Step.START and not judged:
                self._queue(self.detours.doors(visit, page))
        if self.walks:
            self._queue_what_the_platform_knows(visit, page, platform)
        if heard is None and visit.replay is None:  # else what replays it may come back to it
            self.listings.put_away(visit)
        return in_column and (any(queued) or Row.REPORT in judged)  # which other pages may have led to before

    def _queue_what_the_platform_knows(self, visit: Visit, page: Page, platform: Platform) -> None:
        if visit.step in WAYS:
            self._queue_ways(visit, page)
            for ask in platform.searches(page):
                if self.scope.owns(ask.url):
                    made_by = platform.searched_as or platform.name
                    search = Visit(ask, Step.LISTING, platform=made_by, in_column=True, column=ask)
                    self.searches[ask.key] = search
        named = replace(visit, step=Step.COLUMN, title="", score=1.0, depth=visit.depth + 1)
        named = replace(named, platform=platform.name, column=visit.ask)
        self._queue(replace(named, ask=ask) for ask in platform.columns(page))

    def follow_crumbs(self, page: Page) -> None:
        """A report that was come upon elsewhere stands below its column."""
        if not self.walks:
            return
        ways = [(link, way_of(link)) for link in page.links if link.place == CRUMB]
        self._queue(
            Visit(Ask(link.url), Step.COLUMN, link.text, page.url, score=way.rank, depth=1, by_crumb=True)
            for link, way in ways
            if way.is_column
        )

    def leave_to_browser(self, visit: Visit, failed: FetchFailed) -> bool:
        """Where a server does not answer the requests for a column's rows, a browser shows the column. Not where some
        of its rows have come: a browser would show those again and hide that the others are missing."""
        if not visit.platform or not platforms()[visit.platform].asks_for_rows or visit.column is None:
            return False
        if visit.column.key in self._begun:
            return False
        drawn = replace(visit.column, by_browser=True)
        self._to_draw.setdefault(drawn.key, failed)
        self.frontier.add(replace(visit, ask=drawn, step=Step.COLUMN, platform="generic", column=None))
        return True

    def has_rows(self, column: Ask | None) -> bool:
        """Whether rows of that listing have come."""
        return column is not None and column.key in self._begun

    def unread(self) -> list[FetchFailed]:
        """Columns that no way showed, and listings that gave fewer rows than they promise."""
        short = (cut for _, one in self.listings.items() if (cut := one.shortfall()))
        return [*self._to_draw.values(), *self.onward.unread(), *short]

    def too_deep(self) -> list[Visit]:
        """What lies deeper than is read and was come upon by no other way."""
        return [visit for key, visit in self._deeper.items() if not self.frontier.knows(key)]

    def _queue(self, visits: Iterator[Visit]) -> None:
        for visit in visits:
            if self.scope.owns(visit.ask.url):
                self._add(visit)

    def _add(self, visit: Visit) -> bool:
        self.met.add(visit.ask.key)
        return self.frontier.add(visit)

    def _row(self, visit: Visit, page: Page, link: Link) -> Visit | None:
        """The visit that a row announces; None where it leads to nothing that is wanted."""
        row = judge_row(link, in_column=visit.in_column, column=page.url if visit.in_column else "")
        name = link.called
        if row is Row.NOT or (row is Row.REPORT and not wanted_year(name, self.years)):
            return None
        if link.year and self.years and link.year not in self.years:
            return None
        if not self.scope.owns(link.url):
            if row is not Row.REPORT or not is_file_address(link.url):
                return None
            self.scope.linked_hosts.add(bare_host(host_of(link.url)))
        step = Step.REPORT if row is Row.REPORT else Step.MAYBE
        if step is Step.MAYBE and visit.step in WAYS and not visit.in_column and way_of(link).is_column:
            return None  # a page on the way that names bodies and a column beside them: the column is entered as one
        found = Visit(
            Ask(in_viewer(link.url) or link.url, referer=page.url),
            step,
            title=f"{visit.body}{name}" if names_nobody(name) else name,
            found_on=page.url,
            listed_on=link.listed_on,
            depth=visit.depth + 1,
            in_column=visit.in_column and step is Step.MAYBE,
            files=link.files,
            body=body_of_label(name) or visit.body,
            by_crumb=visit.by_crumb,
        )
        if step is Step.MAYBE and found.depth > DEEPEST_COLUMN:
            self._deeper.setdefault(found.ask.key, found)
            return None
        return found

    def _queue_ways(self, visit: Visit, page: Page) -> None:
        if page.refresh:
            there = Ask(page.refresh)  # `/` often sends to `/index.html`, which is the same page elsewhere
            self.frontier.add(replace(visit, ask=replace(there, as_written=there.key == visit.ask.key)))
        if visit.step is Step.BODIES and visit.body:
            self._queue(iter(self.bodies.ways(visit, page, self.frontier.knows)))
            return
        linked = page.links if visit.depth < _DEEPEST_WAY else ()
        ways = [(link.url, link.text, way_of(link), 1, _body_above(visit, page, link)) for link in linked]
        framed = max(0.3, visit.score * 0.9)
        ways += [
            (url, visit.title, Way(framed, framed), 0, visit.body) for url in page.frames()
        ]  # which takes no click
        self._queue(
            Visit(
                Ask(url),
                Step.COLUMN if way.is_column else Step.BODIES if names_bodies(text) else Step.PATH,
                text,
                page.url,
                score=way.rank - visit.depth / 10,
                depth=visit.depth + clicks,
                body=body,
            )
            for url, text, way, clicks, body in ways
            if way.nearness or names_bodies(text)
        )


def _body_above(visit: Visit, page: Page, link: Link) -> str:
    """The body that a way is called after, or the one whose own folder it stays in: the site's menus leave it."""
    folder = page.url.split("?")[0].rpartition("/")[0] + "/"
    within = link.url.startswith(folder) and urlsplit(folder).path.count("/") > 1
    return body_of_label(link.text) or (visit.body if within else "")


def _page_read(visit: Visit, page: Page, platform: Platform, entries: list[Link], rows: list[Visit]) -> PageRead:
    dated = [(link.url, link.listed_on) for link in entries if link.listed_on and not link.furniture]
    is_answer = visit.ask.posts or "<html" not in page.text[:2000].lower()
    return PageRead(visit, rows, dated, platform.asks_for_rows and not rows and not dated, is_answer)


def links_on(visit: Visit) -> bool:
    """Whether its address is a page that leads on, which a browser may have to draw."""
    software = platforms().get(visit.platform) if visit.step is Step.LISTING else None
    return visit.step is not Step.MAYBE and not (software and software.needs_no_drawing(visit.ask.url))
