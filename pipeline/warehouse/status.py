"""What the published warehouse says about itself: last runs, coverage, failures to look at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pipeline.model import RunRecord
from pipeline.warehouse import tables
from pipeline.warehouse.published import Place, holds_nothing, read_place


@dataclass(frozen=True, slots=True)
class CoverageRow:
    province: str
    province_name: str | None
    year: int
    authorities_known: int
    reports_held: int
    share: float
    authorities_traced: int  # with a portal, or with a report of any year
    share_of_traced: float


@dataclass(frozen=True, slots=True)
class NationalRow:
    """The people's governments that the law expects to report, in the whole country."""

    year: int
    governments_expected: int
    governments_held: int
    no_portal: int  # of those not held


@dataclass(frozen=True, slots=True)
class PortalFailure:
    portal_id: str
    authority: str
    url: str
    state: str  # empty | blocked | moved | dead
    reason: str
    last_success: datetime | None


@dataclass(frozen=True, slots=True)
class DocumentFailure:
    url: str
    portal_id: str | None
    run_id: str
    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class QuarantinedFile:
    """What is in quarantine out of one file."""

    file_url: str
    report_id: str
    whole: bool  # the report itself, else rows of it
    rows: int
    reason: str  # of one of them
    first_seen: datetime
    last_seen: datetime


@dataclass(frozen=True, slots=True)
class Failures:
    portals: tuple[PortalFailure, ...]
    documents: tuple[DocumentFailure, ...]  # of the latest run
    quarantine: tuple[QuarantinedFile, ...] = ()
    quarantined: int = 0  # rows in all


def recent_runs(place: Place, n: int = 10) -> tuple[RunRecord, ...]:
    """The latest first."""
    if holds_nothing(place):
        return ()
    columns = ", ".join(name for name, _ in tables.RUNS)
    with read_place(place) as db:
        rows = db.execute(f"SELECT {columns} FROM runs ORDER BY started_at DESC, run_id LIMIT ?", [n])  # noqa: S608
        return tuple(RunRecord(*row) for row in rows.fetchall())


def coverage(place: Place) -> tuple[CoverageRow, ...]:
    """Of provinces and years of which anything is known but that governments there have to report."""
    if holds_nothing(place):
        return ()
    with read_place(place) as db:
        rows = db.execute(
            """
            WITH names AS (SELECT code, arg_max(name, coalesce(valid_from, 0)) AS name FROM divisions GROUP BY code)
            SELECT province, coalesce(names.name, CASE province WHEN '000000' THEN '中央' END),
                year, authorities_known, reports_held, share, authorities_traced, share_of_traced
            FROM coverage
            JOIN coverage_detail USING (province, year, reports_held)
            LEFT JOIN names ON names.code = province
            WHERE authorities_traced > 0
            ORDER BY province, year
            """
        )
        return tuple(CoverageRow(*row) for row in rows.fetchall())


def national(place: Place) -> NationalRow | None:
    """On the latest year on which governments' reports are due."""
    if holds_nothing(place):
        return None
    with read_place(place) as db:
        row = db.execute(
            """
            WITH latest AS (FROM expected WHERE by_law AND today > due_on),
            asked AS (SELECT authority_id, year FROM latest WHERE year = (SELECT max(year) FROM latest))
            SELECT
                any_value(asked.year),
                count(*),
                count(*) - count(missing.authority_id),
                count(*) FILTER (missing.reason = 'no portal')
            FROM asked LEFT JOIN missing USING (authority_id, year)
            """
        ).fetchall()[0]
        return NationalRow(*row) if row[1] else None


def failures(place: Place, limit: int = 50) -> Failures:
    """Portals whose last crawl did not go well, documents that the latest run could not read, and what is in
    quarantine."""
    if holds_nothing(place):
        return Failures((), ())
    with read_place(place) as db:
        portals = db.execute(
            """
            SELECT id, authority, url, state, coalesce(reason, ''), last_success
            FROM portals WHERE state <> 'ok' ORDER BY id LIMIT ?
            """,
            [limit],
        ).fetchall()
        documents = db.execute(
            """
            SELECT url, portal_id, run_id, title, reason
            FROM documents
            WHERE outcome = 'failed' AND run_id = (SELECT arg_max(run_id, started_at) FROM runs)
            ORDER BY portal_id, url LIMIT ?
            """,
            [limit],
        ).fetchall()
        quarantine = db.execute(
            """
            SELECT file_url, report_id,
                bool_or(table_name = 'reports' AND report_id NOT IN (SELECT report_id FROM reports)) AS whole,
                count(*), arg_min(reason, (table_name <> 'reports', key)), min(first_seen), max(last_seen)
            FROM quarantine
            GROUP BY file_url, report_id
            ORDER BY whole DESC, file_url, report_id LIMIT ?
            """,
            [limit],
        ).fetchall()
        ((rows,),) = db.execute("SELECT count(*) FROM quarantine").fetchall()
    return Failures(
        tuple(PortalFailure(*row) for row in portals),
        tuple(DocumentFailure(*row) for row in documents),
        tuple(QuarantinedFile(*row) for row in quarantine),
        rows,
    )
