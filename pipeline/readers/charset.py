"""Bytes to text, whatever a page says of its own encoding.

Valid UTF-8 with anything beyond ASCII in it is hardly ever an accident, so it wins over every label; the national
standard GB 18030 (which contains GBK and GB 2312) comes next; the label only then.
"""

from __future__ import annotations

import codecs
import re

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_LABEL = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{3,20})""", re.IGNORECASE)
_LABEL_WITHIN = 4096
_TOLERATED_ERRORS = 0.002  # of the characters: a page cut in the middle of one is still that encoding


def decode(body: bytes, label: str = "") -> str:
    """`label` is the charset that the server named, if it named one."""
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, errors="replace")
    for encoding in _candidates(body, label):
        text = body.decode(encoding, errors="replace")
        if text.count("\ufffd") <= len(text) * _TOLERATED_ERRORS:
            return text
    return body.decode("utf-8", errors="replace")


def _candidates(body: bytes, label: str) -> list[str]:
    labels = [label, *(match.decode("ascii") for match in _LABEL.findall(body[:_LABEL_WITHIN]))]
    known = [name for label in labels if (name := known_charset(label))]
    foreign = [name for name in known if name in {"big5", "big5hkscs", "utf-16", "utf-16-le", "utf-16-be"}]
    return ["utf-8", *foreign, "gb18030", *known]


def known_charset(label: str) -> str | None:
    """Python's name for the charset that a label means, None for one that means nothing."""
    try:
        return codecs.lookup(label.strip()).name if label else None
    except (LookupError, ValueError):  # ValueError: a name with a null character
        return None
