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
from pipeline.warehouse import audit, neighbours, quarantine, schema
from pipeline.warehouse.constraints import Known
from pipeline.warehouse.content import ReportRows
from pipeline.warehouse.database import Connection, explained, explained_write, write_next
from pipeline.warehouse.files import Paths, copy_published, publish, remove_leftovers, writing
from pipeline.warehouse.governments import load_governments
from pipeline.warehouse.opening import upgrade
from pipeline.warehouse.parquet import bring_up_to_date
from pipeline.warehouse.quarantine import Quarantined
from pipeline.warehouse.reports import Tally, Verdict, load_reports
from pipeline.warehouse.rows import Names
from pipeline.warehouse.sightings import remember
from pipeline.warehouse.verifying import close, counts, verify

_MAY_LOSE = 0.1  # of a partition's reports


@dataclass(frozen=True, slots=True)
class LoadResult:
    """How a load went."""

    run: RunRecord  # as it stands in `runs`
    published: bool
    kept: int = 0  # stored reports that stayed though another place says otherwise; unchanged ones in `run`
    quarantined: tuple[Quarantined, ...] = ()
    partitions: int = 0  # Parquet files written again
    parquet_error: str = ""  # the warehouse is published; the next pass, or `publish_parquet`, makes up for it

    @property
    def new(self) -> int:
        return self.run.new

    @property
    def changed(self) -> int:
        return self.run.changed

    @property
    def unchanged(self) -> int:
        return self.run.unchanged


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
    interrupted: Iterable[RunRecord]


@dataclass(frozen=True, slots=True)
class _Loaded:
    run: RunRecord
    tally: Tally
    counts: Mapping[str, int]
    views: bool  # made anew


Partition = tuple[str, int]


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
    interrupted: Iterable[RunRecord] = (),
    allow_shrink: bool = False,
) -> LoadResult:
    """Load what a pass brought and publish it; `duplicates` are what other places say of the same reports,
    `interrupted` the killed passes whose documents are among these. Raises WarehouseError, with the published file as
    it was."""
    paths = Paths(data_dir)
    delivery = _Delivery(reports, documents, portals, outcomes, run, divisions, duplicates, interrupted)
    with explained_write(paths), writing(paths):
        remove_leftovers(paths)
        try:
            if paths.published.exists():
                upgrade(paths)
            loaded = _load_next(paths, delivery, allow_shrink)
            verify(paths, loaded.counts, views=loaded.views)
            publish(paths)
        except BaseException:
            remove_leftovers(paths)
            raise
        written, error = _parquet(paths)
    verdicts = loaded.tally.verdicts
    return LoadResult(
        run=loaded.run,
        published=True,
        kept=verdicts[Verdict.KEPT],
        quarantined=tuple(loaded.tally.quarantined),
        partitions=written,
        parquet_error=error,
    )


def _load_next(paths: Paths, delivery: _Delivery, allow_shrink: bool) -> _Loaded:
    fresh = not paths.published.exists()
    if not fresh:
        copy_published(paths)
    with write_next(paths) as db:
        before = {} if fresh else _partitions(db)
        db.execute("BEGIN")
        if fresh:
            schema.create(db)
        views = schema.refresh(db)
        run, tally = _fill(db, delivery)
        if not allow_shrink:
            _refuse_shrinking(before, _partitions(db))
        db.execute("COMMIT")
        held = counts(db)
        close(db)
    return _Loaded(run, tally, held, views)


def _fill(db: Connection, delivery: _Delivery) -> tuple[RunRecord, Tally]:
    run = delivery.run
    now = run.finished_at or run.started_at
    divisions = audit.load_divisions(db, delivery.divisions)
    load_governments(db, divisions)
    audit.load_portals(db, delivery.portals, delivery.outcomes, run)
    known = Known(frozenset(one.code for one in divisions), audit.known_portals(db))
    tally = load_reports(db, delivery.reports, Names(divisions), known, now)
    neighbours.recheck(db, tally.written)
    remember(db, delivery.duplicates)
    quarantine.record(db, tally.quarantined, tally.judged, run.run_id, now)
    audit.load_documents(db, delivery.documents, tally)
    failed = neighbours.failed_checks(db, tally.seen)
    audit.load_interrupted(db, delivery.interrupted)
    return audit.load_run(db, run, delivery.outcomes, tally, failed), tally


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
        published = paths.published.exists()
        upgraded = upgrade(paths) if published else ""
        written = bring_up_to_date(paths) if published else 0
    if upgraded:
        done.append(f"仓库结构已升级 / the warehouse was upgraded: {upgraded}")
    if written:
        done.append(f"补写 Parquet / Parquet completed: {written}")
    return done
