"""The shapes of a line's marks: which of them is a dash, a slash or a point, and whether as many characters are inked
as were read. Independent of the recogniser, which takes a slash for a 1 and loses a minus."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.readers.scan.pose import Rect
from pipeline.readers.scan.raster import Gray

# In heights of the table's characters.
_FLAT = 0.3  # a dash is at most so high
_EM_DASH = 0.6  # a shorter stroke is a hyphen
_DIGIT = 0.42  # at least so high
_POINT = 0.34  # at most so wide and high
_DUST = 0.06

_LEVEL = 1.6  # times as wide as high, without the pixel that smoothing adds to both: a stroke, no point
_SLASH_LEANS = 0.13  # columns per row, at least; an upright 1 does not
_MAY_LEAN = 0.06
_STRAIGHT = 0.07  # of its height: a slash's rows stray so little from a line
_EVEN = 1.7  # times the usual: no row of a slash is wider; a 1 has a flag, a 7 a bar
_THIN = 0.4  # of its height: a stroke is at most so wide
_FEWEST_ROWS = 6  # pixels: a smaller mark's lean says nothing

# Of a digit's height: how wide the ink of figures is, per figure.
_NARROWEST, _WIDEST = 0.32, 1.05


@dataclass(frozen=True, slots=True)
class Mark:
    """Connected ink, or pieces of it one above another."""

    rect: Rect
    pixels: NDArray[np.bool_]

    @property
    def width(self) -> int:
        return self.rect[2] - self.rect[0]

    @property
    def height(self) -> int:
        return self.rect[3] - self.rect[1]


@dataclass(frozen=True, slots=True)
class Shape:
    """One printed line's marks from left to right; `character` is the height of the table's characters."""

    marks: tuple[Mark, ...]
    character: int

    @property
    def sign(self) -> str:
        """— or - or / where the line is nothing else, else nothing."""
        if len(self.marks) != 1:
            level = bool(self.marks) and all(self._is_dash(mark) for mark in self.marks)
            return "—" if level and len(self.marks) <= 3 else ""
        [mark] = self.marks
        if self._is_dash(mark):
            return "—" if mark.width >= _EM_DASH * self.character else "-"
        return "/" if self._is_digit(mark) and _lean(mark) >= _SLASH_LEANS else ""

    @property
    def speck(self) -> bool:
        """Nothing that is as large as a digit."""
        return all(mark.height < _DIGIT * self.character for mark in self.marks)

    @property
    def minus(self) -> bool:
        """A level stroke at half height before the first digit."""
        if len(self.marks) < 2 or not self._is_dash(self.marks[0]) or not self._is_digit(self.marks[1]):
            return False
        first, digit = self.marks[0].rect, self.marks[1].rect
        height, middle = digit[3] - digit[1], (first[1] + first[3]) / 2
        return 0.25 * height < middle - digit[1] < 0.8 * height and digit[0] - first[2] < 0.6 * self.character

    @property
    def points(self) -> int:
        """Small marks at the digits' foot, between two of them."""
        digits = [mark for mark in self.marks if self._is_digit(mark)]
        if len(digits) < 2:
            return 0
        foot, height = max(digit.rect[3] for digit in digits), max(digit.height for digit in digits)
        return sum(
            digits[0].rect[2] <= mark.rect[2] <= digits[-1].rect[0] + 1 and self._is_point(mark, foot, height)
            for mark in self.marks
        )

    def fits(self, figures: str) -> str:
        """Why the ink cannot be these figures; nothing when it can."""
        digits = sum(sign.isdigit() for sign in figures)
        inked = [mark for mark in self.marks if self._is_digit(mark)]
        if not digits or not inked:
            return "no ink of a digit's size" if digits else ""
        if figures == "1" and _lean(inked[0]) > _MAY_LEAN:
            return "a slash is as likely"
        if len(inked) > digits:
            return "more characters are inked than read"
        if self.minus != figures.startswith("-"):
            return "a minus sign is not certain"
        if self.points > sum(sign in ".," for sign in figures):
            return "a point is not certain"
        height = max(mark.height for mark in inked)
        per_digit = (inked[-1].rect[2] - inked[0].rect[0]) / digits / height
        if digits > len(inked) and per_digit < _NARROWEST:
            return "fewer characters are inked than read"
        return "more is inked than was read" if per_digit > _WIDEST + 0.3 * ("." in figures or "," in figures) else ""

    def _is_dash(self, mark: Mark) -> bool:
        return mark.height <= _FLAT * self.character and mark.width - 1 >= _LEVEL * (mark.height - 1)

    def _is_digit(self, mark: Mark) -> bool:
        return mark.height >= _DIGIT * self.character

    def _is_point(self, mark: Mark, foot: int, height: int) -> bool:
        side = max(mark.width, mark.height)
        low = mark.rect[1] > foot - 0.45 * height and mark.rect[3] > foot - 0.12 * height
        return _DUST * self.character <= side <= _POINT * self.character and low


def shape_of(ink: Gray, line: Rect, character: int) -> Shape:
    """`ink` is the page's mask, 1 where it is inked."""
    x0, y0, x1, y1 = line
    _, labels, stats, _ = cv2.connectedComponentsWithStats(np.ascontiguousarray(ink[y0:y1, x0:x1]))
    least = max(2, round((_DUST * character) ** 2))
    found = sorted(
        (int(x), int(y), int(x + w), int(y + h), index)
        for index, (x, y, w, h, area) in enumerate(stats)
        if index and area >= least
    )
    groups: list[tuple[Rect, list[int]]] = []
    for left, top, right, bottom, index in found:
        if groups and _above_each_other(groups[-1][0], (left, top, right, bottom), character):
            rect, members = groups[-1]
            around = min(rect[0], left), min(rect[1], top), max(rect[2], right), max(rect[3], bottom)
            groups[-1] = around, [*members, index]
        else:
            groups.append(((left, top, right, bottom), [index]))
    marks = [
        Mark((r[0] + x0, r[1] + y0, r[2] + x0, r[3] + y0), np.isin(labels[r[1] : r[3], r[0] : r[2]], members))
        for r, members in groups
    ]
    return Shape(tuple(marks), character)


def _above_each_other(left: Rect, right: Rect, character: int) -> bool:
    """Most of the narrower lies over or under the wider, and neither is a point at the other's foot."""
    shared = min(left[2], right[2]) - max(left[0], right[0])
    narrower = min(left[2] - left[0], right[2] - right[0])
    return shared > 0.6 * narrower and (left[3] <= right[1] + 0.3 * character or right[3] <= left[1] + 0.3 * character)


def _lean(mark: Mark) -> float:
    """Columns per row that a single even stroke leans to the right at its top; 0 for any other mark, as a 1 with its
    flag or a 7 with its bar."""
    rows = np.flatnonzero(mark.pixels.any(axis=1))
    if len(rows) < _FEWEST_ROWS:
        return 0.0
    inked = [np.flatnonzero(mark.pixels[row]) for row in rows]
    widths = np.array([columns[-1] - columns[0] + 1 for columns in inked])
    middles = np.array([(columns[0] + columns[-1]) / 2 for columns in inked])
    slope, start = np.polyfit(rows, middles, 1)
    strays = float(np.abs(middles - (slope * rows + start)).max())
    usual = float(np.median(widths))
    even = widths.max() <= max(_EVEN * usual, usual + 2) and usual <= _THIN * len(rows)
    return float(-slope) if even and strays <= max(1.5, _STRAIGHT * len(rows)) else 0.0
