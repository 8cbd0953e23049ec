"""Cuts from a page what does not matter to the crawl. What matters is tried out: a cut that changes what is understood
of the page is not made."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

_NOT_SEEN = tuple(
    re.compile(pattern, re.I | re.S)
    for pattern in (
        r"<style\b.{0,200000}?</style\s*>",
        r"<script\b.{0,200000}?</script\s*>",
        r"<!--.{0,20000}?-->",
        r"<svg\b.{0,50000}?</svg\s*>",
        r"<link\b[^>]{0,1000}>",
        r"<img\b[^>]{0,20000}>",
        r"\s(?:style|onmouseover|onmouseout|bgcolor|align|valign|width|height)\s*=\s*(?:\"[^\"]{0,2000}\"|'[^']{0,2000}')",
    )
)
_ROW = re.compile(r"<(li|tr|dd)\b[^>]{0,1000}>(?:(?!<\1\b).){0,5000}?</\1\s*>", re.I | re.S)
_BLANKS = re.compile(r"[ \t\r\f\v]*\n\s*")
_ROWS_KEPT = 30  # of a page: with its look-alikes and its neighbours, as it was
_MOST_TRIALS = 60  # for each kind of cut
_LARGEST = 2 * 1024 * 1024

Spans = Sequence[tuple[int, int]]


def trimmed(text: str, same: Callable[[str], bool], *, rows: bool) -> str:
    """`rows` tells whether a long listing may lose some; `same`, whether a text is understood as the whole page is."""
    if len(text) > _LARGEST:
        return text
    for pattern in _NOT_SEEN:
        text = _cut(text, [found.span() for found in pattern.finditer(text)], same)
    if rows:
        text = _cut(text, [found.span() for found in _ROW.finditer(text)][_ROWS_KEPT:], same)
    packed = _BLANKS.sub("\n", text)
    return packed if same(packed) else text


def _cut(text: str, spans: Spans, same: Callable[[str], bool]) -> str:
    """All at once if that is the same, else halves of halves, for as long as trials last."""
    gone: set[tuple[int, int]] = set()
    waiting = [list(spans)] if spans else []
    for _ in range(_MOST_TRIALS):
        if not waiting:
            break
        part = waiting.pop()
        if same(_without(text, gone.union(part))):
            gone.update(part)
        elif len(part) > 1:
            middle = len(part) // 2
            waiting += [part[middle:], part[:middle]]
    return _without(text, gone)


def _without(text: str, spans: set[tuple[int, int]]) -> str:
    kept, start = [], 0
    for first, last in sorted(spans):
        kept.append(text[start:first])
        start = last
    return "".join([*kept, text[start:]])
