"""The stations a report passes on its way from a portal to SQL, one type for each.

    Portal -> Candidate -> Snapshot -> Document -> Extract -> Report -> Finding

These are plain frozen data. `crawlers` fills the first three, `pipeline` the others; nothing here knows
HTTP, HTML or SQL.
"""

from pipeline.model.audit import DocumentRecord, Outcome, PortalOutcome, RunRecord
from pipeline.model.crawl import ArchiveRef, Candidate, Kind, Overrides, Portal, Shown, Snapshot
from pipeline.model.document import BBox, Block, Cell, Document, Grid, Paragraph
from pipeline.model.extract import Extract, Fact, Mention, Section, ValueKind
from pipeline.model.report import Authority, Division, Finding, Report, Source

__all__ = [
    "ArchiveRef",
    "Authority",
    "BBox",
    "Block",
    "Candidate",
    "Cell",
    "Division",
    "Document",
    "DocumentRecord",
    "Extract",
    "Fact",
    "Finding",
    "Grid",
    "Kind",
    "Mention",
    "Outcome",
    "Overrides",
    "Paragraph",
    "Portal",
    "PortalOutcome",
    "Report",
    "RunRecord",
    "Section",
    "Shown",
    "Snapshot",
    "Source",
    "ValueKind",
]
