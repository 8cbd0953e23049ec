"""How an object is painted: by what it says itself, else by its drawing parameters, else by its layer's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.readers.ofd.geometry import number
from pipeline.readers.ofd.package import Element, attribute, child
from pipeline.readers.ofd.structure import Resources

_MOST = 255.0
_WHITE = 0.95
_INVISIBLE = 0.15  # of full opacity: what is so faint is there for machines, or as a watermark


@dataclass(frozen=True, slots=True)
class Colour:
    is_white: bool = False
    opacity: float = 1.0


BLACK = Colour()


class Style:
    def __init__(self, element: Element, resources: Resources, inherited: Sequence[Element] = ()) -> None:
        own = resources.parameter_chain(attribute(element, "DrawParam"))
        self.sources = (element, *own, *inherited)
        self._opacity = number(attribute(element, "Alpha"), _MOST) / _MOST
        self._is_shown = attribute(element, "Visible").lower() not in {"false", "0"}

    def is_on(self, name: str, default: bool) -> bool:
        """A switch such as `Fill` or `Stroke`."""
        value = self._attribute(name).lower()
        return value in {"true", "1"} if value else default

    def colour(self, name: str) -> Colour:
        """Black where none is named."""
        found = (child(source, name.lower()) for source in self.sources)
        element = next((one for one in found if one is not None), None)
        return BLACK if element is None else _colour(element)

    def shows(self, colour: Colour) -> bool:
        return self._is_shown and self._opacity * colour.opacity > _INVISIBLE

    def _attribute(self, name: str) -> str:
        return next((value for source in self.sources if (value := attribute(source, name))), "")


def _colour(element: Element) -> Colour:
    opacity = number(attribute(element, "Alpha"), _MOST) / _MOST
    values = [_part(token) for token in attribute(element, "Value").replace(",", " ").split()]
    if len(values) == 4:  # CMYK
        is_white = max(values) <= (1 - _WHITE) * _MOST
    else:
        is_white = bool(values) and min(values) >= _WHITE * _MOST
    return Colour(is_white, opacity)


def _part(token: str) -> float:
    """A channel as a decimal number, or as `#ff`."""
    if token.startswith("#"):
        try:
            return float(min(int(token[1:3], 16), 255))
        except ValueError:
            return 0.0
    return number(token)
