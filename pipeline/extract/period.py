"""The year a report is about and the day it was signed, as its text says them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from pipeline.days import day_of
from pipeline.model import Section
from pipeline.numerals import CHINESE_YEAR, parse_chinese, year_in_digits

_PERIOD = re.compile(
    r"(20\d\d)\s*[年./-]\s*0?1\s*[月./-]\s*0?1\s*日?\D{0,12}(?:(20\d\d)\s*[年./-]|当年|同年)?\s*12\s*[月./-]\s*31"
)
_YEAR_IN_CHINESE = re.compile(rf"{CHINESE_YEAR}(?=\s*年)")
_IN_CHINESE = re.compile(r"(?<=[年月])\s*([一二三四五六七八九十]{1,3})(?=\s*[月日])")
_SIGNED = re.compile(r"^\D{0,30}?(20\d\d)\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日\s*(?:发布|公布)?\s*[）)\]】]?\s*$")
_UNDER_TITLE = 6  # lines of the preamble that may date the report
_SIGNED_WITHIN = 3  # paragraphs from the end


def year(sections: Sequence[Section]) -> int | None:
    """From the sentence that states the period of the figures: 1 January to 31 December of one year."""
    for section in sections:
        if section.number > 1:
            break
        text = _YEAR_IN_CHINESE.sub(lambda year: year_in_digits(year[0]), section.text)
        found = _PERIOD.search(text)
        if found and found[2] in (None, found[1]):
            return int(found[1])
    return None


def signed_on(sections: Sequence[Section], about: int | None) -> date | None:
    """The date under a report, when it closes it on a line of its own, or under its title; a day that is not after the
    year it is about dates something else."""
    if not sections:
        return None
    lines = sections[-1].text.splitlines()[-_SIGNED_WITHIN:]
    lines += sections[0].text.splitlines()[:_UNDER_TITLE] if sections[0].number == 0 else []
    days = (day_of(_SIGNED.match(_in_digits(line))) for line in lines)
    return next((day for day in days if day and (about is None or day.year > about)), None)


def _in_digits(line: str) -> str:
    """二〇二五年一月二十日 as 2025年1月20日."""
    line = _YEAR_IN_CHINESE.sub(lambda year: year_in_digits(year[0]), line)
    return _IN_CHINESE.sub(lambda part: str(parse_chinese(part[1]) or part[1]), line)
