"""The day a report was published: by metadata, its own text, the listing, its address, in this order of trust."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from pipeline.assembly.bundle import Reading

# /202401/t20240125_1234.html, /2024/1/25/, /art/2024/1/25/, /2024-01/25/, /202401/25/, /20240125/
_IN_ADDRESS = re.compile(
    r"/t?(?P<y>20\d\d)(?P<m>[01]\d)(?P<d>[0-3]\d)(?=[_/.])"
    r"|/(?P<y2>20\d\d)[/-](?P<m2>[01]?\d)[/-](?P<d2>[0-3]?\d)(?=/)"
    r"|/(?P<y3>20\d\d)(?P<m3>[01]\d)/(?P<d3>[0-3]\d)(?=/)"
)
_LONGEST = 2000


def published_on(reading: Reading, year: int) -> date | None:
    return next(_days(reading, year), None)


def _days(reading: Reading, year: int) -> Iterator[date]:
    """An address tells when its page was made, which for old reports may be long after: it is believed last, and only
    for the season after the report's year."""
    yield from (extract.published_on for _, extract in reading.extracts if extract.published_on)  # metadata, then text
    yield from (member.listed_on for member in reading.bundle.members if member.listed_on)
    for member in reading.bundle.members:
        day = day_in_address(member.url)
        if day is not None and day.year == year + 1:
            yield day


def day_in_address(url: str) -> date | None:
    for found in _IN_ADDRESS.finditer(url[:_LONGEST]):
        year, month, day = (part for part in found.groups() if part is not None)
        try:
            return date(int(year), int(month), int(day))
        except ValueError:
            continue
    return None
