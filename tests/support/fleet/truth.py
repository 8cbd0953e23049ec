"""What a fleet knows of itself: its portals, their columns, and which of their addresses are reports, of which year and
authority."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from pipeline.model import Portal
from tests.support.sites import Answer, Asked, Route


@dataclass(frozen=True)
class Broken(Answer):
    """What no server should do: reset | cut | drip | stall | endless | bomb."""

    how: str = ""


@dataclass
class Row:
    """What a listing announces."""

    address: str
    title: str
    day: date
    text: str = ""  # what the row says instead of the title, as 市教育局
    crumb: tuple[str, str] = ("", "")  # name and address of the column it stands in

    @property
    def said(self) -> str:
        return self.text or self.title


@dataclass
class Report:
    authority: str
    year: int
    row: Row
    files: tuple[str, ...] = ()
    ways_to_files: tuple[str, ...] = ()  # addresses that redirect there
    only_files: bool = False  # the page itself says nothing
    again: tuple[str, ...] = ()  # other addresses of the very same page
    spoiled: bool = False  # it or one of its files fails for good, and is asked for again
    withheld: str = ""  # why nobody can have it: robots.txt, or a server that fails for good

    @property
    def address(self) -> str:
        return self.row.address


@dataclass
class Column:
    """One listing of annual reports, of however many pages."""

    title: str
    address: str
    rows: list[Row] = field(default_factory=list)
    size: int = 15

    @property
    def pages(self) -> list[list[Row]]:
        return [self.rows[start : start + self.size] for start in range(0, len(self.rows), self.size)] or [[]]


@dataclass
class Member:
    """One portal of the fleet."""

    id: str
    family: str
    host: str
    url: str
    authority: str
    routes: dict[str, Route] = field(default_factory=dict)
    missing: Answer = field(default_factory=lambda: Answer("<h1>Not Found</h1>", 404))  # for all other addresses
    reports: list[Report] = field(default_factory=list)
    columns: list[Column] = field(default_factory=list)
    delay: float = 0.0  # that its robots.txt asks for
    forbidden: tuple[str, ...] = ()  # regular expressions of addresses that robots.txt keeps
    misbehave: Callable[[Asked, int], Answer | None] = lambda asked, times: None
    publish_in_bulk: Callable[[date], None] = lambda day: None  # many more reports, all of that day
    fails: str = ""  # the fault for which it cannot be read whole
    drawn: bool = False  # by scripts: it takes a browser
    tls: bool = False
    hosts: tuple[str, ...] = ()

    @property
    def portal(self) -> Portal:
        return Portal(id=self.id, authority=self.authority, division="640000", url=self.url, hosts=self.hosts)

    @property
    def obtainable(self) -> list[Report]:
        return [report for report in self.reports if not report.withheld]

    @property
    def is_spoiled(self) -> bool:
        """Whether a report or a file fails for good."""
        return any(one.spoiled for one in self.reports)

    def answer(self, asked: Asked, times: int) -> Answer:
        if fault := self.misbehave(asked, times):
            return fault
        path = re.sub(r"^/{2,}", "/", asked.path)
        route = self.routes.get(path) or self.routes.get(path.split("?")[0]) or self.missing
        found = route(asked, times) if callable(route) else route
        return found if isinstance(found, Answer) else Answer(found)
