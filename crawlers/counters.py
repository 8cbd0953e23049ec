"""Which number in a listing's request counts its pages: the one by which two requests differ, or one whose name says
so."""

from __future__ import annotations

import re
from collections import Counter as Count
from collections.abc import Iterator, Sequence
from itertools import pairwise

from crawlers.exchange import Ask
from crawlers.lasting import plain_name, request_words
from crawlers.replay import NUMBER, Counter, numbers_in, parts_of

_IN_JSON = re.compile(r'"(\w{1,30})"\s*:\s*"?(\d{1,7})(?![\d.])')
_FIRST = (0, 1)

_Place = tuple[str, int]  # part of a request, and which of its numbers


def kin(ask: Ask, others: Sequence[Ask]) -> tuple[Counter | None, list[Ask]]:
    """The requests that differ in one number alone, always the same, and what that tells; with `ask` among them."""
    differing = [(other, place) for other in others if (place := _difference(ask, other))]
    if not differing:
        return _by_name(ask), [ask]
    place = Count(place for _, place in differing).most_common(1)[0][0]
    asks = [ask, *(other for other, at in differing if at == place)]
    return _by_numbers(place, sorted({_number(one, place) for one in asks})), asks


def rows_of_a_page(ask: Ask) -> int:
    """As many as the request asks for; 0 where it does not say."""
    return next((number for name, number, _ in _named(ask) if name in request_words().size), 0)


def _difference(one: Ask, other: Ask) -> _Place | None:
    """None where more than one number is another, or none."""
    parts, others = list(parts_of(one)), list(parts_of(other))
    if one.posts != other.posts or _without_numbers(parts) != _without_numbers(others):
        return None
    if one.url.partition("/")[0] != other.url.partition("/")[0]:
        return None
    found = [
        (part, place)
        for (part, text), (_, told) in zip(parts, others, strict=True)
        for place, (number, further) in enumerate(zip(numbers_in(text), numbers_in(told), strict=True))
        if number != further
    ]
    return found[0] if len(found) == 1 else None


def _without_numbers(parts: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(part, NUMBER.sub("#", text)) for part, text in parts]


def _by_numbers(place: _Place, numbers: list[int]) -> Counter | None:
    """None where the first page is not among them: its rows came with the page itself."""
    first, step = numbers[0], min(later - earlier for earlier, later in pairwise(numbers))
    even = first in _FIRST and not any((number - first) % step for number in numbers)
    return Counter(*place, first, step) if even else None


def _by_name(ask: Ask) -> Counter | None:
    found = [(name, number, place) for name, number, place in _named(ask) if number in _FIRST]
    pages = [Counter(*place, number, 1) for name, number, place in found if name in request_words().page]
    if pages:
        return pages[0] if len(pages) == 1 else None
    size = rows_of_a_page(ask)
    skips = [Counter(*place, number, size) for name, number, place in found if name in request_words().offset]
    return skips[0] if len(skips) == 1 and size else None


def _named(ask: Ask) -> Iterator[tuple[str, int, _Place]]:
    """Numbers that have a name: fields, and members of JSON wherever it stands."""
    for part, text in parts_of(ask):
        if part[:1] in "?=" and text.isdecimal() and len(text) < 8:
            yield plain_name(part[1:]), int(text), (part, 0)
        for member in _IN_JSON.finditer(text):
            place = len(numbers_in(text[: member.start(2)]))
            if numbers_in(text)[place : place + 1] == [int(member[2])]:
                yield plain_name(member[1]), int(member[2]), (part, place)


def _number(ask: Ask, place: _Place) -> int:
    return next(numbers_in(text)[place[1]] for part, text in parts_of(ask) if part == place[0])
