"""Printed labels and how alike they are: white space, brackets, numbering and Word's leftovers do not count."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache

from pipeline.extract.words import words

_LEFTOVER = re.compile(r"\[bookmark:[^\]]*\]", re.IGNORECASE)
_MARKER = re.compile(
    r"^\s*[(（]?\s*([一二三四五六七八九十]{1,3}|\d{1,2})\s*(?:[)）]\s*[、.．,，:：]?|[、.．,，:：](?!\d))\s*"
)
_STEPPED = re.compile(r"^\s*\d{1,2}(?:[.．]\d{1,2}){1,3}[、.．,，:：]?\s*(?=\D)")  # 1.1 as rows are numbered in some
_NOT_LETTERS = re.compile(r"[\W_]+")
_REMARK = re.compile(r"[(（][^()（）]*(?:[)）]|$)")
_LONGEST = 200  # of a label that is compared; what is longer is prose


@lru_cache(maxsize=65536)
def plain(text: str) -> str:
    """The letters of a label, without its number: '（三）不予 公开' is '不予公开'."""
    return _NOT_LETTERS.sub("", without_marker(_tidy(text)))


@lru_cache(maxsize=65536)
def marker(text: str) -> str:
    """The printed number before a label: '三' of '（三）不予公开', '' when there is none."""
    found = _MARKER.match(_tidy(text))
    return found[1] if found else ""


def without_marker(text: str) -> str:
    bare = _STEPPED.sub("", text, count=1)
    bare = _MARKER.sub("", bare, count=1)
    named = words().prefix.match(bare)
    return bare[named.end() :] if named and named.end() < len(bare) else bare


@lru_cache(maxsize=65536)
def without_remark(text: str) -> str:
    """The letters of a label without what stands in brackets in or after it."""
    return plain(_REMARK.sub("", without_marker(_tidy(text))))


def _tidy(text: str) -> str:
    return unicodedata.normalize("NFKC", _LEFTOVER.sub("", text[:_LONGEST])).strip()


@lru_cache(maxsize=262144)
def likeness(printed: str, known: str) -> float:
    """0 to 1, between letters as `plain` gives them."""
    if printed == known:
        return 1.0
    if not printed or not known or min(len(printed), len(known)) * 4 < max(len(printed), len(known)):
        return 0.0
    if len(set(printed) & set(known)) * 4 < min(len(printed), len(known)):
        return 0.0  # hardly a letter in common: not worth the search for the longest match
    return SequenceMatcher(None, printed, known, autojunk=False).ratio()


@lru_cache(maxsize=65536)
def label_likeness(printed: str, variants: tuple[str, ...]) -> float:
    """How well a printed label fits the best of its known variants, remarks in brackets left aside if that helps."""
    bare, short = plain(printed), without_remark(printed)
    best = 0.0
    for known in variants:
        best = max(best, likeness(bare, plain(known)), likeness(short, without_remark(known)))
        if best == 1.0:
            break
    return best


def names(printed: str, known: str, alike: float) -> bool:
    """Whether a printed label is like a known one or holds it whole, as 行政诉讼（未经复议直接起诉） holds two."""
    letters = plain(known)
    return label_likeness(printed, (known,)) >= alike or (len(letters) > 3 and letters in _letters(printed))


@lru_cache(maxsize=65536)
def _letters(text: str) -> str:
    return _NOT_LETTERS.sub("", _tidy(text))
