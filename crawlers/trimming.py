"""Cuts from a page what does not matter to the crawl. What matters is tried out: a cut that changes what is understood
of the page is not made."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

_BLOCKS = tuple(  # how they begin and end
    (re.compile(begins, re.I), re.compile(ends, re.I))
    for begins, ends in (
        (r"<style\b", r"</style\s{0,20}>"),
        (r"<script\b", r"</script\s{0,20}>"),
        (r"<!--", r"-->"),
        (r"<svg\b", r"</svg\s{0,20}>"),
    )
)
_TAGS = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        r"<link\b[^<>]{0,1000}>",
        r"<img\b[^<>]{0,20000}>",
        r"\s(?:style|bgcolor|align|valign|width|height)=(?:\"[^\"<>]{0,2000}\"|'[^'<>]{0,2000}')",
    )
)
_ROW_TAG = re.compile(r"<(/?)(li|tr|dd)\b[^<>]{0,1000}>", re.I)
_ROWS_KEPT = 30  # of a page: with its look-alikes and its neighbours, as it was
_MOST_TRIALS = 60  # for each kind of cut
_LARGEST = 2 * 1024 * 1024

Spans = Sequence[tuple[int, int]]


def trimmed(text: str, same: Callable[[str], bool], *, rows: bool) -> str:
    """`rows` tells whether a long listing may lose some; `same`, whether a text is understood as the whole page is."""
    if len(text) > _LARGEST:
        return text
    if rows:  # first: what is left is sooner tried out
        text = _cut(text, _rows(text)[_ROWS_KEPT:], same)
    for begins, ends in _BLOCKS:
        text = _cut(text, _blocks(text, begins, ends), same)
    for pattern in _TAGS:
        text = _cut(text, [found.span() for found in pattern.finditer(text)], same)
    packed = "\n".join(line.strip() for line in text.split("\n") if line.strip())
    return packed if same(packed) else text


def _blocks(text: str, begins: re.Pattern[str], ends: re.Pattern[str]) -> Spans:
    spans: list[tuple[int, int]] = []
    at = 0
    while found := begins.search(text, at):
        end = ends.search(text, found.end())
        if end is None:
            break
        at = end.end()
        spans.append((found.start(), at))
    return spans


def _rows(text: str) -> Spans:
    """The innermost ones: a row that is closed before another begins."""
    spans: list[tuple[int, int]] = []
    begun: tuple[str, int] | None = None
    for tag in _ROW_TAG.finditer(text):
        name = tag[2].lower()
        if not tag[1]:
            begun = name, tag.start()
            continue
        if begun is not None and begun[0] == name:
            spans.append((begun[1], tag.end()))
        begun = None
    return spans


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
