"""From the lake into a data folder: the embedded file with all that every machine has shared."""

from __future__ import annotations

from pathlib import Path

from pipeline.warehouse import schema, verifying
from pipeline.warehouse.database import CATALOG, Connection, explained_write, write_next
from pipeline.warehouse.files import Paths, publish, remove_leftovers, writing
from pipeline.warehouse.lake import tables
from pipeline.warehouse.lake.connection import LAKE, Lake, explained
from pipeline.warehouse.lake.reading import attach_current
from pipeline.warehouse.parquet import bring_up_to_date


def gather(lake: Lake, data_dir: Path) -> int:
    """The number of reports. The folder's file is replaced as a load does it; its own reports are in it as far as they
    were shared."""
    paths = Paths(data_dir)
    paths.data.mkdir(parents=True, exist_ok=True)
    with explained_write(paths), writing(paths):
        remove_leftovers(paths)
        try:
            reports = _copy(paths, lake)
            publish(paths)
        except BaseException:
            remove_leftovers(paths)
            raise
        bring_up_to_date(paths)
    return reports


def _copy(paths: Paths, lake: Lake) -> int:
    with write_next(paths) as db, explained(lake):
        attach_current(db, lake)
        db.execute("BEGIN")
        schema.create(db)
        for table in tables.ALL:
            _fill(db, table)
        db.execute("COMMIT")
        schema.refresh(db)
        counts = verifying.counts(db)
        verifying.close(db)
    verifying.verify(paths, counts)
    return counts["reports"]


def _fill(db: Connection, table: str) -> None:
    """In the order that a load has: by province and year."""
    columns = [column.name for column in schema.shapes()[table] if not column.computed]
    named = ", ".join(f'"{name}"' for name in columns)
    order = " ORDER BY province, year, report_id" if {"province", "year", "report_id"} <= set(columns) else ""
    db.execute(f"INSERT INTO {CATALOG}.{table} ({named}) SELECT {named} FROM {LAKE}.{table}{order}")  # noqa: S608
