"""XLSX: a workbook per table and province, a sheet per year; what does not fit one sheet goes on in the next."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, groupby, islice
from pathlib import Path
from typing import Any

from pipeline.warehouse.database import Connection
from pipeline.warehouse.release.contents import Contents, Scope, Table
from pipeline.warehouse.release.parts import DATA, Part, plain, rows_of
from pipeline.warehouse.release.xlsx import ROWS, TEXT, Workbook, fits

_CUT = "…〔此处截断，全文见 CSV 或 Parquet / cut here, whole in CSV and Parquet: {} 字 characters〕"


def write(db: Connection, contents: Contents, folder: Path, *, sheet_rows: int = ROWS) -> list[Part]:
    parts: list[Part] = []
    for table in contents.tables:
        if not table.by_partition:
            parts += _workbook(db, table, f"{DATA}/{table.name}.xlsx", {table.name: contents.scope}, folder, sheet_rows)
            continue
        for province, group in groupby(contents.partitions, key=lambda partition: partition.province):
            sheets = {f"{province}-{partition.year}": partition.scope for partition in group}
            parts += _workbook(db, table, f"{DATA}/{table.name}/{province}.xlsx", sheets, folder, sheet_rows)
    return parts


def _workbook(
    db: Connection, table: Table, path: str, sheets: dict[str, Scope], folder: Path, sheet_rows: int
) -> Iterator[Part]:
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    heading = [column.name for column in table.columns]
    columns = ", ".join(plain(column) for column in table.columns)
    with Workbook(folder / path) as workbook:
        for first, scope in sheets.items():
            rows = (tuple(map(_fitted, row)) for row in rows_of(db, table.select(scope, columns)))
            for number, batch in enumerate(_batches(rows, sheet_rows - 1), start=1):
                sheet = first if number == 1 else f"{first}-{number}"
                written = workbook.sheet(sheet, heading, batch)
                name = sheet if not table.by_partition else f"{table.name}-{sheet}"
                yield Part(table.name, path, table.columns, written, name, sheet, complete=not table.by_partition)


def _batches(rows: Iterator[Any], size: int) -> Iterator[Iterator[Any]]:
    """The first one also if there are no rows: a table without rows is a sheet with a heading."""
    yield islice(rows, size)
    for following in rows:
        yield chain((following,), islice(rows, size - 1))


def _fitted(value: Any) -> Any:
    if not isinstance(value, str) or fits(value):
        return value
    said = _CUT.format(len(value))
    room = (TEXT - len(said)) * 2  # bytes of UTF-16, whose halves of a character are left out
    return value.encode("utf-16-le", "surrogatepass")[:room].decode("utf-16-le", "ignore") + said
