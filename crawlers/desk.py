"""What a portal's crawl has in hand while it lasts, on disk instead of in memory: visits that wait, pages of listings,
reports. Nothing of it outlives the process; what must is in the journals."""

from __future__ import annotations

import os
from array import array
from collections.abc import Iterable, Iterator, MutableMapping
from pathlib import Path
from tempfile import TemporaryFile
from types import TracebackType
from typing import Any, BinaryIO, Generic, TypeVar

from crawlers.keys import Numbers
from pipeline import jsonl

T = TypeVar("T")

_READ = 2048  # bytes at once: most of what lies there is shorter


class Desk:
    """A file without a name, so that also a kill leaves nothing behind. It is made when there is something to put
    there; nothing is ever taken away but all of it."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._file: BinaryIO | None = None
        self._end = 0

    def __enter__(self) -> Desk:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        if self._file is not None:
            self._file.close()

    def put(self, kind: Any, value: object) -> int:
        """The place where it lies. Raises OSError where the disk is full."""
        place, rest = self._end, memoryview(jsonl.brief(kind, value) + b"\n")
        while rest:
            written = os.pwrite(self._descriptor(), rest, self._end)
            self._end, rest = self._end + written, rest[written:]
        return place

    def look(self, kind: Any, place: int) -> Any:
        read, end = b"", -1
        while end < 0:
            read += os.pread(self._descriptor(), max(_READ, len(read)), place + len(read))
            end = read.find(b"\n")
        return jsonl.loads(kind, read[:end])

    def _descriptor(self) -> int:
        if self._file is None:
            self._file = TemporaryFile(dir=self._folder, buffering=0)  # noqa: SIM115
        return self._file.fileno()


class Pile(Generic[T]):
    """Things one upon the other, each to be looked at again. So many as make a `sheet` are put away and looked up
    together, which costs a small part of what it does for each."""

    def __init__(self, desk: Desk, kind: type[T], sheet: int = 32, places: Iterable[int] = ()) -> None:
        one: Any = kind
        self._desk = desk
        self._kind = list[one]
        self._sheet = sheet
        self._places = array("q", places)  # of whole sheets
        self._last: list[T] = []  # that is not whole
        self._read: tuple[int, list[T]] = (-1, [])

    def append(self, value: T) -> None:
        self._last.append(value)
        if len(self._last) == self._sheet:
            self._places.append(self._desk.put(self._kind, self._last))
            self._last = []

    def __getitem__(self, number: int) -> T:
        sheet, line = divmod(number, self._sheet)
        if sheet == len(self._places):
            return self._last[line]
        if sheet != self._read[0]:
            self._read = sheet, self._desk.look(self._kind, self._places[sheet])
        return self._read[1][line]

    def __iter__(self) -> Iterator[T]:
        return (self[number] for number in range(len(self)))

    def __len__(self) -> int:
        return len(self._places) * self._sheet + len(self._last)

    def places(self) -> list[int]:
        """By which another pile of the same kind begins with what lies here, where all sheets are whole."""
        assert not self._last
        return self._places.tolist()


class Drawer(MutableMapping[str, T]):
    """Things by the key of their address, in the order in which they were last put there."""

    def __init__(self, desk: Desk, kind: type[T], sheet: int = 32) -> None:
        one: Any = kind
        self._pile: Pile[tuple[str, T]] = Pile(desk, tuple[str, one], sheet)
        self._numbers = Numbers("I")

    def __setitem__(self, key: str, value: T) -> None:
        self._numbers[key] = len(self._pile)
        self._pile.append((key, value))

    def __getitem__(self, key: str) -> T:
        return self._pile[self._numbers[key]][1]

    def __delitem__(self, key: str) -> None:
        del self._numbers[key]

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and key in self._numbers

    def __iter__(self) -> Iterator[str]:
        return (self._pile[number][0] for number in sorted(self._numbers.values()))

    def __len__(self) -> int:
        return len(self._numbers)
