"""Signs that look alike: which of them are the same when compared, and what a cell of nothing else must mean."""

from __future__ import annotations

import re
import unicodedata

_LOOKALIKES = str.maketrans("OoQD〇○。°lI|丨", "000000001111")
_FIGURES = re.compile(r"[0-9OoQD〇○。°lI|丨]+(?:[.,，][0-9OoQD〇○。°lI|丨]+)*")
_DASHES = frozenset("一-—–－ー﹣~～_")


def plain(text: str) -> str:
    """Without spaces, full-width forms as half-width ones."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def figures(text: str) -> str:
    """Letters and signs replaced by the digits that they look like."""
    return plain(text.replace("。", "0").translate(_LOOKALIKES))


def is_figures(text: str) -> bool:
    """Nothing but digits, signs that look like them, and points between them."""
    return _FIGURES.fullmatch("".join(text.split())) is not None


def is_dash(text: str) -> bool:
    return text.strip() in _DASHES
