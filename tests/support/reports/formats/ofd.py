"""OFD as its producers write it, each with rulings drawn in its own way."""

from __future__ import annotations

from random import Random

from tests.support.ofd_files import WRITERS, OfdCanvas
from tests.support.reports.formats.layout import style
from tests.support.reports.formats.pdf import draw
from tests.support.reports.printed import Printed

STYLES = tuple(style(name) for name in WRITERS)

_PRINTS = ("ruled", "header repeated", "running head", "rows torn", "figures right")


def render(report: Printed, name: str, chance: Random) -> tuple[str, bytes]:
    canvas = OfdCanvas(writing=WRITERS[name])
    draw(canvas, report, chance.choice(_PRINTS), chance)
    return "report.ofd", canvas.content()
