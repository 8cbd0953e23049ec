"""Local files and folders into the archive, as snapshots that the rest of the pipeline treats like fetched ones."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from pipeline.albums import homes_of_pictures, title_of_file
from pipeline.archive import ArchiveWriter, Description
from pipeline.errors import NianbaoError
from pipeline.media import sniff
from pipeline.model import Kind, Overrides, Snapshot

_MOST_BYTES = 200 * 1024 * 1024
_MOST_FILES = 200_000


def files_of(paths: Sequence[Path]) -> list[Path]:
    """The files that `paths` name, folders walked in order; hidden files are left out."""
    found: list[Path] = []
    for path in paths:
        if not path.exists():
            raise NianbaoError(f"找不到文件 / no such file: {path}")
        if path.is_dir():
            inside = (file for file in sorted(path.rglob("*")) if file.is_file() and not _is_hidden(file, path))
            found.extend(inside)
        else:
            found.append(path)
        if len(found) > _MOST_FILES:
            raise NianbaoError(f"文件超过 {_MOST_FILES} 个 / more than {_MOST_FILES} files")
    if not found:
        raise NianbaoError(f"没有文件 / no files in: {', '.join(map(str, paths))}")
    return list(dict.fromkeys(file.resolve() for file in found))


def _is_hidden(file: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in file.relative_to(folder).parts)


def ingest_files(
    files: Sequence[Path], *, archive: ArchiveWriter, run_id: str, overrides: Overrides | None = None
) -> Iterator[Snapshot]:
    """Pictures that a page beside them shows, and those that are numbered through, hang on that page or the first."""
    homes = homes_of_pictures(files)
    for file in files:
        snapshot = _ingest(file, archive, run_id)
        if file in homes:
            snapshot = replace(snapshot, kind=Kind.ATTACHMENT, page_url=homes[file].as_uri())
        snapshot = replace(snapshot, title=title_of_file(file), overrides=overrides)
        if snapshot.archived is not None:
            archive.describe(Description(snapshot.url, snapshot))
        yield snapshot


def _ingest(file: Path, archive: ArchiveWriter, run_id: str) -> Snapshot:
    now = datetime.now(UTC)
    url = file.as_uri()
    try:
        size = file.stat().st_size
        if size > _MOST_BYTES:
            raise OSError(f"文件过大 / the file has {size} bytes")
        body = file.read_bytes()
    except OSError as error:
        return Snapshot(url, None, run_id, Kind.REPORT, now, error=error.strerror or str(error))
    media_type = sniff(body, file.name)
    return Snapshot(
        url=url,
        portal_id=None,
        run_id=run_id,
        kind=Kind.REPORT,
        fetched_at=now,
        media_type=media_type,
        bytes=len(body),
        sha256=hashlib.sha256(body).hexdigest(),
        archived=archive.write_file(url, body, media_type=media_type, fetched_at=now),
    )
