"""ZIP files. Chinese systems wrote names in GBK before there was a flag for UTF-8, and some still do."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from pipeline.errors import UnreadableDocument
from pipeline.packed.contents import BROKEN, ENCRYPTED, VOLUME, File, Refused, bounded

_UTF8_NAME = 0x800
_IS_ENCRYPTED = 0x1
_UNIX = 3
_END = b"PK\x05\x06"
_END_SIZE = 22
_END_WITHIN = _END_SIZE + 65_535
_LARGEST_DIRECTORY = 4 * 1024 * 1024

_FAULTS = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, OverflowError, NotImplementedError, RuntimeError,
    struct.error, UnicodeError,
)  # fmt: skip


@contextmanager
def open_zip(body: bytes) -> Iterator[ZipContents]:
    _look_at_end(body)
    try:
        archive = zipfile.ZipFile(io.BytesIO(body))
    except _FAULTS as error:
        raise UnreadableDocument(f"ZIP 损坏 / the ZIP is broken: {error}"[:200]) from error
    with archive:
        yield ZipContents(archive)


class ZipContents:
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._infos = archive.infolist()
        self.files = [File(place, name_of(info)) for place, info in enumerate(self._infos) if _is_file(info)]

    def read(self, place: int, most: int) -> bytes:
        info = self._infos[place]
        if info.flag_bits & _IS_ENCRYPTED:
            raise Refused(ENCRYPTED)
        try:
            with self._archive.open(info) as stream:
                return bounded(stream, most)
        except NotImplementedError as error:
            raise Refused("压缩方式不支持 / packed in a way that is not supported") from error
        except _FAULTS as error:
            raise Refused(BROKEN) from error


def name_of(info: zipfile.ZipInfo) -> str:
    """The name as its writer saw it; with slashes, whatever system wrote it."""
    name = info.orig_filename
    if not info.flag_bits & _UTF8_NAME:
        raw = name.encode("cp437", "replace")
        for charset in ("utf-8", "gb18030"):
            try:
                name = raw.decode(charset)
                break
            except UnicodeDecodeError:
                continue
    return name.replace("\\", "/").replace("\0", "")


def _is_file(info: zipfile.ZipInfo) -> bool:
    kind = stat.S_IFMT(info.external_attr >> 16) if info.create_system == _UNIX else 0
    return not info.filename.endswith(("/", "\\")) and kind in (0, stat.S_IFREG)


def _look_at_end(body: bytes) -> None:
    """The directory is read whole into memory: its size is looked at before that."""
    end = body.rfind(_END, max(0, len(body) - _END_WITHIN))
    if end < 0 or len(body) < end + _END_SIZE:
        raise UnreadableDocument("ZIP 不完整 / the ZIP is cut short")
    disk, first_disk = struct.unpack_from("<HH", body, end + 4)
    if (disk or first_disk) and disk != 0xFFFF:
        raise UnreadableDocument(VOLUME)
    if struct.unpack_from("<I", body, end + 12)[0] > _LARGEST_DIRECTORY:
        raise UnreadableDocument("压缩包内文件过多 / the archive holds too many files")
