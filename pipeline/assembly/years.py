"""The year a report is about, as its title, its period and its page name it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pipeline.model import Extract
from pipeline.titles import year_of_title

Evidence = tuple[tuple[str, int], ...]


def evidence(printed_titles: Sequence[str], period_year: int | None, page_titles: Sequence[str]) -> Evidence:
    named = [
        ("title", _first_year(printed_titles)),
        ("period", period_year),
        ("page", _first_year(page_titles)),
    ]
    return tuple((source, year) for source, year in named if year is not None)


def own_year(extract: Extract) -> int | None:
    """The year that one file names by itself."""
    return year_of(evidence(extract.titles, extract.period_year, ()))


def year_of(found: Evidence) -> int | None:
    """The year that most of them name, the first of them (the title, where it names one) deciding a tie."""
    if not found:
        return None
    counts = Counter(year for _, year in found)
    most = max(counts.values())
    return next(year for _, year in found if counts[year] == most)


def _first_year(titles: Sequence[str]) -> int | None:
    return next((year for title in titles if (year := year_of_title(title)) is not None), None)
