"""The words of `config/matching.toml`: what rows and columns are for that are no item's and no applicant's."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache

from pipeline.errors import ConfigError
from pipeline.resources import CONFIG


@dataclass(frozen=True, slots=True)
class Words:
    other_columns: frozenset[str]
    year_columns: frozenset[str]
    indicator_columns: frozenset[str]
    unit_columns: frozenset[str]
    number_columns: frozenset[str]
    last_year: tuple[str, ...]
    this_year: tuple[str, ...]
    appended: tuple[str, ...]
    counted_units: frozenset[str]
    money_units: frozenset[str]
    unit_named: re.Pattern[str]
    prefix: re.Pattern[str]

    @property
    def units(self) -> frozenset[str]:
        return self.counted_units | self.money_units


@lru_cache(maxsize=1)
def words() -> Words:
    path = CONFIG / "matching.toml"
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        columns, years, units = data["columns"], data["years"], data["units"]
        return Words(
            other_columns=frozenset(columns["other"]),
            year_columns=frozenset(columns["year"]),
            indicator_columns=frozenset(columns["indicator"]),
            unit_columns=frozenset(columns["unit"]),
            number_columns=frozenset(columns["number"]),
            last_year=tuple(years["last"]),
            this_year=tuple(years["this"]),
            appended=tuple(years["appended"]),
            counted_units=frozenset(units["counted"]),
            money_units=frozenset(units["money"]),
            unit_named=re.compile(units["named"]),
            prefix=re.compile(data["labels"]["prefix"]),
        )
    except (tomllib.TOMLDecodeError, KeyError, re.error) as error:
        raise ConfigError(f"{path.name}: {error}") from error
