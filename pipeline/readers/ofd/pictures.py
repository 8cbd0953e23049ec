"""The images of OFD pages, for the scan reader: a page that is one image as that image, one that is put together of
several as one picture."""

from __future__ import annotations

import io
import struct
import warnings

from PIL import Image

from pipeline.errors import UnreadableDocument
from pipeline.readers.ofd.package import Package
from pipeline.readers.ofd.page import Drawn, Picture

_DOTS = 200 / 72  # pixels in a point of a page put together
_MOST_PIXELS = 60_000_000
_SMALLEST_SHARE = 0.02  # of the page: less is a seal or an emblem


def picture_of(package: Package, drawn: Drawn) -> bytes:
    """Raises UnreadableDocument when there is none to be had."""
    parts = [picture for picture in drawn.pictures if drawn.share(picture.box) >= _SMALLEST_SHARE]
    found = [picture for picture in parts if picture.part]
    if not found:
        raise UnreadableDocument("图片缺失 / the image is missing")
    if len(found) == 1:
        return package.body(found[0].part)
    return _together(package, drawn, found)


def _together(package: Package, drawn: Drawn, pictures: list[Picture]) -> bytes:
    size = (max(1, round(drawn.width * _DOTS)), max(1, round(drawn.height * _DOTS)))
    if size[0] * size[1] > _MOST_PIXELS:
        raise UnreadableDocument("页面过大 / the page is too large")
    paper = Image.new("L", size, 255)
    for picture in pictures:
        left, top, right, bottom = (round(side * _DOTS) for side in picture.box)
        width, height = min(right - left, size[0]), min(bottom - top, size[1])
        if width > 0 and height > 0:
            paper.paste(_opened(package.body(picture.part)).resize((width, height)), (left, top))
    stream = io.BytesIO()
    paper.save(stream, "PNG")
    return stream.getvalue()


def _opened(body: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(body))
            if image.width * image.height > _MOST_PIXELS:
                raise UnreadableDocument("图片过大 / the image is too large")
            return image.convert("L")
    except (OSError, ValueError, SyntaxError, struct.error, Image.DecompressionBombError) as error:
        raise UnreadableDocument("图片无法读取 / the image cannot be read") from error
