"""What the published warehouse says about itself: last runs, coverage, failures to look at, last year's reports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from pipeline.checks.context import PreviousYear
from pipeline.model import RunRecord
from pipeline.warehouse import schema, tables
from pipeline.warehouse.database import Connection, read_published
from pipeline.warehouse.files import Paths


@dataclass(frozen=True, slots=True)
class CoverageRow:
    province: str
    province_name: str | None
    year: int
    authorities_known: int
    reports_held: int
    share: float


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
class Failures:
    portals: tuple[PortalFailure, ...]
    documents: tuple[DocumentFailure, ...]  # of the latest run


def recent_runs(data_dir: Path, n: int = 10) -> tuple[RunRecord, ...]:
    """The latest first."""
    if not Paths(data_dir).published.exists():
        return ()
    columns = ", ".join(name for name, _ in tables.RUNS)
    with read_published(data_dir) as db:
        schema.require(db)
        rows = db.execute(f"SELECT {columns} FROM runs ORDER BY started_at DESC, run_id LIMIT ?", [n])  # noqa: S608
        return tuple(RunRecord(*row) for row in rows.fetchall())


def coverage(data_dir: Path) -> tuple[CoverageRow, ...]:
    if not Paths(data_dir).published.exists():
        return ()
    with read_published(data_dir) as db:
        schema.require(db)
        rows = db.execute(
            """
            WITH names AS (SELECT code, arg_max(name, coalesce(valid_from, 0)) AS name FROM divisions GROUP BY code)
            SELECT province, coalesce(names.name, CASE province WHEN '000000' THEN '中央' END),
                year, authorities_known, reports_held, share
            FROM coverage
            LEFT JOIN names ON names.code = province
            ORDER BY province, year
            """
        )
        return tuple(CoverageRow(*row) for row in rows.fetchall())


def failures(data_dir: Path, limit: int = 50) -> Failures:
    """Portals whose last crawl did not go well, and documents that the latest run could not read."""
    if not Paths(data_dir).published.exists():
        return Failures((), ())
    with read_published(data_dir) as db:
        schema.require(db)
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
    return Failures(tuple(PortalFailure(*row) for row in portals), tuple(DocumentFailure(*row) for row in documents))


def previous_reports(data_dir: Path, keys: Iterable[tuple[str, int]]) -> Mapping[tuple[str, int], PreviousYear]:
    """The stored reports of these authorities and years, as far as there are any. A caller that checks a report on
    2024 asks for 2023."""
    wanted = sorted(set(keys))
    if not wanted or not Paths(data_dir).published.exists():
        return {}
    with read_published(data_dir) as db:
        schema.require(db)
        db.register("wanted", tables.table(tables.KEYS[1:], wanted))
        reports = db.execute(
            "SELECT report_id, authority_id, year FROM reports JOIN wanted USING (authority_id, year)"
        ).fetchall()
        db.register("held", tables.table(tables.CONTENTS[:1], [(row[0],) for row in reports]))
        facts, sections = _facts(db), _sections(db)
    return {
        (authority, year): PreviousYear(facts=facts.get(report, {}), sections=sections.get(report, {}))
        for report, authority, year in reports
    }


def _facts(db: Connection) -> dict[str, dict[tuple[str, str | None], Decimal]]:
    rows = db.execute(
        """
        SELECT report_id, item, applicant, amount
        FROM amounts SEMI JOIN held USING (report_id)
        WHERE amount IS NOT NULL
        """
    )
    found: dict[str, dict[tuple[str, str | None], Decimal]] = {}
    for report, item, applicant, amount in rows.fetchall():
        found.setdefault(report, {})[item, applicant] = amount
    return found


def _sections(db: Connection) -> dict[str, dict[int, str]]:
    rows = db.execute("SELECT report_id, section, text FROM sections SEMI JOIN held USING (report_id)")
    found: dict[str, dict[int, str]] = {}
    for report, number, text in rows.fetchall():
        found.setdefault(report, {})[number] = text
    return found
