"""Bodies as servers compress them, rightly and wrongly."""

from __future__ import annotations

import gzip
import zlib

import brotli
import pytest
from backports import zstd
from scrapy.exceptions import IgnoreRequest

from crawlers.encodings import ContentEncodings, CutShort

PAGE = b"<html><body>" + bytes(range(48, 123)) * 400 + b"</body></html>"


def _decoded(body: bytes, encoding: bytes = b"gzip", limit: int = 1 << 20) -> bytes:
    return ContentEncodings._decode(body, encoding, limit)


def _raw(body: bytes) -> bytes:
    packing = zlib.compressobj(wbits=-15)
    return packing.compress(body) + packing.flush()


def _with_name(body: bytes) -> bytes:
    """A header with an extra field, a name, a comment and a checksum of its own."""
    whole = gzip.compress(body)
    return (
        whole[:3] + bytes([2 | 4 | 8 | 16]) + whole[4:10] + b"\x02\x00xy" + b"a.htm\0" + b"c\0" + b"\0\0" + whole[10:]
    )


@pytest.mark.parametrize(
    ("body", "encoding"),
    [
        (gzip.compress(PAGE), b"gzip"),
        (gzip.compress(PAGE), b"x-gzip"),
        (_with_name(PAGE), b"gzip"),
        (gzip.compress(PAGE[:99]) + gzip.compress(PAGE[99:]), b"gzip"),
        (gzip.compress(PAGE) + b"\0\0\0", b"gzip"),
        (gzip.compress(PAGE)[:-8], b"gzip"),  # without its checksum, as some servers send it
        (gzip.compress(PAGE)[:-8] + b"12345678", b"gzip"),
        (zlib.compress(PAGE), b"deflate"),
        (_raw(PAGE), b"deflate"),
        (brotli.compress(PAGE), b"br"),
        (zstd.compress(PAGE), b"zstd"),
        (PAGE, b"gzip"),  # it only says so
        (PAGE, b"deflate"),
    ],
)
def test_a_whole_body_is_taken_out_however_it_was_put_in(body: bytes, encoding: bytes) -> None:
    assert _decoded(body, encoding) == PAGE


@pytest.mark.parametrize("cut", [5, 11, 200, -12])
@pytest.mark.parametrize(("packed", "encoding"), [(gzip.compress(PAGE), b"gzip"), (zlib.compress(PAGE), b"deflate")])
def test_a_body_that_ends_too_soon_is_no_body(packed: bytes, encoding: bytes, cut: int) -> None:
    with pytest.raises(CutShort):
        _decoded(packed[:cut], encoding)


def test_a_damaged_body_is_no_body() -> None:
    packed = gzip.compress(PAGE)
    with pytest.raises((zlib.error, CutShort)):
        _decoded(packed[:40] + b"\xff" * 60 + packed[100:])


@pytest.mark.parametrize(
    ("bomb", "encoding"),
    [
        (gzip.compress(bytes(5_000_000)), b"gzip"),
        (b"".join(gzip.compress(bytes(400_000)) for _ in range(9)), b"gzip"),
        (zlib.compress(bytes(5_000_000)), b"deflate"),
    ],
)
def test_no_more_comes_out_than_the_limit(bomb: bytes, encoding: bytes) -> None:
    with pytest.raises(IgnoreRequest):
        _decoded(bomb, encoding, limit=1_000_000)
