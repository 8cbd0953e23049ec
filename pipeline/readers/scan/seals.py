"""Round red seals over the text: taken out of a coloured page while it is made grey."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

_SEAL = (0.9, 2.6)  # inches: across, in both directions
_REDNESS = 40  # grey levels that red is lighter than both other colours
_PALE = 0.72  # of the paper's brightness, at least
_REACH = 0.06  # inches: a seal's characters and its ring stand no farther apart


def gray_without_seals(colours: NDArray[np.uint8], scale: float) -> NDArray[np.uint8]:
    """Grey levels of an image in red, green and blue, or a copy of a grey one. Where a round red seal covers text,
    they are those of red alone, in which it is as light as paper. Red text is no seal and stays."""
    if colours.ndim == 2:
        return np.array(colours)
    gray = np.asarray(cv2.cvtColor(colours[:, :, :3], cv2.COLOR_RGB2GRAY), dtype=np.uint8)
    red = colours[:, :, 0]
    reddish = np.asarray(cv2.subtract(red, np.maximum(colours[:, :, 1], colours[:, :, 2])), dtype=np.uint8) > _REDNESS
    if not reddish.any():
        return gray
    for x0, y0, x1, y1 in _seals(reddish, scale):
        place = np.s_[y0:y1, x0:x1]
        lifted = red[place].copy()  # all of it: JPEG lets the colour run beyond the ink
        paper = np.median(lifted)
        lifted[lifted > _PALE * paper] = paper  # what is left of the seal's edges
        gray[place] = lifted
    return gray


def _seals(reddish: NDArray[np.bool_], scale: float) -> Sequence[tuple[int, int, int, int]]:
    inch = 72 * scale
    reach = max(3, round(_REACH * inch)) | 1
    joined = cv2.dilate(reddish.astype(np.uint8), np.ones((reach, reach), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined)
    return [
        (int(x), int(y), int(x + w), int(y + h))
        for x, y, w, h, _ in stats[1:]
        if _SEAL[0] * inch <= min(w, h) and max(w, h) <= _SEAL[1] * inch and max(w, h) <= 1.5 * min(w, h)
    ]
