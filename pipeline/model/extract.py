"""What one document says, before it is known who says it: facts, the narrative and the numbers it mentions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from pipeline.model.document import BBox


class ValueKind(StrEnum):
    NUMBER = "number"
    BLANK = "blank"
    DASH = "dash"
    NONE = "none"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Fact:
    item: str
    applicant: str | None
    kind: ValueKind
    value: Decimal | None
    raw: str
    method: str  # cell | ocr | text | image
    confidence: float
    page: int | None = None
    bbox: BBox | None = None
    cell: str | None = None
    reason: str = ""  # why confidence is below 0.9

    @property
    def amount(self) -> Decimal | None:
        """The value that rules reckon with: blank, dash and 无 count as zero, text as unknown."""
        if self.kind is ValueKind.NUMBER:
            return self.value
        return None if self.kind is ValueKind.TEXT else Decimal(0)


@dataclass(frozen=True, slots=True)
class Section:
    number: int  # 0 = preamble
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Mention:
    section: int
    metric: str | None
    value: Decimal
    unit: str
    approximate: bool
    sentence: str
    start: int  # offsets in the section's text
    stop: int


@dataclass(frozen=True, slots=True)
class Extract:
    """Everything one document says, before it is known who says it. A pure function of the bytes."""

    extractor: str
    form: str  # 2021 | 2019 | 2014 | narrative
    titles: tuple[str, ...]  # candidates for the report's title, most trusted first
    period_year: int | None  # from 统计期限
    published_on: date | None
    source: str
    facts: tuple[Fact, ...]
    sections: tuple[Section, ...]
    mentions: tuple[Mention, ...]
    doubts: tuple[str, ...] = ()
