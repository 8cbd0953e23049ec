"""Learns from what a page's scripts were answered how its rows can be asked for without the page. What the page shows
decides: an answer counts that has these rows, and all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from crawlers.counters import kin, rows_of_a_page
from crawlers.exchange import Heard
from crawlers.lasting import plain_name, request_words
from crawlers.links import Link
from crawlers.page import Page
from crawlers.platforms.replies import number_in, reply_of, said_in
from crawlers.replay import Replay, with_number
from crawlers.replayed import Replayed
from crawlers.row_forms import Found, row_form

_MOST_LOOKED_AT = 24  # answers in which the rows are looked for
_MOST_MEMBERS = 60  # of an answer, beside its rows
_DEEPEST = 4
_TOLERATED_ROWS = 0.9  # of those that are counted: some may have no address

Rows = frozenset[tuple[str, str]]  # addresses and titles


@dataclass(frozen=True, slots=True)
class Learned:
    replay: Replay
    pages: Mapping[int, Page]  # answers that were heard, by the index of their page
    rows: Rows  # of the first of them

    def is_confirmed_by(self, links: Sequence[Link]) -> bool:
        return rows_among(links) == self.rows


def rows_among(links: Sequence[Link]) -> Rows:
    return frozenset((link.url, link.called) for link in links)


def learn(
    heard: Sequence[Heard], page: Page, drawn: Sequence[Link], wanted: Sequence[Link], *, whole: bool
) -> Learned | None:
    """`drawn` are the links of the page, `wanted` those of them that must be had. `whole` is whether the page shows the
    listing to its end: if not, a request that knows no further pages is of no use."""
    best = _best(heard, page.base, drawn)
    if best is None or not wanted:
        return None
    one, found = best
    counter, asks = kin(one.ask, [other.ask for other in heard])
    if counter is None and (len(asks) > 1 or not whole):
        return None
    first = one.ask if counter is None else with_number(one.ask, counter, counter.first)
    replay = Replay(first, page.base, found.form, counter)
    answers = {other.ask: other for other in reversed(heard) if other.ask in asks}
    pages = {replay.index_of(ask): _page(answer) for ask, answer in answers.items()}
    replay = _completed(replay, pages, whole=whole)
    reader = Replayed(replay, "")
    entries = {index: reader.entries(answer) for index, answer in pages.items()}
    if not all(reader.answers(answer) for answer in pages.values()):
        return None
    had = [link for links in entries.values() for link in links]
    return Learned(replay, pages, rows_among(entries[0])) if _has_all(wanted, had) else None


def _page(heard: Heard) -> Page:
    return Page(heard.ask.url, heard.body, charset=heard.charset)


def _best(heard: Sequence[Heard], base: str, drawn: Sequence[Link]) -> tuple[Heard, Found] | None:
    found = ((one, row_form(_page(one), base, drawn)) for one in heard[:_MOST_LOOKED_AT])
    with_rows = [(one, form) for one, form in found if form is not None]
    return max(with_rows, key=lambda one: one[1].rows, default=None)


def _has_all(wanted: Sequence[Link], had: Sequence[Link]) -> bool:
    """As the page says them: what the next night would take for a corrected row is none of it."""
    days = {(link.url, link.called): link.listed_on for link in had}
    for link in wanted:
        day = days.get((link.url, link.called), ...)
        if day is ... or (day and link.listed_on and day != link.listed_on):
            return False
    return True


# --- how many there are -------------------------------------------------------------------------------------


def _completed(replay: Replay, pages: Mapping[int, Page], *, whole: bool) -> Replay:
    """With how an answer tells how many rows there are, and what it says of itself."""
    reader = Replayed(replay, "")
    lowest = pages[min(pages)]
    count, rows = reader.count(lowest), {link.url for page in pages.values() for link in reader.entries(page)}
    size = rows_of_a_page(replay.first)
    if whole and len(pages) == 1:
        full = size if size >= count else 0
    else:
        full = count
    replies = [reply_of(page) for page in pages.values()]
    state = _state(replies)
    filled = sum(bool(reader.entries(page)) for page in pages.values())
    total = _counted(replies, request_words().total, len(rows), whole=whole)
    return replace(
        replay,
        total=total,
        pages=() if total else _counted(replies, request_words().pages, filled, whole=whole),
        full=full,
        state=state,
    )


def _counted(replies: Sequence[Any], names: frozenset[str], seen: int, *, whole: bool) -> tuple[str, ...]:
    """Where all answers say the same number, which may be that of rows or pages of which so many were seen; of several
    the largest. A page that shows its listing whole has shown which is right."""
    told: dict[tuple[str, ...], int] = {}
    for path in _numbers(replies[0], (), names):
        numbers = {number_in(reply, *path) for reply in replies}
        if len(numbers) == 1:
            told[path] = numbers.pop()
    fits = [path for path, number in told.items() if (_is_about(number, seen) if whole else number > seen)]
    return max(fits, key=lambda path: told[path], default=())


def _is_about(total: int, seen: int) -> bool:
    return _TOLERATED_ROWS * total <= seen <= total


def _numbers(reply: Any, path: tuple[str, ...], names: frozenset[str]) -> Iterator[tuple[str, ...]]:
    members = reply.items() if isinstance(reply, dict) else ()
    for name, value in islice(members, _MOST_MEMBERS):
        if plain_name(name) in names and number_in(reply, name):
            yield (*path, name)
        elif isinstance(value, dict) and len(path) < _DEEPEST:
            yield from _numbers(value, (*path, name), names)


def _state(replies: Sequence[Any]) -> tuple[tuple[str, str], ...]:
    names = islice(replies[0], _MOST_MEMBERS) if isinstance(replies[0], dict) else ()
    named = [name for name in names if plain_name(name) in request_words().state]
    said = [(name, {said_in(reply, name) for reply in replies}) for name in named]
    return tuple((name, next(iter(texts))) for name, texts in said if len(texts) == 1)
