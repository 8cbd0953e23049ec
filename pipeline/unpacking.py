"""The files inside fetched or ingested archive files, as snapshots of their own: each is read, judged and recorded like
one that was fetched, under the archive's address and its name in it. The archive alone is kept on disk."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import PurePosixPath

from pipeline.extraction import ExtractStore
from pipeline.model import Kind, Snapshot
from pipeline.packed import DEEPEST, MOST_MEMBERS, Member, is_archive
from pipeline.titles import is_report_title

_UNSAFE_IN_URL = re.compile(r"[\x00-\x20\x7f\"#%<>\\^`{|}]")
_NO_DOCUMENTS = {
    ".css", ".js", ".json", ".xml", ".map", ".ico", ".svg", ".ttf", ".woff", ".woff2", ".exe", ".dll", ".ini", ".db",
    ".lnk", ".url", ".mp3", ".mp4",
}  # fmt: skip


def unpacked(snapshots: Sequence[Snapshot], store: ExtractStore) -> list[Snapshot]:
    """The snapshots, each archive that has been opened followed by what is in it, archives in it included."""
    found: list[Snapshot] = []
    for snapshot in snapshots:
        found.append(snapshot)
        found += islice(_inside(snapshot, store), MOST_MEMBERS)
    return found


def _inside(archive: Snapshot, store: ExtractStore) -> Iterator[Snapshot]:
    if archive.archived is None or archive.error or not is_archive(archive.media_type):
        return
    members = store.members(archive)
    names = Counter[str]()
    for member in members:
        names[member.name] += 1
        count = names[member.name]
        snapshot = _snapshot(archive, member, member.name if count == 1 else f"{member.name}~{count}")
        if len(members) == 1 and not is_report_title(snapshot.title):
            snapshot = replace(snapshot, title=archive.title or snapshot.title)
        yield snapshot
        yield from _inside(snapshot, store)


def _snapshot(archive: Snapshot, member: Member, name: str) -> Snapshot:
    assert archive.archived is not None
    places = (*archive.archived.member, member.place)
    error = member.error
    if is_archive(member.media_type) and len(places) >= DEEPEST:
        error = "压缩包层层嵌套，不再打开 / archives nested too deep"
    path = PurePosixPath(name)
    in_name = _UNSAFE_IN_URL.sub(lambda char: f"%{ord(char[0]):02X}", name)
    return replace(
        archive,
        url=f"{archive.url}{'/' if archive.archived.member else '#'}{in_name}",
        kind=Kind.OTHER if path.suffix.lower() in _NO_DOCUMENTS else Kind.ATTACHMENT,
        media_type=member.media_type,
        bytes=member.bytes,
        sha256=member.sha256,
        archived=None if error else replace(archive.archived, member=places),
        title=path.stem,
        page_url=archive.page_url or archive.url,
        charset="",
        error=error,
    )
