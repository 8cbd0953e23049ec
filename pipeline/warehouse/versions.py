"""Earlier versions of reports: kept when a correction takes their place, and shown as the warehouse of a day past."""

from __future__ import annotations

from datetime import datetime

from pipeline.warehouse import figures, schema
from pipeline.warehouse.database import CATALOG, Connection, literal

_PAST = "past"

# A report's rows in other tables, and where those of its earlier versions are.
_PARTS = {
    "facts": "fact_versions",
    "sections": "section_versions",
    "checks": "check_versions",
    "mentions": "mention_versions",
}
_AS_THEY_ARE = ("items", "divisions", "authorities", "governments", "portals", "quarantine")


def supersede(db: Connection, now: datetime) -> None:
    """Keep the rows of the reports in the relation `changed` and delete them where the current ones are, but for the
    report's own, which is replaced. Only their provinces and years are read."""
    within = _within(db)
    db.execute(
        """
        INSERT INTO report_versions
        SELECT reports.*, coalesce(nianbao_contents.loaded_at, reports.fetched_at), $now
        FROM reports JOIN nianbao_contents USING (report_id) SEMI JOIN changed USING (report_id)
        """,
        {"now": now},
    )
    for part, kept in _PARTS.items():
        db.execute(
            f"""
            INSERT INTO {kept}
            SELECT part.*, reports.version
            FROM {part} AS part JOIN reports USING (report_id) SEMI JOIN changed USING (report_id)
            WHERE part.{within[0]} AND part.{within[1]}
            """  # noqa: S608
        )
        db.execute(
            f"""
            DELETE FROM {part}
            WHERE {within[0]} AND {within[1]} AND report_id IN (SELECT report_id FROM changed)
            """  # noqa: S608
        )


def _within(db: Connection) -> tuple[str, str]:
    """Conditions on `province` and `year` that the rows of changed reports meet. They are constants, by which DuckDB
    leaves row groups unread; the keys alone, spread over the country, would not let it."""
    provinces, years = db.execute(
        """
        SELECT list(DISTINCT province ORDER BY province), list(DISTINCT year ORDER BY year)
        FROM reports SEMI JOIN changed USING (report_id)
        """
    ).fetchall()[0]
    return (
        f"province IN ({', '.join(literal(one) for one in provinces)})",
        f"year IN ({', '.join(str(one) for one in years)})",
    )


def look_back(db: Connection, moment: datetime) -> None:
    """From here on tables and views are those of that moment. Dictionaries, the quarantine, and the checks of
    reports that are still current, are today's."""
    db.execute(f"ATTACH ':memory:' AS {_PAST}")
    db.execute(f"USE {_PAST}")
    at = f"TIMESTAMPTZ '{moment.isoformat()}'"
    db.execute(
        f"""
        CREATE VIEW reports AS
        SELECT reports.*
        FROM {CATALOG}.reports JOIN {CATALOG}.nianbao_contents USING (report_id)
        WHERE coalesce(nianbao_contents.loaded_at, reports.fetched_at) <= {at}
        UNION ALL BY NAME
        SELECT * EXCLUDE (loaded_at, superseded_at)
        FROM {CATALOG}.report_versions
        WHERE loaded_at <= {at} AND superseded_at > {at}
        """  # noqa: S608
    )
    for part, kept in _PARTS.items():
        db.execute(
            f"""
            CREATE VIEW {part} AS
            SELECT part.*
            FROM {CATALOG}.{part} AS part SEMI JOIN (
                SELECT report_id FROM {CATALOG}.reports SEMI JOIN {_PAST}.reports AS shown USING (report_id, version)
            ) AS current USING (report_id)
            UNION ALL
            SELECT part.* EXCLUDE (version)
            FROM {CATALOG}.{kept} AS part SEMI JOIN {_PAST}.reports AS shown USING (report_id, version)
            """  # noqa: S608
        )
    db.execute(f"CREATE VIEW runs AS FROM {CATALOG}.runs WHERE coalesce(finished_at, started_at) <= {at}")
    db.execute(f"CREATE VIEW documents AS FROM {CATALOG}.documents SEMI JOIN runs USING (run_id)")
    db.execute(f"CREATE VIEW figures AS {figures.rows_of('reports', 'facts')}")
    for name in _AS_THEY_ARE:
        db.execute(f"CREATE VIEW {name} AS FROM {CATALOG}.{name}")
    schema.make_views(db)
