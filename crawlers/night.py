"""What earlier nights leave for tonight: which columns are asked for new rows, which rows need no request, and, when a
round is done, whether all that was known is still there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from crawlers.columns import Column, Known, Row
from crawlers.exchange import Ask, FetchFailed
from crawlers.frontier import Step, Visit
from crawlers.listings import Listings
from crawlers.memory import Memory
from crawlers.words import words
from pipeline.model import Kind
from pipeline.titles import is_report_title, without_correction

_ROWS = (Step.REPORT, Step.MAYBE)


class Seen(Protocol):
    """What of a round is compared with what is known."""

    listings: Listings

    @property
    def found(self) -> Mapping[str, Row]: ...

    @property
    def dead_columns(self) -> dict[str, FetchFailed]: ...

    def has_met(self, key: str) -> bool: ...


@dataclass
class Night:
    known: Known | None
    memory: Memory
    today: date
    is_short: bool = False  # only known columns are asked
    _doubted: set[str] = field(default_factory=set)
    _owed: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        known = self.known
        if known is None:
            return
        due = (self.today - known.looked_on).days >= words().full_look
        self.is_short = bool(known.columns) and known.sound and not due
        self._owed = frozenset((*(visit.ask.key for visit in known.owed), *known.owed_files))

    def look_everywhere(self) -> None:
        """Known columns alone do not do tonight."""
        self.is_short = False

    # --- what is asked -----------------------------------------------------------------------------------

    @property
    def reports(self) -> tuple[Row, ...]:
        return self.known.reports if self.known else ()

    @property
    def columns(self) -> tuple[Column, ...]:
        """Those that are asked tonight."""
        columns = self.known.columns if self.known else ()
        return tuple(column for column in columns if not (self.is_short and column.is_finished(self.today)))

    @property
    def column_keys(self) -> frozenset[str]:
        return frozenset(column.visit.ask.key for column in self.columns)

    def column_key(self, visit: Visit) -> str:
        """The key of the known column that is visited; "" where it is none. One that is asked for as its page's script
        does is the page itself as well."""
        keys = {column.first: column.visit.ask.key for column in self.columns if column.visit.replay}
        keys |= {key: key for key in self.column_keys}
        return keys.get(visit.ask.key, "") if visit.step is not Step.START else ""

    @property
    def vain(self) -> dict[str, str]:
        """Requests of scripts that are not tried tonight, by the listing's first page."""
        columns = self.known.columns if self.known and self.is_short else ()
        return {column.first: column.vain for column in columns if column.vain}

    def begin(self) -> list[Visit]:
        owed = self.known.owed if self.known else ()
        return [*(column.visit for column in self.columns), *owed]

    def columns_by_first(self) -> dict[str, Column]:
        """Columns whose further pages may be left out."""
        return {column.first: column for column in self.columns} if self.is_short else {}

    def is_news(self, row: Visit) -> bool:
        """Whether a row was not known, or says other than it did: a corrected report shows in its title or date."""
        if self.known is None or row.ask.key not in self.known.rows:
            return True
        held = self.memory.earlier(row.ask.key)
        return held is not None and not held.is_announced_by(row.title, row.listed_on)

    def needs_no_request(self, visit: Visit) -> bool:
        """Whether a row is known and led to nothing that is held, or to a listing that is not read tonight."""
        key = visit.ask.key
        if not self.is_short or visit.step not in _ROWS or key in self._owed or key in self.column_keys:
            return False
        held = self.memory.earlier(key)
        return not self.is_news(visit) and (held is None or held.snapshot.kind is Kind.INDEX)

    def asks_again(self, key: str) -> bool:
        """Whether to try once more what was not to be had."""
        return not self.is_short or key in self._owed

    def doubts(self, key: str) -> bool:
        """Whether a held report is asked for however sure it seemed."""
        return key in self._doubted

    def doubt(self, rows: list[Row]) -> list[Visit]:
        """Visits to reports that their listing no longer has."""
        self._doubted.update(row.key for row in rows)
        return self.visits(rows)

    def visits(self, rows: list[Row]) -> list[Visit]:
        held = {row.key: self.memory.earlier(row.key) for row in rows}
        days = {key: line.snapshot.listed_on for key, line in held.items() if line}
        return [Visit(Ask(row.url), Step.REPORT, title=row.title, listed_on=days.get(row.key)) for row in rows]

    # --- what is missing ---------------------------------------------------------------------------------

    def vanished(self, seen: Seen) -> list[Column]:
        """Columns that cannot be found, or that no longer have what they had, and nothing has it in their place."""
        known = {column.first for column in self.columns}
        elsewhere = (row for key, one in seen.listings.items() if key not in known for row in one.rows())
        titles = {without_correction(row.title) for row in elsewhere}
        return [column for column in self.columns if self._is_gone(column, seen, titles)]

    def _is_gone(self, column: Column, seen: Seen, titles: set[str]) -> bool:
        listing, own = seen.listings.named(column.first), column.visit.ask.key
        dead = own in seen.dead_columns
        if not dead and (listing is None or listing.stopped):
            return False
        left = [row for row in column.rows if row.key == own or not seen.has_met(row.key)]
        fresh = [row for row in listing.rows() if row.ask.key not in column.keys] if listing is not None else []
        titles = titles | {without_correction(row.title) for row in fresh if is_report_title(row.title)}
        lost = [row for row in left if without_correction(row.title) not in titles]
        emptied = dead or listing is None or not any(listing.rows())
        return len(lost) > (words().vanished * len(column.rows) if emptied else tolerated(len(column.rows)))

    def unmet(self, seen: Seen) -> tuple[list[Row], list[Row], list[Row]]:
        """Known reports that nothing led to: those of listings that were not read to their end, those of no listing,
        and those that their listings no longer have."""
        unread, stray, gone = [], [], []
        for row in self.reports:
            if seen.has_met(row.key) or row.key in seen.found:
                continue
            holders = [column for column in self.known.columns if row.key in column.keys] if self.known else []
            if not holders:
                stray.append(row)
            elif all(self._is_read(column, seen) for column in holders):
                gone.append(row)
            else:
                unread.append(row)
        return unread, stray, without_moved(gone, self._new(seen))

    def _is_read(self, column: Column, seen: Seen) -> bool:
        listing = seen.listings.named(column.first)
        return column.visit.ask.key in seen.dead_columns or (listing is not None and not listing.stopped)

    def missing(self, seen: Seen, failed: set[str]) -> list[Row]:
        """Known reports that were not found, but for those that a server in `failed` trouble did not give."""
        lost = [row for row in self.reports if row.key not in seen.found and row.key not in failed]
        return without_moved(lost, self._new(seen))

    def _new(self, seen: Seen) -> Iterator[Row]:
        known = {row.key for row in self.reports}
        return (row for key, row in seen.found.items() if key not in known)


def tolerated(count: int) -> int:
    """How many of so many may be gone at once."""
    return max(1, int(words().vanished * count))


def without_moved(rows: list[Row], new: Iterable[Row]) -> list[Row]:
    """But for those of which there is a new one with the same title, or its correction: they have got other
    addresses."""
    if not rows:
        return []
    titles = Counter(without_correction(row.title) for row in new if is_report_title(row.title))
    left = []
    for row in rows:
        title = without_correction(row.title)
        if titles[title]:
            titles[title] -= 1
        else:
            left.append(row)
    return left
