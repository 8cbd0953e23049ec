"""One page of an OFD as it is printed: what its layers and templates draw, gone through in the order of drawing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.errors import UnreadableDocument
from pipeline.model import BBox
from pipeline.readers.layout import Glyph, PrintedPage, Ruling
from pipeline.readers.ofd import geometry
from pipeline.readers.ofd.geometry import Matrix, applied, around, scaled, shifted, times
from pipeline.readers.ofd.opacity import is_opaque
from pipeline.readers.ofd.package import Element, attribute, child, children, local
from pipeline.readers.ofd.paths import rulings_of
from pipeline.readers.ofd.structure import OfdDocument, add_resources, area_of
from pipeline.readers.ofd.style import Style
from pipeline.readers.ofd.text import letters_of

_MOST_GLYPHS = 60_000  # on a page
_MOST_RULINGS = 60_000
_MOST_OBJECTS = 200_000
_DEEPEST = 12  # blocks in blocks, composites in composites
_COVERS = 0.6  # of the page: a picture so large hides what was drawn before it
_QUARTERS = (0, 1, 2, 3)
_LAYERS = ("background", "body", "foreground")


@dataclass(frozen=True, slots=True)
class Picture:
    box: BBox
    part: str  # of the package, which holds the image; "" when it is missing


@dataclass(slots=True)
class Drawn:
    """A page's marks while it is gone through."""

    number: int
    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    hidden: list[Glyph] = field(default_factory=list)  # under a picture, or too faint to be read
    rulings: list[Ruling] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    turned: Counter[int | None] = field(default_factory=Counter)  # characters by the quarters they are turned
    quarters: int = 0  # by which the page is turned back, so that they stand upright
    is_cut: bool = False  # more is drawn than a page may hold

    @property
    def on_side(self) -> int:
        """How many characters stand otherwise than most, by quarters: a watermark, which lies aslant, is none."""
        return sum(count for quarters, count in self.turned.items() if quarters)

    @property
    def pictured(self) -> float:
        """The share of the page that pictures cover, at most all of it."""
        return min(1.0, sum(self.share(picture.box) for picture in self.pictures))

    def share(self, box: BBox) -> float:
        across = max(0.0, min(box[2], self.width) - max(box[0], 0.0))
        down = max(0.0, min(box[3], self.height) - max(box[1], 0.0))
        return across * down / (self.width * self.height)

    def printed(self, glyphs: Sequence[Glyph]) -> PrintedPage:
        boxes = tuple(picture.box for picture in self.pictures)
        return PrintedPage(self.number, self.width, self.height, tuple(glyphs), tuple(self.rulings), boxes)


def drawn_page(document: OfdDocument, part: str, number: int) -> Drawn:
    """The page, turned so that most of its text stands upright; raises UnreadableDocument when the page's own part
    cannot be read."""
    root = document.package.xml(part)
    for entry in children(root, "pageres"):
        add_resources(document, entry.text or "", part.rpartition("/")[0])
    drawn = _drawn(document, root, number, 0)
    usual = max(_QUARTERS, key=lambda quarters: drawn.turned[quarters])
    return _drawn(document, root, number, usual) if usual else drawn


def _drawn(document: OfdDocument, root: Element, number: int, quarters: int) -> Drawn:
    area = area_of(child(root, "area")) or document.area
    size = (area.width * geometry.POINTS, area.height * geometry.POINTS)
    whole = times(shifted(-area.x, -area.y), scaled(geometry.POINTS))
    if quarters:
        whole = times(whole, _turn_back(quarters, *size))
        size = (size[1], size[0]) if quarters % 2 else size
    drawn = Drawn(number, *size, quarters=quarters)
    pen = _Pen(document, drawn)
    under, over = _templates(document, root)
    for content in (*under, root, *over):
        pen.draw_layers(child(content, "content"), whole)
    return drawn


def _turn_back(quarters: int, width: float, height: float) -> Matrix:
    """Of a page of this size, so that what is turned clockwise by quarters stands upright."""
    if quarters == 1:
        return (0.0, -1.0, 1.0, 0.0, 0.0, width)
    if quarters == 2:
        return (-1.0, 0.0, 0.0, -1.0, width, height)
    return (0.0, 1.0, -1.0, 0.0, height, 0.0)


def _templates(document: OfdDocument, root: Element) -> tuple[list[Element], list[Element]]:
    """Template pages that are drawn before and after the page itself; one that is missing draws nothing."""
    under: list[Element] = []
    over: list[Element] = []
    for entry in children(root, "template"):
        part = document.template(attribute(entry, "TemplateID"))
        try:
            template = document.package.xml(part)
        except UnreadableDocument:
            continue
        (over if attribute(entry, "ZOrder").lower() == "foreground" else under).append(template)
    return under, over


class _Pen:
    def __init__(self, document: OfdDocument, drawn: Drawn) -> None:
        self._document = document
        self._drawn = drawn
        self._objects = 0
        self._draw = {
            "textobject": self._text,
            "pathobject": self._path,
            "imageobject": self._image,
        }

    def draw_layers(self, content: Element | None, matrix: Matrix) -> None:
        layers = children(content, "layer") if content is not None else []
        for layer in sorted(layers, key=_height_of_layer):
            chain = tuple(self._document.resources.parameter_chain(attribute(layer, "DrawParam")))
            self._block(layer, matrix, chain, 0)

    def _block(self, block: Element, matrix: Matrix, inherited: Sequence[Element], depth: int) -> None:
        for element in block:
            self._objects += 1
            if self._objects > _MOST_OBJECTS or depth > _DEEPEST:
                self._drawn.is_cut = True
                return
            kind = local(element)
            if kind in {"pageblock", "layer", "content"}:
                self._block(element, matrix, inherited, depth + 1)
            elif kind == "compositeobject":
                self._composite(element, matrix, inherited, depth)
            elif kind in self._draw:
                style = Style(element, self._document.resources, inherited)
                self._draw[kind](element, style, _own_space(element, matrix))

    def _composite(self, element: Element, matrix: Matrix, inherited: Sequence[Element], depth: int) -> None:
        unit = self._document.resources.composites.get(attribute(element, "ResourceID"))
        style = Style(element, self._document.resources, inherited)
        if unit is not None and style.shows(style.colour("FillColor")):
            self._block(unit, _own_space(element, matrix), inherited, depth + 1)

    def _text(self, element: Element, style: Style, matrix: Matrix) -> None:
        drawn = self._drawn
        is_filled = style.is_on("Fill", True)
        is_shown = style.shows(style.colour("FillColor" if is_filled else "StrokeColor"))
        is_printed = is_shown and (is_filled or style.is_on("Stroke", False))
        for letter in letters_of(element, style, matrix):
            if len(drawn.glyphs) + len(drawn.hidden) >= _MOST_GLYPHS:
                drawn.is_cut = True
                return
            drawn.turned[letter.quarters] += is_printed
            if letter.quarters != 0:
                continue
            (drawn.glyphs if is_printed else drawn.hidden).append(
                Glyph(letter.text, *letter.box, clear=is_printed and letter.is_known)
            )

    def _path(self, element: Element, style: Style, matrix: Matrix) -> None:
        drawn = self._drawn
        for ruling in rulings_of(element, style, matrix):
            if len(drawn.rulings) >= _MOST_RULINGS:
                drawn.is_cut = True
                return
            drawn.rulings.append(ruling)

    def _image(self, element: Element, style: Style, matrix: Matrix) -> None:
        if not style.shows(style.colour("FillColor")):
            return
        drawn = self._drawn
        box = around([applied(matrix, x, y) for x in (0.0, 1.0) for y in (0.0, 1.0)])
        part = self._document.resources.media.get(attribute(element, "ResourceID"), "")
        drawn.pictures.append(Picture(box, part))
        if drawn.share(box) >= _COVERS and drawn.glyphs and self._is_opaque(element, part):
            drawn.hidden += [_doubtful(glyph) for glyph in drawn.glyphs]
            drawn.glyphs.clear()

    def _is_opaque(self, element: Element, part: str) -> bool:
        try:
            return not attribute(element, "ImageMask") and is_opaque(self._document.package.body(part))
        except UnreadableDocument:
            return False


def _doubtful(glyph: Glyph) -> Glyph:
    return Glyph(glyph.text, glyph.x0, glyph.top, glyph.x1, glyph.bottom, clear=False)


def _height_of_layer(layer: Element) -> int:
    kind = attribute(layer, "Type", "Body").lower()
    return _LAYERS.index(kind) if kind in _LAYERS else 1


def _own_space(element: Element, matrix: Matrix) -> Matrix:
    """From the space of an object's coordinates, through its own transformation and its place, to the page. An image
    is a square of one by one; without a transformation it fills its boundary."""
    place = geometry.box(attribute(element, "Boundary")) or geometry.Box(0, 0, 0, 0)
    own = geometry.matrix(attribute(element, "CTM"))
    if local(element) == "imageobject" and not attribute(element, "CTM"):
        own = (place.width, 0.0, 0.0, place.height, 0.0, 0.0)
    return times(own, times(shifted(place.x, place.y), matrix))
