"""What every format has in common: a part is a file, or one sheet of it, with rows of one table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pipeline.warehouse.database import Connection
from pipeline.warehouse.documentation import Column
from pipeline.warehouse.wide import name as quoted

DATA = "data"  # the folder of a release that the data lie in

_BATCH = 2_000


@dataclass(frozen=True, slots=True)
class Part:
    table: str
    path: str  # within the release
    columns: tuple[Column, ...]
    rows: int
    name: str  # unique in the release
    sheet: str | None = None
    renamed: tuple[str, ...] | None = None  # the columns' names where a format cannot have ours
    complete: bool = True  # the only part of its table


def is_list(column: Column) -> bool:
    return column.type.endswith("]")


def is_number(column: Column) -> bool:
    return column.type.startswith("DECIMAL") or column.type in ("INTEGER", "BIGINT", "DOUBLE")


def plain(column: Column) -> str:
    """A column as formats without lists and time zones have it: lists as JSON, moments in UTC without their zone."""
    if is_list(column):
        return f"to_json({quoted(column.name)})::VARCHAR AS {quoted(column.name)}"
    if column.type == "TIMESTAMP WITH TIME ZONE":
        return f"make_timestamp(epoch_us({quoted(column.name)})) AS {quoted(column.name)}"
    return quoted(column.name)


def rows_of(db: Connection, select: str) -> Iterator[tuple[Any, ...]]:
    answer = db.execute(select)
    while batch := answer.fetchmany(_BATCH):
        yield from batch
