"""The words of `config/discovery.toml`, compiled."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache

from pipeline.resources import CONFIG


@dataclass(frozen=True, slots=True)
class Words:
    addresses: dict[str, float]
    places: dict[str, float]
    place_names: tuple[tuple[str, re.Pattern[str]], ...]
    more: re.Pattern[str]
    only_year: re.Pattern[str]
    weekdays: frozenset[str]
    next: re.Pattern[str]
    click: re.Pattern[str]  # all that an element says
    click_anywhere: re.Pattern[str]
    click_class: frozenset[str]
    other: re.Pattern[str]
    single: re.Pattern[str]
    disabled: frozenset[str]
    total: re.Pattern[str]
    missing: re.Pattern[str]
    full_look: int
    disorder: float
    vanished: float


@lru_cache(maxsize=1)
def words() -> Words:
    data = tomllib.loads((CONFIG / "discovery.toml").read_text(encoding="utf-8"))
    place, pager, names = data["place"], data["pager"], data["place"]["names"]
    return Words(
        addresses={word: group["score"] for group in data["address"]["group"] for word in group["words"]},
        places={name: taken for name, taken in place.items() if name != "names"},
        place_names=tuple((name, _class_with(parts)) for name, parts in names.items()),
        more=re.compile(data["links"]["more"], re.I),
        only_year=re.compile(data["links"]["year"]),
        weekdays=frozenset(data["links"]["weekdays"]),
        next=re.compile(pager["next"], re.I),
        click=re.compile(rf"^({pager['click']})\W*$", re.I),
        click_anywhere=re.compile(pager["click"], re.I),
        click_class=frozenset(pager["click_class"]),
        other=re.compile(pager["other"], re.I),
        single=re.compile(pager["single"]),
        disabled=frozenset(pager["disabled"]),
        total=re.compile(pager["total"]),
        missing=re.compile(data["missing"]["said"], re.I),
        full_look=data["nights"]["full_look"],
        disorder=data["nights"]["disorder"],
        vanished=data["nights"]["vanished"],
    )


def _class_with(parts: list[str]) -> re.Pattern[str]:
    """Where one of the parts begins a word of a class or id: main-nav, topHead is none."""
    return re.compile(rf"(^|[\s_-])({'|'.join(map(re.escape, parts))})", re.I)
