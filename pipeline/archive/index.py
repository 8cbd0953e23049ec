"""The index of the archive, `index.cdxj`: a line for each record that can be looked up, sorted, as replay tools read
it.

It is derived from the files alone. What is new in them is added at the end of a pass, or at the start of the next one
where a pass was killed; a torn member that a killed writer left at a file's end is cut off on that occasion, which no
position that was ever handed out reaches into.
"""

from __future__ import annotations

import heapq
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from pipeline.archive.entries import Entry, listed
from pipeline.archive.reading import Damage
from pipeline.archive.sorting import Sorter
from pipeline.archive.urlkey import urlkey

NAME = "index.cdxj"
FILES = "*.warc.gz"


@dataclass(slots=True)
class Update:
    """What bringing the index up to date came upon."""

    added: int = 0
    cut: list[str] = field(default_factory=list)  # files whose torn tail was cut off
    damaged: list[str] = field(default_factory=list)  # stretches without a record that nobody can tell the origin of

    def told(self) -> Iterator[str]:
        for one in self.cut:
            yield f"截去未写完的存档记录 / cut off a record that a killed pass left half written: {one}"
        for one in self.damaged:
            yield f"档案损坏 / the archive is damaged: {one}"


def is_behind(folder: Path) -> bool:
    """Whether a file was written to since the index was."""
    newest = max((file.stat().st_mtime_ns for file in folder.glob(FILES)), default=-1)
    index = folder / NAME
    return newest >= (index.stat().st_mtime_ns if index.exists() else 0)


def bring_up_to_date(folder: Path, *, anew: bool = False) -> Update:
    """Only for whoever holds the data folder: no writer may be at work."""
    update = Update()
    if not anew and not is_behind(folder):
        return update
    files = sorted(folder.glob(FILES))
    there = {file.name for file in files}
    read_to: dict[str, int] = {}
    if not anew:
        for line in lines(folder):
            if (entry := Entry.of(line)) and entry.file in there:
                read_to[entry.file] = max(read_to.get(entry.file, 0), entry.offset + entry.length)
    with Sorter(folder) as fresh:
        for file in files:
            for found in listed(file, read_to.get(file.name, 0)):
                if isinstance(found, Damage):
                    _mend(file, found, update)
                elif found.entry:
                    fresh.add(found.entry.line)
                    update.added += 1
        kept = () if anew else (line for line in lines(folder) if (one := Entry.of(line)) and one.file in there)
        _replace(folder, heapq.merge(kept, fresh.lines()))
    return update


def _mend(file: Path, damage: Damage, update: Update) -> None:
    if not damage.is_torn:
        update.damaged.append(f"{file.name}@{damage.offset}-{damage.end}")
        return
    os.truncate(file, damage.offset)
    update.cut.append(f"{file.name}@{damage.offset}: {damage.end - damage.offset} bytes")


def _replace(folder: Path, lines: Iterable[bytes]) -> None:
    draft = folder / f"{NAME}.next"
    last = b""
    with draft.open("wb") as stream:
        for line in lines:
            if line != last:
                stream.write(line)
            last = line
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(folder / NAME)


# --- looking up ------------------------------------------------------------------------------------------


def lines(folder: Path) -> Iterator[bytes]:
    """All of them, as they stand."""
    if (folder / NAME).exists():
        with (folder / NAME).open("rb") as stream:
            yield from stream


def entries(folder: Path) -> Iterator[Entry]:
    """All of them, sorted."""
    return (entry for line in lines(folder) if (entry := Entry.of(line)))


def lookup(folder: Path, url: str) -> list[Entry]:
    """What is held of an address, the oldest first. Where addresses differ in nothing but letter case, what is held of
    the very one goes before."""
    same = list(starting_with(folder, f"{urlkey(url)} "))
    very = [entry for entry in same if urlkey(entry.url, cased=True) == urlkey(url, cased=True)]
    return sorted(very or same, key=lambda entry: entry.age)


def starting_with(folder: Path, prefix: str) -> Iterator[Entry]:
    """The entries whose line begins so."""
    wanted = prefix.encode()
    if not (folder / NAME).exists():
        return
    with (folder / NAME).open("rb") as stream:
        _seek(stream, wanted)
        for line in stream:
            if not line.startswith(wanted):
                return
            if entry := Entry.of(line):
                yield entry


def _seek(stream: IO[bytes], wanted: bytes) -> None:
    """To the first line that is not before `wanted`."""
    low, high = 0, stream.seek(0, os.SEEK_END)
    while low < high:  # the line that begins at or behind the middle decides
        middle = (low + high) // 2
        line = _line_behind(stream, middle)
        if line and line < wanted:
            low = stream.tell()
        else:
            high = middle
    stream.seek(low)


def _line_behind(stream: IO[bytes], place: int) -> bytes:
    if place:
        stream.seek(place - 1)
        stream.readline()
    else:
        stream.seek(0)
    return stream.readline()
