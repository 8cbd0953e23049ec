"""The audit trail: what became of documents, portals and passes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pipeline.model.crawl import Snapshot


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
