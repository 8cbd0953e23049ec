"""The tables' columns as Arrow types, and the one way rows get into them: in bulk."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pyarrow as pa

from pipeline.model import Authority
from pipeline.warehouse.database import Connection

_TEXT = pa.string()
_TEXTS = pa.list_(pa.string())
_INT = pa.int32()
_TIME = pa.timestamp("us", tz="UTC")
AMOUNT = pa.decimal128(20, 4)
_BBOX = pa.list_(pa.float64(), 4)

Columns = tuple[tuple[str, Any], ...]

ITEMS: Columns = (
    ("form", _TEXT),
    ("section", _INT),
    ("position", _INT),
    ("item", _TEXT),
    ("label_zh", _TEXT),
    ("label_en", _TEXT),
    ("unit", _TEXT),
    ("per_applicant", _TEXT),
)

DIVISIONS: Columns = (
    ("code", _TEXT),
    ("name", _TEXT),
    ("level", _TEXT),
    ("parent", _TEXT),
    ("valid_from", _INT),
    ("valid_to", _INT),
)

AUTHORITIES: Columns = (
    ("authority_id", _TEXT),
    ("name", _TEXT),
    ("division", _TEXT),
    ("level", _TEXT),
    ("department", _TEXT),
    ("aliases", _TEXTS),
)

GOVERNMENTS: Columns = (
    ("authority_id", _TEXT),
    ("name", _TEXT),
    ("division", _TEXT),
    ("level", _TEXT),
    ("first_year", _INT),
    ("last_year", _INT),
)

PORTALS: Columns = (
    ("id", _TEXT),
    ("authority", _TEXT),
    ("division", _TEXT),
    ("url", _TEXT),
    ("hosts", _TEXTS),
    ("platform", _TEXT),
    ("columns", _TEXTS),
    ("render", _TEXT),
    ("tls", _TEXT),
    ("encoding", _TEXT),
    ("min_reports", _INT),
    ("verified", _TEXT),
    ("evidence", _TEXT),
    ("authority_id", _TEXT),
)

OUTCOMES: Columns = (("id", _TEXT), ("state", _TEXT), ("reason", _TEXT), ("platform", _TEXT))

_PLACE: Columns = (("report_id", _TEXT), ("province", _TEXT), ("year", _INT))

REPORTS: Columns = (
    *_PLACE,
    ("province_name", _TEXT),
    ("division", _TEXT),
    ("division_name", _TEXT),
    ("authority", _TEXT),
    ("authority_id", _TEXT),
    ("level", _TEXT),
    ("department", _TEXT),
    ("title", _TEXT),
    ("form", _TEXT),
    ("published_on", pa.date32()),
    ("portal_id", _TEXT),
    ("page_url", _TEXT),
    ("file_url", _TEXT),
    ("media_type", _TEXT),
    ("sha256", _TEXT),
    ("fetched_at", _TIME),
    ("extractor", _TEXT),
    ("facts", _INT),
    ("checks_failed", _INT),
    ("status", _TEXT),
    ("version", _INT),
)

FACTS: Columns = (
    *_PLACE,
    ("item", _TEXT),
    ("applicant", _TEXT),
    ("kind", _TEXT),
    ("value", AMOUNT),
    ("raw", _TEXT),
    ("page", _INT),
    ("bbox", _BBOX),
    ("cell", _TEXT),
    ("method", _TEXT),
    ("confidence", pa.float64()),
    ("reason", _TEXT),
)

SECTIONS: Columns = (*_PLACE, ("section", _INT), ("heading", _TEXT), ("text", _TEXT))

CHECKS: Columns = (
    *_PLACE,
    ("rule", _TEXT),
    ("passed", pa.bool_()),
    ("severity", _TEXT),
    ("item", _TEXT),
    ("applicant", _TEXT),
    ("expected", AMOUNT),
    ("actual", AMOUNT),
    ("message", _TEXT),
)

MENTIONS: Columns = (
    *_PLACE,
    ("section", _INT),
    ("metric", _TEXT),
    ("value", AMOUNT),
    ("unit", _TEXT),
    ("approximate", pa.bool_()),
    ("sentence", _TEXT),
    ("start", _INT),
    ("stop", _INT),
)

KEYS: Columns = (("report_id", _TEXT), ("authority_id", _TEXT), ("year", _INT))

CONTENTS: Columns = (
    ("report_id", _TEXT),
    ("fingerprint", _TEXT),
    ("confidence", pa.float64()),
    ("figures", _TEXT),
    ("text", _TEXT),
    ("loaded_at", _TIME),
)

SOURCES: Columns = (
    ("authority_id", _TEXT),
    ("year", _INT),
    ("address", _TEXT),
    ("figures", _TEXT),
    ("text", _TEXT),
)

JUDGED: Columns = (("report_id", _TEXT), ("file_url", _TEXT))

QUARANTINE: Columns = (
    ("table_name", _TEXT),
    ("key", _TEXT),
    ("report_id", _TEXT),
    ("file_url", _TEXT),
    ("row_json", _TEXT),
    ("reason", _TEXT),
    ("run_id", _TEXT),
    ("first_seen", _TIME),
    ("last_seen", _TIME),
)

SIGNATURES: Columns = (*_PLACE, ("section", _INT), ("hashes", pa.binary()))

DOCUMENTS: Columns = (
    ("url", _TEXT),
    ("portal_id", _TEXT),
    ("run_id", _TEXT),
    ("http_status", _INT),
    ("media_type", _TEXT),
    ("bytes", pa.int64()),
    ("sha256", _TEXT),
    ("fetched_at", _TIME),
    ("warc", _TEXT),
    ("kind", _TEXT),
    ("outcome", _TEXT),
    ("reason", _TEXT),
    ("title", _TEXT),
)

RUNS: Columns = (
    ("run_id", _TEXT),
    ("started_at", _TIME),
    ("finished_at", _TIME),
    ("outcome", _TEXT),
    ("portals", _INT),
    ("pages_requested", _INT),
    ("reports_found", _INT),
    ("new", _INT),
    ("changed", _INT),
    ("unchanged", _INT),
    ("failed", _INT),
    ("checks_failed", _INT),
    ("message", _TEXT),
)


def table(columns: Columns, rows: Iterable[Sequence[object]]) -> pa.Table:
    """Rows as an Arrow table."""
    schema = pa.schema(list(columns))
    by_column = list(zip(*rows, strict=True))
    if not by_column:
        return schema.empty_table()
    arrays = [pa.array(values, field.type) for values, field in zip(by_column, schema, strict=True)]
    return pa.Table.from_arrays(arrays, schema=schema)


def authority_table(authorities: Iterable[Authority]) -> pa.Table:
    rows = [
        (one.authority_id, one.name, one.division, one.level, one.department, list(one.aliases)) for one in authorities
    ]
    return table(AUTHORITIES, rows)


def insert(db: Connection, name: str, rows: pa.Table) -> None:
    """Append. DuckDB checks the table's constraints."""
    if not rows.num_rows:
        return
    db.register("incoming", rows)
    columns = ", ".join(f'"{column}"' for column in rows.column_names)
    db.execute(f"INSERT INTO {name} ({columns}) SELECT {columns} FROM incoming")  # noqa: S608
    db.unregister("incoming")


def replace(db: Connection, name: str, rows: pa.Table, *, key: str) -> None:
    """Append, in the place of stored rows with the same key."""
    if not rows.num_rows:
        return
    db.register("incoming", rows)
    db.execute(f'DELETE FROM {name} WHERE "{key}" IN (SELECT "{key}" FROM incoming)')  # noqa: S608
    db.unregister("incoming")
    insert(db, name, rows)
