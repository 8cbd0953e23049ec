"""The Parquet copy of the published file: one file per table, province and year, rewritten where it differs.

A partition is written aside and takes the place of the old one by one rename, so that readers see the old or the new.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.warehouse import schema
from pipeline.warehouse.database import Connection, explained, literal, read
from pipeline.warehouse.files import Paths, sync, writing
from pipeline.warehouse.opening import upgrade

# What the rows of a file are sorted by, beyond province and year.
TABLES: Mapping[str, str] = {
    "reports": "report_id",
    "facts": "item, applicant, report_id",
    "sections": "report_id, section",
    "checks": "report_id, rule, item, applicant",
    "mentions": "report_id, section, start",
}

_LAYOUT = 3  # raised when the files are to be written differently
_FILE = "data.parquet"

# Lists of a fixed length that are NULL are written in a way that Arrow's readers refuse; as plain lists they are not.
SPOKEN: Mapping[str, str] = {"facts": "REPLACE (bbox::DOUBLE[] AS bbox)"}


@dataclass(frozen=True, slots=True)
class _Partition:
    table: str
    province: str
    year: int

    @property
    def folder(self) -> str:
        return f"{self.table}/province={self.province}/year={self.year}"


Manifest = dict[str, str]  # partition folder -> fingerprint and size


def publish_parquet(data_dir: Path) -> int:
    """Make the Parquet copy equal to the published file; the number of files written. Nothing to do costs little."""
    paths = Paths(data_dir)
    if not paths.published.exists():
        return 0
    with explained(paths), writing(paths):
        upgrade(paths)
        return bring_up_to_date(paths)


def bring_up_to_date(paths: Paths) -> int:
    """The same for callers that hold the right to write."""
    stored = _read_manifest(paths)
    with read(paths.published, paths.spill) as db:
        schema.require(db)
        wanted = _fingerprints(db)
        written = 0
        manifest: Manifest = {}
        for partition, fingerprint in wanted.items():
            target = paths.parquet / partition.folder / _FILE
            mark = _mark(fingerprint, target)
            if stored.get(partition.folder) != mark:
                _write(db, paths, partition)
                written += 1
                mark = _mark(fingerprint, target)
            manifest[partition.folder] = mark
    _remove_strays(paths, manifest)
    if manifest != stored:
        _write_manifest(paths, manifest)
    return written


def _mark(fingerprint: str, target: Path) -> str:
    """Fingerprint and size: a file that vanished or was cut short is written again."""
    try:
        return f"{fingerprint}:{target.stat().st_size}"
    except (FileNotFoundError, NotADirectoryError):
        return f"{fingerprint}:-1"


def _fingerprints(db: Connection) -> dict[_Partition, str]:
    """One for each partition, made from those of its reports: facts need not be read to know that nothing changed."""
    rows = db.execute(
        """
        SELECT province, year, md5(string_agg(report_id || fingerprint || version, ' ' ORDER BY report_id))
        FROM reports
        JOIN nianbao_contents USING (report_id)
        GROUP BY province, year
        ORDER BY province, year
        """
    ).fetchall()
    return {
        _Partition(table, province, year): f"{_LAYOUT}.{digest}" for province, year, digest in rows for table in TABLES
    }


def _write(db: Connection, paths: Paths, partition: _Partition) -> None:
    """The columns `province` and `year` stand in the path alone, as Hive's readers expect."""
    paths.parquet_next.mkdir(parents=True, exist_ok=True)
    aside = paths.parquet_next / partition.folder.replace("/", "-")
    db.execute(
        f"""
        COPY (
            SELECT * EXCLUDE (province, year) {SPOKEN.get(partition.table, "")}
            FROM {partition.table}
            WHERE province = {literal(partition.province)} AND year = {partition.year}
            ORDER BY {TABLES[partition.table]}
        ) TO {literal(str(aside))} (FORMAT parquet, COMPRESSION zstd)
        """  # noqa: S608
    )
    sync(aside)
    target = paths.parquet / partition.folder / _FILE
    target.parent.mkdir(parents=True, exist_ok=True)
    aside.replace(target)


def _remove_strays(paths: Paths, manifest: Manifest) -> None:
    """Files and folders of partitions that are no more, or that nobody here has written."""
    for table in TABLES:
        for province in _folders(paths.parquet / table, "province="):
            for year in _folders(province, "year="):
                _remove_strays_of(year, known=f"{table}/{province.name}/{year.name}" in manifest)
            _remove_empty(province)
    if paths.parquet_next.is_dir():
        for path in paths.parquet_next.iterdir():
            path.unlink()
        paths.parquet_next.rmdir()


def _remove_strays_of(folder: Path, *, known: bool) -> None:
    held = list(folder.iterdir())
    if known and [path.name for path in held] == [_FILE]:
        return  # as it is with nearly every one of thousands
    for path in held:
        if path.is_file() and not (known and path.name == _FILE):
            path.unlink()
    _remove_empty(folder)


def _remove_empty(folder: Path) -> None:
    if not any(folder.iterdir()):
        folder.rmdir()


def _folders(folder: Path, start: str) -> list[Path]:
    if not folder.is_dir():
        return []
    with os.scandir(folder) as entries:
        return [folder / entry.name for entry in entries if entry.name.startswith(start) and entry.is_dir()]


def _read_manifest(paths: Paths) -> Manifest:
    """Without a readable one, everything is written again."""
    try:
        loaded = json.loads(paths.manifest.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return loaded if isinstance(loaded, dict) else {}


def _write_manifest(paths: Paths, manifest: Manifest) -> None:
    paths.manifest.parent.mkdir(parents=True, exist_ok=True)
    aside = paths.manifest.with_name(paths.manifest.name + ".next")
    with aside.open("w", encoding="utf-8") as stream:
        json.dump(manifest, stream, ensure_ascii=False, indent=0, sort_keys=True)
        stream.flush()
        os.fsync(stream.fileno())
    aside.replace(paths.manifest)
