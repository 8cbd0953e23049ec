"""From a machine's own file into the lake: what the lake has not, or has as it was before."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipeline.errors import WarehouseError
from pipeline.warehouse import neighbours, schema
from pipeline.warehouse.database import CATALOG, Connection
from pipeline.warehouse.lake import tables
from pipeline.warehouse.lake.connection import LAKE, Lake, attach, explained
from pipeline.warehouse.opening import read_published

_ATTEMPTS = 12
_LONGEST_WAIT = 20.0  # seconds, where others keep on writing the same tables


@dataclass(frozen=True, slots=True)
class Shared:
    new: int
    changed: int
    older: int  # reports of which the lake has a later state, brought by another machine


def share(data_dir: Path, lake: Lake) -> Shared:
    """All or nothing. Of a report that two machines hold, the state that was loaded later is the lake's; what was there
    before stays as an earlier version."""
    with read_published(data_dir) as db, explained(lake):
        attach(db, lake)
        for attempt in range(_ATTEMPTS):
            try:
                return _share_once(db)
            except duckdb.TransactionException:  # another machine was faster: what it brought is to be seen first
                if attempt == _ATTEMPTS - 1:
                    raise
                time.sleep(random.uniform(0.1, min(_LONGEST_WAIT, 0.2 * 2**attempt)))  # noqa: S311  no secret
    raise AssertionError("the last attempt returns or raises")


def _share_once(db: Connection) -> Shared:
    db.execute("BEGIN")
    try:
        tables.prepare(db)
        tables.claim(db)
        shared = _compare(db)
        _supersede(db)
        _bring(db)
        _bring_the_rest(db)
        _recheck(db)
        db.execute("COMMIT")
    except (duckdb.Error, WarehouseError):
        _roll_back(db)
        raise
    return shared


def _roll_back(db: Connection) -> None:
    try:
        db.execute("ROLLBACK")
    except duckdb.TransactionException:
        return  # the failed commit has done so


def _compare(db: Connection) -> Shared:
    """The relation `coming`: reports to be written, with the number of their version in the lake. Checks beside a
    report's neighbours, the fingerprint's second half, change with what else a machine holds: that is no correction."""
    db.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE coming AS
        SELECT mine.report_id, theirs.version AS their_version,
            greatest(mine.version, coalesce(theirs.version + 1, 1)) AS version,
            coalesce(mine_of.loaded_at, mine.fetched_at) AS loaded_at,
            coalesce(theirs_of.loaded_at, theirs.fetched_at) AS their_loaded_at
        FROM {CATALOG}.reports AS mine
        JOIN {CATALOG}.nianbao_contents AS mine_of ON mine_of.report_id = mine.report_id
        LEFT JOIN {LAKE}.reports AS theirs ON theirs.report_id = mine.report_id
        LEFT JOIN {LAKE}.nianbao_contents AS theirs_of ON theirs_of.report_id = mine.report_id
        WHERE theirs.report_id IS NULL
            OR split_part(theirs_of.fingerprint, ':', 1) <> split_part(mine_of.fingerprint, ':', 1)
        """  # noqa: S608
    )
    [(new, changed, older)] = db.execute(
        """
        SELECT count(*) FILTER (their_version IS NULL), count(*) FILTER (loaded_at > their_loaded_at),
            count(*) FILTER (loaded_at <= their_loaded_at)
        FROM coming
        """
    ).fetchall()
    db.execute("DELETE FROM coming WHERE loaded_at <= their_loaded_at")
    return Shared(new, changed, older)


def _supersede(db: Connection) -> None:
    """What the lake has of these reports becomes an earlier version."""
    replaced = "SELECT report_id, their_version AS version FROM coming WHERE their_version IS NOT NULL"
    db.execute(
        f"""
        INSERT INTO {LAKE}.report_versions BY NAME
        SELECT theirs.*, coming.their_loaded_at AS loaded_at, coming.loaded_at AS superseded_at
        FROM {LAKE}.reports AS theirs JOIN coming USING (report_id)
        """  # noqa: S608
    )
    for kept, part in zip(tables.VERSIONS[1:], tables.OF_REPORTS[1:5], strict=True):
        db.execute(
            f"""
            INSERT INTO {LAKE}.{kept} BY NAME
            SELECT part.*, replaced.version FROM {LAKE}.{part} AS part JOIN ({replaced}) AS replaced USING (report_id)
            """  # noqa: S608
        )
    for part in tables.OF_REPORTS:
        db.execute(f"DELETE FROM {LAKE}.{part} WHERE report_id IN (SELECT report_id FROM ({replaced}))")  # noqa: S608


def _bring(db: Connection) -> None:
    for part in tables.OF_REPORTS:
        columns = tables.select_list(part)
        renumbered = " REPLACE (coming.version AS version)" if part == "reports" else ""
        db.execute(
            f"""
            INSERT INTO {LAKE}.{part} BY NAME
            SELECT part.*{renumbered}
            FROM (SELECT {columns} FROM {CATALOG}.{part}) AS part JOIN coming USING (report_id)
            """  # noqa: S608
        )


def _recheck(db: Connection) -> None:
    """What was brought stands beside the reports of other machines now, and they beside it."""
    brought = [report for (report,) in db.execute("SELECT report_id FROM coming").fetchall()]
    db.execute(f"USE {LAKE}")
    schema.make_temporary_view(db, "amounts")
    neighbours.recheck(db, brought)
    db.execute(f"USE {CATALOG}")


def _bring_the_rest(db: Connection) -> None:
    for kept in tables.VERSIONS:
        columns = tables.select_list(kept)
        db.execute(
            f"""
            INSERT INTO {LAKE}.{kept} BY NAME
            SELECT {columns} FROM {CATALOG}.{kept} AS mine
            WHERE (report_id, version) NOT IN (SELECT (report_id, version) FROM {LAKE}.{kept})
                AND (report_id, version) NOT IN (SELECT (report_id, version) FROM {LAKE}.reports)
            """  # noqa: S608
        )
    _release(db)
    for table, keys in tables.KEYS.items():
        _bring_keyed(db, table, ", ".join(keys))
    for table in tables.PLAIN:
        db.execute(f"INSERT INTO {LAKE}.{table} (FROM {CATALOG}.{table} EXCEPT FROM {LAKE}.{table})")
    db.execute(
        f"""
        INSERT INTO {LAKE}.documents BY NAME
        FROM {CATALOG}.documents WHERE run_id NOT IN (SELECT run_id FROM {LAKE}.documents)
        """  # noqa: S608
    )


def _bring_keyed(db: Connection, table: str, keys: str) -> None:
    """In the place of what the lake has under the same keys, where it is another."""
    theirs = f"{LAKE}.{table}"
    db.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE differing AS
        SELECT {tables.select_list(table)} FROM {CATALOG}.{table} EXCEPT ALL SELECT {tables.names(table)} FROM {theirs}
        """  # noqa: S608
    )
    if run := tables.AFTER_RUN.get(table):
        db.execute(
            f"""
            DELETE FROM differing
            WHERE {run} IN (SELECT run_id FROM {LAKE}.runs)
                OR {run} IS NULL AND ({keys}) IN (SELECT ({keys}) FROM {theirs})
            """  # noqa: S608
        )
    db.execute(f"DELETE FROM {theirs} WHERE ({keys}) IN (SELECT ({keys}) FROM differing)")  # noqa: S608
    db.execute(f"INSERT INTO {theirs} BY NAME FROM differing")


def _release(db: Connection) -> None:
    """From the lake's quarantine what this machine found and has brought right since."""
    db.execute(
        f"""
        DELETE FROM {LAKE}.quarantine
        WHERE run_id IN (SELECT run_id FROM {CATALOG}.runs)
            AND (table_name, key) NOT IN (SELECT (table_name, key) FROM {CATALOG}.quarantine)
        """  # noqa: S608
    )
