"""Finds the rows of a drawn listing in an answer that its script was sent: the list that holds them, and which members
of it make a row's title, date and address."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from crawlers.addresses import absolute
from crawlers.links import Link, links_in
from crawlers.naming import plain_title
from crawlers.page import Page, parse_fragment
from crawlers.platforms.replies import day_in, pattern_in, reply_of, rows_at, text_in
from crawlers.replay import RowForm

_DEEPEST = 6  # of a list within an answer
_MOST_LISTS = 100
_MOST_ROWS = 100  # of a list that are looked at
_MOST_MEMBERS = 80  # of a row
_MARKUP_PARTS = 300
_LONGEST = 600  # letters of a title or an address
_IN_ADDRESSES = frozenset("/.?")
_FEWEST_FOR_A_PATTERN = 2  # rows that show which part of an address is another for each

_Path = tuple[str, ...]
_Members = dict[_Path, str]


@dataclass(frozen=True, slots=True)
class Found:
    """`rows` are those of the drawn ones that the answer has."""

    form: RowForm
    rows: int


_Pair = tuple[Any, _Members, Link]  # a row of the answer and its link on the page


def row_form(answer: Page, base: str, drawn: Sequence[Link]) -> Found | None:
    """None where the answer has none of the drawn rows, or nothing that tells their addresses."""
    reply = reply_of(answer)
    if reply is None:
        found = [_in_markup(answer.text, (), base, drawn)]
    else:
        found = [_in_list(path, rows, base, drawn) for path, rows in islice(_lists(reply, ()), _MOST_LISTS)]
        found += [_in_markup(text, path, base, drawn) for path, text in islice(_markup(reply, ()), _MOST_LISTS)]
    return max((one for one in found if one), key=lambda one: one.rows, default=None)


def _lists(reply: Any, path: _Path, deepest: int = _DEEPEST) -> Iterator[tuple[_Path, list[Any]]]:
    """All lists of objects or of lists, and where they stand; an object alone may be a list's only one."""
    if isinstance(reply, list) and any(isinstance(one, dict | list) for one in reply[:_MOST_ROWS]):
        yield path, rows_at(reply) or []
    if isinstance(reply, dict) and path:
        yield path, [reply]
    for name, inner in _inner(reply) if deepest else ():
        yield from _lists(inner, (*path, name), deepest - 1)


def _markup(reply: Any, path: _Path, deepest: int = _DEEPEST) -> Iterator[tuple[_Path, str]]:
    """All texts with links in them, in one or as a list, and where they stand."""
    if isinstance(reply, list) and reply and all(isinstance(one, str) for one in reply[:_MARKUP_PARTS]):
        reply = "".join(str(one) for one in reply[:_MARKUP_PARTS])
    if isinstance(reply, str):
        if "<a" in reply.lower():
            yield path, reply
        return
    for name, inner in _inner(reply) if deepest else ():
        yield from _markup(inner, (*path, name), deepest - 1)


def _inner(reply: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(reply, dict):
        yield from islice(reply.items(), _MOST_MEMBERS)
    elif isinstance(reply, list):  # of lists: the rows themselves are looked at by their members
        yield from ((str(place), one) for place, one in enumerate(reply[:10]) if isinstance(one, list | dict))


def _in_markup(text: str, path: _Path, base: str, drawn: Sequence[Link]) -> Found | None:
    linked = {(link.url, link.text) for link in links_in(parse_fragment(text), base)}
    count = sum((link.url, link.text) in linked for link in drawn)
    return Found(RowForm(path), count) if count else None


def _in_list(path: _Path, rows: list[Any], base: str, drawn: Sequence[Link]) -> Found | None:
    members = [(row, dict(islice(_members(row, ()), _MOST_MEMBERS))) for row in rows[:_MOST_ROWS]]
    by_url, by_text = {link.url: link for link in drawn}, {link.text: link for link in drawn}
    address, pairs = _paired(members, lambda value: by_url.get(_address(base, value)))
    pieces: tuple[tuple[str, _Path], ...] | None = (("", address),)
    if not pairs:
        _, pairs = _paired(members, lambda value: by_text.get(plain_title(value)))
        pieces = _pattern(pairs)
    title = _best(pairs, lambda row, at, link: plain_title(text_in(row, *at)) == link.text)
    if not pairs or pieces is None or title is None:
        return None
    dated = [pair for pair in pairs if pair[2].listed_on]
    day = _best(dated, lambda row, at, link: day_in(row, *at) == link.listed_on)
    return Found(RowForm(path, title, day or (), pieces), len(pairs))


def _address(base: str, value: str) -> str:
    """ "" for a word or a number: most members are no addresses."""
    return "" if _IN_ADDRESSES.isdisjoint(value) else absolute(base, value)


def _members(row: Any, path: _Path) -> Iterator[tuple[_Path, str]]:
    """Texts and numbers of a row, also one level further in."""
    named = row.items() if isinstance(row, dict) else ((str(place), one) for place, one in enumerate(row))
    for name, value in islice(named, _MOST_MEMBERS):
        if 0 < len(text := text_in({name: value}, name)) <= _LONGEST:
            yield (*path, name), text
        elif isinstance(value, dict | list) and not path:
            yield from _members(value, (name,))


def _paired(rows: list[tuple[Any, _Members]], link_of: Callable[[str], Link | None]) -> tuple[_Path, list[_Pair]]:
    """The member by which most rows are told, and those rows with their links."""
    told = Counter(at for _, members in rows for at, value in members.items() if link_of(value))
    if not told:
        return (), []
    best = max(told, key=lambda at: told[at])
    linked = ((row, members, link_of(members.get(best, ""))) for row, members in rows)
    return best, [(row, members, link) for row, members, link in linked if link]


def _best(pairs: list[_Pair], fits: Callable[[Any, _Path, Link], bool]) -> _Path | None:
    """The member that most often says what the page does; None where none ever does."""
    told = Counter(at for row, members, link in pairs for at in members if fits(row, at, link))
    return max(told, key=lambda at: told[at]) if told else None


def _pattern(pairs: list[_Pair]) -> tuple[tuple[str, _Path], ...] | None:
    """How addresses are made of members of their rows; None where they are not, or too few rows show it."""
    if len({link.url for _, _, link in pairs}) < _FEWEST_FOR_A_PATTERN:
        return None
    _, members, first = pairs[0]
    differing = [at for at in members if len({one.get(at) for _, one, _ in pairs}) > 1]
    told = [at for at in differing if all(_stands_in(one.get(at, ""), link.url) for _, one, link in pairs)]
    told.sort(key=lambda at: -len(members[at]))
    for chosen in (*([at] for at in told), told):
        pieces = _pieces(first.url, chosen, members)
        if pieces and all(pattern_in(row, pieces) == link.url for row, _, link in pairs):
            return pieces
    return None


def _stands_in(value: str, url: str) -> bool:
    return bool(value) and re.search(_alone(value), url) is not None


def _alone(value: str) -> str:
    return rf"(?<![0-9A-Za-z]){re.escape(value)}(?![0-9A-Za-z])"


def _pieces(url: str, told: Sequence[_Path], members: _Members) -> tuple[tuple[str, _Path], ...]:
    """An address cut at what its row's members say."""
    named = {members[at]: at for at in reversed(told)}
    if not named:
        return ()
    cuts = re.split("|".join(f"({_alone(value)})" for value in sorted(named, key=len, reverse=True)), url)
    texts = [part for part in cuts if part is not None]
    pieces: list[tuple[str, _Path]] = []
    before = ""
    for part in texts:
        if part in named:
            pieces.append((before, named[part]))
            before = ""
        else:
            before += part
    return (*pieces, (before, ())) if before else tuple(pieces)
