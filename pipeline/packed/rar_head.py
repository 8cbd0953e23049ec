"""What the first blocks of a RAR file say of it as a whole: that it is one volume of several, or encrypted in full."""

from __future__ import annotations

import struct

_RAR4 = b"Rar!\x1a\x07\x00"
_RAR5 = b"Rar!\x1a\x07\x01\x00"
_MAIN_4, _VOLUME_4, _ENCRYPTED_4 = 0x73, 0x0001, 0x0080
_MAIN_5, _ENCRYPTION_5, _HAS_EXTRA_5, _HAS_DATA_5, _VOLUME_5 = 1, 4, 0x0001, 0x0002, 0x0001
_LONGEST_NUMBER = 10  # bytes of a RAR5 number, seven bits in each


def is_volume(body: bytes) -> bool:
    if body.startswith(_RAR5):
        kind, flags = _first_of_rar5(body)
        return kind == _MAIN_5 and bool(flags & _VOLUME_5)
    return bool(_flags_of_rar4(body) & _VOLUME_4)


def is_encrypted(body: bytes) -> bool:
    if body.startswith(_RAR5):
        return _first_of_rar5(body)[0] == _ENCRYPTION_5
    return bool(_flags_of_rar4(body) & _ENCRYPTED_4)


def _flags_of_rar4(body: bytes) -> int:
    """The block after the signature: checksum, type, flags."""
    if not body.startswith(_RAR4) or len(body) < len(_RAR4) + 7:
        return 0
    kind, flags = struct.unpack_from("<BH", body, len(_RAR4) + 2)
    return int(flags) if kind == _MAIN_4 else 0


def _first_of_rar5(body: bytes) -> tuple[int, int]:
    """Type of the first block and, where it is the main one, its archive flags."""
    try:
        _, at = _number(body, len(_RAR5) + 4)  # after the checksum: how long the block is
        kind, at = _number(body, at)
        flags, at = _number(body, at)
        for present in (_HAS_EXTRA_5, _HAS_DATA_5):
            if flags & present:
                _, at = _number(body, at)
        return kind, _number(body, at)[0] if kind == _MAIN_5 else 0
    except IndexError:
        return 0, 0


def _number(body: bytes, at: int) -> tuple[int, int]:
    value = 0
    for shift in range(_LONGEST_NUMBER):
        byte = body[at + shift]
        value |= (byte & 0x7F) << (7 * shift)
        if not byte & 0x80:
            return value, at + shift + 1
    raise IndexError("a number without an end")
