"""The calibration curve as a picture: what share of the cells at each confidence is right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

_WIDTH, _HEIGHT, _LEFT, _TOP, _SIDE = 620, 470, 70, 24, 380
_INK, _GRID, _LINE, _BAND = "#222", "#ddd", "#b3261e", "#f3ece2"


@dataclass(frozen=True)
class Bin:
    low: float
    high: float
    facts: int
    right: int
    mean: float  # confidence

    @property
    def share(self) -> float:
        return self.right / self.facts


EDGES = (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.97, 0.99, 1.0001)


def bins(scored: Sequence[tuple[float, bool]]) -> list[Bin]:
    found = []
    for low, high in pairwise(EDGES):
        inside = [(confidence, right) for confidence, right in scored if low <= confidence < high]
        if inside:
            mean = sum(confidence for confidence, _ in inside) / len(inside)
            found.append(Bin(low, min(high, 1.0), len(inside), sum(right for _, right in inside), mean))
    return found


def draw(found: Sequence[Bin]) -> str:
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="sans-serif" '
        'font-size="13">',
        "<title>置信度与正确率 Confidence and correctness</title>",
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/>',
        _sure_band(),
        *_axes(),
        f'<path d="M{_x(0)} {_y(0)}L{_x(1)} {_y(1)}" stroke="{_GRID}" stroke-width="1.5" stroke-dasharray="5 4"/>',
    ]
    line = " ".join(f"{_x(one.mean)},{_y(one.share)}" for one in found)
    parts.append(f'<polyline points="{line}" fill="none" stroke="{_LINE}" stroke-width="2"/>')
    parts += [_dot(one) for one in found]
    parts.append("</svg>")
    return "\n".join(parts) + "\n"


def _x(confidence: float) -> float:
    return round(_LEFT + confidence * _SIDE, 1)


def _y(share: float) -> float:
    return round(_TOP + (1 - share) * _SIDE, 1)


def _sure_band() -> str:
    width = _x(1) - _x(0.9)
    return (
        f'<rect x="{_x(0.9)}" y="{_TOP}" width="{width}" height="{_SIDE}" fill="{_BAND}"/>'
        f'<text x="{_x(1) + 10}" y="{_y(0.08)}" fill="{_INK}">可信 sure: ≥ 0.9</text>'
    )


def _axes() -> list[str]:
    parts = []
    for tenth in range(0, 11, 2):
        at = tenth / 10
        parts.append(f'<path d="M{_x(0)} {_y(at)}H{_x(1)}M{_x(at)} {_y(0)}V{_y(1)}" stroke="{_GRID}"/>')
        parts.append(f'<text x="{_x(at)}" y="{_y(0) + 20}" text-anchor="middle" fill="{_INK}">{at:.1f}</text>')
        parts.append(f'<text x="{_LEFT - 10}" y="{_y(at) + 4}" text-anchor="end" fill="{_INK}">{tenth * 10} %</text>')
    middle = _x(0.5)
    parts.append(f'<text x="{middle}" y="{_HEIGHT - 14}" text-anchor="middle" fill="{_INK}">置信度 confidence</text>')
    turned = f'transform="rotate(-90 18 {_y(0.5)})"'
    parts.append(
        f'<text x="18" y="{_y(0.5)}" text-anchor="middle" {turned} fill="{_INK}">正确 cells that are right</text>'
    )
    return parts


def _dot(one: Bin) -> str:
    radius = 3 + min(7.0, one.facts**0.5 / 40)
    said = f"{one.low:.2f}–{one.high:.2f}: {one.right} / {one.facts}"
    circle = f'<circle cx="{_x(one.mean)}" cy="{_y(one.share)}" r="{radius:.1f}" fill="{_LINE}">'
    return f"{circle}<title>{said}</title></circle>"
