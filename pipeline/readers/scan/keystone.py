"""A page photographed at a slant: its rulings run together to one side. How they do so says how to look at it from
straight above; a page without enough long lines, or on which they run parallel, is left as it is."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.readers.scan.raster import Gray

_WIDTH = 700  # pixels: enough to tell how a line runs
_LONGEST_STROKE = 0.04  # of the width: shorter segments may be characters'
_MOST_LEAN = 0.1  # of a segment's length; more is neither level nor upright
_FEWEST = 8  # segments in a direction
_SPREAD = 0.25  # of the page, at least, between them: else nothing is known of its other parts
_STRAY = 0.003  # of their length: how far the segments may lean otherwise than the page is said to
_WORTH = 0.004  # of the width: corners that move less need no mending
_MOST = 0.08  # of the width: no page is held so slantingly
_ROUNDS = 3

Lean = tuple[float, float]  # at the page's beginning, and how much it grows to its end


def unslanted(gray: Gray) -> tuple[Gray, NDArray[np.float64]] | None:
    """The page seen from straight above, and the matrix that leads back; None if it is so already."""
    shrink = min(1.0, _WIDTH / gray.shape[1])
    small = np.asarray(cv2.resize(gray, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    seen, back = small, np.eye(3)
    for _ in range(_ROUNDS):
        step = _step(seen)
        if step is None:
            break
        back = back @ step
        seen = _looked_at(small, back, cv2.INTER_LINEAR)
    if np.array_equal(back, np.eye(3)):
        return None
    to_small = np.diag([shrink, shrink, 1.0])
    back = np.linalg.inv(to_small) @ back @ to_small
    return _looked_at(gray, back, cv2.INTER_CUBIC), np.asarray(back, dtype=np.float64)


def _looked_at(gray: Gray, back: NDArray[np.float64], interpolation: int) -> Gray:
    paper, flags = int(np.median(gray)), interpolation | cv2.WARP_INVERSE_MAP
    return np.asarray(cv2.warpPerspective(gray, back, gray.shape[::-1], flags=flags, borderValue=paper), dtype=np.uint8)


def _step(small: Gray) -> NDArray[np.float64] | None:
    """What makes the lines nearly parallel: how they lean is not quite in proportion to where they are."""
    height, width = small.shape
    level, upright = _leans(small)
    if level is None or upright is None:
        return None
    straight = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    given = np.array([_given(x, y, width, height, level, upright) for x, y in straight.tolist()], np.float32)
    if not _WORTH <= float(np.abs(given - straight).max()) / width <= _MOST:
        return None
    return np.asarray(cv2.getPerspectiveTransform(straight, given), dtype=np.float64)


def _given(x: float, y: float, width: int, height: int, level: Lean, upright: Lean) -> tuple[float, float]:
    """Where a corner of the straight page lies on the given one."""
    down = (level[0] + level[1] * y / height) * (x - width / 2)
    aside = (upright[0] + upright[1] * x / width) * (y - height / 2)
    return x + aside, y + down


def _leans(small: Gray) -> tuple[Lean | None, Lean | None]:
    """How level lines lean by how far down they are, and upright ones by how far to the right."""
    found = cv2.createLineSegmentDetector().detect(small)[0]
    if found is None:
        return None, None
    height, width = small.shape
    x0, y0, x1, y1 = found.reshape(-1, 4).T.astype(np.float64)
    across, down = x1 - x0, y1 - y0
    long = np.hypot(across, down) >= _LONGEST_STROKE * width
    level = long & (np.abs(down) <= _MOST_LEAN * np.abs(across))
    upright = long & (np.abs(across) <= _MOST_LEAN * np.abs(down))
    rows, columns = (y0 + y1) / 2 / height, (x0 + x1) / 2 / width
    return (
        _fitted(rows[level], down[level] / across[level], np.abs(across[level])),
        _fitted(columns[upright], across[upright] / down[upright], np.abs(down[upright])),
    )


def _fitted(places: NDArray[np.float64], leans: NDArray[np.float64], lengths: NDArray[np.float64]) -> Lean | None:
    """By all segments, and once more without those that lean otherwise."""
    for _ in range(2):
        if len(places) < _FEWEST or float(np.ptp(places)) < _SPREAD:
            return None
        grows, begins = np.polyfit(places, leans, 1, w=lengths)
        strays = np.abs(leans - (begins + grows * places))
        usual = float(np.median(strays))
        near = strays <= 3 * max(usual, _STRAY / 3)
        places, leans, lengths = places[near], leans[near], lengths[near]
    return (float(begins), float(grows)) if usual <= _STRAY else None
