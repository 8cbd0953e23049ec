"""Image files as pages: every frame decoded within bounds, whatever its colours and orientation, and brought to
working resolution. A file that claims too many pixels is refused before any of them is decoded."""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from pipeline.errors import UnreadableDocument
from pipeline.readers.scan.raster import (
    MAX_DECODED_PIXELS,
    MAX_PAGES,
    MAX_PIXELS,
    NATIVE_DPI,
    USUAL_DPI,
    Gray,
    PageImage,
)
from pipeline.readers.scan.seals import gray_without_seals

_A4_WIDTH = 8.27  # inches
_PAGE_WIDTHS = (5.5, 12.0)  # inches: from A5 to A3; what the file says is believed within
_BANNER = 1.7  # times as wide as high: a part of a page, not a page on its side
_BROKEN = (OSError, SyntaxError, ValueError, IndexError, KeyError, TypeError, struct.error, ZeroDivisionError)


def frames(body: bytes) -> Iterator[PageImage]:
    """Every frame of an image file as a page of its own, numbered from 1."""
    with _named_errors(), _opened(body) as file:
        for number in range(1, MAX_PAGES + 1):
            yield _page(number, file)
            try:
                file.seek(number)  # counts from 0; asking for the number of frames first would read a broken file's end
            except EOFError:
                return
        raise UnreadableDocument(f"图片超过{MAX_PAGES}页 / the image has more than {MAX_PAGES} pages")


def first_frame(body: bytes, number: int) -> PageImage:
    """An image file as the page with this number."""
    with _named_errors(), _opened(body) as file:
        return _page(number, file)


@contextmanager
def _opened(body: bytes) -> Iterator[Image.Image]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the bound is ours; what else Pillow warns of shows when it decodes
        with Image.open(io.BytesIO(body)) as file:
            yield file


@contextmanager
def _named_errors() -> Iterator[None]:
    """Decoders raise whatever a broken file leads them to; the user is told one thing."""
    try:
        yield
    except UnidentifiedImageError as error:
        raise UnreadableDocument("图片损坏或类型不支持 / the image is broken or of an unknown type") from error
    except Image.DecompressionBombError as error:
        raise UnreadableDocument("图片像素过多 / the image has too many pixels") from error
    except _BROKEN as error:
        raise UnreadableDocument(f"图片损坏 / the image is broken: {error}"[:200]) from error


def _page(number: int, frame: Image.Image) -> PageImage:
    if frame.width * frame.height > MAX_DECODED_PIXELS:
        raise UnreadableDocument(f"图片像素过多 / the image has too many pixels: {frame.width} x {frame.height}")
    dpi = _dpi(frame)
    wanted = dpi if round(dpi) in NATIVE_DPI else USUAL_DPI
    factor = min(wanted / dpi, (MAX_PIXELS / (frame.width * frame.height)) ** 0.5)
    size = max(1, round(frame.width * factor)), max(1, round(frame.height * factor))
    frame.draft(None, size)  # a large JPEG is decoded at half or a quarter of its size at once
    image = _on_white(frame)
    if image.size != size and abs(factor - 1) > 0.01:
        image = image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    upright = np.asarray(ImageOps.exif_transpose(_with_orientation(image, frame)))
    scale = dpi * factor / 72
    return PageImage(number, gray_without_seals(upright, scale), scale)


def _with_orientation(image: Image.Image, frame: Image.Image) -> Image.Image:
    orientation = frame.getexif().get(0x0112)
    if orientation:
        image.getexif()[0x0112] = orientation
    return image


def _on_white(frame: Image.Image) -> Image.Image:
    """8 bits of grey or of red, green and blue on white paper, from whatever colours the file has."""
    frame.load()
    if frame.mode.startswith("I") or frame.mode == "F":
        return Image.fromarray(_eight_bits(np.asarray(frame)))
    if "transparency" in frame.info or frame.mode in ("RGBA", "LA", "PA", "RGBa", "La"):
        rgba = frame.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", rgba.size, "white"), rgba).convert("RGB")
    return frame.convert("L" if frame.mode in ("1", "L") else "RGB")


def _eight_bits(values: NDArray[Any]) -> Gray:
    """Scaled by what 16 bits can hold, or by the brightest where the file holds less or more."""
    brightest = float(values.max(initial=0))
    full = 65535.0 if 4096 <= brightest <= 65535 else max(brightest, 1.0)
    return np.asarray(np.clip(values / full * 255, 0, 255), dtype=np.uint8)


def _dpi(frame: Image.Image) -> float:
    """What the file says, unless the page would be smaller than A5 or larger than A3 by it; then as if it were A4."""
    short_side = min(frame.width, frame.height)
    try:
        stated = float(frame.info.get("dpi", (0, 0))[0] or 0)
    except (TypeError, ValueError, IndexError, ZeroDivisionError):
        stated = 0.0
    if stated > 0 and _PAGE_WIDTHS[0] <= short_side / stated <= _PAGE_WIDTHS[1]:
        return stated
    width = frame.width if frame.width > _BANNER * frame.height else short_side
    return max(width, 1) / _A4_WIDTH
