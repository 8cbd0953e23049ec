"""What a reader is given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Source:
    body: bytes
    media_type: str  # by the bytes
    name: str = ""  # URL or path, for messages and for what its ending tells
    charset: str = ""  # from the HTTP header
    ocr: str = "auto"  # auto | never
    pictures: Mapping[str, bytes] = field(default_factory=dict)  # that it shows but does not hold, by address, in order
