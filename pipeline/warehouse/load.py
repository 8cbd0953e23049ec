"""One pass into the warehouse: copy the published file, load everything in one transaction, verify, replace.

The published file is only ever replaced by a rename, so that it is whole whenever anybody looks, and a reader that
has it open goes on reading the one it opened.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipeline.errors import WarehouseError
from pipeline.model import Division, DocumentRecord, Portal, PortalOutcome, Report, RunRecord
from pipeline.warehouse import audit, neighbours, schema
from pipeline.warehouse.content import ReportRows
from pipeline.warehouse.database import CATALOG, Connection, explained, explained_write, read, write_next
from pipeline.warehouse.files import Paths, copy_published, publish, remove_leftovers, wal_of, writing
from pipeline.warehouse.parquet import bring_up_to_date
from pipeline.warehouse.reports import Rejected, Tally, Verdict, load_reports
from pipeline.warehouse.rows import Names
from pipeline.warehouse.sightings import remember

_MAY_LOSE = 0.1  # of a partition's reports


@dataclass(frozen=True, slots=True)
class LoadResult:
    """How a load went; the counts are those of the row in `runs`."""

    new: int
    changed: int
    unchanged: int  # `kept` among them
    checks_failed: int
    published: bool
    kept: int = 0  # stored reports that stayed though another place says otherwise
    rejected: tuple[Rejected, ...] = ()
    partitions: int = 0  # Parquet files written again
    parquet_error: str = ""  # the warehouse is published; the next pass, or `publish_parquet`, makes up for it


@dataclass(frozen=True, slots=True)
class _Delivery:
    """What a pass brings."""

    reports: Iterable[ReportRows]
    documents: Iterable[DocumentRecord]
    portals: Sequence[Portal]
    outcomes: Sequence[PortalOutcome]
    run: RunRecord
    divisions: Iterable[Division]
    duplicates: Iterable[Report]


@dataclass(frozen=True, slots=True)
class _Loaded:
    run: RunRecord
    tally: Tally
    counts: Mapping[str, int]


Partition = tuple[str, int]

_COUNTED = ("reports", "facts", "sections", "checks", "mentions", "documents", "runs", "portals", "authorities")


def load(
    data_dir: Path,
    *,
    reports: Iterable[ReportRows],
    documents: Iterable[DocumentRecord],
    portals: Sequence[Portal],
    outcomes: Sequence[PortalOutcome],
    run: RunRecord,
    divisions: Iterable[Division],
    duplicates: Iterable[Report] = (),
    allow_shrink: bool = False,
) -> LoadResult:
    """Load what a pass brought and publish it; `duplicates` are what other places say of the same reports. Raises
    WarehouseError, with the published file as it was."""
    paths = Paths(data_dir)
    delivery = _Delivery(reports, documents, portals, outcomes, run, divisions, duplicates)
    with explained_write(paths), writing(paths):
        remove_leftovers(paths)
        try:
            loaded = _load_next(paths, delivery, allow_shrink)
            _verify(paths, loaded.counts)
            publish(paths)
        except BaseException:
            remove_leftovers(paths)
            raise
        written, error = _parquet(paths)
    verdicts = loaded.tally.verdicts
    return LoadResult(
        new=loaded.run.new,
        changed=loaded.run.changed,
        unchanged=loaded.run.unchanged,
        checks_failed=loaded.run.checks_failed,
        published=True,
        kept=verdicts[Verdict.KEPT],
        rejected=tuple(loaded.tally.rejected),
        partitions=written,
        parquet_error=error,
    )


def _load_next(paths: Paths, delivery: _Delivery, allow_shrink: bool) -> _Loaded:
    fresh = not paths.published.exists()
    if not fresh:
        with read(paths.published, paths.spill) as db:
            schema.require(db)
        copy_published(paths)
    with write_next(paths) as db:
        before = {} if fresh else _partitions(db)
        db.execute("BEGIN")
        if fresh:
            schema.create(db)
        schema.refresh(db)
        run, tally = _fill(db, delivery)
        if not allow_shrink:
            _refuse_shrinking(before, _partitions(db))
        db.execute("COMMIT")
        counts = _counts(db)
        db.execute("USE memory")
        db.execute(f"DETACH {CATALOG}")  # writes a checkpoint; without one the rename would leave the log behind
    return _Loaded(run, tally, counts)


def _fill(db: Connection, delivery: _Delivery) -> tuple[RunRecord, Tally]:
    names = Names(audit.load_divisions(db, delivery.divisions))
    audit.load_portals(db, delivery.portals, delivery.outcomes, delivery.run)
    tally = load_reports(db, delivery.reports, names, delivery.run.finished_at or delivery.run.started_at)
    neighbours.recheck(db, tally.written)
    remember(db, delivery.duplicates)
    audit.load_documents(db, delivery.documents, tally)
    failed = neighbours.failed_checks(db, tally.seen)
    return audit.load_run(db, delivery.run, tally, failed), tally


def _partitions(db: Connection) -> dict[Partition, int]:
    rows = db.execute("SELECT province, year, count(*) FROM reports GROUP BY province, year").fetchall()
    return {(province, year): count for province, year, count in rows}


def _refuse_shrinking(before: Mapping[Partition, int], after: Mapping[Partition, int]) -> None:
    lost = [
        f"{province} {year}: {count} → {after.get((province, year), 0)}"
        for (province, year), count in sorted(before.items())
        if count - after.get((province, year), 0) > _MAY_LOSE * count
    ]
    if lost:
        raise WarehouseError(
            f"拒绝发布：年报减少超过十分之一（可用 --allow-shrink）/ refused: more than a tenth of the reports would "
            f"be lost (allow with --allow-shrink): {'; '.join(lost[:5])}"
        )


def _counts(db: Connection) -> dict[str, int]:
    return {name: db.execute(f"SELECT count(*) FROM {name}").fetchall()[0][0] for name in _COUNTED}  # noqa: S608


def _verify(paths: Paths, expected: Mapping[str, int]) -> None:
    """Look at the next file the way its readers will: opened anew, every table and every view."""
    if wal_of(paths.next).exists():
        raise WarehouseError(f"检查点未写完 / the checkpoint was not completed: {paths.next}")
    with read(paths.next, paths.spill) as db:
        schema.require(db)
        counts = _counts(db)
        if counts != expected:
            raise WarehouseError(f"写入后核对不符 / what was written is not what was loaded: {counts}, {expected}")
        views = db.execute(
            "SELECT view_name FROM duckdb_views() WHERE database_name = ? AND NOT internal", [CATALOG]
        ).fetchall()
        for (view,) in views:
            db.execute(f'SELECT * FROM "{view}" LIMIT 0')  # noqa: S608


def _parquet(paths: Paths) -> tuple[int, str]:
    """The new warehouse stands whether or not its copy can be written."""
    try:
        return bring_up_to_date(paths), ""
    except (OSError, duckdb.Error) as error:
        return 0, f"Parquet 未写完，下次补上 / Parquet is incomplete, the next pass completes it: {error}"


def repair(data_dir: Path) -> list[str]:
    """Clean up after a killed pass; one line for each thing that was there. Called at the start of every pass."""
    paths = Paths(data_dir)
    if not paths.data.exists():
        return []
    with explained(paths), writing(paths):
        done = [f"清理残留 / left over from a killed pass: {name}" for name in remove_leftovers(paths)]
        written = bring_up_to_date(paths) if paths.published.exists() else 0
    if written:
        done.append(f"补写 Parquet / Parquet completed: {written}")
    return done
