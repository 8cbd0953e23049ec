"""Lines that belong to a web page and not to the report on it, by `config/furniture.toml`: files saved from a page
carry them too."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache

from pipeline.resources import CONFIG


def is_furniture(text: str) -> bool:
    longest, lines = _furniture()
    return 0 < len(text) <= longest and "。" not in text and bool(lines.search(text))


@lru_cache(maxsize=1)
def _furniture() -> tuple[int, re.Pattern[str]]:
    data = tomllib.loads((CONFIG / "furniture.toml").read_text(encoding="utf-8"))
    return data["longest"], re.compile("|".join(data["lines"]))
