"""The listings that one round through a portal reads. Those that were read to their end lie on the desk: there are as
many as columns, and one for every report that names its neighbours."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from crawlers.columns import Column
from crawlers.desk import Desk, Drawer, Pile
from crawlers.frontier import Step, Visit
from crawlers.listing import Listing, ReadListing


@dataclass
class Listings:
    known: dict[str, Column] = field(default_factory=dict)  # by `Column.first`, where pages may be left out
    is_news: Callable[[Visit], bool] = lambda visit: True
    desk: Desk = field(default_factory=Desk)
    _keys: Pile[str] = field(init=False)  # of all of them, as they were met
    _in_hand: dict[str, Listing] = field(default_factory=dict)
    _read: Drawer[ReadListing] = field(init=False)  # the others

    def __post_init__(self) -> None:
        self._keys = Pile(self.desk, str)
        self._read = Drawer(self.desk, ReadListing, sheet=1)  # none waits in memory until a sheet is full

    def of(self, visit: Visit, url: str) -> Listing:
        """The listing that a visited page belongs to. What a browser shows of a column are the column's rows too."""
        key = visit.listing.plain.key
        if key not in self._in_hand:
            self._take(key, self.named(key) or Listing(url, self.known.get(key), desk=self.desk))
        return self._in_hand[key]

    def put_away(self, visit: Visit) -> None:
        """The listing of this visit, where it is at rest. Whoever holds it looks for it here the next time."""
        key = visit.listing.plain.key
        listing = self._in_hand.get(key)
        if listing is not None and listing.is_at_rest:
            self._read[key] = listing.put_away()
            del self._in_hand[key]

    def is_needless(self, visit: Visit) -> bool:
        """Whether it is a further page of a listing whose known rows have begun."""
        if visit.step is not Step.LISTING:
            return False
        listing = self._in_hand.get(visit.listing.plain.key)  # one at rest was not stopped
        return listing is not None and listing.stopped

    def named(self, key: str) -> Listing | None:
        """To be looked at: what is noted in it is lost where it was put away."""
        if key in self._in_hand or key not in self._read:
            return self._in_hand.get(key)
        return Listing.taken_up(self._read[key], self.known.get(key), self.desk)

    def renew(self, visit: Visit, promised: int = 0, *, whole: bool = False) -> None:
        """Begin the listing's books anew, with what its page promises. `whole` is to read it to its end."""
        key = visit.listing.plain.key
        self._take(key, Listing(visit.ask.url, None if whole else self.known.get(key), promised, self.desk))

    def put_back(self, visit: Visit, listing: Listing) -> None:
        self._take(visit.listing.plain.key, listing)

    def items(self) -> Iterator[tuple[str, Listing]]:
        """By the key of each one's first page."""
        for key in self._keys:
            listing = self.named(key)
            assert listing is not None
            yield key, listing

    def _take(self, key: str, listing: Listing) -> None:
        """In hand, in place of what was there."""
        if key in self._read:
            del self._read[key]
        elif key not in self._in_hand:
            self._keys.append(key)
        self._in_hand[key] = listing
