"""What a reader is given."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    body: bytes
    media_type: str  # by the bytes
    name: str = ""  # URL or path, for messages and for what its ending tells
    charset: str = ""  # from the HTTP header
    ocr: str = "auto"  # auto | never
