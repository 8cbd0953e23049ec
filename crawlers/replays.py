"""The listings of one round that are read by replaying a request of their page's script: which of them can be, what an
answer is worth, and the way back to the page where it is worth nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from crawlers.exchange import FetchFailed, Heard, Trouble
from crawlers.frontier import Step, Visit
from crawlers.learning import Learned, learn
from crawlers.links import Link
from crawlers.listing import Listing
from crawlers.listings import Listings
from crawlers.page import Page
from crawlers.platforms.base import Platform
from crawlers.replay import Replay
from crawlers.replayed import Replayed

_OTHERWISE = "服务器对重放的请求回答不同 / a replayed request is answered otherwise than the browser's"

Follow = Callable[[Visit, Page, Platform, list[Link]], object]


@dataclass
class _Tried:
    """One that was learnt tonight. The page's own way goes on where it fails."""

    learned: Learned
    before: Listing
    onward: Callable[[], None] | None
    proven: bool = False
    on_first: int = 0  # links that its first answer has


@dataclass
class Replays:
    listings: Listings
    vain_before: Mapping[str, str]  # forms of requests that are not tried, by the listing's first page
    vain: dict[str, str] = field(default_factory=dict)  # found out tonight
    _tried: dict[str, _Tried] = field(default_factory=dict)
    _replay: dict[str, Replay | None] = field(default_factory=dict)  # that counts; None where the page does
    _answers: dict[str, Page] = field(default_factory=dict)  # first ones that were not understood, by their key
    at_hand: list[tuple[Visit, Page]] = field(default_factory=list)  # of these, what may be understood by now

    def learn(
        self,
        visit: Visit,
        page: Page,
        links: tuple[list[Link], list[Link]],
        heard: Sequence[Heard],
        onward: Callable[[], None] | None,
        *,
        whole: bool,
    ) -> Visit | None:
        """The first visit to a drawn listing without the browser, if it can be had so. Of its `links` the second must
        be among the rows. `onward` is how it goes on otherwise."""
        key = visit.listing.plain.key
        self._replay[key] = None
        found = learn(heard, page, *links, whole=whole)
        if found is None or found.replay.form in (self.vain.get(key), self.vain_before.get(key)):
            return None
        self._replay[key] = found.replay
        self._tried[key] = _Tried(found, self.listings.of(visit, page.url), onward)
        first = replace(
            visit, ask=found.replay.ask(0), step=Step.LISTING, column=visit.listing.plain, replay=found.replay
        )
        if answer := self._answers.get(first.ask.key):
            self.at_hand.append((first, answer))
        return first

    def take_at_hand(self) -> list[tuple[Visit, Page]]:
        taken, self.at_hand = self.at_hand, []
        return taken

    def drop(self, visit: Visit) -> None:
        """It has been asked for in vain before the page was drawn."""
        key = visit.listing.plain.key
        self._replay[key] = None
        self._tried.pop(key)

    def is_awaited(self, visit: Visit) -> bool:
        """Whether it shows if a listing can be replayed, be that listing read to its end or not."""
        tried = self._tried.get(visit.listing.plain.key)
        return (
            visit.replay is not None and tried is not None and tried.learned.replay == visit.replay and not tried.proven
        )

    def is_needless(self, visit: Visit) -> bool:
        """Whether it was heard while the page was drawn, or belongs to a replay that is no longer believed."""
        key = visit.listing.plain.key
        if visit.replay is None or key not in self._replay:
            return False
        tried = self._tried.get(key)
        index = visit.replay.index_of(visit.ask)
        return self._replay[key] != visit.replay or (tried is not None and index > 0 and index in tried.learned.pages)

    def read(self, visit: Visit, page: Page, follow: Follow) -> bool:
        """Take an answer for a page of its listing; False where it is none, or the listing ends too early with it."""
        assert visit.replay is not None
        reader, key = Replayed(visit.replay, visit.platform), visit.listing.plain.key
        entries, first = reader.entries(page), visit.replay.index_of(visit.ask) == 0
        tried = self._tried.get(key)
        untold = tried is not None and not tried.proven
        if (
            not reader.answers(page)
            or (first and not entries)
            or (tried is not None and untold and not tried.learned.is_confirmed_by(entries))
        ):
            if first:
                self._answers[visit.ask.key] = page
            return False
        if tried is not None and untold:
            tried.proven, tried.on_first = True, len(entries)
            self.listings.renew(visit, tried.before.promised, whole=tried.before.known is None)
        follow(visit, page, reader, entries)
        listing = self.listings.of(visit, page.url)
        if visit.replay.is_counted and listing.stale:
            return False  # one of as many pages as it says it has brings nothing
        for index, heard in sorted(tried.learned.pages.items()) if tried is not None and untold else ():
            if index > 0:
                follow(replace(visit, ask=visit.replay.ask(index)), heard, reader, reader.entries(heard))
        return not self._ends_early(visit)

    def _ends_early(self, visit: Visit) -> bool:
        """Whether all is read, and less than was promised, or nothing where the page has more."""
        listing, tried = self.listings.named(visit.listing.plain.key), self._tried.get(visit.listing.plain.key)
        if listing is None or listing.stopped or not listing.is_read:
            return False
        if tried is not None and tried.onward is not None and len(listing.seen) <= tried.on_first:
            return True
        return listing.shortfall() is not None

    def is_whole(self, visit: Visit) -> bool:
        """Whether its listing has been read to the end."""
        listing = self.listings.named(visit.listing.plain.key)
        return listing is not None and listing.is_read and not self._ends_early(visit)

    def has_ended(self, visit: Visit, failed: FetchFailed) -> bool:
        """Whether there are just no more pages where the next one was looked for."""
        return visit.ask.optional and failed.trouble is Trouble.MOVED and not self._ends_early(visit)

    def give_up(self, visit: Visit, failed: FetchFailed | None) -> list[Visit] | None:
        """What to visit in its place; None where nothing is and the failure counts. Without one the server answered
        otherwise: it is not tried again tomorrow, as it may be where the server was in trouble."""
        assert visit.replay is not None
        key, tried = visit.listing.plain.key, self._tried.get(visit.listing.plain.key)
        in_trouble = failed is not None and failed.trouble is Trouble.DEAD
        if not in_trouble:
            self.vain[key] = visit.replay.form
        if tried is None:  # the page has not been drawn tonight
            self._replay[key] = None
            self.listings.renew(visit, whole=True)
            return [replace(visit, ask=visit.listing.plain, step=Step.COLUMN, replay=None, platform="", column=None)]
        if in_trouble and tried.proven and tried.onward is None:
            return None
        self._replay[key] = None
        if tried.proven:
            self.listings.put_back(visit, tried.before)
        if tried.onward is not None:
            tried.onward()
        return []
