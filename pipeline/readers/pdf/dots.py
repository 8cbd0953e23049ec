"""Dotted and dashed rulings: rows of dots that a PDF draws one by one, as the lines that a reader sees."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

_LARGEST_DOT = 3.0  # points
_WIDEST_GAP = 4.0
_FEWEST_DOTS = 6

Obj = Mapping[str, Any]
Segment = tuple[float, float, float]  # where the line lies across, where it begins and ends along


def is_dot(obj: Obj) -> bool:
    return bool(obj["object_type"] in {"rect", "curve"} and max(obj["width"], obj["height"]) <= _LARGEST_DOT)


def dotted_lines(objects: Sequence[Obj]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Horizontal and vertical lines, as pdfplumber describes drawn ones."""
    dots = [obj for obj in objects if is_dot(obj)]
    horizontal = _segments([((dot["top"] + dot["bottom"]) / 2, dot["x0"], dot["x1"]) for dot in dots])
    vertical = _segments([((dot["x0"] + dot["x1"]) / 2, dot["top"], dot["bottom"]) for dot in dots])
    return (
        [_line(begin, end, across, across) for across, begin, end in horizontal],
        [_line(across, across, begin, end) for across, begin, end in vertical],
    )


def _segments(dots: Sequence[Segment]) -> list[Segment]:
    rows: dict[int, list[Segment]] = defaultdict(list)
    for dot in dots:
        rows[round(dot[0])].append(dot)
    segments: list[Segment] = []
    for row in rows.values():
        run: list[Segment] = []
        for dot in sorted(row, key=lambda dot: dot[1]):
            if run and dot[1] - run[-1][2] > _WIDEST_GAP:
                segments += _segment(run)
                run = []
            run.append(dot)
        segments += _segment(run)
    return segments


def _segment(run: Sequence[Segment]) -> list[Segment]:
    return [(run[0][0], run[0][1], run[-1][2])] if len(run) >= _FEWEST_DOTS else []


def _line(x0: float, x1: float, top: float, bottom: float) -> dict[str, Any]:
    return {
        "object_type": "line", "x0": x0, "x1": x1, "top": top, "bottom": bottom,
        "width": x1 - x0, "height": bottom - top,
    }  # fmt: skip
