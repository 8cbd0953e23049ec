"""Questions to the lake itself: under the names that they have in a file, the lake's tables and the views over them,
read-only."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from pipeline.errors import WarehouseError
from pipeline.warehouse import figures, schema
from pipeline.warehouse.database import CATALOG, Connection, literal, settle
from pipeline.warehouse.lake import tables
from pipeline.warehouse.lake.connection import LAKE, Lake, attach, explained


@contextmanager
def read_lake(lake: Lake, spill: Path | None = None) -> Iterator[Connection]:
    with tempfile.TemporaryDirectory(prefix="nianbao-") as aside, explained(lake), duckdb.connect() as db:
        settle(db)
        db.execute(f"SET temp_directory = {literal(str(spill or aside))}")
        attach_current(db, lake)
        db.execute(f"ATTACH ':memory:' AS {CATALOG}")
        db.execute(f"USE {CATALOG}")
        for table in tables.ALL:
            db.execute(f"CREATE VIEW {table} AS SELECT {tables.restored(table)} FROM {LAKE}.{table}")  # noqa: S608
        db.execute(f"CREATE VIEW figures AS {figures.rows_of('reports', 'facts')}")
        schema.make_described_views(db)
        db.execute(f"SET allowed_directories = [{literal(_files(db))}]")  # all that a question may read is the lake
        yield db


def attach_current(db: Connection, lake: Lake, name: str = LAKE) -> None:
    """For reading, with the tables of this version: a lake of an earlier one is brought there by whoever opens it
    first, as a file is."""
    with explained(lake):
        held = _version(db, lake, name)
        if held is None:
            raise WarehouseError(f"数据湖中还没有数据 / nothing has been shared into the lake yet: {lake.shown}")
        if held < schema.VERSION:
            db.execute(f"DETACH {name}")
            _upgrade(db, lake)
            attach(db, lake, name=name, read_only=True)


def _version(db: Connection, lake: Lake, name: str) -> int | None:
    """Of the lake, attached; None where there is none to attach."""
    try:
        attach(db, lake, name=name, read_only=True)
    except duckdb.InvalidInputException as error:
        if "creating a new DuckLake is explicitly disabled" in str(error):
            return None
        raise
    return tables.version(db, name)


def _upgrade(db: Connection, lake: Lake) -> None:
    attach(db, lake)
    db.execute("BEGIN")
    tables.prepare(db)
    db.execute("COMMIT")
    db.execute(f"DETACH {LAKE}")


def _files(db: Connection) -> str:
    [(files,)] = db.execute(
        f"SELECT value FROM __ducklake_metadata_{LAKE}.ducklake_metadata WHERE key = 'data_path'"  # noqa: S608
    ).fetchall()
    return str(files)
