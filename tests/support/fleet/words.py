"""What a made-up government is called, who belongs to it, how its papers are titled: the words are in `words.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from random import Random

WORDS: dict[str, list[str]] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
THIS_YEAR = 2025  # the last one that is reported on


@dataclass(frozen=True)
class Body:
    """Someone who has to publish a report every year."""

    name: str
    short: str  # as rows and menus of its government's portal call it
    slug: str


@dataclass(frozen=True)
class Government:
    place: str
    own: Body
    departments: tuple[Body, ...]
    towns: tuple[Body, ...]


def government(rng: Random) -> Government:
    kind = rng.choice("县市区")
    place = rng.choice(WORDS["first"]) + rng.choice(WORDS["second"]) + kind
    departments = [Body(place + name, kind + name, f"d{n:02}") for n, name in enumerate(WORDS["departments"])]
    towns = [
        Body(place + name + ("" if name.endswith("会") or name.endswith("处") else "人民政府"), name, f"z{n:02}")
        for n, name in enumerate(WORDS["towns"])
    ]
    rng.shuffle(departments)
    rng.shuffle(towns)
    return Government(place, Body(f"{place}人民政府", f"{kind}政府", "zf"), tuple(departments), tuple(towns))


def report_title(rng: Random, body: str, year: int) -> str:
    """The prescribed title more often than not."""
    form = str(WORDS["usual"]) if rng.random() < 0.6 else rng.choice(WORDS["titles"])
    return form.format(b=body, y=year, w=_wide(year), c=_in_chinese(year))


def look_alike(rng: Random, place: str, body: str, year: int) -> str:
    return rng.choice(WORDS["look_alikes"]).format(p=place, b=body, y=year)


def news(rng: Random, place: str, body: str, year: int) -> str:
    return rng.choice(WORDS["news"]).format(p=place, b=body, y=year)


def _wide(year: int) -> str:
    return "".join(chr(0xFF10 + int(digit)) for digit in str(year))


def _in_chinese(year: int) -> str:
    return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(year))
