"""On which day a document says it was published: by a page's metadata, by its linked data, by a labelled date, by a
date in brackets under its title, in this order of trust."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from pipeline.days import day_of
from pipeline.resources import CONFIG

_DATE = re.compile(r"(20\d\d)\s*[-年/.]\s*(\d{1,2})\s*[-月/.]\s*(\d{1,2})")
_COMPACT = re.compile(r"\s*(20\d\d)([01]\d)([0-3]\d)(?:[\d:\s]{0,8})\s*")  # 20240117, 20240117093000
_CLOCK = r"日?(?:\s*\d{1,2}:\d\d(?::\d\d)?)?"
_BRACKETED = re.compile(rf"[\[【（(]\s*{_DATE.pattern}{_CLOCK}\s*[\]】）)]")
_MONTH_FIRST = re.compile(
    r"[\[【（(]\s*(?=\d\d?[-/.]\d\d?\s+(20\d\d)\s*[\]】）)])(\d\d?)[-/.](\d\d?)"  # [ 01-19 2026 ]
)
_UNDER_TITLE = 120  # letters: source, author, number of visits
_MOST_PLACES = 4  # where a title may stand: way to the page, head, article
_MOST_LABELS = 50
_MOST_SCRIPT = 2_000_000  # letters of a page that are searched for linked data


@dataclass(frozen=True, slots=True)
class _Words:
    metadata: tuple[str, ...]
    linked: re.Pattern[str]
    labelled: re.Pattern[str]
    ranks: Mapping[str, int]


@lru_cache(maxsize=1)
def _words() -> _Words:
    data = tomllib.loads((CONFIG / "dates.toml").read_text(encoding="utf-8"))
    prefixes = "|".join(word for word in (*data["labels"], *data["never"]) if word)
    return _Words(
        metadata=tuple(data["metadata"]),
        linked=re.compile(rf'"(?:{"|".join(data["linked_data"])})"\s{{0,4}}:\s{{0,4}}"([^"]{{8,40}})"'),
        labelled=re.compile(rf"({prefixes})?(?:日期|时间)\s{{0,8}}[:：]?\s{{0,8}}({_DATE.pattern})"),
        ranks={label: rank for rank, label in enumerate(data["labels"])},
    )


def published_on(metadata: Mapping[str, str], markup: str, text: str, titles: Iterable[str]) -> date | None:
    """`metadata` by names in lower case, `markup` as the page came, `text` as it reads."""
    return next(_days(metadata, markup, text, titles), None)


def _days(metadata: Mapping[str, str], markup: str, text: str, titles: Iterable[str]) -> Iterator[date]:
    named = [metadata[name] for name in _words().metadata if name in metadata]
    named += _words().linked.findall(markup[:_MOST_SCRIPT])
    yield from (day for value in named if (day := day_of(_COMPACT.fullmatch(value) or _DATE.search(value))))
    yield from _labelled(text)
    yield from _under_title(text, titles)


def labelled_day(text: str) -> date | None:
    return next(_labelled(text), None)


def _labelled(text: str) -> Iterator[date]:
    """The most telling label first, wherever it stands."""
    ranks = _words().ranks
    found = [match for match, _ in zip(_words().labelled.finditer(text), range(_MOST_LABELS), strict=False)]
    told = [match for match in found if (match[1] or "") in ranks]
    for match in sorted(told, key=lambda match: ranks[match[1] or ""]):
        day = day_of(_DATE.search(match[2]))
        if day:
            yield day


def _under_title(text: str, titles: Iterable[str]) -> Iterator[date]:
    for title in titles:
        place = text.find(title) if title else -1
        for _ in range(_MOST_PLACES):
            if place < 0:
                break
            stop = place + len(title)
            line = text[stop : stop + _UNDER_TITLE].partition("。")[0]
            day = day_of(_BRACKETED.search(line) or _MONTH_FIRST.search(line))
            if day:
                yield day
            place = text.find(title, stop)
