"""The lake's tables: those of the warehouse's file, as far as a lake knows their types and rules."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pipeline.errors import WarehouseError
from pipeline.warehouse import schema
from pipeline.warehouse.database import CATALOG, Connection, literal
from pipeline.warehouse.lake import migrations
from pipeline.warehouse.lake.connection import LAKE

# A report's rows, which are replaced together; `reports` first, as the others are found by it.
OF_REPORTS = ("reports", "facts", "sections", "checks", "mentions", "nianbao_contents", "nianbao_signatures")
# Rows of earlier versions, which are only ever added.
VERSIONS = ("report_versions", "fact_versions", "section_versions", "check_versions", "mention_versions")
KEYS: Mapping[str, tuple[str, ...]] = {
    "items": ("form", "item"),
    "authorities": ("authority_id",),
    "portals": ("id",),
    "quarantine": ("table_name", "key"),
    "governments": ("authority_id", "first_year"),
    "runs": ("run_id",),  # last: of the others it tells which rows are new
}
# Rows that say how it stood after a run. A machine that has gathered the lake holds such of others, maybe out of date.
AFTER_RUN: Mapping[str, str] = {"portals": "last_run", "quarantine": "run_id"}
PLAIN = ("divisions", "nianbao_sources")

ALL = (*OF_REPORTS, *VERSIONS, *KEYS, *PLAIN, "documents")

_MARK = "nianbao_schema"


def prepare(db: Connection) -> None:
    """Make the tables in a new lake, and bring those of an older one to this version."""
    held = version(db)
    if held is None:
        for table in ALL:
            _make(db, table)
        db.execute(f"CREATE TABLE {LAKE}.{_MARK} (version INTEGER)")
        db.execute(f"INSERT INTO {LAKE}.{_MARK} VALUES (?)", [schema.VERSION])  # noqa: S608
    elif held < schema.VERSION:
        migrations.migrate(db, held)


def claim(db: Connection) -> None:
    """Of several that write at once, one is to commit: two that only add rows would not be in each other's way, and
    could both add the same report."""
    db.execute(f"UPDATE {LAKE}.{_MARK} SET version = version")  # noqa: S608


def version(db: Connection, catalog: str = LAKE) -> int | None:
    """Of the attached lake; None where nothing has been shared yet."""
    found = db.execute(
        "SELECT count(*) FROM duckdb_tables() WHERE database_name = ? AND table_name = ?", [catalog, _MARK]
    ).fetchall()
    if found == [(0,)]:
        return None
    ((held,),) = db.execute(f"SELECT max(version) FROM {catalog}.{_MARK}").fetchall()  # noqa: S608
    if held > schema.VERSION:
        raise WarehouseError(
            f"数据湖由更新的程序写成（结构版本 {held}，本程序 {schema.VERSION}）/ the lake was written by a newer "
            f"version (schema {held}, this program knows {schema.VERSION})"
        )
    return int(held)


def names(table: str) -> str:
    return ", ".join(f'"{column.name}"' for column in schema.shapes()[table])


def select_list(table: str) -> str:
    """The columns of the file's table, in types that a lake has."""
    return ", ".join(_as(column.name, column.type, _in_lake(column.type)) for column in schema.shapes()[table])


def restored(table: str) -> str:
    """The other way round: the columns of the lake's table, in the types of the file."""
    return ", ".join(_as(column.name, _in_lake(column.type), column.type) for column in schema.shapes()[table])


def _as(name: str, held: str, wanted: str) -> str:
    return f'"{name}"' if held == wanted else f'"{name}"::{wanted} AS "{name}"'


def _in_lake(kind: str) -> str:
    """Lists of a fixed length are lists of any there."""
    return re.sub(r"\[\d+\]$", "[]", kind)


def _make(db: Connection, table: str) -> None:
    columns = {column.name: _in_lake(column.type) for column in schema.shapes()[table]}
    listed = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
    db.execute(f"CREATE TABLE {LAKE}.{table} ({listed})")
    if {"province", "year"} <= columns.keys():
        db.execute(f"ALTER TABLE {LAKE}.{table} SET PARTITIONED BY (province, year)")
    comments = db.execute(
        "SELECT column_name, comment FROM duckdb_columns() "
        "WHERE database_name = ? AND table_name = ? AND comment IS NOT NULL",
        [CATALOG, table],
    ).fetchall()
    for column, comment in comments:
        db.execute(f'COMMENT ON COLUMN {LAKE}.{table}."{column}" IS {literal(comment)}')
