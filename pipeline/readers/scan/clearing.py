"""A page without what nobody printed on this side of it: dust of single pixels, and what shines through from the back
or lies under the print as a watermark. `lifted` tells where that was: a cell with it is not surely blank."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.readers.scan.raster import Gray, PageImage

_DUST_CONTRAST = 40  # grey levels
_DUSTY = 4  # specks per square inch; print alone has fewer points of such smallness
_POINT_DPI = 100  # at so many a decimal point may be a single pixel; a speck has at most that share of a point's

_INK_CONTRAST = 22  # grey levels
_PRINT = 85  # percentile of the ink's contrast that print surely has
_PALE = 0.35  # of the print's contrast
_STROKE_SIDES = 0.015  # inches: print is pale at its sides, so far
_SHINES = 0.002  # of the page, at least
_COARSE = 8  # pixels of the page to one of its paper's shade


def without_dust(page: PageImage) -> PageImage:
    """Specks smaller than any point are painted over where the whole page is strewn with them."""
    paper = _paper(page.gray)
    dark = (cv2.subtract(paper, page.gray) > _DUST_CONTRAST).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(dark)
    dpi = 72 * page.scale
    specks = stats[:, cv2.CC_STAT_AREA] <= max(1, int((dpi / _POINT_DPI) ** 2))
    specks[0] = False
    if specks.sum() < _DUSTY * page.gray.size / dpi**2:
        return page
    return replace(page, gray=np.where(specks[labels], paper, page.gray))


def without_shine(page: PageImage) -> PageImage:
    """Marks much paler than the print and apart from it are made paper, where there are so many that they are no
    accident."""
    paper = _paper(page.gray)
    contrast = cv2.subtract(paper, cv2.GaussianBlur(page.gray, (3, 3), 0))
    inked = contrast[contrast > _INK_CONTRAST]
    if len(inked) == 0:
        return page
    print_ = (contrast >= _PALE * np.percentile(inked, _PRINT)).astype(np.uint8)
    sides = 2 * page.pixels(_STROKE_SIDES) + 1
    apart = cv2.dilate(print_, np.ones((sides, sides), np.uint8)) == 0
    pale = (contrast > _INK_CONTRAST) & apart
    if pale.mean() < _SHINES:
        return page
    whole = (cv2.dilate(pale.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0) & apart
    return replace(page, gray=np.where(whole, paper, page.gray))


def lifted(given: PageImage, cleared: PageImage) -> NDArray[np.bool_]:
    """Where ink was taken for something that shines through."""
    return np.asarray(cv2.subtract(cleared.gray, given.gray) > _INK_CONTRAST, dtype=np.bool_)


def _paper(gray: Gray) -> Gray:
    """The shade of the paper at each place, which may be unevenly lit."""
    size = max(1, gray.shape[1] // _COARSE), max(1, gray.shape[0] // _COARSE)
    coarse = cv2.resize(gray, size, interpolation=cv2.INTER_AREA)
    closed = cv2.morphologyEx(coarse, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
    smooth = cv2.blur(closed, (9, 9))
    return np.asarray(cv2.resize(smooth, gray.shape[::-1], interpolation=cv2.INTER_LINEAR), dtype=np.uint8)
