"""Whether a file that is about to be published is whole: closed to the last byte, with every row that was loaded, and
with single keys."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.errors import WarehouseError
from pipeline.warehouse import schema
from pipeline.warehouse.database import CATALOG, Connection, read
from pipeline.warehouse.files import Paths, wal_of

# Tables that grow with the country have no index to keep their keys single: a checkpoint would write it whole.
_KEYS: Mapping[str, str] = {"reports": "report_id", "nianbao_contents": "report_id", "authorities": "authority_id"}


def counts(db: Connection) -> dict[str, int]:
    """The rows of every table."""
    names = db.execute(
        "SELECT table_name FROM duckdb_tables() WHERE database_name = ? ORDER BY table_name", [CATALOG]
    ).fetchall()
    return {name: db.execute(f'SELECT count(*) FROM "{name}"').fetchall()[0][0] for (name,) in names}  # noqa: S608


def close(db: Connection) -> None:
    """With a checkpoint; without one the rename would leave the log behind."""
    db.execute("USE memory")
    db.execute(f"DETACH {CATALOG}")


def verify(paths: Paths, expected: Mapping[str, int], *, views: bool = True) -> None:
    """Look at the next file the way its readers will: opened anew, every table and every view. Views that are those of
    the published file need no second look: it takes longer than a small load."""
    if wal_of(paths.next).exists():
        raise WarehouseError(f"检查点未写完 / the checkpoint was not completed: {paths.next}")
    with read(paths.next, paths.spill) as db:
        schema.require(db)
        found = counts(db)
        if found != expected:
            differing = ", ".join(
                f"{name} {expected.get(name)} → {found.get(name)}"
                for name in sorted({*expected, *found})
                if expected.get(name) != found.get(name)
            )
            raise WarehouseError(f"写入后核对不符 / what was written is not what was loaded: {differing}")
        for name, key in _KEYS.items():
            ((distinct,),) = db.execute(f"SELECT count(DISTINCT {key}) FROM {name}").fetchall()  # noqa: S608
            if distinct != found[name]:
                raise WarehouseError(f"编号重复 / a key stands twice: {name}, {found[name] - distinct}")
        if views:
            _look_at_views(db)


def _look_at_views(db: Connection) -> None:
    names = db.execute(
        "SELECT view_name FROM duckdb_views() WHERE database_name = ? AND NOT internal", [CATALOG]
    ).fetchall()
    for (name,) in names:
        db.execute(f'SELECT * FROM "{name}" LIMIT 0')  # noqa: S608
