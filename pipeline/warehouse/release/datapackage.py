"""`datapackage.json`: the release as a Frictionless Data Package, with types, keys, references and missing values."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pipeline.warehouse.documentation import Column
from pipeline.warehouse.release.citation import LICENCE, LICENCE_TITLE, LICENCE_URL, RIGHTS, TITLE
from pipeline.warehouse.release.contents import KEYS, REFERENCES, Contents, Table
from pipeline.warehouse.release.edition import Edition
from pipeline.warehouse.release.parts import Part, is_list

NAME = "datapackage.json"

MEDIA_TYPES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
    "dta": "application/x-stata-dta",
}
_TYPES = {
    "VARCHAR": "string",
    "INTEGER": "integer",
    "BIGINT": "integer",
    "DOUBLE": "number",
    "BOOLEAN": "boolean",
    "DATE": "date",
    "TIMESTAMP WITH TIME ZONE": "datetime",
}


def write(folder: Path, held: Contents, parts: list[Part], made: Edition) -> None:
    tables = {table.name: table for table in held.tables}
    shared = {part.table for part in parts if not part.complete}
    for name in sorted(shared):
        part = next(part for part in parts if part.table == name)
        _write_json(folder / _schema_path(name), _schema(tables[name], part, shared))
    package = {
        "name": "nianbao",
        "title": TITLE,
        "description": f"{made.reports} reports. {made.scope_text}. See codebook.md. {RIGHTS}",
        "licenses": [{"name": LICENCE, "title": LICENCE_TITLE, "path": LICENCE_URL}],
        "version": made.version,
        "created": f"{made.day.isoformat()}T00:00:00Z",
        "keywords": ["政府信息公开", "年报", "open government", "freedom of information", "China"],
        "contributors": [{"title": "nianbao", "role": "publisher"}],
        "resources": [_resource(folder, tables[part.table], part, shared) for part in parts],
    }
    _write_json(folder / NAME, package)


def _resource(folder: Path, table: Table, part: Part, shared: set[str]) -> dict[str, Any]:
    kind = part.path.rpartition(".")[2]
    resource: dict[str, Any] = {
        "name": part.name.lower(),
        "title": table.note.chinese,
        "description": table.note.english,
        "path": part.path,
        "format": kind,
        "mediatype": MEDIA_TYPES[kind],
        "schema": _schema(table, part, shared) if part.complete else _schema_path(table.name),
    }
    if kind in ("csv", "xlsx", "parquet"):
        resource["profile"] = "tabular-data-resource"
    if kind != "parquet":  # which validators cannot count
        resource["bytes"] = (folder / part.path).stat().st_size
    if kind != "dta":
        resource["rows"] = part.rows
    if kind == "csv":
        resource["encoding"] = "utf-8"
    if part.sheet is not None:
        resource["dialect"] = {"excel": {"sheet": part.sheet}}
    return resource


def _schema_path(table: str) -> str:
    return f"schemas/{table}.json"


def _schema(table: Table, part: Part, shared: set[str]) -> dict[str, Any]:
    """Keys are said where they hold: of a table that is one part, into tables that are one part."""
    schema: dict[str, Any] = {
        "fields": [_field(table, column, part) for column in part.columns],
        "missingValues": [""],
    }
    if not part.complete or part.renamed:
        return schema
    if table.name in KEYS:
        schema["primaryKey"] = list(KEYS[table.name])
    references = [
        {"fields": [column], "reference": {"resource": other, "fields": list(KEYS[other])}}
        for column, other in REFERENCES.get(table.name, {}).items()
        if other not in shared
    ]
    if references:
        schema["foreignKeys"] = references
    return schema


def _field(table: Table, column: Column, part: Part) -> dict[str, Any]:
    names = dict(zip((one.name for one in part.columns), part.renamed or (), strict=False))
    field: dict[str, Any] = {
        "name": names.get(column.name, column.name),
        "type": _type(table, column, part),
        "title": column.note.chinese,
        "description": column.note.english,
    }
    # An empty text and none are the same to readers of these formats: no text is required.
    if column.name in table.required and field["type"] != "string":
        field["constraints"] = {"required": True}
    return field


def _type(table: Table, column: Column, part: Part) -> str:
    """Validators read Parquet in a way in which a whole number that may be missing is a number with a point, and a
    list is nothing they know."""
    kind = "array" if is_list(column) else _TYPES.get(column.type, "number")
    if not part.path.endswith(".parquet") or (kind == "integer" and column.name in table.required):
        return kind
    return {"integer": "number", "array": "any"}.get(kind, kind)


def _write_json(path: Path, content: object) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
