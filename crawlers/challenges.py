"""Tells pages of a firewall from pages of the portal. Nothing here gets around one: it is recorded as blocked."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from pipeline.charset import decode
from pipeline.media import HTML, sniff
from pipeline.resources import CONFIG

_LARGEST = 64 * 1024  # challenge pages are small,
_LARGEST_IN_WORDS = 16 * 1024
_MOST_LETTERS = 300  # and those that say so in words say little else: a report may speak of a firewall
_FEW_LINKS = 5
_LINK = re.compile(rb"<a\s[^>]{0,500}href")  # in lower case: a pattern for any case takes many times as long
_UNSEEN = re.compile(r"<(script|style)\b.*?(</\1>|\Z)|<[^>]*>|\s+", re.I | re.S)


@dataclass(frozen=True, slots=True)
class _Known:
    refusing: frozenset[int]
    challenging: frozenset[int]
    marks: tuple[bytes, ...]  # in lower case
    words: re.Pattern[str]


@lru_cache(maxsize=1)
def _known() -> _Known:
    data = tomllib.loads((CONFIG / "challenges.toml").read_text(encoding="utf-8"))
    return _Known(
        refusing=frozenset(data["status"]["refuses"]),
        challenging=frozenset(data["status"]["challenges"]),
        marks=tuple(dict.fromkeys(mark.lower().encode() for mark in data["page"]["marks"])),
        words=re.compile("|".join(map(re.escape, data["page"]["words"]))),
    )


def refuses(status: int) -> bool:
    """Whether the server says that it will not answer us, challenges included."""
    return status in _known().refusing or challenges(status)


def challenges(status: int) -> bool:
    """Whether the status alone is a firewall's that waits for a cookie from a script."""
    return status in _known().challenging


def challenge_in(body: bytes) -> str:
    """The mark of a challenge or block page; "" where there is none."""
    if len(body) > _LARGEST:
        return ""
    lowered = body.lower()
    if len(list(islice(_LINK.finditer(lowered), _FEW_LINKS + 1))) > _FEW_LINKS:
        return ""
    mark = next((mark for mark in _known().marks if mark in lowered), None)
    if mark is not None:
        return mark.decode() if sniff(body) == HTML else ""
    text = decode(body) if len(body) <= _LARGEST_IN_WORDS else ""
    word = _known().words.search(text)
    if word is None or sniff(body) != HTML or len(_UNSEEN.sub("", text)) > _MOST_LETTERS:
        return ""
    return word[0]
