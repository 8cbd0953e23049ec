"""What is known of a portal's columns from earlier nights, `<memory>/<portal_id>.columns.json`: where their rows begin,
what they list and in which order, and which reports the portal had in all."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from crawlers.addresses import key_of
from crawlers.frontier import Visit
from pipeline import jsonl
from pipeline.titles import is_column_label, year_of_title


class Order(StrEnum):
    """How the rows of a listing show that new ones come first."""

    DATES = "dates"  # fall from the first page on
    YEARS = "years"  # of the reports do; within a year rows stand in any order
    NONE = ""


@dataclass(frozen=True)
class Row:
    """An address as a listing announced it."""

    url: str
    title: str

    @property
    def key(self) -> str:
        return key_of(self.url)


@dataclass(frozen=True)
class Column:
    """A listing of reports, of bodies or of years. Its first page with rows is asked for directly: that may be an
    interface's answer behind a page without any."""

    visit: Visit
    rows: tuple[Row, ...]
    top: tuple[str, ...] = ()  # what its first page lists with dates where no report is among it
    promised: int = 0  # how many rows it counts itself; 0 where it does not, or wrongly
    order: Order = Order.NONE
    within: bool = False  # what follows its first page with rows is only named by the page around it
    vain: str = ""  # form of a request of its page's script that could not be replayed

    @cached_property
    def keys(self) -> frozenset[str]:
        return frozenset(row.key for row in self.rows)

    @property
    def first(self) -> str:
        """Key of the listing's own first page, by which its pages are counted together."""
        return self.visit.listing.plain.key

    def is_finished(self, today: date) -> bool:
        """Whether it is called after a year that is neither reported on nor published in any more."""
        return is_finished(self.visit.title, today)


def is_finished(title: str, today: date) -> bool:
    year = year_of_title(title)
    return year is not None and year < today.year - 1


@dataclass(frozen=True)
class Known:
    entrances: tuple[str, ...]  # of the registry, when this was written
    looked_on: date  # when everything was last looked for from there
    columns: tuple[Column, ...]
    reports: tuple[Row, ...]
    owed: tuple[Visit, ...] = ()  # rows that a server in trouble did not give
    owed_files: tuple[str, ...] = ()  # keys of attachments that it did not give
    sound: bool = True  # the night ended without a failure

    @cached_property
    def rows(self) -> frozenset[str]:
        return frozenset(key for column in self.columns for key in column.keys)


def read_known(path: Path) -> Known | None:
    """None where there is nothing, or nothing that this version understands."""
    try:
        return jsonl.loads(Known, path.read_bytes())
    except (FileNotFoundError, ValueError):
        return None


def write_known(path: Path, known: Known) -> None:
    draft = path.with_suffix(".next")
    with draft.open("wb") as stream:
        stream.write(jsonl.dumps(known))
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(path)


def without_excerpts(columns: list[Column]) -> tuple[Column, ...]:
    """But for those whose rows stand in others too: a home page's latest news, a mirror, a year of a list of all. That
    they name those others as columns adds nothing."""
    named = {column.visit.ask.key for column in columns}
    own = [
        {row.key for row in column.rows if row.key not in named or not is_column_label(row.title)} for column in columns
    ]
    kept: set[int] = set()
    covered: set[str] = set()
    for place in sorted(range(len(columns)), key=lambda place: -len(own[place])):
        if not own[place] <= covered:
            kept.add(place)
            covered |= own[place]
    return tuple(column for place, column in enumerate(columns) if place in kept)
