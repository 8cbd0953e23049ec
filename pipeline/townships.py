"""Townships and streets by code, county and name. The reference file is large and read only when first asked for."""

from __future__ import annotations

import csv
import gzip
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from pipeline.model import Division


class _Index(NamedTuple):
    by_code: dict[str, Division]
    by_county: dict[str, dict[str, Division]]
    by_name: dict[str, list[Division]]


class Townships:
    def __init__(self, file: Path) -> None:
        self._file = file

    @cached_property
    def _index(self) -> _Index:
        index = _Index({}, {}, {})
        with gzip.open(self._file, "rt", encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                township = Division(row["code"], row["name"], "township", row["parent"])
                key = _key(township.name)
                index.by_code[township.code] = township
                index.by_county.setdefault(row["parent"], {})[key] = township
                index.by_name.setdefault(key, []).append(township)
        return index

    def get(self, code: str) -> Division | None:
        return self._index.by_code.get(code) if len(code) == 9 else None

    def all(self) -> tuple[Division, ...]:
        return tuple(self._index.by_code.values())

    def in_county(self, county: str, name: str) -> Division | None:
        """By its name, 新港街, 新港街道 and 新港街道办事处 alike."""
        return self._index.by_county.get(county, {}).get(_key(name))

    def named(self, name: str) -> tuple[Division, ...]:
        return tuple(self._index.by_name.get(_key(name), ()))


def _key(name: str) -> str:
    """The same for every way to name a street office; towns keep their kind."""
    name = name.removesuffix("办事处")
    if name.endswith(("街道", "街")):
        return name.removesuffix("街道").removesuffix("街") + "街道"
    return name
