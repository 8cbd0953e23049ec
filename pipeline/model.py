"""The stations a report passes on its way from a portal to SQL, one type for each.

    Portal -> Candidate -> Snapshot -> Document -> Extract -> Report -> Finding

These are plain frozen data. `crawlers` fills the first three, `pipeline` the others; nothing here knows
HTTP, HTML or SQL.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

# --- Portal: a body's web site, as the registry describes it -------------------------------------------


@dataclass(frozen=True, slots=True)
class Portal:
    id: str
    authority: str
    division: str
    url: str
    hosts: tuple[str, ...] = ()
    platform: str = "auto"
    columns: tuple[str, ...] = ()
    render: str = "auto"  # auto | never | always
    tls: str = "default"  # default | legacy
    encoding: str = "auto"
    min_reports: int = 1
    verified: str | None = None
    evidence: str | None = None
    defined_in: str = ""  # file and line of the registry, for messages

    @property
    def province(self) -> str:
        return self.division[:2] + "0000"

    @property
    def was_seen(self) -> bool:
        """Whether anything but general knowledge says that this address answers."""
        return bool(self.verified or self.evidence)


# --- Candidate: an address worth fetching --------------------------------------------------------------


class Kind(StrEnum):
    """What a fetched address turned out to be (the column `documents.kind`)."""

    REPORT = "report"  # a page that holds or announces one report
    INDEX = "index"  # home pages, columns, listings
    ATTACHMENT = "attachment"  # a file that a report page links
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Candidate:
    url: str
    kind: Kind
    title: str = ""  # the anchor's text or title attribute
    found_on: str = ""  # the page that linked it
    listed_on: date | None = None  # the date printed beside the link


# --- Snapshot: the bytes of one address at one moment --------------------------------------------------


@dataclass(frozen=True, slots=True)
class ArchiveRef:
    """Where a WARC record lies: file name inside the archive folder, offset and length of its gzip member; and for a
    file inside an archive file that was fetched, its place in that, and in the archive inside that one."""

    file: str
    offset: int
    length: int
    member: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture that is read as a part of another document."""

    url: str
    sha256: str
    archived: ArchiveRef


@dataclass(frozen=True, slots=True)
class Overrides:
    """What the user says of ingested documents, against what they say themselves."""

    province: str | None = None
    year: int | None = None
    authority: str | None = None


@dataclass(frozen=True, slots=True)
class Snapshot:
    url: str
    portal_id: str | None  # None for ingested files
    run_id: str
    kind: Kind
    fetched_at: datetime
    http_status: int | None = None
    media_type: str = ""  # by the bytes, not by the header
    bytes: int = 0
    sha256: str = ""
    archived: ArchiveRef | None = None
    unchanged: bool = False  # the server, or the hash, says it is what the last pass brought
    title: str = ""  # of the link that led here
    page_url: str = ""  # for an attachment: the report page it hangs on
    listed_on: date | None = None
    charset: str = ""  # from the HTTP header, "" when it named none
    error: str = ""  # why there are no bytes
    shown: tuple[Shown, ...] = ()  # the pictures that are read with it, in their order
    shown_on: str = ""  # of such a picture: what it is read with
    overrides: Overrides | None = None  # of an ingested file


# --- Document: one file's content in reading order -----------------------------------------------------

# x0, top, x1, bottom in page points, from the top left corner of the page as a viewer shows it (crop box, turned as the
# file says), also where the text lies on its side or a scan was straightened to be read
BBox = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Cell:
    """One grid cell. `row` and `column` count from 0 on the grid's own raster, spans included."""

    text: str
    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1
    page: int | None = None  # from 1
    bbox: BBox | None = None
    method: str = "cell"  # cell | ocr | text
    confidence: float = 1.0
    alternatives: tuple[str, ...] = ()  # other readings the OCR considered, best first
    doubt: str = ""  # why confidence is low, where it is not the OCR's


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. `exact` is true when rows and columns are known from structure (HTML, DOCX, ruling lines), false
    when they were inferred from tabs or line breaks, so that columns may have slipped."""

    cells: tuple[Cell, ...]
    number: int  # 1 for the document's first table
    exact: bool = True
    page: int | None = None

    @property
    def height(self) -> int:
        return max((cell.row + cell.rowspan for cell in self.cells), default=0)

    @property
    def width(self) -> int:
        return max((cell.column + cell.colspan for cell in self.cells), default=0)

    def rows(self) -> Iterator[list[Cell]]:
        """Cells by the row they start in, left to right; rows without a cell of their own come empty."""
        by_row: list[list[Cell]] = [[] for _ in range(self.height)]
        for cell in self.cells:
            by_row[cell.row].append(cell)
        for row in by_row:
            yield sorted(row, key=lambda cell: cell.column)


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str
    page: int | None = None
    bbox: BBox | None = None


Block = Paragraph | Grid


@dataclass(frozen=True, slots=True)
class Document:
    extractor: str  # html | pdf | scan | docx | doc | ofd | sheet | text
    media_type: str
    blocks: tuple[Block, ...]
    title: str = ""  # from metadata (<title>, ArticleTitle, core properties); the printed title is in the blocks
    published_on: date | None = None  # from metadata
    source: str = ""  # who published, from metadata (ContentSource)
    pages: int | None = None
    doubts: tuple[str, ...] = ()  # what the reader could not do, one line each


# --- Extract: what one document says -------------------------------------------------------------------


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


# --- The audit trail -----------------------------------------------------------------------------------


class Outcome(StrEnum):
    """What became of a fetched or ingested document (the column `documents.outcome`)."""

    LOADED = "loaded"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"
    NOT_A_REPORT = "not_a_report"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    snapshot: Snapshot
    outcome: Outcome
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PortalOutcome:
    """How a pass over one portal ended, as the crawl tells it."""

    portal_id: str
    state: str  # ok | empty | blocked | moved | dead
    complete: bool  # every listing was read to its end
    requests: int
    pages: int
    reports_found: int
    failures: int
    platform: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RunRecord:
    run_id: str
    started_at: datetime
    finished_at: datetime | None
    outcome: str  # completed | failed | interrupted
    portals: int = 0
    pages_requested: int = 0
    reports_found: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    failed: int = 0
    checks_failed: int = 0
    message: str = ""
