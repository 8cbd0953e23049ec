"""From bytes to a Document: one module per media type, found by looking into this package.

A reader module has `MEDIA_TYPES` and `read(source) -> Document`; adding a file adds a reader.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from functools import lru_cache

from pipeline.errors import UnreadableDocument
from pipeline.media import sniff
from pipeline.model import Document
from pipeline.readers import scan
from pipeline.readers.source import Source

__all__ = ["Source", "read"]

Read = Callable[[Source], Document]


def read(
    body: bytes, name: str = "", *, charset: str = "", ocr: str = "auto", pictures: Mapping[str, bytes] | None = None
) -> Document:
    """Raises UnreadableDocument with the reason when nothing can be made of the bytes. `pictures` are those that the
    document shows but does not hold, by their addresses."""
    if not body:
        raise UnreadableDocument("空文件 / the file is empty")
    media_type = sniff(body, name)
    reader = _readers().get(media_type)
    ocr = ocr if scan.has_ocr() else "never"
    if reader is None:
        raise UnreadableDocument(f"文件损坏或类型不支持 / broken, or of a type that no reader knows: {media_type}")
    return reader(Source(body, media_type, name, charset, ocr, pictures or {}))


@lru_cache(maxsize=1)
def _readers() -> dict[str, Read]:
    found: dict[str, Read] = {}
    for info in pkgutil.iter_modules(__path__):
        module = importlib.import_module(f"{__name__}.{info.name}")
        for media_type in getattr(module, "MEDIA_TYPES", ()):
            found[media_type] = module.read
    return found
