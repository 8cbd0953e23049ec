"""A page as a grey image, and the pages of a PDF rendered to such, within bounds. Image files are left to `pictures`,
what is printed on a page to the rest of the package."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from numpy.typing import NDArray

from pipeline.errors import UnreadableDocument
from pipeline.readers.scan.seals import gray_without_seals

Gray = NDArray[np.uint8]

MAX_PAGES = 120  # a report has some 5 to 60
MAX_PIXELS = 16_000_000  # A3 at 200 dpi has 8 million
MAX_DECODED_PIXELS = 120_000_000  # of one picture, before it is brought to working size; A3 at 600 dpi has 70 million

USUAL_DPI = 200
NATIVE_DPI = range(140, 221)  # an embedded scan of such resolution is taken pixel by pixel


@dataclass(frozen=True, slots=True, eq=False)
class PageImage:
    """One page. `scale` is pixels per page point."""

    number: int  # from 1
    gray: Gray
    scale: float

    def pixels(self, inches: float) -> int:
        return max(1, round(inches * 72 * self.scale))


def open_pdf(body: bytes) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(body)
    except pdfium.PdfiumError as error:
        raise UnreadableDocument(f"PDF 无法打开 / the PDF cannot be opened: {error}") from error


def pdf_pages(pdf: pdfium.PdfDocument, numbers: Sequence[int]) -> Iterator[PageImage]:
    """Render the pages with these numbers (from 1), one at a time."""
    for number in numbers:
        try:
            page = pdf[number - 1]
        except pdfium.PdfiumError as error:
            raise UnreadableDocument(f"PDF 第 {number} 页损坏 / page {number} of the PDF is broken") from error
        try:
            scale = _rendering_scale(page, number)
            bitmap = page.render(scale=scale, rev_byteorder=True)
            yield PageImage(number, gray_without_seals(bitmap.to_numpy(), scale), scale)
        finally:
            page.close()


def _rendering_scale(page: Any, number: int) -> float:
    """Pixels per point: the embedded scan's own resolution where it suits recognition, else the usual one."""
    width, height = page.get_size()
    images = list(page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=3))
    for across, down in (image.get_px_size() for image in images):
        if across * down > MAX_DECODED_PIXELS:
            size = f"{across} x {down}"
            raise UnreadableDocument(
                f"第{number}页图片像素过多 / an image on page {number} has too many pixels: {size}"
            )
    native = _embedded_dpi(images, width * height)
    dpi = native if native and round(native) in NATIVE_DPI else USUAL_DPI
    within_bounds = (MAX_PIXELS / max(1.0, width * height)) ** 0.5
    return float(min(dpi / 72, within_bounds))


def _embedded_dpi(images: Sequence[Any], page_area: float) -> float | None:
    """Resolution of the image that fills the page; None when several pieces or drawings make it up."""
    if len(images) != 1:
        return None
    left, bottom, right, top = images[0].get_bounds()
    if (right - left) * (top - bottom) < 0.7 * page_area:
        return None
    pixels = sorted(images[0].get_px_size())
    points = sorted((right - left, top - bottom))
    return float(pixels[1] * 72 / points[1])
