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
_MOST_LETTERS = 300  # and those that say so in words say little else: a report may speak of a firewall
_FEW_LINKS = 5
_LINK = re.compile(rb"<a\s[^>]{0,500}href", re.I)
_UNSEEN = re.compile(r"<(script|style)\b.*?(</\1>|\Z)|<[^>]*>|\s+", re.I | re.S)


@dataclass(frozen=True, slots=True)
class _Known:
    refusing: frozenset[int]
    challenging: frozenset[int]
    marks: re.Pattern[bytes]
    words: re.Pattern[bytes]


@lru_cache(maxsize=1)
def _known() -> _Known:
    data = tomllib.loads((CONFIG / "challenges.toml").read_text(encoding="utf-8"))
    marks = "|".join(map(re.escape, data["page"]["marks"]))
    words = [word.encode(encoding) for word in data["page"]["words"] for encoding in ("utf-8", "gb18030")]
    return _Known(
        refusing=frozenset(data["status"]["refuses"]),
        challenging=frozenset(data["status"]["challenges"]),
        marks=re.compile(marks.encode(), re.I),
        words=re.compile(b"|".join(map(re.escape, words)), re.I),
    )


def refuses(status: int) -> bool:
    """Whether the server says that it will not answer us, challenges included."""
    return status in _known().refusing or challenges(status)


def challenges(status: int) -> bool:
    """Whether the status alone is a firewall's that waits for a cookie from a script."""
    return status in _known().challenging


def challenge_in(body: bytes) -> str:
    """The mark of a challenge or block page; "" where there is none."""
    if len(body) > _LARGEST or len(list(islice(_LINK.finditer(body), _FEW_LINKS + 1))) > _FEW_LINKS:
        return ""
    mark = _known().marks.search(body) or _known().words.search(body)
    if mark is None or sniff(body) != HTML:
        return ""
    says_it_in_words = mark.re is _known().words
    return "" if says_it_in_words and len(_UNSEEN.sub("", decode(body))) > _MOST_LETTERS else decode(mark[0])
