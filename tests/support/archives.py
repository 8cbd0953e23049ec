"""Archive files written by hand: RAR of both generations with stored members (its makers document the format; no free
program writes it), and ZIPs that ordinary writers refuse to write."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

Files = Mapping[str, bytes]


def zip_of(files: Files, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as archive:
        for name, body in files.items():
            archive.writestr(name, body)
    return stream.getvalue()


def zip_with_raw_names(files: Mapping[bytes, bytes]) -> bytes:
    """Names as these bytes, without the flag that says they are UTF-8."""
    stand_ins = {chr(0x41 + number) * len(name): name for number, name in enumerate(files)}
    body = zip_of({stand_in: files[name] for stand_in, name in stand_ins.items()})
    for stand_in, name in stand_ins.items():
        body = body.replace(stand_in.encode(), name)
    return body


# --- RAR as of 2002 ("RAR4") -----------------------------------------------------------------------------


def rar4_of(files: Files, *, charset: str = "gbk", main_flags: int = 0, file_flags: int = 0) -> bytes:
    blocks = [b"Rar!\x1a\x07\x00", _block4(0x73, main_flags, b"\x00" * 6)]
    for name, body in files.items():
        raw = name.encode(charset)
        fields = struct.pack(
            "<IIBIIBBHI", len(body), len(body), 2, zlib.crc32(body), 0x5A210000, 20, 0x30, len(raw), 32
        )
        blocks += [_block4(0x74, 0x8000 | file_flags, fields + raw), body]
    return b"".join([*blocks, _block4(0x7B, 0x4000, b"")])


def _block4(kind: int, flags: int, fields: bytes) -> bytes:
    rest = struct.pack("<BHH", kind, flags, 7 + len(fields)) + fields
    return struct.pack("<H", zlib.crc32(rest) & 0xFFFF) + rest


# --- RAR as of 2013 ("RAR5") -----------------------------------------------------------------------------


def rar5_of(files: Files, *, archive_flags: int = 0, encrypted: bool = False) -> bytes:
    blocks = [b"Rar!\x1a\x07\x01\x00"]
    if encrypted:
        blocks.append(_block5(4, _number(0) + _number(0) + b"\x0f" + b"\x00" * 16))
    blocks.append(_block5(1, _number(archive_flags)))
    for name, body in files.items():
        raw = name.encode()
        fields = [_number(0x0004), _number(len(body)), _number(0x20), struct.pack("<I", zlib.crc32(body)), _number(0)]
        fields += [_number(0), _number(len(raw)), raw]
        blocks.append(_block5(2, b"".join(fields), len(body)) + body)
    return b"".join([*blocks, _block5(5, _number(0))])


def _block5(kind: int, fields: bytes, data: int | None = None) -> bytes:
    flags = _number(0) if data is None else _number(2) + _number(data)
    rest = _number(kind) + flags + fields
    sized = _number(len(rest)) + rest
    return struct.pack("<I", zlib.crc32(sized)) + sized


def _number(value: int) -> bytes:
    """Seven bits in a byte, the lowest first."""
    found = bytearray()
    while value > 0x7F:
        found.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*found, value])
