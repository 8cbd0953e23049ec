"""Ruling lines on a page: where ink runs straight far enough, and the page without it. What tables they make is left to
`structure`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.readers.scan.pose import Rect
from pipeline.readers.scan.raster import Gray, PageImage

# Lengths in inches. Characters are smaller than what counts as a line.
_HORIZONTAL_SEED = 0.70
_VERTICAL_SEED = 0.14  # the lowest row; characters may be as high, so it must also meet a horizontal line
_HORIZONTAL_STROKE = 0.10  # shorter marks are no part of a line when an edge is asked for
_VERTICAL_STROKE = 0.07
_MEETING = 0.04
_SMOOTHED = 0.04  # averaged along a line against noise
_SMOOTHED_FOR_DOTS = 0.10  # dots and dashes, and the gaps between them
_THINNER_THAN = 0.045
_ERASED_RIM = 0.035
_CONTRAST = 24  # grey levels
_DARKEST_DOT = 56
_BESIDE_DOTS = (0.014, 0.04)  # from and to what distance a dotted line is clean on both sides
_JUDGED_ALONG = 0.5
_CLEAN = 0.45  # at most this share of it is inked there; rows of characters' strokes have more


@dataclass(frozen=True, slots=True, eq=False)
class Rulings:
    """Masks of straight ink: `*_seeds` surely lines, `*_strokes` perhaps a part of one, `dark` all that is as dark as
    lines are."""

    horizontal_seeds: Gray
    vertical_seeds: Gray
    horizontal_strokes: Gray
    vertical_strokes: Gray
    dark: Gray


def find_rulings(page: PageImage) -> Rulings:
    horizontal = _level_lines(page, page.gray)
    vertical = np.ascontiguousarray(_level_lines(page, page.gray.T).T)
    horizontal_seeds = _opened(horizontal, page.pixels(_HORIZONTAL_SEED), 1)
    vertical_seeds = _opened(vertical, 1, page.pixels(_VERTICAL_SEED))
    vertical_seeds = _touching(vertical_seeds, horizontal_seeds, page.pixels(_MEETING) | 1)
    return Rulings(
        horizontal_seeds,
        vertical_seeds,
        _opened(horizontal, page.pixels(_HORIZONTAL_STROKE), 1),
        _opened(vertical, 1, page.pixels(_VERTICAL_STROKE)),
        _as_dark_as(page.gray, horizontal_seeds | vertical_seeds) | horizontal_seeds | vertical_seeds,
    )


def _level_lines(page: PageImage, gray: Gray) -> Gray:
    """Rows darker than what lies a little above and a little below them, as a line is and a row of text is not."""
    aside = page.pixels(_THINNER_THAN)
    along, over_dots = page.pixels(_SMOOTHED) | 1, page.pixels(_SMOOTHED_FOR_DOTS) | 1
    solid = _darker_than_beside(np.asarray(cv2.blur(gray, (along, 1)), dtype=np.uint8), aside) >= _CONTRAST
    # Ink counts as no darker than a dot is on the average, else a heavy stroke would reach far beyond its end.
    ink = np.minimum(_darker_than_beside(np.asarray(cv2.blur(gray, (3, 1)), dtype=np.uint8), aside), _DARKEST_DOT)
    dotted = (cv2.blur(ink, (over_dots, 1)) >= _CONTRAST) & _between_clean_sides(page, ink)
    return _shortened(solid, along) | _shortened(dotted, over_dots)


def _between_clean_sides(page: PageImage, ink: Gray) -> NDArray[np.bool_]:
    """Where most of the way there is no ink right above and right below. `ink` is what is darker than beside it."""
    near, far = (page.pixels(distance) for distance in _BESIDE_DOTS)
    dark = (ink >= _CONTRAST).astype(np.float32)
    inked = cv2.dilate(dark, np.ones((far - near + 1, 1), np.uint8), anchor=(0, far - near), borderValue=0)
    share = cv2.blur(inked, (page.pixels(_JUDGED_ALONG) | 1, 1))  # of the rows from here up
    above, below = np.ones_like(share), np.ones_like(share)
    above[near:] = share[:-near]
    below[:-far] = share[far:]
    return np.asarray(np.maximum(above, below) <= _CLEAN, dtype=np.bool_)


def _shortened(lines: NDArray[np.bool_], along: int) -> Gray:
    """Smoothing made strokes longer."""
    return np.asarray(cv2.erode(lines.astype(np.uint8), np.ones((1, along), np.uint8)), dtype=np.uint8)


def _darker_than_beside(gray: Gray, aside: int) -> Gray:
    beside = np.minimum(_lightest_before(gray, aside), _lightest_before(gray[::-1], aside)[::-1])
    return np.asarray(cv2.subtract(beside, gray), dtype=np.uint8)


def _lightest_before(gray: Gray, reach: int) -> Gray:
    """At each row the lightest of the `reach` rows before it: text may stand close to a line, but not everywhere."""
    kernel = np.ones((reach + 1, 1), np.uint8)
    lightest = cv2.dilate(np.ascontiguousarray(gray), kernel, anchor=(0, reach), borderValue=0)
    return np.asarray(lightest, dtype=np.uint8)


def _touching(seeds: Gray, others: Gray, gap: int) -> Gray:
    """The seeds that meet one of the others: a column's line ends at rows' lines, most characters' strokes do not."""
    _, labels, _, _ = cv2.connectedComponentsWithStats(cv2.dilate(seeds, np.ones((gap, gap), np.uint8)))
    met = np.unique(labels[(others > 0) & (labels > 0)])
    return seeds * np.isin(labels, met).astype(np.uint8)


def _as_dark_as(gray: Gray, lines: Gray) -> Gray:
    if not lines.any():
        return np.zeros_like(gray)
    paper, ink = np.median(gray), np.median(gray[lines > 0])
    return np.asarray(gray < (paper + ink) / 2, dtype=np.uint8)


def _opened(mask: Gray, width: int, height: int) -> Gray:
    opened = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((height, width), np.uint8))
    return np.asarray(opened, dtype=np.uint8)


def erase_lines(page: PageImage, rulings: Rulings, cells: Sequence[Rect]) -> PageImage:
    """The page with the lines around these cells painted over in each cell's own shade, so that a recogniser takes
    none of them for a 1 or a dash. Only long lines are: a short stroke beside a border may be a digit's."""
    gray = page.gray.copy()
    thick = np.ones((5, 5), np.uint8)
    horizontal, vertical = (
        np.asarray(cv2.dilate(seeds, thick), dtype=np.uint8)
        for seeds in (rulings.horizontal_seeds, rulings.vertical_seeds)
    )
    reach = page.pixels(_ERASED_RIM)
    for x0, y0, x1, y1 in cells:
        place = np.s_[y0 : y1 + 1, x0 : x1 + 1]
        own = gray[place]
        lines = np.zeros_like(own)
        for rim in (slice(0, reach), slice(-reach, None)):
            lines[rim] |= horizontal[place][rim]
            lines[:, rim] |= vertical[place][:, rim]
        own[lines > 0] = np.percentile(own, 70)  # less than half of a cell is ink, and not much more is paper
    return PageImage(page.number, gray, page.scale)
