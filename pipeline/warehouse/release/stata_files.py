"""Stata: one .dta per table, with what its variables and codes mean as labels and notes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.warehouse.codes import code_labels
from pipeline.warehouse.database import Connection
from pipeline.warehouse.documentation import Column
from pipeline.warehouse.release.contents import Contents, Table
from pipeline.warehouse.release.parts import DATA, Part, is_list, plain, rows_of
from pipeline.warehouse.release.stata import NAME, Kind, Variable
from pipeline.warehouse.release.stata import Table as File
from pipeline.warehouse.wide import name as quoted

_NARROW = 80  # bytes; longer texts are stored once each, apart from the observations
_BYTE = 100  # the largest number of a byte


def write(db: Connection, contents: Contents, folder: Path) -> list[Part]:
    (folder / DATA).mkdir(exist_ok=True)
    return [_write(db, contents, table, folder) for table in contents.tables]


def _write(db: Connection, contents: Contents, table: Table, folder: Path) -> Part:
    path = f"{DATA}/{table.name}.dta"
    measured = _measure(db, contents, table)
    names = variable_names(tuple(column.name for column in table.columns))
    labels = {column.name: _labels(table, column, measured) for column in table.columns}
    variables = [
        _variable(table, column, name, measured, labels[column.name])
        for column, name in zip(table.columns, names, strict=True)
    ]
    sets = {
        one.labels: {number: f"{code} {labels[column.name][code]}".strip() for code, number in one.codes.items()}
        for one, column in zip(variables, table.columns, strict=True)
        if one.codes is not None
    }
    title = f"{table.name} {table.note.chinese}"
    File(folder / path, variables, measured.rows, title, sets).write(_rows(db, contents, table))
    return Part(table.name, path, table.columns, measured.rows, table.name, renamed=names)


def _rows(db: Connection, contents: Contents, table: Table) -> Iterator[tuple[Any, ...]]:
    columns = ", ".join(plain(column) for column in table.columns)
    for scope in contents.parts(table):
        yield from rows_of(db, table.select(scope, columns))


@dataclass(slots=True)
class _Measured:
    """What a file says at its beginning."""

    rows: int = 0
    widths: dict[str, int] = field(default_factory=dict)  # column of text -> longest, in bytes
    codes: dict[str, set[str]] = field(default_factory=dict)  # column of codes -> those that occur


def _measure(db: Connection, contents: Contents, table: Table) -> _Measured:
    texts = [column.name for column in table.columns if column.type == "VARCHAR"]
    coded = [name for name in texts if code_labels(table.name, name)]
    asked = ["count(*)"]
    asked += [f"coalesce(max(strlen({quoted(name)})), 0)" for name in texts]
    asked += [f"coalesce(array_agg(DISTINCT {quoted(name)}) FILTER ({quoted(name)} IS NOT NULL), [])" for name in coded]
    measured = _Measured(widths=dict.fromkeys(texts, 0), codes={name: set() for name in coded})
    for scope in contents.parts(table):
        rows, *found = db.execute(f"SELECT {', '.join(asked)} FROM ({table.select(scope)})").fetchall()[0]  # noqa: S608
        measured.rows += rows
        for name, width in zip(texts, found, strict=False):
            measured.widths[name] = max(measured.widths[name], width)
        for name, codes in zip(coded, found[len(texts) :], strict=True):
            measured.codes[name] |= set(codes)
    return measured


def _variable(table: Table, column: Column, name: str, measured: _Measured, labels: Mapping[str, str]) -> Variable:
    said = f"{column.note.chinese} / {column.note.english}"
    note = f"{table.name}.{column.name}: {said}"
    if labels:
        codes = {code: number for number, code in enumerate(labels, start=0 if column.type == "BOOLEAN" else 1)}
        labelled = "boolean" if column.type == "BOOLEAN" else column.name
        return Variable(name, "byte", said, note, codes=codes, labels=labelled)
    width = measured.widths.get(column.name, 0)
    if column.type == "VARCHAR" and width <= _NARROW:
        return Variable(name, "text", said, note, width=max(1, width))
    return Variable(name, _kind(column), said, note)


def _kind(column: Column) -> Kind:
    if column.type == "VARCHAR" or is_list(column):
        return "long_text"
    if column.type == "DATE":
        return "date"
    if column.type == "TIMESTAMP WITH TIME ZONE":
        return "datetime"
    return "long" if column.type == "INTEGER" else "double"


def _labels(table: Table, column: Column, measured: _Measured) -> Mapping[str, str]:
    """In the order in which codes are written down, the same in every release; codes unknown there come last. Too
    many of those for a byte: the column stays text."""
    if column.type == "BOOLEAN":
        return {"False": "否", "True": "是"}
    known = code_labels(table.name, column.name)
    unknown = sorted(measured.codes.get(column.name, set()) - set(known))
    labels = {**known, **dict.fromkeys(unknown, "")}
    return labels if len(labels) <= _BYTE else {}


def variable_names(columns: tuple[str, ...]) -> tuple[str, ...]:
    """As they are, if they fit into a name of Stata; else cut, with a number where two would be the same."""
    names: list[str] = []
    taken = {column for column in columns if len(column) <= NAME}
    for column in columns:
        name = column
        if len(column) > NAME:
            name = re.sub(r"_$", "", column[:NAME])
            number = 1
            while name in taken:
                number += 1
                name = f"{column[: NAME - 1 - len(str(number))]}_{number}"
            taken.add(name)
        names.append(name)
    return tuple(names)
