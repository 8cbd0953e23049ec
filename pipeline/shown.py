"""Which pictures are read as a part of which document: those that a report's page shows, and those that are a report's
pages one by one. Such a picture is recorded like any document, but not read on its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.media import HTML
from pipeline.model import Kind, Shown, Snapshot

MOST_PICTURES = 60
_PAGES = {HTML, "application/xhtml+xml"}
_NUMBER = re.compile(r"\d{1,4}(?=\D*$)")


def with_pictures(snapshots: Sequence[Snapshot]) -> list[Snapshot]:
    """The snapshots, each document told of the pictures it is read with, and each of these where it is read."""
    hanging: dict[tuple[str | None, str], list[Snapshot]] = {}
    for snapshot in snapshots:
        if snapshot.kind is Kind.ATTACHMENT and _is_picture(snapshot):
            hanging.setdefault((snapshot.portal_id, snapshot.page_url), []).append(snapshot)
    changed: dict[int, Snapshot] = {}
    for snapshot in snapshots:
        if snapshot.kind is Kind.REPORT and (snapshot.media_type in _PAGES or _is_picture(snapshot)):
            changed |= _joined(snapshot, hanging.pop((snapshot.portal_id, snapshot.url), []))
    for group in hanging.values():
        for series in series_of([snapshot.url for snapshot in group]):
            changed |= _joined(group[series[0]], [group[place] for place in series[1:]])
    return [changed.get(id(snapshot), snapshot) for snapshot in snapshots]


def series_of(names: Sequence[str]) -> list[list[int]]:
    """Places of names that differ by nothing but their last number, which counts on from 0 or 1: the pages of one
    report, in their order."""
    counted: dict[str, dict[int, int]] = {}
    for place, name in enumerate(names):
        stem, dot, ending = name.rpartition(".")
        found = _NUMBER.search(stem.rpartition("/")[2]) if dot else None
        if found:
            folder = stem[: len(stem) - len(found.string)]
            key = f"{folder}{found.string[: found.start()]}#{found.string[found.end() :]}.{ending.lower()}"
            counted.setdefault(key, {})[int(found[0])] = place
    return [
        [places[number] for number in sorted(places)]
        for places in counted.values()
        if len(places) > 1 and min(places) in (0, 1) and max(places) - min(places) == len(places) - 1
    ]


def _is_picture(snapshot: Snapshot) -> bool:
    return snapshot.media_type.startswith("image/") and snapshot.archived is not None and not snapshot.error


def _joined(document: Snapshot, pictures: Iterable[Snapshot]) -> dict[int, Snapshot]:
    """What changes, by the identity of the snapshot it takes the place of."""
    members = [picture for picture in pictures if picture.sha256 != document.sha256][:MOST_PICTURES]
    if not members or document.archived is None:
        return {}
    shown = tuple(Shown(one.url, one.sha256, one.archived) for one in members if one.archived is not None)
    changed = {id(one): replace(one, shown_on=document.url) for one in members}
    return changed | {id(document): replace(document, shown=shown)}
