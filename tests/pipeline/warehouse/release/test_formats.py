"""Every format, read back by another reader, holds what the warehouse holds."""

from __future__ import annotations

import csv
import datetime as dt
import json
import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pyarrow.parquet
import pytest

from pipeline.warehouse.codes import code_labels
from pipeline.warehouse.database import read
from pipeline.warehouse.release import xlsx_files
from pipeline.warehouse.release.contents import KEYS, PARTITIONED, WHOLE, Scope, contents
from tests.pipeline.warehouse.release.conftest import AWKWARD_RAW, FORMULA, Rows
from tests.support.stata_files import StataFile, read_stata

TABLES = (*PARTITIONED, *WHOLE)
Release = Callable[[str], Path]
Stored = Callable[..., Rows]

each_table = pytest.mark.parametrize("table", TABLES)


def in_order(rows: Iterable[Iterable[Any]]) -> list[str]:
    return sorted(repr(tuple(row)) for row in rows)


def as_text(value: Any) -> str:
    """A value as a CSV has it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list | tuple):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return str(value)


def as_number(value: Any) -> Any:
    """A value as Stata and spreadsheets have it: numbers with a point, lists as text, times of UTC."""
    if isinstance(value, Decimal | int) and not isinstance(value, bool):
        return float(value)
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).replace(tzinfo=None) if value.tzinfo else value
    return as_text(value) if isinstance(value, list | tuple) else value


def undone(text: str) -> str:
    """What the codebook says of CSV, backwards."""
    return text[1:] if re.match(r"''*\s*[=+\-@＝＋－＠\t\r]", text) else text


# --- Parquet ---------------------------------------------------------------------------------------------


@each_table
def test_parquet_holds_the_same_rows_by_province_and_year(release: Release, stored: Stored, table: str) -> None:
    files = sorted((release("parquet") / "data").rglob("*.parquet"))
    found: list[tuple[Any, ...]] = []
    for path in files:
        place = dict(part.split("=") for part in path.parts if "=" in part)
        if (path.parts[-4] if place else path.stem) != table:
            continue
        for row in pyarrow.parquet.ParquetFile(path).read().to_pylist():
            row |= {"province": place["province"], "year": int(place["year"])} if place else {}
            found.append(tuple(sorted((name, as_number(value)) for name, value in row.items())))
    columns = described(stored, table)
    expected = [tuple(sorted(zip(columns, map(as_number, row), strict=True))) for row in stored(table)]
    assert sorted(map(repr, found)) == sorted(map(repr, expected))


def described(stored: Stored, table: str) -> list[str]:
    return [row[0] for row in stored_columns(stored, table)]


def stored_columns(stored: Stored, table: str) -> Rows:
    return [row for row in stored("duckdb_columns", "column_name, column_index, table_name") if row[2] == table]


# --- CSV -------------------------------------------------------------------------------------------------


@each_table
def test_csv_holds_the_same_rows_with_a_mark_for_excel(release: Release, stored: Stored, table: str) -> None:
    path = release("csv") / "data" / f"{table}.csv"
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as stream:
        heading, *rows = csv.reader(stream)
    assert heading == described(stored, table)
    expected = [[as_text(value) for value in row] for row in stored(table)]
    texts = [[undone(cell) if isinstance(value, str) else cell for cell, value in zip(row, typed, strict=True)]
             for row, typed in zip(rows, typed_like(stored, table, len(rows)), strict=True)]  # fmt: skip
    assert in_order(map(normal, texts)) == in_order(map(normal, expected))


def typed_like(stored: Stored, table: str, count: int) -> Rows:
    """For each column whether it is text, as a row of examples."""
    found = stored("duckdb_columns", "column_name, data_type, table_name")
    kinds = {name: kind for name, kind, of in found if of == table}
    return [tuple("" if kind == "VARCHAR" else None for kind in kinds.values())] * count


def normal(row: list[str]) -> list[str]:
    """Numbers may be written with more or fewer zeros behind the point."""
    decimal = re.compile(r"-?\d+\.\d+")
    return [re.sub(r"\.?0+$", "", cell) if decimal.fullmatch(cell) else cell for cell in row]


def test_csv_disarms_text_that_looks_like_a_formula_and_leaves_numbers(release: Release) -> None:
    with (release("csv") / "data" / "facts.csv").open(encoding="utf-8-sig", newline="") as stream:
        cells = {row["raw"]: row["value"] for row in csv.DictReader(stream) if row["province"] == "320000"}
    disarmed = {"@a": "'@a", "-一": "'-一", "'=1+1": "''=1+1"}
    assert set(cells) == {disarmed.get(raw, raw) for raw in AWKWARD_RAW}
    assert Decimal(cells["-5"]) == -5 and Decimal(cells["+3"]) == 3
    with (release("csv") / "data" / "reports.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert "'" + FORMULA in {row["title"] for row in csv.DictReader(stream)}


# --- XLSX ------------------------------------------------------------------------------------------------


@each_table
def test_xlsx_holds_the_same_rows_one_province_and_year_on_a_sheet(
    release: Release, stored: Stored, table: str
) -> None:
    folder = release("xlsx") / "data"
    paths = [folder / f"{table}.xlsx"] if table in WHOLE else sorted((folder / table).glob("*.xlsx"))
    found = []
    columns = described(stored, table)
    for path in paths:
        book = openpyxl.load_workbook(path)
        for sheet in book:
            assert sheet.freeze_panes == "A2"
            heading, *rows = sheet.iter_rows(values_only=True)
            assert list(heading) == columns
            found += [tuple(map(spoken, row)) for row in rows]
            if table in PARTITIONED:
                place = (columns.index("province"), columns.index("year"))
                assert {f"{row[place[0]]}-{row[place[1]]}" for row in rows} <= {sheet.title}
    assert in_order(found) == in_order(tuple(map(spoken, row)) for row in stored(table))


def spoken(value: Any) -> Any:
    """As a cell has it: an empty text is no text, a long one is cut, a day is a moment, control characters escaped."""
    value = as_number(value)
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return dt.datetime.combine(value, dt.time())
    if isinstance(value, str):
        return (value[:32_000] if len(value) > 32_000 else value).replace("\x01_x000D_", "_x0001__x005F_x000D_") or None
    return value


def test_a_sheet_that_is_full_goes_on_in_the_next(held: Path, tmp_path: Path) -> None:
    with read(held / "nianbao.duckdb", tmp_path / "spill") as db:
        chosen = contents(db, Scope(("640000",), (2024,)))
        parts = xlsx_files.write(db, chosen, tmp_path, sheet_rows=101)
    facts = [part for part in parts if part.table == "facts"]
    assert [part.sheet for part in facts] == ["640000-2024", "640000-2024-2", "640000-2024-3"]
    assert [part.rows for part in facts[:-1]] == [100, 100] and 0 < facts[-1].rows <= 100
    book = openpyxl.load_workbook(tmp_path / facts[0].path)
    assert [sheet.max_row - 1 for sheet in book] == [part.rows for part in facts]


# --- Stata -----------------------------------------------------------------------------------------------


@each_table
def test_stata_holds_the_same_rows_with_labels(release: Release, stored: Stored, table: str) -> None:
    file = read_stata(release("dta") / "data" / f"{table}.dta")
    columns = described(stored, table)
    assert [note.split(":")[0] for name, note in file.notes.items() if name.endswith(".note1")] == [
        f"{table}.{column}" for column in columns
    ]
    assert all(re.search(r"[\u4e00-\u9fff0-9]", label) for label in file.labels)
    assert len(set(file.names)) == len(file.names) and all(len(name) <= 32 for name in file.names)
    expected = [tuple(map(in_stata, row)) for row in stored(table)]
    assert in_order(tuple(map(in_stata, row)) for row in labels_off(file, table, columns)) == in_order(expected)


def labels_off(file: StataFile, table: str, columns: list[str]) -> Rows:
    """A label begins with the code and says after it, in Chinese, what that means."""
    meanings = [code_labels(table, column) or {"True": "是", "False": "否"} for column in columns]
    return [
        tuple(
            next(code for code, said in known.items() if value == f"{code} {said}") if labelled and value else value
            for value, labelled, known in zip(row, file.labelled, meanings, strict=True)
        )
        for row in file.rows
    ]


def in_stata(value: Any) -> Any:
    if isinstance(value, bool):
        return str(value)
    value = as_number(value)
    return value or None if isinstance(value, str) else value


def test_every_format_has_every_table(release: Release) -> None:
    for format in ("parquet", "csv", "xlsx", "dta"):
        names = {path.relative_to(release(format) / "data").parts[0].split(".")[0]
                 for path in (release(format) / "data").rglob(f"*.{format}")}  # fmt: skip
        assert names == set(TABLES)


def test_keys_are_keys(stored: Stored) -> None:
    for table, key in KEYS.items():
        found = stored(table, ", ".join(key))
        assert len(set(found)) == len(found)
        assert all(value is not None for row in found for value in row)


def test_the_release_opens_with_duckdb_as_one_table(release: Release, stored: Stored) -> None:
    source = f"read_parquet('{release('parquet')}/data/facts/*/*/*.parquet', hive_partitioning = true)"
    assert duckdb.sql(f"SELECT count(*), sum(value) FROM {source}").fetchall() == stored(
        "facts", "count(*), sum(value)"
    )
