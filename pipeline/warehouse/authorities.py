"""The dictionary of authorities: each under the name of its latest report, with all its other names as aliases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.model import Authority
from pipeline.warehouse import tables
from pipeline.warehouse.database import Connection
from pipeline.warehouse.rows import Entry


def remember(db: Connection, entries: Sequence[Entry]) -> None:
    """After the reports of these entries were written: whose name is the latest depends on all that are stored."""
    reported: dict[str, list[tuple[int, Authority]]] = {}
    for entry in entries:
        report = entry.rows.report
        reported.setdefault(report.authority.authority_id, []).append((report.year, report.authority))
    db.register("named", tables.table(tables.CONTENTS[:1], [(one,) for one in sorted(reported)]))
    stored = {
        key: Authority(key, name, division, level, department, tuple(aliases))
        for key, name, division, level, department, aliases in db.execute(
            """
            SELECT authority_id, name, division, level, department, aliases
            FROM authorities JOIN named ON named.report_id = authority_id
            """
        ).fetchall()
    }
    latest = dict(
        db.execute(
            "SELECT authority_id, max(year) FROM reports JOIN named ON named.report_id = authority_id GROUP BY ALL"
        ).fetchall()
    )
    db.unregister("named")
    merged = [_merged(stored.get(key), several, latest[key]) for key, several in reported.items()]
    tables.replace(db, "authorities", tables.authority_table(merged), key="authority_id")


def _merged(stored: Authority | None, reported: Sequence[tuple[int, Authority]], latest: int) -> Authority:
    year, newest = max(reported, key=lambda one: one[0])
    shown = newest if year >= latest or stored is None else stored
    every = [authority for _, authority in reported] + ([stored] if stored else [])
    names = {name for one in every for name in (one.name, *one.aliases)}
    return replace(shown, aliases=tuple(sorted(names - {shown.name})))
