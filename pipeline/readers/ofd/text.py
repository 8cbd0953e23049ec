"""Text objects to characters with their boxes. A font's own widths are not looked at: where the next character stands
is printed in the file, and what that leaves open is taken from the size of the type."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.readers.ofd.geometry import Matrix, applied, around, number, quarters, repeated, times
from pipeline.readers.ofd.package import Element, attribute, children, text_of
from pipeline.readers.ofd.style import Style

_ASCENT = 0.88  # of the size of type, above the baseline
_NARROW = 0.5
_AS_WIDE = 1.05  # of the size: what is set no wider apart stands close together
_MOST_CODES = 100_000  # characters of one text object
_UNKNOWN = {"Co", "Cn", "Cc", "Cs"}
_EDGES = "\r\n\t"

Rect = tuple[float, float, float, float]


class Letter(NamedTuple):
    text: str
    box: Rect  # in points on the page
    quarters: int | None  # by how many it is turned; None when aslant
    is_known: bool  # the file says which character it is


def letters_of(element: Element, style: Style, matrix: Matrix) -> Iterator[Letter]:
    """In the order of writing. `matrix` takes the object's own space to points on the page."""
    size = number(attribute(element, "Size"))
    wide = size * (number(attribute(element, "HScale"), 1.0) or 1.0)
    turn = _turn(attribute(element, "CharDirection"))
    glyphs = sum(len(text_of(glyphs).split()) for cg in children(element, "cgtransform") for glyphs in cg)
    x = y = 0.0
    count = 0
    for code in children(element, "textcode"):
        x, y = number(attribute(code, "X"), x), number(attribute(code, "Y"), y)
        text = _text(code)[: _MOST_CODES - count]
        if not text and glyphs > count:
            text = "\N{REPLACEMENT CHARACTER}" * min(glyphs - count, _MOST_CODES - count)
        count += len(text)
        for letter, (left, base), advance in _placed(code, text, (x, y), wide, attribute(element, "ReadDirection")):
            box = (left, base - _ASCENT * size, left + advance, base + (1 - _ASCENT) * size)
            yield Letter(letter, _on_page(box, (left, base), turn, matrix), _turned(matrix, turn), _is_known(letter))


def _text(code: Element) -> str:
    """Without the line breaks that a tidy writer put around it: they are no characters of its."""
    return (code.text or "").strip(_EDGES) if _EDGES[1] in (code.text or "") else (code.text or "")


def _placed(
    code: Element, text: str, start: tuple[float, float], wide: float, reading: str
) -> Iterator[tuple[str, tuple[float, float], float]]:
    """Each character, where its baseline begins, and how wide it is."""
    across = repeated(attribute(code, "DeltaX"), len(text))
    down = repeated(attribute(code, "DeltaY"), len(text))
    x, y = start
    for place, letter in enumerate(text):
        usual = wide * (1.0 if unicodedata.east_asian_width(letter) in "WFA" else _NARROW)
        step_x = _step(across, place, 0.0 if down else usual)
        step_y = _step(down, place, 0.0)
        if not across and not down and number(reading) % 180:
            step_x, step_y = 0.0, wide
        is_last = place + 1 == len(text)
        width = step_x if 0 < step_x <= wide * _AS_WIDE and not is_last else usual
        yield letter, (x, y), width
        x, y = x + step_x, y + step_y


def _step(given: list[float], place: int, default: float) -> float:
    """Some writers leave out the steps at the end when they are like the last one."""
    return (given[place] if place < len(given) else given[-1]) if given else default


def _turn(direction: str) -> int:
    return round(number(direction) / 90) % 4


def _turned(matrix: Matrix, turn: int) -> int | None:
    own = quarters(matrix)
    return None if own is None else (own + turn) % 4


def _on_page(box: Rect, origin: tuple[float, float], turn: int, matrix: Matrix) -> Rect:
    """The box on the page; a character that is turned by itself turns around the beginning of its baseline."""
    cosine, sine = ((1, 0), (0, 1), (-1, 0), (0, -1))[turn]
    x, y = origin
    own: Matrix = (cosine, sine, -sine, cosine, x - cosine * x + sine * y, y - sine * x - cosine * y)
    whole = times(own, matrix) if turn else matrix
    left, top, right, bottom = box
    return around([applied(whole, at, height) for at in (left, right) for height in (top, bottom)])


def _is_known(letter: str) -> bool:
    return letter != "\N{REPLACEMENT CHARACTER}" and unicodedata.category(letter) not in _UNKNOWN
