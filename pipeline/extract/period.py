"""The year a report is about and the day it was signed, as its text says them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from pipeline.model import Section

_PERIOD = re.compile(
    r"(20\d\d)\s*[年./-]\s*0?1\s*[月./-]\s*0?1\s*日?\D{0,12}(?:(20\d\d)\s*[年./-]|当年|同年)?\s*12\s*[月./-]\s*31"
)
_CHINESE_YEAR = re.compile(r"二[〇○零][〇○零一二三四五六七八九]{2}(?=\s*年)")
_CHINESE_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_SIGNED = re.compile(r"^\D{0,30}?(20\d\d)\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日\s*$")
_SIGNED_WITHIN = 3  # paragraphs from the end


def year(sections: Sequence[Section]) -> int | None:
    """From the sentence that states the period of the figures: 1 January to 31 December of one year."""
    for section in sections:
        if section.number > 1:
            break
        text = _CHINESE_YEAR.sub(lambda year: year[0].translate(_CHINESE_DIGITS), section.text)
        found = _PERIOD.search(text)
        if found and found[2] in (None, found[1]):
            return int(found[1])
    return None


def signed_on(sections: Sequence[Section]) -> date | None:
    """The date under a report, when it closes it on a line of its own."""
    if not sections:
        return None
    for line in sections[-1].text.splitlines()[-_SIGNED_WITHIN:]:
        found = _SIGNED.match(line)
        if found:
            try:
                return date(int(found[1]), int(found[2]), int(found[3]))
            except ValueError:
                return None
    return None
