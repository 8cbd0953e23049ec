"""Reads the archive: a record by its position, and a file from one whole member to the next, whatever a killed writer
or a failing disk has left between them."""

from __future__ import annotations

import io
import mmap
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord

from pipeline.errors import LostRecord
from pipeline.model import ArchiveRef

HEAD_BYTES = 256 * 1024  # of a member as it is unpacked: the headers, and whole the small records that say something
_PIECES = (
    8 * 1024,
    1024 * 1024,
)  # from small to large: most records are short, and what is behind them is copied in vain
_MAGIC = b"\x1f\x8b\x08"
_BEGINS = b"WARC/"


@dataclass(frozen=True, slots=True)
class Member:
    """A whole gzip member that holds a record."""

    offset: int
    length: int
    head: bytes


@dataclass(frozen=True, slots=True)
class Damage:
    """A stretch of a file that holds no whole record."""

    offset: int
    end: int  # where the next one begins; the file's end where there is none
    is_torn: bool  # a record whose writing stopped: whole as far as it goes, and nothing behind it


# --- one record ----------------------------------------------------------------------------------------


def read_body(folder: Path, ref: ArchiveRef) -> bytes:
    """The bytes that were stored at `ref`."""
    return read_record(folder, ref)[1]


def read_record(folder: Path, ref: ArchiveRef) -> tuple[ArcWarcRecord, bytes]:
    """The record at `ref`, whose stream is used up, and its bytes."""
    where = f"{ref.file}@{ref.offset}"
    try:
        with (folder / ref.file).open("rb") as stream:
            stream.seek(ref.offset)
            member = stream.read(ref.length)
        if len(member) < ref.length:
            raise LostRecord(f"档案文件不完整 / the archive file is cut short: {where}")
        record = next(iter(ArchiveIterator(io.BytesIO(member))))
        return record, bytes(record.content_stream().read())
    except (OSError, StopIteration, EOFError, zlib.error, ArchiveLoadFailed) as error:
        raise LostRecord(f"档案记录无法读取 / the archive record cannot be read: {where}: {error}"[:300]) from error


def record_of(head: bytes) -> ArcWarcRecord | None:
    """The record that a member's head begins; its stream ends where the head does."""
    try:
        return next(iter(ArchiveIterator(io.BytesIO(head))), None)
    except (EOFError, ArchiveLoadFailed):
        return None


# --- a whole file --------------------------------------------------------------------------------------


def members(path: Path, start: int = 0) -> Iterator[Member | Damage]:
    """From `start`, where a record begins or the file ends."""
    with path.open("rb") as stream:
        size = stream.seek(0, io.SEEK_END)
        if start >= size:
            return
        with mmap.mmap(stream.fileno(), size, access=mmap.ACCESS_READ) as data:
            while start < size:
                end, head = _unpack(data, start)
                if end is not None and head.startswith(_BEGINS):
                    yield Member(start, end - start, head)
                else:
                    end = _next_record(data, start)
                    yield Damage(start, end, is_torn=end == size and _is_torn(data, start))
                start = end


def _unpack(data: mmap.mmap, start: int) -> tuple[int | None, bytes]:
    """Where the gzip member that begins at `start` ends, and what it begins with; None for the end where it has none.
    Raises nothing: what is no member has neither."""
    unpacking = zlib.decompressobj(zlib.MAX_WBITS + 16)
    head, read, piece = bytearray(), start, _PIECES[0]
    try:
        while not unpacking.eof:
            packed = unpacking.unconsumed_tail
            if not packed:
                packed = data[read : read + piece]
                read, piece = read + len(packed), min(2 * piece, _PIECES[1])
            if not packed:
                return None, bytes(head)
            out = unpacking.decompress(packed, _PIECES[1])
            head += out[: HEAD_BYTES - len(head)]
    except zlib.error:
        return None, b""
    return read - len(unpacking.unused_data), bytes(head)


def _is_torn(data: mmap.mmap, start: int) -> bool:
    """Whether a record begins there and does not end. A cut behind the first bytes leaves less than its first word."""
    end, head = _unpack(data, start)
    begun = _MAGIC.startswith(data[start : start + len(_MAGIC)]) if not head else head.startswith(_BEGINS[: len(head)])
    return end is None and begun


def _next_record(data: mmap.mmap, start: int) -> int:
    """Behind `start`. A record's compressed bytes may look like the beginning of another, hence a look inside."""
    place = data.find(_MAGIC, start + 1)
    while place >= 0:
        if _begins_record(data[place : place + 4096]) and _unpack(data, place)[0] is not None:
            return place
        place = data.find(_MAGIC, place + 1)
    return len(data)


def _begins_record(beginning: bytes) -> bool:
    try:
        return zlib.decompressobj(zlib.MAX_WBITS + 16).decompress(beginning, len(_BEGINS)) == _BEGINS
    except zlib.error:
        return False
