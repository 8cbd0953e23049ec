"""Example pages of platforms: folders of pages with the expected result in `expected.json` beside them. A platform's
folder may hold recordings of real portals, a folder for each."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawlers.page import Page
from crawlers.platforms import platforms
from crawlers.understanding import OFTEN_EMPTY, asked, is_in_column, understood

_MODELLED_IN = 2026


@dataclass(frozen=True)
class Example:
    platform: str
    path: Path
    expected: dict[str, Any]

    @property
    def page(self) -> Page:
        return Page(self.expected["url"], self.path.read_bytes())

    @property
    def year(self) -> int:
        """In which it is understood so: some platforms ask for the years that there may be reports of."""
        return int(self.expected.get("recorded", str(_MODELLED_IN))[:4])

    def found(self) -> dict[str, Any]:
        words = {"form": {"col": "1"}} if self.expected.get("asked_by_post") else self.expected
        request = asked(self.expected["url"], words)
        return understood(self.page, platforms()[self.platform], request, in_column=is_in_column(self.path.name))

    def wanted(self) -> dict[str, Any]:
        return OFTEN_EMPTY | {key: self.expected[key] for key in self.found() if key in self.expected}


def expected_in(folder: Path) -> dict[str, Any]:
    described = folder / "expected.json"
    return json.loads(described.read_text(encoding="utf-8")) if described.exists() else {}


def folders_of(platform: Path) -> list[Path]:
    """Its own, and those of its recordings."""
    return [platform, *sorted(path for path in platform.iterdir() if path.is_dir())] if platform.exists() else []


def examples_in(folder: Path) -> list[Example]:
    """Of all platforms that have a folder there."""
    return [
        Example(platform, place / file, expected)
        for platform in sorted(platforms())
        for place in folders_of(folder / platform)
        for file, expected in expected_in(place).items()
    ]
