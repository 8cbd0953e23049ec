"""Whether the text layer of a page is what a reader sees there, or the page has to be read as a picture."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from enum import Enum
from functools import lru_cache

from pipeline.readers.layout.folding import fold

_FEWEST = 8  # letters; a stamp or a page number alone is no text layer
_ALL_BUT_A_PICTURE = 0.6  # of the page that a picture covers, with a few words stamped on it
_A_FEW_WORDS = 80  # letters
_PICTURE_SHARE = 0.3  # of a page with hardly a letter that pictures cover
_FEWEST_OUTLINES = 150  # shapes that may be letters drawn as curves
_RUBBISH_SHARE = 0.3
_FIGURES_SHARE, _FEWEST_FIGURES = 0.03, 10  # of letters for private use: some marks, or all digits of a page
_NO_LETTER = {"Co", "Cn", "Cc", "Cs", "Lo", "Lu", "Ll", "Lm", "Lt"}


class PageKind(Enum):
    TEXT = "text"
    RUBBISH = "rubbish"  # letters that no report prints: a font that does not say which characters it has
    LOST = "lost"  # letters that pdfium has no font for, and so drops
    PICTURE = "picture"
    BLANK = "blank"


def kind_of(letters: Sequence[tuple[str, bool]], pictured: float, outlines: int) -> PageKind:
    """Of a page with these letters (and whether the font names them), so much of it under pictures and so many
    shapes drawn on it."""
    printed = Counter(letter for letter in letters if not letter[0].isspace())
    total = printed.total()
    if pictured >= _ALL_BUT_A_PICTURE and total <= _A_FEW_WORDS:
        return PageKind.PICTURE
    if total < _FEWEST and (pictured >= _PICTURE_SHARE or outlines >= _FEWEST_OUTLINES):
        return PageKind.PICTURE
    if not printed:
        return PageKind.BLANK
    rubbish = sum(count for (text, named), count in printed.items() if not named or is_rubbish(text))
    private = sum(count for (text, _), count in printed.items() if unicodedata.category(text[0]) == "Co")
    is_rubbish_page = rubbish > _RUBBISH_SHARE * total or (private >= max(_FEWEST_FIGURES, _FIGURES_SHARE * total))
    return PageKind.RUBBISH if is_rubbish_page else PageKind.TEXT


@lru_cache(maxsize=10_000)
def is_rubbish(letter: str) -> bool:
    """Whether no Chinese report prints this: what is no character at all, and letters outside of GB 2312, which has
    all that are in use; names bring a rare one now and then."""
    if letter in _usual():
        return False
    if len(letter) != 1:
        return letter.startswith("(cid:")
    return fold(letter) not in _usual() and unicodedata.category(letter) in _NO_LETTER


def covered(boxes: Iterable[tuple[float, float, float, float]], width: float, height: float) -> float:
    """The share of the page under these boxes, each cut at the page's edges; overlaps count twice, up to the whole."""
    area = 0.0
    for x0, top, x1, bottom in boxes:
        area += max(0.0, min(x1, width) - max(x0, 0.0)) * max(0.0, min(bottom, height) - max(top, 0.0))
    return min(1.0, area / max(1.0, width * height))


@lru_cache(maxsize=1)
def _usual() -> frozenset[str]:
    rows = (bytes((high, low)) for high in range(0xA1, 0xF8) for low in range(0xA1, 0xFF))
    return frozenset(map(chr, range(0x20, 0x7F))) | {row.decode("gb2312", errors="ignore") for row in rows} - {""}
