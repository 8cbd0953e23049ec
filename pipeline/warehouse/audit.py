"""The dictionaries and the audit trail of a load: divisions, authorities, portals and their states, documents, runs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, replace
from operator import attrgetter

from pipeline.model import Authority, Division, DocumentRecord, Outcome, Portal, PortalOutcome, RunRecord
from pipeline.sources import owner_of
from pipeline.warehouse import tables
from pipeline.warehouse.content import encodable
from pipeline.warehouse.database import Connection
from pipeline.warehouse.reports import Tally, Verdict

_DIVISION = attrgetter(*(name for name, _ in tables.DIVISIONS))


def load_divisions(db: Connection, divisions: Iterable[Division]) -> list[Division]:
    """Take over the dictionary, if one is given; what the warehouse then knows."""
    given = list(divisions)
    rows = list(map(_DIVISION, given))  # with the townships some fifty thousand
    stored = db.execute("SELECT * FROM divisions").fetchall()
    if not given:
        return [Division(*row) for row in stored]
    if rows != stored:
        db.execute("DELETE FROM divisions")
        tables.insert(db, "divisions", tables.table(tables.DIVISIONS, rows))
    return given


def load_portals(db: Connection, portals: Sequence[Portal], outcomes: Sequence[PortalOutcome], run: RunRecord) -> None:
    """The registry as given over what is stored, and the states that this run brought over the earlier ones."""
    owners = {portal.id: owner_of(portal) for portal in portals}
    _load_owners(db, [owner for owner in owners.values() if owner])
    rows = [(*_portal_row(portal), owner.authority_id if (owner := owners[portal.id]) else None) for portal in portals]
    db.register("registry", tables.table(tables.PORTALS, rows))
    states = [(one.portal_id, one.state, one.reason, one.platform) for one in outcomes]
    db.register("outcomes", tables.table(tables.OUTCOMES, states))
    registered = ", ".join(f'"{name}"' for name, _ in tables.PORTALS)
    merged = db.execute(
        f"""
        WITH entries AS (
            SELECT {registered} FROM registry
            UNION ALL BY NAME
            SELECT {registered} FROM portals WHERE id NOT IN (SELECT id FROM registry)
        )
        SELECT
            entries.*,
            CASE WHEN outcomes.state = 'ok' THEN $at ELSE portals.last_success END AS last_success,
            CASE WHEN outcomes.id IS NULL THEN portals.state ELSE outcomes.state END AS state,
            CASE WHEN outcomes.id IS NULL THEN portals.reason ELSE outcomes.reason END AS reason,
            CASE WHEN outcomes.id IS NULL THEN portals.platform_detected ELSE outcomes.platform END
                AS platform_detected,
            CASE WHEN outcomes.id IS NULL THEN portals.last_run ELSE $run END AS last_run
        FROM entries
        LEFT JOIN portals USING (id)
        LEFT JOIN outcomes USING (id)
        ORDER BY id
        """,  # noqa: S608
        {"at": run.finished_at or run.started_at, "run": run.run_id},
    ).to_arrow_table()
    db.unregister("registry")
    db.unregister("outcomes")
    tables.replace(db, "portals", merged, key="id")


def known_portals(db: Connection) -> frozenset[str]:
    return frozenset(portal for (portal,) in db.execute("SELECT id FROM portals").fetchall())


def _load_owners(db: Connection, owners: Iterable[Authority]) -> None:
    """What a report says of its authority goes before what the registry says."""
    known = {row[0] for row in db.execute("SELECT DISTINCT authority_id FROM reports").fetchall()}
    new = {one.authority_id: one for one in owners if one.authority_id not in known}
    tables.replace(db, "authorities", tables.authority_table(new.values()), key="authority_id")


def _portal_row(portal: Portal) -> tuple[object, ...]:
    return (
        portal.id,
        portal.authority,
        portal.division,
        portal.url,
        list(portal.hosts),
        portal.platform,
        list(portal.columns),
        portal.render,
        portal.tls,
        portal.encoding,
        portal.min_reports,
        portal.verified,
        portal.evidence,
    )


def load_documents(db: Connection, documents: Iterable[DocumentRecord], tally: Tally) -> None:
    """Append what is not there yet: a pass that was killed after it had published is loaded again under its name."""
    rows = [_document_row(record, _outcome(record, tally.by_url)) for record in documents]
    db.register("given", tables.table(tables.DOCUMENTS, rows))
    db.execute(
        """
        INSERT INTO documents
        SELECT * FROM given ANTI JOIN documents ON documents.run_id = given.run_id AND documents.url = given.url
        """
    )
    db.unregister("given")


def _outcome(record: DocumentRecord, by_url: Mapping[str, set[Verdict]]) -> tuple[Outcome, str]:
    """The caller says what a document holds; only the load knows what became of it."""
    verdicts = by_url.get(record.snapshot.url, set())
    if record.outcome is not Outcome.LOADED or not verdicts or verdicts & {Verdict.NEW, Verdict.CHANGED}:
        return record.outcome, record.reason
    if Verdict.UNCHANGED in verdicts:
        return Outcome.UNCHANGED, record.reason
    if Verdict.KEPT in verdicts:
        return Outcome.DUPLICATE, record.reason or "已有同样好或更好的来源 / held from a source as good or better"
    return Outcome.FAILED, record.reason or "不合入库条件，见 quarantine 表 / it breaks a constraint: see quarantine"


def _document_row(record: DocumentRecord, verdict: tuple[Outcome, str]) -> tuple[object, ...]:
    snapshot = record.snapshot
    outcome, reason = verdict
    archived = snapshot.archived
    return (
        encodable(snapshot.url),
        snapshot.portal_id,
        snapshot.run_id,
        snapshot.http_status,
        snapshot.media_type,
        snapshot.bytes,
        snapshot.sha256,
        snapshot.fetched_at,
        f"{archived.file}@{archived.offset}" if archived else None,
        snapshot.kind.value,
        outcome.value,
        encodable(reason or snapshot.error),
        encodable(snapshot.title),
    )


def load_run(
    db: Connection, run: RunRecord, outcomes: Sequence[PortalOutcome], tally: Tally, checks_failed: int
) -> RunRecord:
    """The run with the load's counts. A repeated load of a run finds as unchanged what it has itself brought, and
    keeps the counts of the first."""
    verdicts = tally.verdicts
    counted = replace(
        run,
        new=verdicts[Verdict.NEW],
        changed=verdicts[Verdict.CHANGED],
        unchanged=verdicts[Verdict.UNCHANGED] + verdicts[Verdict.KEPT],
        failed=run.failed + verdicts[Verdict.REJECTED],
        checks_failed=checks_failed,
    )
    if not (counted.new or counted.changed or counted.unchanged) and _went_wrong(counted, outcomes):
        counted = replace(counted, outcome="failed")
    earlier = db.execute("SELECT new, changed, unchanged FROM runs WHERE run_id = ?", [run.run_id]).fetchone()
    if earlier and not (counted.new or counted.changed) and sum(earlier) == counted.unchanged:
        counted = replace(counted, new=earlier[0], changed=earlier[1], unchanged=earlier[2])
    _replace_runs(db, [counted])
    return counted


def _went_wrong(run: RunRecord, outcomes: Sequence[PortalOutcome]) -> bool:
    return bool(run.failed) or len(outcomes) < run.portals or any(one.state != "ok" for one in outcomes)


def load_interrupted(db: Connection, interrupted: Iterable[RunRecord]) -> None:
    """Passes that were killed, and whose documents this one publishes."""
    _replace_runs(db, interrupted)


def _replace_runs(db: Connection, runs: Iterable[RunRecord]) -> None:
    tables.replace(db, "runs", tables.table(tables.RUNS, [astuple(run) for run in runs]), key="run_id")
