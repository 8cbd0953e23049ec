"""A researcher's release: a folder with data in one format, codebook, metadata and checksums, that appears whole."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.warehouse.database import Connection, explained
from pipeline.warehouse.files import Paths
from pipeline.warehouse.lake import Lake
from pipeline.warehouse.published import Place, read_place
from pipeline.warehouse.release import (
    changes,
    checksums,
    citation,
    codebook,
    croissant,
    csv_files,
    datapackage,
    parquet_files,
    stata_files,
    xlsx_files,
)
from pipeline.warehouse.release.contents import Contents, Scope, contents
from pipeline.warehouse.release.draft import drafted
from pipeline.warehouse.release.edition import edition
from pipeline.warehouse.release.parts import Part

_WRITERS: Mapping[str, Callable[[Connection, Contents, Path], list[Part]]] = {
    "parquet": parquet_files.write,
    "csv": csv_files.write,
    "xlsx": xlsx_files.write,
    "dta": stata_files.write,
}
FORMATS = tuple(_WRITERS)

# Work is done province by province and year by year, which needs no more.
_MEMORY = "2GB"
_SPILL = ".spill"


@dataclass(frozen=True, slots=True)
class Release:
    version: str
    reports: int
    files: int
    changes: changes.Changes | None


def export(
    place: Place, target: Path, *, format: str = "parquet", scope: Scope | None = None, previous: Path | None = None
) -> Release:
    """Write a release of the published warehouse into a folder that is not there yet or empty."""
    target = target.resolve()
    with explained(Paths(target if isinstance(place, Lake) else place), target), drafted(target) as draft:
        with read_place(place, draft / _SPILL, target) as db:
            db.execute(f"SET memory_limit = '{_MEMORY}'")
            held = contents(db, scope or Scope())
            made = edition(db, held.scope, format)
            parts = _WRITERS[format](db, held, draft)
            codebook.write(draft, held, parts, made)
            changed = changes.write(db, draft, held.scope, previous)
        shutil.rmtree(draft / _SPILL, ignore_errors=True)
        citation.write(draft, made)
        datapackage.write(draft, held, parts, made)
        croissant.write(draft, held, parts, made)
        files = checksums.write(draft)
    return Release(made.version, made.reports, files, changed)
