"""Takes bodies out of their Content-Encoding. Scrapy's own way calls what is cut short whole, and fails at a body that
is not encoded though its header says so; the rest, its limit on what comes out among it, is kept."""

from __future__ import annotations

import zlib

from scrapy import Request, Spider
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.exceptions import IgnoreRequest

from pipeline.media import UNKNOWN, sniff

_GZIP = b"\x1f\x8b"
_EXTRA, _NAME, _COMMENT, _CHECKSUM = 4, 8, 16, 2  # flags of a gzip header
_STEP = 1 << 20


class CutShort(Exception):
    """A compressed body ends before its end."""


class ContentEncodings(HttpCompressionMiddleware):
    def process_request(self, request: Request, spider: Spider | None = None) -> None:
        """What comes otherwise is decoded too, but only of these two is it known whether they are whole."""
        request.headers.setdefault("Accept-Encoding", "gzip, deflate")

    @staticmethod
    def _decode(body: bytes, encoding: bytes, max_size: int) -> bytes:
        if encoding not in (b"gzip", b"x-gzip", b"deflate"):
            return HttpCompressionMiddleware._decode(body, encoding, max_size)
        try:
            return _unzipped(body, max_size) if encoding != b"deflate" else _deflated(body, max_size)
        except zlib.error:
            if sniff(body) != UNKNOWN:
                return body  # never encoded
            raise


def _unzipped(body: bytes, limit: int) -> bytes:
    """Members one after another; what follows the last is padding. Checksums are as often wrong as bodies are whole."""
    parts: list[bytes] = []
    while body.startswith(_GZIP) or not parts:
        whole, body = _inflated(body[_header_length(body) :], -zlib.MAX_WBITS, limit - sum(map(len, parts)))
        parts.append(whole)
        body = body[8:]  # checksum and length
    return b"".join(parts)


def _header_length(body: bytes) -> int:
    if not body.startswith(_GZIP + b"\x08"):
        raise zlib.error("no gzip header")
    flags, end = body[3:4], 10
    if len(body) < end:
        raise CutShort("a gzip header")
    if flags[0] & _EXTRA:
        end += 2 + int.from_bytes(body[end : end + 2], "little")
    for flag in (_NAME, _COMMENT):
        if flags[0] & flag:
            end = body.find(b"\0", end) + 1
            if not end:
                raise CutShort("a gzip header")
    return end + 2 * bool(flags[0] & _CHECKSUM)


def _deflated(body: bytes, limit: int) -> bytes:
    """As the standard has it, else bare, as some servers send it."""
    try:
        return _inflated(body, zlib.MAX_WBITS, limit)[0]
    except zlib.error:
        return _inflated(body, -zlib.MAX_WBITS, limit)[0]


def _inflated(body: bytes, window: int, limit: int) -> tuple[bytes, bytes]:
    """What comes out, and what follows."""
    inflating, parts, size = zlib.decompressobj(window), [], 0
    while not inflating.eof:
        part = inflating.decompress(body, _STEP)
        size += len(part)
        if size > limit:
            raise IgnoreRequest(f"more than {limit} bytes come out of a compressed body")
        parts.append(part)
        body = inflating.unconsumed_tail
        if not body and not part and not inflating.eof:
            raise CutShort(f"a compressed body ends after {size} bytes of content")
    return b"".join(parts), inflating.unused_data
