"""How a page lies: its skew and the slant of a photograph are taken out, and places on the straight page are led back
to the page as it was given."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.model import BBox
from pipeline.readers.scan.keystone import unslanted
from pipeline.readers.scan.raster import Gray, PageImage

MAX_SKEW = 5.0  # degrees; more is no scanner's doing
_ESTIMATE_WIDTH = 900  # pixels: enough to tell a twentieth of a degree
_STEPS = ((MAX_SKEW, 0.5), (0.5, 0.1), (0.1, 0.02))  # reach and step of each search, coarse to fine

Rect = tuple[int, int, int, int]  # x0, y0, x1, y1 in pixels of the straight page


@dataclass(frozen=True, slots=True, eq=False)
class Pose:
    """The way back from the straight page to the given one."""

    to_given: NDArray[np.float64]  # 3 x 3, pixels to pixels
    quarter_turns: int
    scale: float

    def shifted(self, columns: int) -> Pose:
        """For a part of the straight page that begins so many columns to the right."""
        if not columns:
            return self
        return replace(self, to_given=self.to_given @ np.array([[1.0, 0, columns], [0, 1.0, 0], [0, 0, 1.0]]))

    def bbox(self, rect: Rect) -> BBox:
        """In page points. The centre is led back exactly; the sides keep their lengths, which for small angles is
        nearer to the print than the box around the turned rectangle."""
        x0, y0, x1, y1 = rect
        *center, depth = self.to_given @ np.array([(x0 + x1) / 2, (y0 + y1) / 2, 1.0])
        width, height = x1 - x0, y1 - y0
        if self.quarter_turns % 2:
            width, height = height, width
        x, y = (float(value / depth) / self.scale for value in center)
        half_width, half_height = width / 2 / self.scale, height / 2 / self.scale
        return (
            round(x - half_width, 2),
            round(y - half_height, 2),
            round(x + half_width, 2),
            round(y + half_height, 2),
        )


def straighten(page: PageImage, quarter_turns: int = 0) -> tuple[PageImage, Pose]:
    """The page turned by so many quarters counterclockwise, its skew and its slant taken out."""
    turned = np.ascontiguousarray(np.rot90(page.gray, quarter_turns))
    back = _quarter_turn_back(page.gray.shape, quarter_turns)
    angle = estimate_skew(turned)
    if abs(angle) >= 0.04:
        turned, unrotate = _rotate(turned, angle)
        back = back @ unrotate
    if (seen := unslanted(turned)) is not None:
        turned, unslant = seen
        back = back @ unslant
    return PageImage(page.number, turned, page.scale), Pose(back, quarter_turns, page.scale)


def estimate_skew(gray: Gray) -> float:
    """Degrees counterclockwise that make lines of text and rulings level: there the row sums of the ink differ most
    from row to row."""
    shrink = min(1.0, _ESTIMATE_WIDTH / max(gray.shape[1], 1))
    small = cv2.resize(gray, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
    small = small[: 2 * _ESTIMATE_WIDTH]
    dark = cv2.adaptiveThreshold(small, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 25, 18)
    ink = np.asarray(cv2.blur(dark, (3, 3)), dtype=np.uint8)  # else interpolation favours the angle that needs none
    best = 0.0
    for reach, step in _STEPS:
        offsets = np.arange(-reach, reach + step / 2, step)
        best = max((float(best + offset) for offset in offsets), key=lambda angle: _levelness(ink, angle))
    return best


def _levelness(ink: Gray, angle: float) -> float:
    height, width = ink.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    level = cv2.warpAffine(ink, matrix, (width, height), flags=cv2.INTER_LINEAR)
    sums = level.sum(axis=1, dtype=np.float64)
    return float(np.square(np.diff(sums)).sum())


def _rotate(gray: Gray, angle: float) -> tuple[Gray, NDArray[np.float64]]:
    """The rotated image on a canvas that loses no corner, and the matrix back."""
    height, width = gray.shape
    matrix = np.asarray(cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0), dtype=np.float64)
    cos, sin = abs(matrix[0, 0]), abs(matrix[0, 1])
    new_width, new_height = round(width * cos + height * sin), round(width * sin + height * cos)
    matrix[0, 2] += (new_width - width) / 2
    matrix[1, 2] += (new_height - height) / 2
    paper = int(np.median(gray))
    straight = cv2.warpAffine(gray, matrix, (new_width, new_height), flags=cv2.INTER_CUBIC, borderValue=paper)
    back = np.vstack([cv2.invertAffineTransform(matrix), [0.0, 0.0, 1.0]])
    return np.asarray(straight, dtype=np.uint8), np.asarray(back, dtype=np.float64)


def _quarter_turn_back(shape: tuple[int, ...], quarter_turns: int) -> NDArray[np.float64]:
    height, width = shape
    backs = (
        [[1, 0, 0], [0, 1, 0]],
        [[0, -1, width], [1, 0, 0]],
        [[-1, 0, width], [0, -1, height]],
        [[0, 1, 0], [-1, 0, height]],
    )
    return np.array([*backs[quarter_turns % 4], [0, 0, 1]], dtype=np.float64)
