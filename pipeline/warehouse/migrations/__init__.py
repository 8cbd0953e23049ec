"""The steps that bring a file of an earlier version to the tables of `schema/`: `<version>_<what>.sql`, in their order.

A file is never changed once it has been in use: a further change is a further file. Comments and views need none; they
are brought up to date by `pipeline.warehouse.schema`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from pipeline.warehouse import governments, signatures
from pipeline.warehouse.database import CATALOG, Connection

_STEPS: Mapping[int, Path] = {int(path.name[:4]): path for path in sorted(Path(__file__).parent.glob("[0-9]*.sql"))}

VERSION = max(_STEPS)

# What a step fills its tables with, where SQL alone cannot.
_AFTER: Mapping[int, Callable[[Connection], None]] = {
    5: signatures.sign_all,
    11: governments.load_from_divisions_held,
}

# Before steps were numbered, every file said 1; what it has tells how far it is.
_SIGNS: Mapping[int, tuple[str, str]] = {
    2: ("portals", "authority_id"),
    4: ("nianbao_sources", "address"),  # came together with step 3
    5: ("nianbao_signatures", "hashes"),
    6: ("report_versions", "superseded_at"),
    7: ("nianbao_views", "fingerprint"),
}


def version(db: Connection) -> int | None:
    """Of the attached file; None for one that is no warehouse."""
    marked = "SELECT count(*) FROM duckdb_tables() WHERE database_name = ? AND table_name = 'nianbao_schema'"
    if db.execute(marked, [CATALOG]).fetchall() == [(0,)]:
        return None
    ((written,),) = db.execute("SELECT max(version) FROM nianbao_schema").fetchall()
    if written != 1:
        return None if written is None else int(written)
    columns = set(
        db.execute("SELECT table_name, column_name FROM duckdb_columns() WHERE database_name = ?", [CATALOG]).fetchall()
    )
    return max((step for step, sign in _SIGNS.items() if sign in columns), default=1)


def stamp(db: Connection, number: int) -> None:
    db.execute("DELETE FROM nianbao_schema")
    db.execute("INSERT INTO nianbao_schema VALUES (?)", [number])


def migrate(db: Connection) -> None:
    """Take the steps that the attached file has not had, each of them whole."""
    before = version(db)
    for number, path in _STEPS.items():
        if before is not None and number > before:
            db.execute("BEGIN")
            db.execute(path.read_text(encoding="utf-8"))
            if number in _AFTER:
                _AFTER[number](db)
            stamp(db, number)
            db.execute("COMMIT")
