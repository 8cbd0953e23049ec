"""What the warehouse remembers for choosing between the places of a report: what it holds, and what each place said
when it was last read. The choice itself is `pipeline.sources`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from pipeline.model import Authority, Report
from pipeline.sources import Held, Key, Standing, Substance, nearness_of, quality, standing, substance
from pipeline.warehouse import tables
from pipeline.warehouse.database import Connection
from pipeline.warehouse.files import Paths
from pipeline.warehouse.opening import read_published

Homes = Mapping[str, tuple[str | None, str]]  # portal -> its owner and division


def held_reports(data_dir: Path, keys: Collection[Key]) -> Mapping[Key, Held]:
    """What is published of these authorities and years."""
    if not keys or not Paths(data_dir).published.exists():
        return {}
    with read_published(data_dir) as db:
        return held(db, keys)


def held(db: Connection, keys: Collection[Key]) -> Mapping[Key, Held]:
    db.register("asked", tables.table(tables.KEYS[1:], sorted(set(keys))))
    reports = db.execute(
        """
        SELECT authority_id, year, authority, division, level, department, portal_id, page_url, file_url, status,
            facts, confidence, figures, text
        FROM reports JOIN nianbao_contents USING (report_id) SEMI JOIN asked USING (authority_id, year)
        """
    ).fetchall()
    seen: dict[Key, dict[str, Substance]] = {}
    for authority, year, address, figures, text in db.execute(
        """
        SELECT authority_id, year, address, figures, text
        FROM nianbao_sources SEMI JOIN asked USING (authority_id, year)
        """
    ).fetchall():
        seen.setdefault((authority, year), {})[address] = Substance(figures, text)
    db.unregister("asked")
    known = homes(db)
    return {(row[0], row[1]): Held(_standing(row, known), seen.get((row[0], row[1]), {})) for row in reports}


def _standing(row: tuple[object, ...], known: Homes) -> Standing:
    authority_id, _, name, division, level, department, portal_id, page, file, status, facts, surety, *hashes = row
    authority = Authority(str(authority_id), str(name), str(division), str(level), str(department))
    portal = None if portal_id is None else str(portal_id)
    return Standing(
        portal_id=portal,
        page_url=str(page or ""),
        file_url=str(file or ""),
        quality=quality(str(status), int(str(facts)), float(str(surety))),
        nearness=nearness_of(authority, *known.get(portal or "", (None, None))),
        substance=Substance(str(hashes[0] or ""), str(hashes[1] or "")),
    )


def homes(db: Connection) -> Homes:
    rows = db.execute("SELECT id, authority_id, division FROM portals").fetchall()
    return {portal: (owner, division) for portal, owner, division in rows}


def standing_of(report: Report, known: Homes) -> Standing:
    home = known.get(report.source.portal_id or "", (None, None))
    return standing(report, nearness_of(report.authority, *home))


def remember(db: Connection, reports: Iterable[Report]) -> None:
    """Note what each place says now; rows that say so already stay untouched."""
    said: dict[tuple[str, int, str], tuple[object, ...]] = {}
    for report in reports:
        key = (report.authority.authority_id, report.year, report.source.page_url or report.source.file_url)
        now = substance(report)
        said[key] = (*key, now.figures, now.text)
    db.register("said", tables.table(tables.SOURCES, said.values()))
    fresh = db.execute(
        "SELECT * FROM said ANTI JOIN nianbao_sources USING (authority_id, year, address, figures, text)"
    ).to_arrow_table()
    db.unregister("said")
    if fresh.num_rows:
        db.register("fresh", fresh)
        db.execute(
            """
            DELETE FROM nianbao_sources
            WHERE (authority_id, year, address) IN (SELECT (authority_id, year, address) FROM fresh)
            """
        )
        db.unregister("fresh")
        tables.insert(db, "nianbao_sources", fresh)
