"""The last stage: reports put together from the pass's documents, checked, loaded and published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

from flows.journal import PassPlan
from pipeline import warehouse
from pipeline.assembly import assemble
from pipeline.checks import CheckContext, run_checks
from pipeline.divisions import divisions
from pipeline.errors import NianbaoError
from pipeline.extraction import ExtractStore
from pipeline.forms import forms
from pipeline.model import DocumentRecord, Outcome, Portal, PortalOutcome, Report, RunRecord, Snapshot
from pipeline.warehouse import Quarantined, ReportRows


@dataclass(frozen=True)
class Publication:
    """What a pass has to publish."""

    plan: PassPlan
    portals: Mapping[str, Portal]
    outcomes: Mapping[str, PortalOutcome]
    snapshots: Sequence[Snapshot]
    allow_shrink: bool
    years: tuple[int, ...] = ()  # only reports about these; all when empty
    adopted: tuple[PassPlan, ...] = ()  # killed passes whose documents are among the snapshots


@dataclass(frozen=True)
class PassResult:
    record: RunRecord
    seconds: float
    failures: tuple[str, ...]  # one line for each portal or file that brought nothing
    warning: str = ""

    @property
    def published_anything(self) -> bool:
        """False when every portal or file failed."""
        return bool(self.record.new + self.record.changed + self.record.unchanged) or not self.failures


class NothingFound(NianbaoError):
    """None of the ingested files holds a report."""

    def __init__(self, documents: Sequence[DocumentRecord]) -> None:
        reasons = [f"{document.snapshot.url}: {document.reason}" for document in documents[:3]]
        more = "" if len(documents) <= 3 else f" (+{len(documents) - 3})"
        super().__init__(f"没有发现年报 / no report found: {'; '.join(reasons)}{more}")


def publish(publication: Publication, *, data: Path, store: ExtractStore) -> PassResult:
    assembly = assemble(
        publication.snapshots,
        store,
        publication.portals,
        publication.years,
        known=lambda keys: warehouse.held_reports(data, keys),
    )
    if not assembly.reports and not publication.plan.crawls:
        raise NothingFound(assembly.documents)
    begun = _record(publication, assembly.documents, len(assembly.reports))
    loaded = warehouse.load(
        data,
        reports=_checked(assembly.reports),
        documents=assembly.documents,
        portals=tuple(publication.portals.values()),
        outcomes=tuple(publication.outcomes.values()),
        run=begun,
        divisions=(*divisions().rows, *divisions().townships()),
        duplicates=assembly.duplicates,
        interrupted=[_interrupted(plan, begun) for plan in publication.adopted],
        allow_shrink=publication.allow_shrink,
    )
    failures = (
        *_failed_portals(publication),
        *_failed_documents(publication, assembly.documents),
        *_in_quarantine(loaded.quarantined),
    )
    seconds = (datetime.now(UTC) - loaded.run.started_at).total_seconds()
    return PassResult(loaded.run, seconds, failures, loaded.parquet_error)


def _record(publication: Publication, documents: Sequence[DocumentRecord], reports: int) -> RunRecord:
    plan, outcomes = publication.plan, publication.outcomes.values()
    return RunRecord(
        run_id=plan.run_id,
        started_at=plan.started_at,
        finished_at=datetime.now(UTC),
        outcome="completed",
        portals=len(plan.portals),
        pages_requested=sum(outcome.requests for outcome in outcomes),
        reports_found=reports,
        failed=sum(document.outcome is Outcome.FAILED for document in documents),
    )


def _interrupted(plan: PassPlan, by: RunRecord) -> RunRecord:
    """What it fetched counts where it is published."""
    return RunRecord(
        run_id=plan.run_id,
        started_at=plan.started_at,
        finished_at=None,
        outcome="interrupted",
        portals=len(plan.portals),
        message=f"由后来的运行发布 / published by {by.run_id}",
    )


def _checked(reports: Sequence[Report]) -> Iterator[ReportRows]:
    """Each report by itself; beside its neighbours the warehouse looks at it once all are in."""
    for report in reports:
        yield ReportRows(report, tuple(run_checks(CheckContext(report, forms().get(report.form)))))


# --- what a person is told of ------------------------------------------------------------------------------


def _failed_portals(publication: Publication) -> Iterator[str]:
    if not publication.plan.crawls:
        return
    for portal in publication.plan.portals:
        outcome = publication.outcomes.get(portal.id)
        if outcome is None:
            yield f"{portal.id}: 未抓取 / not crawled"
        elif outcome.state != "ok":
            yield f"{portal.id}: {outcome.state} {outcome.reason}".rstrip()


def _failed_documents(publication: Publication, documents: Sequence[DocumentRecord]) -> Iterator[str]:
    """But for the pages that a failed portal's own line speaks of: where it starts, and what it names as the reason."""
    told: set[str] = set()
    for portal_id, outcome in publication.outcomes.items():
        if outcome.state != "ok":
            told.update(outcome.reason.split())
            told.add(portal.url if (portal := publication.portals.get(portal_id)) else "")
    for document in documents:
        if document.outcome is Outcome.FAILED and document.snapshot.url not in told:
            yield f"{document.snapshot.url}: {document.reason}"


def _in_quarantine(rows: Sequence[Quarantined]) -> Iterator[str]:
    """A line for each file."""
    for file_url, found in groupby(sorted(rows, key=lambda one: one.file_url), key=lambda one: one.file_url):
        first, *more = found
        yield f"{file_url}: 隔离 / in quarantine: {first.key}: {first.reason}" + (f" (+{len(more)})" if more else "")
