"""Bytes to text, whatever a page says of its own encoding; the crawl and the readers see the same letters.

Valid UTF-8 with anything beyond ASCII in it is hardly ever an accident, so it wins over every label; the national
standard GB 18030 (which contains GBK and GB 2312) comes next; the label only then. A page put together from files in
both is read piece by piece.
"""

from __future__ import annotations

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # begins with UTF-16's mark, so it goes first
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LABEL = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{3,20})""", re.IGNORECASE)
_LABEL_WITHIN = 4096
_FOREIGN = {"big5", "big5hkscs", "utf-16", "utf-16-le", "utf-16-be", "euc_tw"}  # believed before GB 18030
_TOLERATED_ERRORS = 0.002  # of the characters: a page cut in the middle of one is still that encoding
_SHARE_OF_A_MIX = 0.2  # of the letters: with so many of them in UTF-8 the page is no GB 18030

_HIGH = re.compile(rb"[\x80-\xff]+")
# Two Chinese letters or signs in UTF-8, between ASCII: what GB 18030 hardly ever looks like.
_UTF8_PIECE = re.compile(
    rb"(?<![\x80-\xff])(?:[\xe4-\xe9][\x80-\xbf]{2}|\xe3\x80[\x80-\xbf]|\xef[\xbc\xbd][\x80-\xbf]){2,}"
)
_ZERO_BYTES = 0.2  # of each second byte in UTF-16, where markup, digits and spaces are


def decode(body: bytes, label: str = "", override: str = "auto") -> str:
    """`label` is the charset that the server named, if it named one; `override` what a person has said of it."""
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, errors="replace")
    known = [name for name in (known_charset(override), unmarked_utf16(body)) if name]
    if known:
        return body.decode(known[0], errors="replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return _guessed(body, label)


def without_halves(text: str) -> str:
    """JSON's escapes may cut a character in two. Half of one cannot be written anywhere."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def known_charset(label: str) -> str | None:
    """Python's name for the charset that a label means, None for one that means nothing."""
    try:
        found = codecs.lookup(label.strip()) if label else None
    except (LookupError, ValueError):  # ValueError: a name with a null character
        return None
    return found.name if found and found._is_text_encoding else None


def unmarked_utf16(body: bytes) -> str | None:
    """UTF-16 without a byte order mark, by the zero bytes beside its markup and digits."""
    head = body[:_LABEL_WITHIN]
    if len(head) < 4 or b"\x00" not in head:
        return None
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) < len(head) / 2 * _ZERO_BYTES or min(even, odd) > max(even, odd) / 4:
        return None  # a letter such as 一 (4E00) has a zero byte on the other side
    return "utf-16-le" if odd > even else "utf-16-be"


def _guessed(body: bytes, label: str) -> str:
    """The encoding of what is not UTF-8 from end to end."""
    text = body.decode("utf-8", errors="replace")
    if _is_tolerable(text):
        return _utf8_with_repairs(body)
    names = (label, *(found.decode("ascii") for found in _LABEL.findall(body[:_LABEL_WITHIN])))
    labels = [name for one in names if (name := known_charset(one))]
    for encoding in (name for name in labels if name in _FOREIGN):
        if _is_tolerable(text := body.decode(encoding, errors="replace")):
            return text
    in_utf8 = sum(len(piece[0]) for piece in _UTF8_PIECE.finditer(body))
    if in_utf8 > _SHARE_OF_A_MIX * sum(len(run[0]) for run in _HIGH.finditer(body)):
        return _utf8_with_repairs(body)
    if _is_tolerable(text := _gb_with_repairs(body)):
        return text
    for encoding in labels:
        if _is_tolerable(labelled := body.decode(encoding, errors="replace")):
            return labelled
    return text


def _is_tolerable(text: str) -> bool:
    return text.count("\ufffd") <= len(text) * _TOLERATED_ERRORS


def _utf8_with_repairs(body: bytes) -> str:
    """UTF-8 whose runs in GB 18030, from an included file, are read as that."""

    def read(run: re.Match[bytes]) -> bytes:
        text = run[0].decode("utf-8", errors="replace")
        if text.count("\ufffd") * 2 > len(text):
            text = _strict(run[0], "gb18030") or text
        return text.encode("utf-8")

    return _HIGH.sub(read, body).decode("utf-8", errors="replace")


def _gb_with_repairs(body: bytes) -> str:
    """GB 18030 whose pieces in UTF-8 are read as that."""
    pieces, start = [], 0
    for found in _UTF8_PIECE.finditer(body):
        if body[found.end() : found.end() + 1] < b"\x80":
            pieces += [body[start : found.start()].decode("gb18030", errors="replace"), found[0].decode("utf-8")]
            start = found.end()
    return "".join((*pieces, body[start:].decode("gb18030", errors="replace")))


def _strict(body: bytes, encoding: str) -> str | None:
    try:
        return body.decode(encoding)
    except UnicodeDecodeError:
        return None
