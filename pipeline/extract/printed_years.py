"""Which year a table, a column or a row is about, as far as it says so: 2023年, 上年度, 附：去年."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.extract.labels import plain
from pipeline.extract.words import words

_YEAR = re.compile(r"(?<!\d)(20[0-3]\d)\s*(?:年|$|[)）]|数)")
_LONGEST = 60  # a longer text is prose that may speak of any year


@lru_cache(maxsize=16384)
def years_named(text: str) -> frozenset[int]:
    letters = "".join(text.split())
    return frozenset(int(year) for year in _YEAR.findall(letters)) if len(text) <= _LONGEST else frozenset()


def besides_year(text: str) -> str:
    """What a label says but for its year: 总计 of 2022年总计."""
    return _YEAR.sub("", "".join(text.split()))


def is_of_another_year(text: str, year: int | None, own: frozenset[str] = frozenset()) -> bool:
    """Whether a label or caption speaks of another year than the report's. `own` are the letters of the labels that
    may begin with 上年 because the form has them so."""
    named = years_named(text)
    if named and year is not None:
        return year not in named
    return _is_of_last_year(text, own)


def is_of_this_year(text: str, year: int | None) -> bool:
    named = years_named(text)
    return year is not None and named == {year}


def _is_of_last_year(text: str, own: frozenset[str]) -> bool:
    if len(text) > _LONGEST:
        return False
    letters = plain(text)
    if letters in own:
        return False
    for word in words().appended:
        letters = letters.removeprefix(word)
    return letters.startswith(words().last_year) and not letters.startswith(words().this_year) and letters not in own
