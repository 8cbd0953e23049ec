"""The frame in which a page is read: points from the top left corner of the page as a viewer shows it, or, where its
text lies on its side, as a reader would turn it."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.model import BBox

_LARGEST = 14_400.0  # points: what PDF allows a page to measure
_SMALLEST = 1.0


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle of user space (`left`, `low`, `right`, `high`), turned clockwise by quarters and scaled to points."""

    left: float
    low: float
    right: float
    high: float
    quarters: int = 0
    scale: float = 1.0

    @property
    def is_possible(self) -> bool:
        return all(
            _SMALLEST <= side * self.scale <= _LARGEST for side in (self.right - self.left, self.high - self.low)
        )

    @property
    def size(self) -> tuple[float, float]:
        width, height = (self.right - self.left) * self.scale, (self.high - self.low) * self.scale
        return (height, width) if self.quarters % 2 else (width, height)

    def box(self, x0: float, y0: float, x1: float, y1: float) -> BBox:
        """A box of user space, its corners in any order, as x0, top, x1, bottom."""
        if x0 > x1:
            x0, x1 = x1, x0
        if y0 > y1:
            y0, y1 = y1, y0
        scale = self.scale
        if self.quarters == 0:
            box = (x0 - self.left, self.high - y1, x1 - self.left, self.high - y0)
        elif self.quarters == 1:
            box = (y0 - self.low, x0 - self.left, y1 - self.low, x1 - self.left)
        elif self.quarters == 2:
            box = (self.right - x1, y0 - self.low, self.right - x0, y1 - self.low)
        else:
            box = (self.high - y1, self.right - x1, self.high - y0, self.right - x0)
        return box if scale == 1.0 else (box[0] * scale, box[1] * scale, box[2] * scale, box[3] * scale)


def turned(box: BBox, size: tuple[float, float], quarters: int) -> BBox:
    """A box on a page of this size after the page is turned clockwise by quarters."""
    width, height = size
    x0, top, x1, bottom = box
    for _ in range(quarters % 4):
        x0, top, x1, bottom = height - bottom, x0, height - top, x1
        width, height = height, width
    return (x0, top, x1, bottom)
