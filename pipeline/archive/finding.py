"""Finds what a person asks the archive for: an address, as it was on some day, or a record by its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import urljoin

from warcio.recordloader import ArcWarcRecord

from pipeline.archive.entries import Entry
from pipeline.archive.index import NAME, lookup, starting_with
from pipeline.archive.reading import Damage, members, read_record
from pipeline.archive.urlkey import urlkey
from pipeline.errors import NianbaoError
from pipeline.model import ArchiveRef

_PLACE = re.compile(r"([^/\\]+\.warc\.gz)@(\d{1,15})")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://|urn:", re.I)
_MOST_REDIRECTS = 6
_SOME = 5  # that a message names


@dataclass(frozen=True, slots=True)
class Found:
    record: ArcWarcRecord
    body: bytes


def find(folder: Path, asked: str, at: datetime | None = None) -> list[Found]:
    """The record, behind those of the redirects that lead to it. `at`: as it was held then."""
    if place := _PLACE.fullmatch(asked):
        return [_at_place(folder, place[1], int(place[2]))]
    return list(_following(folder, asked if _SCHEME.match(asked) else f"http://{asked}", at))


def _at_place(folder: Path, file: str, offset: int) -> Found:
    path = folder / file
    found = next(members(path, offset), None) if path.exists() else None
    if found is None or isinstance(found, Damage):
        raise NianbaoError(f"档案中没有这条记录 / the archive has no record there: {file}@{offset}")
    return Found(*read_record(folder, ArchiveRef(file, offset, found.length)))


def _following(folder: Path, url: str, at: datetime | None) -> Iterator[Found]:
    for _ in range(_MOST_REDIRECTS):
        entry = _entry(folder, url, at)
        found = Found(*read_record(folder, entry.ref))
        yield found
        target = found.record.http_headers.get_header("Location") if entry.status.startswith("3") else None
        if not target:
            return
        url = urljoin(url, target)
    raise NianbaoError(f"转向过多 / too many redirects: {url}")


def _entry(folder: Path, url: str, at: datetime | None) -> Entry:
    held = lookup(folder, url)
    if not held:
        raise NianbaoError(_absent(folder, url))
    then = [entry for entry in held if at is None or entry.fetched_at <= at]
    if not then:
        first = f"{held[0].fetched_at:%Y-%m-%d %H:%M:%S} UTC"
        raise NianbaoError(f"当时还没有存档，最早的是 / not held then, but from {first} on: {url}")
    return then[-1]


def _absent(folder: Path, url: str) -> str:
    if not (folder / NAME).exists():
        return f"档案没有索引 / the archive has no index (nianbao archive index): {folder}"
    posted = [] if "?" in url else list(starting_with(folder, f"{urlkey(url)}?__wb_method=post"))
    if posted:
        latest = sorted(posted, key=lambda entry: entry.age)[-_SOME:]
        places = ", ".join(f"{entry.file}@{entry.offset}" for entry in latest)
        return f"这个网址只以 POST 请求过 / only asked by POST, {len(posted)} answers, the last at {places}: {url}"
    return f"档案中没有这个网址 / the archive does not hold this address: {url}"
