"""The books of a listing that a crawl reads: its rows page by page, against what it promises and against what is known
of it from earlier nights."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from crawlers.columns import Column, Order, Row, is_finished
from crawlers.desk import Desk, Pile
from crawlers.exchange import Ask, FetchFailed, Trouble
from crawlers.frontier import Visit
from crawlers.keys import Keys
from crawlers.listing_pages import PageRead, beginning, entered_by, order_of, rows_of

_TOLERATED_ROWS = 0.9  # rows without an address of their own are counted by the server and not by us
_REPEATED = 3  # pages of known rows that are passed over


@dataclass(frozen=True, slots=True)
class ReadListing:
    """One that was read to its end, as it lies on the desk: its pages by their places there, addresses by digests."""

    url: str
    promised: int
    counted: list[int]
    seen: list[int]
    stale: int
    barren: str
    news: int
    pages: list[int]
    named: list[list[int]]
    read: list[int]
    is_enough: bool
    is_known: bool  # it goes by what is known of it from earlier nights


@dataclass(slots=True)
class Listing:
    """One listing, over all its pages."""

    url: str
    known: Column | None = None
    promised: int = 0
    desk: Desk = field(default_factory=Desk)
    counted: Keys = field(default_factory=Keys)  # rows that count towards what is promised
    seen: Keys = field(default_factory=Keys)  # addresses of all links on its pages
    stale: int = 0  # pages in a row that gave nothing new
    barren: str = ""  # one of its numbered pages that gave nothing new
    stopped: bool = False  # known rows began: its further pages are not read
    news: int = 0  # rows that were not known, or are announced otherwise
    pages: Pile[PageRead] = field(init=False)
    _named: list[Keys] = field(default_factory=list)  # further pages that each of them leads to
    _read: Keys = field(default_factory=Keys)
    _unread: Keys = field(default_factory=Keys)  # of those that they lead to
    _is_enough: bool = False

    def __post_init__(self) -> None:
        self.pages = Pile(self.desk, PageRead, sheet=1)  # its rows are many as it is

    @property
    def is_at_rest(self) -> bool:
        """Whether it has been read to its end and none of its pages was left out."""
        return self.is_read and not self.stopped

    def put_away(self) -> ReadListing:
        """Of one at rest."""
        return ReadListing(
            self.url,
            self.promised,
            self.counted.digests(),
            self.seen.digests(),
            self.stale,
            self.barren,
            self.news,
            self.pages.places(),
            [keys.digests() for keys in self._named],
            self._read.digests(),
            self._is_enough,
            self.known is not None,
        )

    @classmethod
    def taken_up(cls, held: ReadListing, known: Column | None, desk: Desk) -> Listing:
        """The same as before it was put away there."""
        known = known if held.is_known else None
        listing = cls(held.url, known, held.promised, desk, stale=held.stale, barren=held.barren, news=held.news)
        listing.counted, listing.seen = Keys.of(held.counted), Keys.of(held.seen)
        listing.pages = Pile(desk, PageRead, sheet=1, places=held.pages)
        listing._named, listing._read = [Keys.of(keys) for keys in held.named], Keys.of(held.read)
        listing._is_enough = held.is_enough
        return listing

    def count(self, promised: int, rows: list[str]) -> None:
        self.promised = max(self.promised, promised)
        if self.promised:  # before, the links are a menu's around rows that come by requests of their own
            self.counted.update(rows)

    @property
    def repeats(self) -> bool:
        """Servers that go by a page size of their own give known rows again before they give new ones."""
        return self.stale <= _REPEATED and 0 < len(self.counted) < self.promised

    def shortfall(self) -> FetchFailed | None:
        if len(self.counted) < _TOLERATED_ROWS * self.promised and not self.stopped:
            read = len(self.counted)
            reason = f"应有 {self.promised} 行，读到 {read} 行 / promises {self.promised} rows, gave {read}"
            return FetchFailed(Trouble.DEAD, reason, url=self.url)
        if self.barren:
            return FetchFailed(
                Trouble.DEAD, "列表的这一页没有新内容 / this page of a listing has no rows of its own", url=self.barren
            )
        return None

    def turn(self, page: PageRead, is_news: Callable[[Visit], bool]) -> None:
        """A page of it was read."""
        self.pages.append(page)
        self._named.append(Keys())
        self._read.add(page.visit.ask.key)
        self._unread.discard(page.visit.ask.key)
        fresh = [is_news(row) for row in page.rows]
        self.news += sum(fresh)
        if self.known is None or any(fresh):
            return
        others = {address for address, _ in page.dated}
        if page.rows or (len(self.pages) == 1 and others and others.issubset(self.known.top)):
            self._is_enough = self._known_to_the_end(self.known)

    def goes_on(self, asks: list[Ask], *, by_clicks: bool) -> bool:
        """Whether the further pages that the last page names are to be read, as far as there are any."""
        keys = [ask.key for ask in asks]
        self._named[-1].update(keys)
        self._unread.update(key for key in keys if key not in self._read)
        self.stopped = self._is_enough and (not self.is_read or by_clicks or self.lacks_the_page_around)
        return not self.stopped

    def _known_to_the_end(self, known: Column) -> bool:
        """Whether a page of known rows only tells that nothing new follows: by the listing's own count, and where it
        has none by its order. One that has grown by more than was found is read on, whatever its order was."""
        unfound = self.promised - known.promised - self.news if known.promised and self.promised else None
        if unfound == 0:
            return True
        return (unfound is None or unfound < 0) and self._is_past_news(known)

    def _is_past_news(self, known: Column) -> bool:
        """Whether, by the order of the rows, all new ones stand on the pages that were read."""
        if known.order is not Order.YEARS:
            return known.order is Order.DATES
        read, today = {row.ask.key for row in self.rows()}, datetime.now(UTC).date()
        return all(row.key in read or is_finished(row.title, today) for row in known.rows)

    def rows(self) -> Iterator[Visit]:
        return rows_of(self.pages)

    def column(self) -> Column | None:
        """What is to be remembered of it; None where it has no rows."""
        pages = list(self.pages)
        rows = [Row(row.ask.url, row.title) for row in rows_of(pages)]
        top = () if not pages or pages[0].rows else tuple(address for address, _ in pages[0].dated)
        if self.stopped and self.known is not None:
            announced = {row.key for row in rows}
            older = (row for row in self.known.rows if row.key not in announced)
            counted = (self.promised or self.known.promised) if self.known.promised else 0
            by_script = self.known.visit.replay or pages[0].visit.replay  # it may have changed which of them can
            visit = entered_by(pages[0].visit) if by_script else self.known.visit
            return replace(self.known, visit=visit, rows=(*rows, *older), promised=counted, top=top)
        if not rows:
            return None
        begin = beginning(pages)
        counted = self.promised if self.promised == len(self.counted) else 0
        order = order_of(pages[begin:])
        within = not self._leads_on(pages, begin)
        if within and not (order or counted):
            begin, within = 0, False  # it is read whole every night
        return Column(entered_by(pages[begin].visit), tuple(rows), top, counted, order, within)

    def _leads_on(self, pages: list[PageRead], begin: int) -> bool:
        """Whether a page leads to all further ones with rows, over others that it leads to."""
        reached = Keys([pages[begin].visit.ask.key])
        for page, named in zip(pages[begin:], self._named[begin:], strict=True):
            if page.visit.ask.key in reached:
                reached.merge(named)
        return all(page.visit.ask.key in reached for page in pages if page.rows)

    @property
    def is_read(self) -> bool:
        """Whether all pages have been read that others lead to."""
        return not self._unread

    @property
    def lacks_the_page_around(self) -> bool:
        """Whether it was entered at an interface's answer, and only the page around that names the others."""
        if self.known is None or not self.known.within:
            return False
        return all(page.visit.ask.plain.key != self.known.first for page in self.pages)
