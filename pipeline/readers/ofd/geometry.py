"""Numbers, boxes and transformations as OFD writes them: millimetres from the top left corner, y downwards."""

from __future__ import annotations

import math
from typing import NamedTuple

POINTS = 72 / 25.4  # in a millimetre
_LARGEST = 1e6

Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]

IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Box(NamedTuple):
    x: float
    y: float
    width: float
    height: float


def number(text: str, default: float = 0.0) -> float:
    try:
        value = float(text)
    except ValueError:
        return default
    return value if math.isfinite(value) and abs(value) <= _LARGEST else default


def numbers(text: str) -> list[float]:
    return [number(token) for token in text.replace(",", " ").split()]


def box(text: str) -> Box | None:
    values = numbers(text)
    return Box(*values[:4]) if len(values) >= 4 else None


def matrix(text: str) -> Matrix:
    values = numbers(text)
    return (values[0], values[1], values[2], values[3], values[4], values[5]) if len(values) >= 6 else IDENTITY


def repeated(text: str, most: int) -> list[float]:
    """An array in which `g 3 1.5` stands for 1.5 three times; no longer than `most`."""
    tokens = text.replace(",", " ").split()
    values: list[float] = []
    at = 0
    while at < len(tokens) and len(values) < most:
        if tokens[at].lower() == "g" and at + 2 < len(tokens):
            count = min(most - len(values), max(0, int(number(tokens[at + 1]))))
            values += [number(tokens[at + 2])] * count
            at += 3
        else:
            values.append(number(tokens[at]))
            at += 1
    return values


def applied(matrix: Matrix, x: float, y: float) -> Point:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def times(inner: Matrix, outer: Matrix) -> Matrix:
    """The transformation that applies `inner` first."""
    a, b, c, d, e, f = inner
    e2, f2 = applied(outer, e, f)
    a2, b2, c2, d2, _, _ = outer
    return (a2 * a + c2 * b, b2 * a + d2 * b, a2 * c + c2 * d, b2 * c + d2 * d, e2, f2)


def shifted(x: float, y: float) -> Matrix:
    return (1.0, 0.0, 0.0, 1.0, x, y)


def scaled(factor: float) -> Matrix:
    return (factor, 0.0, 0.0, factor, 0.0, 0.0)


def around(points: list[Point]) -> tuple[float, float, float, float]:
    """The upright box around them: left, top, right, bottom."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def quarters(matrix: Matrix) -> int | None:
    """By how many quarters the transformation turns what it is applied to, clockwise; None when aslant."""
    a, b, _, _, _, _ = matrix
    turn = math.degrees(math.atan2(b, a)) / 90
    nearest = round(turn)
    return nearest % 4 if abs(turn - nearest) < 0.06 else None
