"""Pages of a listing as they were read, and what they tell together: its rows, where these begin, in what order they
stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from crawlers.columns import Order
from crawlers.frontier import Step, Visit
from crawlers.words import words
from pipeline.titles import year_of_title

_DATED = 0.9  # of a listing's reports, for their dates to tell its order


@dataclass(frozen=True, slots=True)
class PageRead:
    visit: Visit
    rows: list[Visit]
    dated: list[tuple[str, date]]  # all that it lists with a date, reports or not
    is_shell: bool = False  # it has no rows of its own: an interface gives them
    is_answer: bool = False  # of an interface, not a page


def entered_by(visit: Visit) -> Visit:
    return replace(visit, step=visit.step if visit.step in (Step.LISTING, Step.MAYBE) else Step.COLUMN)


def rows_of(pages: Iterable[PageRead]) -> Iterator[Visit]:
    once: set[str] = set()
    for page in pages:
        for row in page.rows:
            if row.ask.key not in once:
                once.add(row.ask.key)
                yield row


def beginning(pages: list[PageRead]) -> int:
    """The first page; where that is a mere shell, the interface's first answer with rows."""
    begin = next(number for number, page in enumerate(pages) if page.rows)
    shells = all(page.is_shell for page in pages[:begin])
    return begin if shells and pages[begin].is_answer else 0


def order_of(pages: list[PageRead]) -> Order:
    """Reports of one day among others are ordered as these. A row that comes again, as on a page that shows all, counts
    where it stood first."""
    reports: dict[str, tuple[int, Visit]] = {}
    others: dict[str, tuple[int, date]] = {}
    for place, page in enumerate(pages):
        for row in page.rows:
            if row.step is Step.REPORT:
                reports.setdefault(row.ask.key, (place, row))
        for address, day in page.dated:
            others.setdefault(address, (place, day))
    dated = [(place, row.listed_on) for place, row in reports.values() if row.listed_on is not None]
    if len({day for _, day in dated}) < 2 and len(dated) == len(reports):
        dated = list(others.values())
    if len(dated) >= _DATED * len(reports) and _falls([(place, day.toordinal()) for place, day in dated]):
        return Order.DATES
    years = [(place, year) for place, row in reports.values() if (year := year_of_title(row.title)) is not None]
    return Order.YEARS if len(years) >= _DATED * len(reports) and _falls(years) else Order.NONE


def _falls(placed: list[tuple[int, int]]) -> bool:
    """Whether the greatest value stands on the first page and the values fall from there on; what stands before it is
    pinned."""
    values = [value for _, value in placed]
    if len(set(values)) < 2:
        return False  # rows of one day are in any order
    newest = values.index(max(values))
    rises = sum(later > earlier for earlier, later in pairwise(values[newest:]))
    return placed[newest][0] == 0 and rises <= words().disorder * len(values)
