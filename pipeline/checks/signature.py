"""MinHash: a short signature of a text, from which the share of text that two texts have in common is estimated.

The bottom-k variant: of the hashes of all overlapping runs of letters the smallest are kept. Numbers, punctuation and
blanks are left out, so that last year's text with this year's numbers is the same text.
"""

from __future__ import annotations

import re
from decimal import Decimal

import numpy as np

SHINGLE = 6  # letters
KEPT = 128  # the estimate is right to some three hundredths
SHORTEST = 150  # letters; a shorter text says the same everywhere
LONGEST = 50_000  # characters that are looked at

Signature = frozenset[int]  # 32 bits each

_OTHER = re.compile(r"[\W\d_]")
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xBF58476D1CE4E5B9)


def signature(text: str) -> Signature | None:
    """None for a text too short to be compared."""
    letters = _OTHER.sub("", text[:LONGEST])
    if len(letters) < SHORTEST:
        return None
    codes = np.frombuffer(letters.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint64)
    hashes = np.zeros(len(codes) - SHINGLE + 1, dtype=np.uint64)
    for place in range(SHINGLE):
        hashes = hashes * _FACTOR + codes[place : place + len(hashes)]
    hashes = (hashes ^ (hashes >> np.uint64(29))) * _MIX
    return frozenset(np.unique(hashes >> np.uint64(32))[:KEPT].tolist())


def common_share(one: Signature, two: Signature) -> Decimal:
    """The estimated share of common text (Jaccard), to two places."""
    together = sorted(one | two)[:KEPT]
    both = one & two
    return round(Decimal(sum(value in both for value in together)) / Decimal(len(together) or 1), 2)


def may_share(one: Signature, two: Signature, least: Decimal) -> bool:
    """False where the share is surely below `least`, which is told faster than the share itself."""
    return len(one & two) >= least * max(len(one), len(two))
