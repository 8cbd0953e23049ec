"""The last stage: reports put together from the pass's documents, checked, loaded and published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from flows.journal import PassPlan
from pipeline import warehouse
from pipeline.assembly import Assembly, Overrides, assemble
from pipeline.extraction import ExtractStore
from pipeline.model import DocumentRecord, Outcome, Portal, PortalOutcome, RunRecord, Snapshot


@dataclass(frozen=True)
class Publication:
    """What a pass has to publish."""

    plan: PassPlan
    portals: Mapping[str, Portal]
    outcomes: Mapping[str, PortalOutcome]
    snapshots: Sequence[Snapshot]
    overrides: Overrides
    allow_shrink: bool


@dataclass(frozen=True)
class PassResult:
    record: RunRecord
    seconds: float
    failures: tuple[str, ...]  # one line for each portal or file that brought nothing

    @property
    def published_anything(self) -> bool:
        """False when every portal or file failed."""
        return bool(self.record.new + self.record.changed + self.record.unchanged) or not self.failures
