"""What the archive holds, portal by portal: of each page and file the last description."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path

from pipeline import jsonl
from pipeline.archive.describing import URN, Description
from pipeline.archive.entries import Entry
from pipeline.archive.index import starting_with
from pipeline.archive.reading import read_body
from pipeline.errors import LostRecord


def holdings(folder: Path, lost: Callable[[str], None]) -> Iterator[tuple[str | None, list[Description]]]:
    """In the order of the portals' ids; None for ingested files. `lost` is told of descriptions that cannot be read."""
    for _, entries in groupby(starting_with(folder, URN), key=_portal_of):
        last: dict[str, Entry] = {}
        for entry in entries:
            if entry.url not in last or last[entry.url].age < entry.age:
                last[entry.url] = entry
        described = []
        for entry in last.values():
            try:
                described.append(jsonl.loads(Description, read_body(folder, entry.ref)))
            except (LostRecord, ValueError) as error:
                said = " ".join(str(error).split())
                lost(f"存档说明无法读取 / a description cannot be read: {entry.url}: {said}"[:300])
        if described:
            yield described[0].snapshot.portal_id, described


def _portal_of(entry: Entry) -> str:
    return entry.url.removeprefix(URN).partition(":")[0]
