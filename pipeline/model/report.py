"""Who says it, where and about which year, and how the printed numbers hold together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from pipeline.model.extract import Fact, Mention, Section

# --- Report: who says it, where, about which year ------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Division:
    code: str
    name: str  # as a place is called in full: 石嘴山市
    level: str  # province | city | county | township
    parent: str | None
    valid_from: int | None = None
    valid_to: int | None = None


@dataclass(frozen=True, slots=True)
class Authority:
    authority_id: str
    name: str
    division: str
    level: str  # central | province | city | county | township
    department: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """Where a report was found and read."""

    portal_id: str | None
    page_url: str
    file_url: str
    media_type: str
    sha256: str
    fetched_at: datetime
    extractor: str


@dataclass(frozen=True, slots=True)
class Report:
    report_id: str
    authority: Authority
    province: str
    year: int
    title: str
    form: str
    status: str  # complete | partial | narrative
    published_on: date | None
    year_evidence: tuple[tuple[str, int], ...]  # ("title", 2024), ("period", 2024), ("page", 2023)
    source: Source
    facts: tuple[Fact, ...]
    sections: tuple[Section, ...]
    mentions: tuple[Mention, ...]


# --- Finding: how the printed numbers hold together ----------------------------------------------------


@dataclass(frozen=True, slots=True)
class Finding:
    rule: str
    passed: bool | None  # None: the rule could not be applied, `message` says why
    severity: str = "error"  # error | warning
    item: str | None = None
    applicant: str | None = None
    expected: Decimal | None = None
    actual: Decimal | None = None
    message: str = ""
