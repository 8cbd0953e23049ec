"""Sorts more lines than memory holds."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

_LINES_AT_ONCE = 100_000  # in memory while they are sorted: some 50 MB


class Sorter:
    """Its files, in `folder` or where the system has its own, have no name, so that a kill leaves none."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._held: list[bytes] = []
        self._parts: list[IO[bytes]] = []

    def __enter__(self) -> Sorter:
        return self

    def __exit__(self, *error: object) -> None:
        for part in self._parts:
            part.close()

    def add(self, line: bytes) -> None:
        self._held.append(line)
        if len(self._held) >= _LINES_AT_ONCE:
            part = TemporaryFile(dir=self._folder)  # noqa: SIM115 - closed with the sorter
            self._parts.append(part)
            part.writelines(sorted(self._held))
            part.seek(0)
            self._held = []

    def lines(self) -> Iterator[bytes]:
        return heapq.merge(*self._parts, sorted(self._held))
