"""The signatures of stored sections (`pipeline.checks.signature`), so that texts are compared without being read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from pipeline.checks import Signature, signature
from pipeline.warehouse import tables
from pipeline.warehouse.database import CATALOG, Connection
from pipeline.warehouse.rows import Entry

_BATCH = 2000  # sections

Row = tuple[str, str, int, int, bytes]


def store(db: Connection, entries: Sequence[Entry]) -> None:
    """In the place of what was stored of these reports."""
    texts = (
        (entry.report_id, entry.rows.report.province, entry.rows.report.year, part.number, part.text)
        for entry in entries
        for part in entry.rows.report.sections
    )
    db.register("signed", tables.table(tables.CONTENTS[:1], [(entry.report_id,) for entry in entries]))
    db.execute("DELETE FROM nianbao_signatures WHERE report_id IN (SELECT report_id FROM signed)")
    db.unregister("signed")
    tables.insert(db, "nianbao_signatures", tables.table(tables.SIGNATURES, _signed(texts)))


def sign_all(db: Connection, catalog: str = CATALOG) -> None:
    """For a file or a lake whose reports were stored before there were signatures."""
    cursor = db.cursor()
    cursor.execute(f"SELECT report_id, province, year, section, text FROM {catalog}.sections")  # noqa: S608
    while batch := cursor.fetchmany(_BATCH):
        tables.insert(db, f"{catalog}.nianbao_signatures", tables.table(tables.SIGNATURES, _signed(batch)))


def _signed(texts: Iterable[Sequence[object]]) -> Iterator[Row]:
    for report_id, province, year, number, text in texts:
        made = signature(str(text))
        if made is not None:
            yield (
                str(report_id),
                str(province),
                int(str(year)),
                int(str(number)),
                np.array(sorted(made), dtype="<u4").tobytes(),
            )


def restored(hashes: bytes) -> Signature:
    return frozenset(np.frombuffer(hashes, dtype="<u4").tolist())
