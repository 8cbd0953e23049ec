"""Which people's governments the law expects to report, and on which years: those of the divisions that stood at the
end of the year, because a report is due in the next and a body that a reform ended in between is not there to make it.
`config/governments.toml` says what the law does.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from pydantic import BaseModel, ConfigDict, ValidationError

from pipeline.errors import ConfigError
from pipeline.identity import government_of
from pipeline.model import Authority, Division
from pipeline.resources import CONFIG

_GAP = 1  # code books of two sources differ by a year about some changes


class _Law(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    first_year: int
    levels: tuple[str, ...]
    kinds: tuple[str, ...]
    no_name: tuple[str, ...]
    outside: tuple[str, ...]

    def has_government(self, place: Division) -> bool:
        return (
            place.level in self.levels
            and place.name.endswith(self.kinds)
            and not place.name.endswith(self.no_name)
            and f"{place.code[:2]}0000" not in self.outside
        )


@dataclass(frozen=True, slots=True)
class Government:
    """A people's government under the name and code of some years."""

    authority: Authority
    first_year: int
    last_year: int | None  # None: it stands


@lru_cache(maxsize=1)
def _law() -> _Law:
    path = CONFIG / "governments.toml"
    try:
        return _Law.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise ConfigError(f"{path.name}: {error}") from error


def governments(divisions: Iterable[Division]) -> list[Government]:
    """By authority, its years in order; none twice for one authority."""
    spans: dict[str, list[Government]] = {}
    for place in divisions:
        if _law().has_government(place):
            authority = government_of(place)
            ended = None if place.valid_to is None else place.valid_to - 1
            spans.setdefault(authority.authority_id, []).append(Government(authority, place.valid_from or 0, ended))
    return [span for key in sorted(spans) for span in _since_the_law(_in_turn(spans[key]))]


def _in_turn(spans: list[Government]) -> list[Government]:
    """Each until the next one begins, where they meet, overlap or miss each other by no more than the sources do."""
    ordered = sorted(spans, key=lambda span: (span.first_year, span.last_year or 9999))
    fitted = []
    for span, following in pairwise(ordered):
        end = following.first_year - 1
        meets = span.last_year is None or span.last_year >= end - _GAP
        fitted.append(replace(span, last_year=end) if meets and span.last_year != end else span)
    return [*fitted, ordered[-1]]


def _since_the_law(spans: Iterable[Government]) -> Iterator[Government]:
    for span in spans:
        first = max(span.first_year, _law().first_year)
        if span.last_year is None or span.last_year >= first:
            yield span if span.first_year == first else replace(span, first_year=first)
