"""The frame in which a page is read: points from the top left corner of its crop box as a viewer shows it, or, where
its text lies on its side, as a reader would turn it. A page's own `UserUnit` scales no point, as in pdfium."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.model import BBox


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle of user space (`left`, `low`, `right`, `high`), turned clockwise by quarters."""

    left: float
    low: float
    right: float
    high: float
    quarters: int = 0

    @property
    def size(self) -> tuple[float, float]:
        width, height = self.right - self.left, self.high - self.low
        return (height, width) if self.quarters % 2 else (width, height)

    def box(self, x0: float, y0: float, x1: float, y1: float) -> BBox:
        """A box of user space, its corners in any order, as x0, top, x1, bottom."""
        if x0 > x1:
            x0, x1 = x1, x0
        if y0 > y1:
            y0, y1 = y1, y0
        if self.quarters == 0:
            return (x0 - self.left, self.high - y1, x1 - self.left, self.high - y0)
        if self.quarters == 1:
            return (y0 - self.low, x0 - self.left, y1 - self.low, x1 - self.left)
        if self.quarters == 2:
            return (self.right - x1, y0 - self.low, self.right - x0, y1 - self.low)
        return (self.high - y1, self.right - x1, self.high - y0, self.right - x0)
