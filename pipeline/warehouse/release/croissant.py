"""`croissant.json`: the release in the Croissant 1.0 vocabulary, which data set search engines and loaders read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pipeline.warehouse.documentation import Column
from pipeline.warehouse.release.checksums import sha256
from pipeline.warehouse.release.citation import LICENCE_URL, RIGHTS, TITLE
from pipeline.warehouse.release.contents import Contents, Table
from pipeline.warehouse.release.datapackage import MEDIA_TYPES
from pipeline.warehouse.release.edition import Edition
from pipeline.warehouse.release.parts import Part, is_list

NAME = "croissant.json"

_CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "equivalentProperty": "cr:equivalentProperty",
    "extract": "cr:extract",
    "field": "cr:field",
    "fileProperty": "cr:fileProperty",
    "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
_TYPES = {
    "VARCHAR": "sc:Text",
    "INTEGER": "sc:Integer",
    "BIGINT": "sc:Integer",
    "BOOLEAN": "sc:Boolean",
    "DATE": "sc:Date",
    "TIMESTAMP WITH TIME ZONE": "sc:Date",
}


def write(folder: Path, held: Contents, parts: list[Part], made: Edition) -> None:
    files = {part.path: part for part in parts}
    described = {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": "nianbao",
        "alternateName": TITLE,
        "description": f"{made.reports} reports. {made.scope_text}. See codebook.md. {RIGHTS}",
        "license": LICENCE_URL,
        "version": made.version,
        "datePublished": made.day.isoformat(),
        "creator": {"@type": "sc:Organization", "name": "nianbao"},
        "citeAs": f"nianbao, {TITLE}, {made.version}",
        "keywords": ["open government", "freedom of information", "China"],
        "distribution": [_file(folder, part) for part in files.values()],
        "recordSet": _record_sets(held, files),
    }
    (folder / NAME).write_text(json.dumps(described, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _file(folder: Path, part: Part) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": part.path,
        "name": part.path,
        "contentUrl": part.path,
        "contentSize": f"{(folder / part.path).stat().st_size} B",
        "encodingFormat": MEDIA_TYPES[part.path.rpartition(".")[2]],
        "sha256": sha256(folder / part.path),
    }


def _record_sets(held: Contents, files: dict[str, Part]) -> list[dict[str, Any]]:
    """Only for files that hold a table whole, in a form that Croissant's readers know; the rest are files to them."""
    tables = {table.name: table for table in held.tables}
    readable = [part for part in files.values() if part.complete and part.path.endswith((".csv", ".parquet"))]
    return [_record_set(tables[part.table], part) for part in readable]


def _record_set(table: Table, part: Part) -> dict[str, Any]:
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": f"{table.note.chinese} / {table.note.english}",
        "field": [_field(table, column, part) for column in part.columns],
    }


def _field(table: Table, column: Column, part: Part) -> dict[str, Any]:
    return {
        "@type": "cr:Field",
        "@id": f"{table.name}/{column.name}",
        "name": f"{table.name}/{column.name}",
        "description": f"{column.note.chinese} / {column.note.english}",
        "dataType": "sc:Text" if is_list(column) else _TYPES.get(column.type, "sc:Float"),
        "source": {"fileObject": {"@id": part.path}, "extract": {"column": column.name}},
    }
