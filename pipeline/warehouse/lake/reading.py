"""Questions to the lake itself: its tables under the names that they have in a file, with the views, read-only."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from pipeline.warehouse import figures, schema
from pipeline.warehouse.database import CATALOG, Connection, literal, settle
from pipeline.warehouse.lake import tables
from pipeline.warehouse.lake.connection import Lake, attach, explained

_SHOWN = "shown"


@contextmanager
def read_lake(lake: Lake) -> Iterator[Connection]:
    with explained(lake), duckdb.connect() as db:
        settle(db)
        attach(db, lake, name=CATALOG, read_only=True)
        tables.require(db, CATALOG)
        db.execute(f"ATTACH ':memory:' AS {_SHOWN}")
        db.execute(f"USE {_SHOWN}")
        for table in tables.ALL:
            db.execute(f"CREATE VIEW {table} AS FROM {CATALOG}.{table}")
        db.execute(f"CREATE VIEW figures AS {figures.rows_of('reports', 'facts')}")
        schema.make_views(db)
        [(files,)] = db.execute(
            f"SELECT value FROM __ducklake_metadata_{CATALOG}.ducklake_metadata WHERE key = 'data_path'"  # noqa: S608
        ).fetchall()
        db.execute(f"SET allowed_directories = [{literal(files)}]")  # all that a question may read is the lake
        yield db
