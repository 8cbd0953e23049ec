"""Opening the published file. One that an earlier version wrote is upgraded first, by whoever comes first and may write
there: in a copy that takes its place, as a load does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import WarehouseError
from pipeline.warehouse import migrations, schema, verifying
from pipeline.warehouse.database import Connection, explained, read, write_next
from pipeline.warehouse.files import Paths, copy_published, publish, remove_leftovers, writing


@contextmanager
def read_published(data_dir: Path, spill: Path | None = None, target: Path | None = None) -> Iterator[Connection]:
    """The published warehouse, read-only, with the tables of this version; errors come as one line, about `target`
    where what is read is written there."""
    paths = Paths(data_dir)
    with explained(paths, target):
        make_current(paths)
        with read(paths.published, spill or paths.spill) as db:
            schema.require(db)
            yield db


def make_current(paths: Paths) -> None:
    """For callers that only want to read."""
    with read(paths.published, paths.spill) as db:
        if schema.version(db) == schema.VERSION:
            return
    try:
        with explained(paths), writing(paths):
            upgrade(paths)
    except WarehouseError as error:
        raise WarehouseError(
            "仓库由较早的程序写成，须先升级，但未能升级 / the warehouse was written by an earlier version and could "
            f"not be upgraded: {error}"
        ) from error


def upgrade(paths: Paths) -> str:
    """For callers that hold the right to write: from which version to which, empty if there was nothing to be done."""
    with read(paths.published, paths.spill) as db:
        before = schema.version(db)
    if before == schema.VERSION:
        return ""
    remove_leftovers(paths)
    try:
        copy_published(paths)
        with write_next(paths) as db:
            migrations.migrate(db)
            db.execute("BEGIN")
            schema.refresh(db)
            db.execute("COMMIT")
            counts = verifying.counts(db)
            verifying.close(db)
        verifying.verify(paths, counts)
        publish(paths)
    except BaseException:
        remove_leftovers(paths)
        raise
    return f"{before} → {schema.VERSION}"
