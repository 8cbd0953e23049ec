"""What a release holds: which tables, in which order, of which provinces and years, and what their columns mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pipeline.errors import WarehouseError
from pipeline.warehouse import parquet, schema
from pipeline.warehouse.database import CATALOG, Connection, literal
from pipeline.warehouse.documentation import Column, Note, columns_of, note_of
from pipeline.warehouse.wide import name as quoted

# What the rows of a table are sorted by. Those of the first kind come province by province and year by year.
PARTITIONED: Mapping[str, str] = {
    **parquet.TABLES,
    "reports_wide": "report_id",
    "applications": "report_id, applicant",
    "series": "report_id, series",
}
WHOLE: Mapping[str, str] = {
    "items": "form, position",
    "authorities": "authority_id",
    "governments": "authority_id, first_year",
    "divisions": "code, name",
    "coverage": "province, year",
    "coverage_detail": "province, year",
    "missing": "province, year, authority_id",
}

KEYS: Mapping[str, tuple[str, ...]] = {
    "reports": ("report_id",),
    "reports_wide": ("report_id",),
    "applications": ("report_id", "applicant"),
    "series": ("report_id", "series"),
    "items": ("form", "item"),
    "authorities": ("authority_id",),
    "governments": ("authority_id", "first_year"),
    "coverage": ("province", "year"),
    "coverage_detail": ("province", "year"),
    "missing": ("authority_id", "year"),
}
# Column -> the table whose key it is.
REFERENCES: Mapping[str, Mapping[str, str]] = {
    "reports": {"authority_id": "authorities"},
    "governments": {"authority_id": "authorities"},
    "missing": {"authority_id": "authorities"},
    **{table: {"report_id": "reports"} for table in PARTITIONED if table != "reports"},
}


@dataclass(frozen=True, slots=True)
class Scope:
    """Empty means all."""

    provinces: tuple[str, ...] = ()
    years: tuple[int, ...] = ()

    def condition(self) -> str:
        parts = ["true"]
        if self.provinces:
            parts.append(f"province IN ({', '.join(literal(code) for code in self.provinces)})")
        if self.years:
            parts.append(f"year IN ({', '.join(str(year) for year in self.years)})")
        return " AND ".join(parts)


@dataclass(frozen=True, slots=True)
class Partition:
    province: str
    year: int

    @property
    def scope(self) -> Scope:
        return Scope((self.province,), (self.year,))


@dataclass(frozen=True, slots=True)
class Table:
    name: str
    note: Note
    columns: tuple[Column, ...]
    required: frozenset[str]  # columns that are never NULL
    order: str
    by_partition: bool

    def select(self, scope: Scope, columns: str = "*") -> str:
        """Rows of a scope, in order. Only tables that have both columns can be narrowed."""
        narrowed = scope if {"province", "year"} <= {column.name for column in self.columns} else Scope()
        return (
            f"SELECT {columns} FROM {CATALOG}.{quoted(self.name)} AS source "  # noqa: S608
            f"WHERE {narrowed.condition()} ORDER BY {self.order}"
        )


@dataclass(frozen=True, slots=True)
class Contents:
    scope: Scope
    partitions: tuple[Partition, ...]
    tables: tuple[Table, ...]

    def parts(self, table: Table) -> Iterator[Scope]:
        """The scopes that a table is written by, one after the other."""
        if table.by_partition:
            yield from (partition.scope for partition in self.partitions)
        else:
            yield self.scope


def contents(db: Connection, scope: Scope) -> Contents:
    found = db.execute(
        f"SELECT DISTINCT province, year FROM reports WHERE {scope.condition()} ORDER BY ALL"  # noqa: S608
    ).fetchall()
    if not found:
        raise WarehouseError("所选范围内没有年报 / nothing to export: no report of that province and year is held")
    partitions = tuple(Partition(province, year) for province, year in found)
    return Contents(scope, partitions, tuple(_table(db, name) for name in (*PARTITIONED, *WHOLE)))


def _table(db: Connection, name: str) -> Table:
    comments = db.execute(
        """
        SELECT comment FROM duckdb_tables() WHERE database_name = $catalog AND table_name = $name
        UNION ALL
        SELECT comment FROM duckdb_views() WHERE database_name = $catalog AND view_name = $name
        """,
        {"catalog": CATALOG, "name": name},
    ).fetchall()
    if not comments:
        raise WarehouseError(f"仓库由较早的程序写成，请先运行一次 / the warehouse lacks {name}: run a pass first")
    strict = (column.name for column in schema.shapes().get(name, ()) if column.required)
    return Table(
        name=name,
        note=note_of(comments[0][0]),
        columns=columns_of(db, name),
        required=frozenset(strict) | frozenset(KEYS.get(name, ())),
        order=PARTITIONED.get(name) or WHOLE[name],
        by_partition=name in PARTITIONED,
    )
