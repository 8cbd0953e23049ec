"""Which letters of a page a reader sees: those that are painted, in a colour that differs from the ground, inside of
the page and of what clips them, and with nothing painted over them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

from pipeline.readers.pdf.drawings import EVERYWHERE, Drawings, Fill, Text
from pipeline.readers.pdf.letters import Letter
from pipeline.readers.pdf.shapes import Color, Rect

_BAND = 32.0  # points: grounds are looked up by the band of the page they lie in
_MOST_BANDS = 1000
_SLACK = 1.0  # points that a clip may cut from a letter's middle
_SMALLEST = 1.5  # points: smaller letters are marks for machines
_OPAQUE = 255
_PICTURE = Color(128, 128, 128, 0)  # a ground of any colour, and one may see through it
_SHEET = Color(128, 128, 128, _OPAQUE)


def seen(letters: Sequence[Letter], drawings: Drawings, grounds: Grounds, page: Rect) -> list[Letter]:
    visible: list[Letter] = []
    source, text, is_plain = -1, None, True
    for letter in letters:
        if letter.source != source:
            source, text = letter.source, drawings.texts.get(letter.source)
            is_plain = text is None or (text.clip == EVERYWHERE and not grounds.may_hide(text))
        x, y = (letter.left + letter.right) / 2, (letter.low + letter.high) / 2
        if letter.high - letter.low < _SMALLEST or not _is_in(page, x, y):
            continue
        if is_plain or text is None or _shows(text, x, y, grounds):
            visible.append(letter)
    return visible


def _shows(text: Text, x: float, y: float, grounds: Grounds) -> bool:
    if text.color is None or not _is_in(text.clip, x, y):
        return False
    if grounds.covers(x, y, text.order):
        return False
    return not text.color.is_white or grounds.is_dark(x, y, text.order)


def _is_in(box: Rect, x: float, y: float) -> bool:
    return box[0] - _SLACK <= x <= box[2] + _SLACK and box[1] - _SLACK <= y <= box[3] + _SLACK


class Grounds:
    """What lies under and over a place: coloured areas, and pictures as areas of an unknown colour."""

    def __init__(self, drawings: Drawings, sheets: Collection[int] = ()) -> None:
        """`sheets` are the pictures, by their order, that one cannot see through."""
        self._bands: dict[int, list[Fill]] = defaultdict(list)
        self._last_opaque = -1
        pictures = (
            Fill(picture.order, picture.box, _SHEET if picture.order in sheets else _PICTURE)
            for picture in drawings.pictures
        )
        for ground in (*drawings.grounds, *pictures):
            first, last = int(ground.box[1] // _BAND), int(ground.box[3] // _BAND)
            for band in range(max(first, -_MOST_BANDS), min(last, _MOST_BANDS) + 1):
                self._bands[band].append(ground)
            if ground.color.alpha == _OPAQUE:
                self._last_opaque = max(self._last_opaque, ground.order)

    def may_hide(self, text: Text) -> bool:
        """Whether it takes a look at the place of each letter to know whether one sees it."""
        return text.color is None or text.color.is_white or text.order <= self._last_opaque

    def covers(self, x: float, y: float, order: int) -> bool:
        """Whether something is painted later and wholly over this place."""
        if order > self._last_opaque:
            return False
        return any(
            ground.order > order and ground.color.alpha == _OPAQUE and _holds(ground.box, x, y)
            for ground in self._bands.get(int(y // _BAND), ())
        )

    def is_dark(self, x: float, y: float, order: int) -> bool:
        """Whether white would show on what lies directly under this place."""
        below = [g for g in self._bands.get(int(y // _BAND), ()) if g.order < order and _holds(g.box, x, y)]
        return bool(below) and not max(below).color.is_white


def _holds(box: Rect, x: float, y: float) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]
