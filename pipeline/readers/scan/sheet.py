"""A sheet as it came off the glass: which pages lie on it."""

from __future__ import annotations

import cv2
import numpy as np

from pipeline.readers.scan.raster import PageImage

_SPREAD = (1.25, 1.6)  # times as wide as high: two portrait pages side by side, or one landscape page
_SHRUNK = 3  # times, against dust
_GUTTER = 0.02  # of the sheet's width, at its middle, is blank between two pages
_MARRED_ROWS = 0.003  # of the gutter's rows at most: even a table's few rulings are more
_INKED_ROWS = 0.08  # of each page's rows, at least
_INK = 60  # grey levels darker than the paper


def pages_of(sheet: PageImage) -> list[tuple[PageImage, int]]:
    """The pages that lie side by side on a straight sheet, each with the column where it begins."""
    height, width = sheet.gray.shape
    if not _SPREAD[0] <= width / height <= _SPREAD[1]:
        return [(sheet, 0)]
    small = cv2.resize(sheet.gray, (width // _SHRUNK, height // _SHRUNK), interpolation=cv2.INTER_AREA)
    inked = small < int(np.median(small)) - _INK
    middle, gap = inked.shape[1] // 2, max(2, round(_GUTTER * inked.shape[1] / 2))
    gutter = inked[:, middle - gap : middle + gap]
    sides = inked[:, gap : middle - gap], inked[:, middle + gap : -gap]
    if gutter.any(axis=1).mean() > _MARRED_ROWS or any(side.any(axis=1).mean() < _INKED_ROWS for side in sides):
        return [(sheet, 0)]
    half = width // 2
    left, right = np.ascontiguousarray(sheet.gray[:, :half]), np.ascontiguousarray(sheet.gray[:, half:])
    return [(PageImage(sheet.number, left, sheet.scale), 0), (PageImage(sheet.number, right, sheet.scale), half)]
