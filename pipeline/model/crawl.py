"""What a crawl is given, follows and brings: portals, addresses worth fetching, and the bytes of one address at one
moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
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
