"""The table `quarantine`: what breaks a constraint is kept there with its reason until a later pass brings it right."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from pipeline.warehouse import tables
from pipeline.warehouse.content import encodable
from pipeline.warehouse.database import Connection

_LONGEST = 2000  # letters of one value in `row_json`; the whole of it is in the archive


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A row that was not let into its table."""

    table: str
    key: str  # names it among the rows of the table
    report_id: str
    file_url: str
    row: str  # as JSON; of a report its head alone, the rest is in the archive
    reason: str


def quarantined(
    table: str, key: Sequence[object], report_id: str, file_url: str, row: dict[str, object], reason: str
) -> Quarantined:
    """With what text cannot hold written out: a broken row is a likely place for it."""
    told = json.dumps({name: _short(value) for name, value in row.items()}, ensure_ascii=False, default=str)
    named = " ".join(str(part) for part in key if part not in (None, ""))
    return Quarantined(table, *map(encodable, (named, report_id, file_url, told, reason)))


def _short(value: object) -> object:
    return value[:_LONGEST] + "…" if isinstance(value, str) and len(value) > _LONGEST else value


def record(
    db: Connection,
    found: Sequence[Quarantined],
    judged: Collection[tuple[str, str]],
    run_id: str,
    now: datetime,
) -> None:
    """Put what a load found in the place of what was there of the same reports. `judged` are the reports that it looked
    at, by key and by file: what was wrong with them before and is not now has been brought right."""
    if not found and not db.execute("FROM quarantine LIMIT 1").fetchall():
        return
    named = [(encodable(report), encodable(url) or None) for report, url in sorted(judged)]
    db.register("judged", tables.table(tables.JUDGED, named))
    db.execute(
        """
        CREATE OR REPLACE TEMP TABLE before AS
        FROM quarantine
        WHERE report_id IN (SELECT report_id FROM judged) OR file_url IN (SELECT file_url FROM judged)
        """
    )
    db.execute("DELETE FROM quarantine WHERE (table_name, key) IN (SELECT (table_name, key) FROM before)")
    numbered: dict[tuple[str, str], int] = {}
    rows = []
    for one in found:
        nth = numbered[one.table, one.key] = numbered.get((one.table, one.key), 0) + 1
        key = one.key if nth == 1 else f"{one.key} #{nth}"
        rows.append((one.table, key, one.report_id, one.file_url, one.row, one.reason, run_id, now, now))
    db.register("found", tables.table(tables.QUARANTINE, rows))
    db.execute(
        """
        INSERT OR REPLACE INTO quarantine
        SELECT found.* REPLACE (coalesce(before.first_seen, found.first_seen) AS first_seen)
        FROM found LEFT JOIN before USING (table_name, key)
        """
    )
    db.execute("DROP TABLE before")
    db.unregister("judged")
    db.unregister("found")
