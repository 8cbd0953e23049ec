"""The places in the archive that the audit trail names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pipeline.archive.checking import Reference
from pipeline.warehouse.files import Paths
from pipeline.warehouse.opening import read_published

_ROWS_AT_ONCE = 10_000


def archive_references(data_dir: Path) -> Iterator[Reference]:
    """Each place once for each document there. What lies in an archive file that was fetched has no hash of its own
    record."""
    if not Paths(data_dir).published.exists():
        return
    with read_published(data_dir) as db:
        found = db.execute(
            """
            SELECT DISTINCT regexp_extract(warc, '(.*)@', 1), try_cast(regexp_extract(warc, '@([^@]*)$', 1) AS BIGINT),
                CASE WHEN contains(url, '#') THEN '' ELSE sha256 END, url
            FROM documents WHERE warc IS NOT NULL
            """
        )
        while rows := found.fetchmany(_ROWS_AT_ONCE):
            for file, offset, sha256, url in rows:
                yield Reference(file, offset if offset is not None else -1, sha256, url)
