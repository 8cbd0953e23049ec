"""What is printed on a page, as readers of paged documents hand it over: characters, rulings and pictures in points
from the page's top left corner as a reader holds it, rotation already undone. Nothing here knows PDF or OFD."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from pipeline.model import BBox


class Glyph(NamedTuple):
    """One printed character with the box that a line of text gives it. A tuple, since a page has thousands."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    clear: bool = True  # the page says for certain which character it is


@dataclass(frozen=True, slots=True)
class Ruling:
    """A visible straight line, lying (`top` = `bottom`) or standing (`x0` = `x1`), whatever drew it: a stroke, a thin
    filled rectangle, one side of a frame."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class PrintedPage:
    number: int  # from 1
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    rulings: tuple[Ruling, ...]
    pictures: tuple[BBox, ...] = ()
