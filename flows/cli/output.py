"""Rows as a person's table, as CSV, or as JSON."""

from __future__ import annotations

import csv
import json
import math
import re
import sys
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

FORMATS = ("table", "csv", "json")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")  # what a document may hold must not command a terminal
_PIPED_WIDTH = 10_000  # a table that is piped is not broken to a terminal's width


def print_rows(columns: Sequence[str], rows: Iterable[Sequence[Any]], form: str = "table") -> None:
    if form == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([_csv(value) for value in row] for row in rows)
    elif form == "json":
        names = _apart(columns)
        records = [dict(zip(names, map(_json, row), strict=True)) for row in rows]
        print(json.dumps(records, ensure_ascii=False, indent=1, allow_nan=False))
    else:
        _print_table(columns, list(rows))


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """A reader that stops reading is no error; Rich would exit with 1."""
        raise BrokenPipeError


def _print_table(columns: Sequence[str], rows: list[Sequence[Any]]) -> None:
    table = Table(box=box.SIMPLE_HEAD, header_style="bold")
    for index, column in enumerate(columns):
        numeric = bool(rows) and all(isinstance(row[index], int | float | Decimal | None) for row in rows)
        table.add_column(Text(column), justify="right" if numeric else "left")
    for row in rows:
        table.add_row(*(Text(_shown(value)) for value in row))
    console = _Console() if sys.stdout.isatty() else _Console(width=_PIPED_WIDTH)
    console.print(table)
    console.print(f"{len(rows)} 行 rows", highlight=False)


def _shown(value: Any) -> str:
    if value is None:
        return ""
    return _plain(value) if isinstance(value, Decimal) else shown(str(value))


def shown(text: str) -> str:
    """A line or several as a terminal may be given them."""
    return _CONTROL.sub("\ufffd", text)


def _csv(value: Any) -> Any:
    if isinstance(value, Decimal):
        return _plain(value)
    return json.dumps(_json(value), ensure_ascii=False) if isinstance(value, list | dict | tuple) else value


def _apart(columns: Sequence[str]) -> list[str]:
    """Names for an object's keys: a column whose name came before gets a number, as in DuckDB's own subqueries."""
    names: list[str] = []
    for column in columns:
        name, number = column, 0
        while name in names:
            number += 1
            name = f"{column}_{number}"
        names.append(name)
    return names


def _json(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, float) and not math.isfinite(value):
        return None  # JSON has no word for it
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [_json(each) for each in value]
    if isinstance(value, dict):
        return {str(key): _json(each) for key, each in value.items()}
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)


def _plain(value: Decimal) -> str:
    """12 for 12.0000, 0.5 for 0.5000."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
