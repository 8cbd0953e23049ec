"""Whether the archive is sound: every record whole and with the digests it names, the index complete, and every place
that a document or a description names the place of a record with the bytes it speaks of."""

from __future__ import annotations

import hashlib
import heapq
import io
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from pipeline import jsonl
from pipeline.archive.describing import URN, Description
from pipeline.archive.entries import Entry, Listed, listed
from pipeline.archive.index import FILES, NAME, lines
from pipeline.archive.reading import Damage, Member
from pipeline.archive.sorting import Sorter

_HOLDS, _NAMED = b"0", b"1"  # a place's record comes before those who name it


@dataclass(frozen=True, slots=True)
class Reference:
    """Who says that a record lies there, and of which bytes; "" where that is not said."""

    file: str
    offset: int
    sha256: str
    who: str


@dataclass(slots=True)
class Counts:
    files: int = 0
    records: int = 0
    references: int = 0
    problems: int = 0


class Check:
    """Goes through everything once, in as much memory as one record takes. `busy`: a pass is at work, so that what is
    newer than the index is no fault."""

    def __init__(self, folder: Path, references: Iterable[Reference], *, busy: bool = False) -> None:
        self._folder = folder
        self._references = references
        self._settled = _older_than_index(folder) if busy else None
        self.counts = Counts()

    def problems(self) -> Iterator[str]:
        """One line each, as they are found."""
        with Sorter() as found, Sorter() as places:
            for line in self._everything(found, places):
                self.counts.problems += 1
                yield line

    def _everything(self, found: Sorter, places: Sorter) -> Iterator[str]:
        for one in self._references:
            places.add(_place(one.file, one.offset, _NAMED, one.sha256, one.who))
        for file in sorted(self._folder.glob(FILES)):
            self.counts.files += 1
            for part in listed(file):
                if isinstance(part, Damage):
                    yield from self._damage(file, part)
                else:
                    self.counts.records += 1
                    yield from _record(file, part, found, places)
        yield from self._compared(found.lines())
        yield from self._resolved(places.lines())

    def _damage(self, file: Path, damage: Damage) -> Iterator[str]:
        where = f"{file.name}@{damage.offset}: {damage.end - damage.offset} bytes"
        if not damage.is_torn:
            yield f"没有记录 / no record there: {where}"
        elif self._is_settled(file.name):
            yield f"未写完的记录，下次任务会截去 / a record half written, which the next pass cuts off: {where}"

    def _compared(self, found: Iterator[bytes]) -> Iterator[str]:
        """The index as it stands beside the lines that the files give."""
        there = ((line, _HOLDS) for line in lines(self._folder))
        given = ((line, _NAMED) for line in found)
        for line, sides in groupby(heapq.merge(there, given), key=lambda pair: pair[0]):
            counted = Counter(side for _, side in sides)
            entry = Entry.of(line)
            where = f"{entry.file}@{entry.offset}: {entry.url}" if entry else repr(line[:80])
            if entry and not self._is_settled(entry.file):
                continue
            if not counted[_HOLDS]:
                yield f"索引中缺少 / missing in the index: {where}"
            elif counted[_HOLDS] > 1 or not counted[_NAMED]:
                yield f"索引多出 / in the index but not in the files: {where}"

    def _is_settled(self, name: str) -> bool:
        """Whether nobody writes to a file, and the index was made after it."""
        return self._settled is None or name in self._settled or not (self._folder / name).exists()

    def _resolved(self, places: Iterator[bytes]) -> Iterator[str]:
        """A place's record sorts before those who name it."""
        for place, lines_ in groupby(places, key=lambda line: line.split(b"\t", 1)[0]):
            held: bytes | None = None
            for line in lines_:
                _, side, sha256, who = line.rstrip(b"\n").split(b"\t", 3)
                if side == _HOLDS:
                    held = sha256
                    continue
                self.counts.references += 1
                where = f"{_name(place)}: {who.decode()}"
                if held is None:
                    yield f"所指的位置没有文件 / no document lies where it is said to be: {where}"
                elif sha256 and held and sha256 != held:
                    yield f"所指的位置是别的内容 / other bytes lie there than were read: {where}"


def _record(file: Path, part: Listed, found: Sorter, places: Sorter) -> Iterator[str]:
    where = f"{file.name}@{part.member.offset}"
    try:
        body, wrong = _verified(file, part.member)
    except (ArchiveLoadFailed, EOFError, StopIteration, zlib.error, ValueError) as error:
        yield f"记录无法读取 / the record cannot be read: {where}: {' '.join(str(error).split())}"[:300]
        return
    if wrong:
        yield f"校验值不符 / a digest does not hold: {where}: {wrong}"
    if part.entry is None:
        return
    found.add(part.entry.line)
    if not part.entry.url.startswith(URN):
        places.add(_place(file.name, part.member.offset, _HOLDS, hashlib.sha256(body).hexdigest(), ""))
        return
    try:
        about = jsonl.loads(Description, body).snapshot
    except ValueError:
        yield f"说明无法读取 / a description cannot be read: {where}"
        return
    if about.archived is not None:
        places.add(_place(about.archived.file, about.archived.offset, _NAMED, about.sha256, part.entry.url))


def _verified(file: Path, member: Member) -> tuple[bytes, str]:
    """A record's bytes, and what of its digests does not hold."""
    with file.open("rb") as stream:
        stream.seek(member.offset)
        raw = io.BytesIO(stream.read(member.length))
    record = next(iter(ArchiveIterator(raw, check_digests=True)))
    body = record.content_stream().read()
    problems: list[Any] = record.digest_checker.problems if record.digest_checker.passed is False else []
    return body, "; ".join(map(str, problems))


def _place(file: str, offset: int, side: bytes, sha256: str, who: str) -> bytes:
    return b"\t".join((f"{file}@{offset:015d}".encode(), side, sha256.encode(), " ".join(who.split()).encode())) + b"\n"


def _name(place: bytes) -> str:
    file, _, offset = place.decode().rpartition("@")
    return f"{file}@{int(offset)}"


def _older_than_index(folder: Path) -> frozenset[str]:
    index = folder / NAME
    since = index.stat().st_mtime_ns if index.exists() else 0
    return frozenset(file.name for file in folder.glob(FILES) if file.stat().st_mtime_ns < since)
