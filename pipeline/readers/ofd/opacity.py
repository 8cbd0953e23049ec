"""Whether an image hides what is drawn under it: a watermark over a page is a PNG that one sees through."""

from __future__ import annotations

_PNG = b"\x89PNG\r\n\x1a\n"
_OPAQUE = (0, 2, 3)  # grey, colours, a palette; the others have a channel for transparency
_COLOUR_TYPE = 25  # where it stands in a file
_HEAD = 4096  # bytes within which a transparent colour of a palette is named


def is_opaque(body: bytes) -> bool:
    if not body.startswith(_PNG) or len(body) <= _COLOUR_TYPE:
        return True
    return body[_COLOUR_TYPE] in _OPAQUE and b"tRNS" not in body[:_HEAD]
