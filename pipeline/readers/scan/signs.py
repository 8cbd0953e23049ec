"""Signs that look alike: which of them are the same when compared, and what a cell of nothing else must mean."""

from __future__ import annotations

import re
import unicodedata

_DIGITS_LIKE = {"0": "0OoQD〇○。°", "1": "1lI|丨", **{digit: digit for digit in "23456789"}}
_SIGNS_LIKE = {".": ".．·", ",": ",，", "-": "-－–−﹣", "—": "—一ー", "/": "/／", "+": "+＋"}
_FULL_WIDTH = {chr(ord(digit) + 0xFEE0): digit for digit in "0123456789"}

# What a recogniser may say for each sign that figures are made of.
FIGURE_SIGNS = {
    like: sign for sign, all_like in (_DIGITS_LIKE | _SIGNS_LIKE).items() for like in all_like
} | _FULL_WIDTH

_LOOKALIKES = str.maketrans({like: digit for digit, all_like in _DIGITS_LIKE.items() for like in all_like})
_FIGURES = re.compile(r"[-－–−﹣+]?[0-9０-９OoQD〇○。°lI|丨]+(?:[.,，][0-9OoQD〇○。°lI|丨]+)*")
_DASHES = frozenset("一-—–－ー﹣~～_")


def plain(text: str) -> str:
    """Without spaces, full-width forms as half-width ones."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def figures(text: str) -> str:
    """Letters and signs replaced by the digits that they look like."""
    return plain(text.replace("。", "0").translate(_LOOKALIKES))


def is_figures(text: str) -> bool:
    """Nothing but digits, signs that look like them, points between them and a sign before them."""
    return _FIGURES.fullmatch("".join(text.split())) is not None


def is_dash(text: str) -> bool:
    return bool(text.strip()) and all(sign in _DASHES for sign in text.strip())
