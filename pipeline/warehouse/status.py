"""What the published warehouse says about itself: last runs, coverage, failures to look at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pipeline.model import RunRecord
from pipeline.warehouse import schema, tables
from pipeline.warehouse.database import read_published
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
