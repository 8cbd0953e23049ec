"""The reader of page images: scanned PDF pages and image files, read by OCR. It finds tables by their ruling lines and
leaves what the tables mean to the matcher. What it is made of is loaded when the first picture comes: that takes a
second, and a machine need not have it."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec

from pipeline.errors import UnreadableDocument
from pipeline.model import Document
from pipeline.readers.source import Source

MEDIA_TYPES = ("image/png", "image/jpeg", "image/tiff", "image/gif", "image/bmp")

_NEEDED = ("rapidocr", "onnxruntime", "cv2")


@cache
def has_ocr() -> bool:
    return all(find_spec(module) for module in _NEEDED)


def read(source: Source) -> Document:
    """The reader of image files, as readers are found by their media types."""
    if source.ocr == "never":
        raise UnreadableDocument("图片，未做 OCR / an image, and OCR is off or missing")
    from pipeline.readers.scan.document import read_image, read_pictures

    if source.pictures:
        return read_pictures([source.body, *source.pictures.values()], source.media_type)
    return read_image(source.body, source.media_type)
