"""The steps that bring the lake of an earlier version to the tables of this one: `<version>_<what>.sql`, in order, for
those of the file's steps (`pipeline/warehouse/migrations`) that a lake needs. They too are never changed again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from pipeline.warehouse import schema, signatures
from pipeline.warehouse.database import Connection
from pipeline.warehouse.lake.connection import LAKE

_STEPS: Mapping[int, Path] = {int(path.name[:4]): path for path in sorted(Path(__file__).parent.glob("[0-9]*.sql"))}

# What a step fills its tables with, where SQL alone cannot.
_AFTER: Mapping[int, Callable[[Connection], None]] = {11: partial(signatures.sign_all, catalog=LAKE)}


def migrate(db: Connection, before: int) -> None:
    """Within the caller's transaction."""
    for number, path in _STEPS.items():
        if number > before:
            db.execute(path.read_text(encoding="utf-8"))
            if number in _AFTER:
                _AFTER[number](db)
    db.execute(f"UPDATE {LAKE}.nianbao_schema SET version = ?", [schema.VERSION])  # noqa: S608
