"""Station types as JSON lines: the journals that passes and crawls keep, and the extracts that are kept for re-use.

A journal is only ever appended to; a line that a kill tore off at the end is not there for its readers.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter

T = TypeVar("T")


_adapters: dict[Any, TypeAdapter[Any]] = {}  # building one costs milliseconds


def _adapter(kind: Any) -> TypeAdapter[Any]:
    if kind not in _adapters:
        _adapters[kind] = TypeAdapter(kind)
    return _adapters[kind]


def dumps(value: object) -> bytes:
    """One line, without its end."""
    return _adapter(type(value)).dump_json(value)


def brief(kind: Any, value: object) -> bytes:
    """The same without what is as usual, for who reads it with the same version."""
    return _adapter(kind).dump_json(value, exclude_defaults=True)


def loads(kind: type[T], line: bytes) -> T:
    loaded: T = _adapter(kind).validate_json(line)
    return loaded


def append(path: Path, values: Iterable[object]) -> int:
    """Append and hand over to the system, so that what is journaled survives a kill of this process. Several processes
    may append to one file: no line stands within another. Returns the place of the first line."""
    lines = b"".join(dumps(value) + b"\n" for value in values)
    descriptor = _opened(path)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)  # until it is closed
        place = os.lseek(descriptor, 0, os.SEEK_END)
        if place and os.pread(descriptor, 1, place - 1) != b"\n":
            place += _written(descriptor, b"\n")  # close the torn line; readers skip it
        _written(descriptor, lines)
    finally:
        os.close(descriptor)
    return place


def _opened(path: Path) -> int:
    how = os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC
    try:
        return os.open(path, how, 0o666)
    except FileNotFoundError:  # the folder is there but for the first line
        path.parent.mkdir(parents=True, exist_ok=True)
        return os.open(path, how, 0o666)


def _written(descriptor: int, data: bytes) -> int:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]
    return len(data)


def read(path: Path, kind: type[T]) -> Iterator[T]:
    """Every whole line; none when there is no file."""
    return (value for _, _, value in placed(path, kind))


def placed(path: Path, kind: type[T]) -> Iterator[tuple[int, bytes, T]]:
    """The same, each with its place in the file and as it is written there."""
    if not path.exists():
        return
    end = 0
    with path.open("rb") as stream:
        for line in stream:
            place, end = end, end + len(line)
            if not line.endswith(b"\n"):
                return
            try:
                value = loads(kind, line)
            except ValueError:
                continue  # a line that a kill tore and a later append closed
            yield place, line, value


def read_at(path: Path, kind: type[T], place: int) -> T:
    with path.open("rb") as stream:
        stream.seek(place)
        return loads(kind, stream.readline())
