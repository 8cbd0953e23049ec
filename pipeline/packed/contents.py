"""What every kind of archive offers: its files in their order, and the bytes of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO, Protocol

_AT_A_TIME = 1024 * 1024


@dataclass(frozen=True, slots=True)
class File:
    place: int  # in the archive's own order, which finds it again
    name: str


class Contents(Protocol):
    @property
    def files(self) -> Sequence[File]: ...

    def read(self, place: int, most: int) -> bytes:
        """Raises Refused when there are more than `most` bytes or they cannot be had."""
        ...


class Refused(Exception):
    """Why one file of an archive cannot be had."""

    def __init__(self, reason: str, *, is_too_large: bool = False) -> None:
        super().__init__(reason)
        self.is_too_large = is_too_large


def bounded(stream: IO[bytes], most: int) -> bytes:
    """As many bytes as come, not as many as the archive says; raises Refused when there are more than `most`."""
    pieces: list[bytes] = []
    size = 0
    while piece := stream.read(_AT_A_TIME):
        size += len(piece)
        if size > most:
            reason = f"解压后超过 {most} 字节 / unpacks to more than {most} bytes"
            raise Refused(reason, is_too_large=True)
        pieces.append(piece)
    return b"".join(pieces)


ENCRYPTED = "已加密 / encrypted"
BROKEN = "压缩数据损坏 / its packed data is broken"
VOLUME = "分卷压缩包，缺少其余分卷 / one volume of several, the others are not here"
