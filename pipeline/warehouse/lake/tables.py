"""The lake's tables: those of the warehouse's file, as far as a lake knows their types and rules."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.errors import WarehouseError
from pipeline.warehouse import schema
from pipeline.warehouse.database import CATALOG, Connection, literal
from pipeline.warehouse.lake.connection import LAKE

# A report's rows, which are replaced together; `reports` first, as the others are found by it.
OF_REPORTS = ("reports", "facts", "sections", "checks", "mentions", "nianbao_contents")
# Rows of earlier versions, which are only ever added.
VERSIONS = ("report_versions", "fact_versions", "section_versions", "check_versions", "mention_versions")
KEYS: Mapping[str, tuple[str, ...]] = {
    "items": ("form", "item"),
    "authorities": ("authority_id",),
    "portals": ("id",),
    "runs": ("run_id",),
    "governments": ("authority_id", "first_year"),
}
PLAIN = ("divisions", "nianbao_sources")
EMPTY = ("quarantine",)  # stays with the machine that found it, which clears it as well

ALL = (*OF_REPORTS, *VERSIONS, *KEYS, *PLAIN, "documents", *EMPTY)

_MARK = "nianbao_schema"
# Earlier versions with the same columns, for a version: the steps between changed nothing that a lake has.
_LIKE: Mapping[int, tuple[int, ...]] = {10: (9,)}


def prepare(db: Connection) -> None:
    """Make the tables that the lake has not, and refuse a lake of another version."""
    if not _has(db, _MARK):
        for table in ALL:
            _make(db, table)
        db.execute(f"CREATE TABLE {LAKE}.{_MARK} (version INTEGER)")
        db.execute(f"INSERT INTO {LAKE}.{_MARK} VALUES (?)", [schema.VERSION])  # noqa: S608
    require(db)


def claim(db: Connection) -> None:
    """Of several that write at once, one is to commit: two that only add rows would not be in each other's way, and
    could both add the same report."""
    db.execute(f"UPDATE {LAKE}.{_MARK} SET version = version")  # noqa: S608


def require(db: Connection, catalog: str = LAKE) -> None:
    known = _has(db, _MARK, catalog)
    versions = db.execute(f"SELECT version FROM {catalog}.{_MARK}").fetchall() if known else []  # noqa: S608
    if versions not in ([(one,)] for one in (schema.VERSION, *_LIKE.get(schema.VERSION, ()))):
        said = versions[0][0] if versions else "-"
        raise WarehouseError(
            f"数据湖的结构版本不符 / the lake is of another version: {said}, 本程序 this program {schema.VERSION}"
        )


def select_list(db: Connection, table: str) -> str:
    """The columns of the file's table, in types that a lake has."""
    columns = db.execute(
        "SELECT column_name, data_type FROM duckdb_columns() WHERE database_name = ? AND table_name = ? "
        "ORDER BY column_index",
        [CATALOG, table],
    ).fetchall()
    return ", ".join(_in_lake(name, kind) for name, kind in columns)


def _in_lake(name: str, kind: str) -> str:
    if kind.startswith("ENUM"):
        return f'"{name}"::VARCHAR AS "{name}"'
    if kind.endswith("]") and not kind.endswith("[]"):
        return f'"{name}"::{kind[: kind.rindex("[")]}[] AS "{name}"'
    return f'"{name}"'


def _make(db: Connection, table: str) -> None:
    columns = select_list(db, table)
    db.execute(f"CREATE TABLE {LAKE}.{table} AS SELECT {columns} FROM {CATALOG}.{table} LIMIT 0")  # noqa: S608
    if {'"province"', '"year"'} <= set(columns.split(", ")):
        db.execute(f"ALTER TABLE {LAKE}.{table} SET PARTITIONED BY (province, year)")
    comments = db.execute(
        "SELECT column_name, comment FROM duckdb_columns() "
        "WHERE database_name = ? AND table_name = ? AND comment IS NOT NULL",
        [CATALOG, table],
    ).fetchall()
    for column, comment in comments:
        db.execute(f'COMMENT ON COLUMN {LAKE}.{table}."{column}" IS {literal(comment)}')


def _has(db: Connection, table: str, catalog: str = LAKE) -> bool:
    found = db.execute(
        "SELECT count(*) FROM duckdb_tables() WHERE database_name = ? AND table_name = ?", [catalog, table]
    ).fetchall()
    return found == [(1,)]
