"""Parquet: one file per table, province and year, in folders that Hive's readers understand."""

from __future__ import annotations

from pathlib import Path

from pipeline.warehouse.database import Connection, literal
from pipeline.warehouse.parquet import SPOKEN
from pipeline.warehouse.release.contents import Contents, Partition, Table
from pipeline.warehouse.release.parts import DATA, Part

_IN_THE_PATH = ("province", "year")


def write(db: Connection, contents: Contents, folder: Path) -> list[Part]:
    return [part for table in contents.tables for part in _write(db, contents, table, folder)]


def _write(db: Connection, contents: Contents, table: Table, folder: Path) -> list[Part]:
    if not table.by_partition:
        path = f"{DATA}/{table.name}.parquet"
        rows = _copy(db, table.select(contents.scope), folder / path)
        return [Part(table.name, path, table.columns, rows, table.name)]
    columns = tuple(column for column in table.columns if column.name not in _IN_THE_PATH)
    parts = []
    for partition in contents.partitions:
        path = f"{DATA}/{table.name}/province={partition.province}/year={partition.year}/data.parquet"
        chosen = f"* EXCLUDE (province, year) {SPOKEN.get(table.name, '')}"
        rows = _copy(db, table.select(partition.scope, chosen), folder / path)
        parts.append(Part(table.name, path, columns, rows, name_of(table, partition), complete=False))
    return parts


def name_of(table: Table, partition: Partition) -> str:
    return f"{table.name}-{partition.province}-{partition.year}"


def _copy(db: Connection, select: str, path: Path) -> int:
    path.parent.mkdir(parents=True, exist_ok=True)
    db.execute(f"COPY ({select}) TO {literal(str(path))} (FORMAT parquet, COMPRESSION zstd)")
    return int(db.execute("SELECT count(*) FROM read_parquet(?)", [str(path)]).fetchall()[0][0])
