"""A writer of OFD files (GB/T 33190): pages of text, lines and pictures, put into the package in the ways in which
producers differ: prefixes and letter case, paths, byte order marks, how text is set and how lines are drawn."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

_MM = 25.4 / 72
_NAMESPACE = "http://www.ofdspec.org/2016"
_NARROW = dict.fromkeys(" .,:()/-", 0.3)  # in sizes of the type


@dataclass(frozen=True)
class Writing:
    """How one producer writes. The defaults are the standard's own."""

    prefix: str = "ofd:"
    absolute: bool = False  # paths from the package's root
    bom: bool = False
    folder: str = "Doc_0"
    case: str = "as is"  # of file names: as is | lower | upper
    backslashes: bool = False
    text: str = "runs"  # runs | repeated | letters | scaled | lines | no steps
    rules: str = "strokes"  # strokes | filled | frames | scaled
    grouped: str = ""  # "" | block | composite | template
    parameters: bool = False  # line widths and colours from drawing parameters
    glyphs: bool = False  # glyph numbers beside the characters
    indented: bool = False
    origin: tuple[float, float] = (0.0, 0.0)  # of the paper, in millimetres


DATA_SOFT = Writing(absolute=True, text="repeated", rules="filled", glyphs=True, parameters=True)
FOXIT = Writing(text="scaled", rules="scaled", bom=True, grouped="block")
OFFICE = Writing(prefix="", text="runs", rules="frames", folder="doc_1", case="lower")
LIBRARY = Writing(text="letters", absolute=True, rules="strokes", indented=True)
PRINTER = Writing(text="lines", rules="filled", grouped="composite", backslashes=True, case="upper", origin=(10, 5))
WRITERS = {"data soft": DATA_SOFT, "foxit": FOXIT, "office": OFFICE, "library": LIBRARY, "printer": PRINTER}


@dataclass
class _Page:
    size: tuple[float, float]
    objects: list[str] = field(default_factory=list)


class OfdCanvas:
    """Pages of `width` by `height` points, the origin at the top left, y downwards; what is put on them is given in
    points and written in millimetres."""

    def __init__(self, width: float = 595, height: float = 842, writing: Writing | None = None) -> None:
        self.width, self.height = width, height
        self.writing = writing or Writing()
        self.title = ""
        self._pages: list[_Page] = []
        self._images: list[tuple[str, bytes]] = []
        self._number = 100
        self.extra: dict[str, bytes] = {}  # further files of the package, or others in place of its own

    @property
    def pages(self) -> int:
        return len(self._pages)

    def new_page(self) -> None:
        self._pages.append(_Page((self.width, self.height)))

    # --- what is printed ---------------------------------------------------------------------------------

    def text(self, x: float, baseline: float, size: float, text: str, attributes: str = "", inner: str = "") -> None:
        if not text.strip():
            return
        steps = [_NARROW.get(letter, 0.5 if letter.isascii() else 1.0) * size * _MM for letter in text]
        x, baseline, size = x * _MM, baseline * _MM, size * _MM
        if self.writing.text == "letters":
            for letter, step in zip(text, steps, strict=True):
                if letter.strip():
                    self._text(x, baseline, size, letter, [step], attributes, inner)
                x += step
        else:
            self._text(x, baseline, size, text, steps, attributes, inner)

    def _text(
        self, x: float, baseline: float, size: float, text: str, steps: list[float], attributes: str, inner: str
    ) -> None:
        top, width, height = baseline - 0.9 * size, sum(steps), 1.2 * size
        own = (0.0, 0.9 * size)
        scale, matrix = 1.0, ""
        if self.writing.text == "scaled":  # in points, with an origin far away
            scale = 1 / _MM
            own = (300.0, -200.0)
            matrix = f' CTM="{_MM:.6f} 0 0 {_MM:.6f} {-300 * _MM:.6f} {0.9 * size + 200 * _MM:.6f}"'
        steps = [step * scale for step in steps[:-1]]
        deltas = f' DeltaX="{self._steps(steps)}"' if steps and self.writing.text != "no steps" else ""
        if self.writing.glyphs:
            count = len(text)
            glyphs = " ".join(str(number) for number in range(3, 3 + count))
            inner += self._tag(
                "CGTransform",
                f' CodePosition="0" CodeCount="{count}" GlyphCount="{count}"',
                self._tag("Glyphs", "", glyphs),
            )
        printed = escape(text)
        if self.writing.indented:
            printed = f"\n\t\t\t{printed}\n\t\t"
        inner += self._tag("TextCode", f' X="{own[0]:g}" Y="{own[1]:.4f}"{deltas}', printed)
        head = f' ID="{self._next()}" Boundary="{self._box(x, top, width, height)}"{matrix}'
        head += f' Font="5" Size="{size * scale:.4f}"{attributes}'
        self.put(self._tag("TextObject", head, inner))

    def _steps(self, steps: Sequence[float]) -> str:
        if self.writing.text != "repeated":
            return " ".join(f"{step:.4f}" for step in steps)
        runs: list[tuple[str, int]] = []
        for step in (f"{step:.4f}" for step in steps):
            if runs and runs[-1][0] == step:
                runs[-1] = (step, runs[-1][1] + 1)
            else:
                runs.append((step, 1))
        return " ".join(f"g {count} {step}" if count > 1 else step for step, count in runs)

    def line(self, x0: float, y0: float, x1: float, y1: float, *, thick: float = 0.5, dots: bool = False) -> None:
        x0, y0, x1, y1, thick = (value * _MM for value in (x0, y0, x1, y1, thick))
        half = thick / 2
        if self.writing.rules == "filled":
            self.path([(x0 - half, y0 - half), (x1 + half, y0 - half), (x1 + half, y1 + half), (x0 - half, y1 + half)],
                      ' Stroke="false" Fill="true"')  # fmt: skip
        elif self.writing.rules == "frames":
            self.path([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], f' LineWidth="{thick:.4f}"')
        else:
            dash = ' DashPattern="0.3 0.6"' if dots else ""
            self.path([(x0, y0), (x1, y1)], f' LineWidth="{thick:.4f}"{dash}', closed=False)

    def box(self, x0: float, y0: float, x1: float, y1: float) -> None:
        x0, y0, x1, y1 = (value * _MM for value in (x0, y0, x1, y1))
        self.path([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], ' Stroke="false" Fill="true"')

    def path(
        self, corners: Sequence[tuple[float, float]], attributes: str = "", *, closed: bool = True, inner: str = ""
    ) -> None:
        """Corners in millimetres."""
        left, top = min(x for x, _ in corners), min(y for _, y in corners)
        width, height = max(x for x, _ in corners) - left, max(y for _, y in corners) - top
        scale, matrix = (1.0, "") if self.writing.rules != "scaled" else (100.0, ' CTM="0.01 0 0 0.01 0 0"')
        points = [f"{(x - left) * scale:.4f} {(y - top) * scale:.4f}" for x, y in corners]
        data = f"M {points[0]} " + " ".join(f"L {point}" for point in points[1:]) + (" C" if closed else "")
        if self.writing.parameters:
            attributes += ' DrawParam="7"'
        head = f' ID="{self._next()}" Boundary="{self._box(left, top, width, height)}"{matrix}{attributes}'
        self.put(self._tag("PathObject", head, inner + self._tag("AbbreviatedData", "", data)))

    def image(self, x0: float, y0: float, x1: float, y1: float, body: bytes, name: str, attributes: str = "") -> None:
        self._images.append((name, body))
        x, y, width, height = (value * _MM for value in (x0, y0, x1 - x0, y1 - y0))
        number = 1000 + len(self._images)
        head = (
            f' ID="{self._next()}" CTM="{width:.4f} 0 0 {height:.4f} 0 0" Boundary="{self._box(x, y, width, height)}"'
        )
        self.put(self._tag("ImageObject", f'{head} ResourceID="{number}"{attributes}', ""))

    def put(self, element: str) -> None:
        """Any element of a page."""
        self._pages[-1].objects.append(element)

    def _next(self) -> int:
        self._number += 1
        return self._number

    def _box(self, x: float, y: float, width: float, height: float) -> str:
        x, y = x + self.writing.origin[0], y + self.writing.origin[1]
        return f"{x:.4f} {y:.4f} {width:.4f} {height:.4f}"

    # --- the package -------------------------------------------------------------------------------------

    def _tag(self, name: str, attributes: str, content: str) -> str:
        gap = "\n" if self.writing.indented and content.startswith("<") else ""
        return f"<{self.writing.prefix}{name}{attributes}>{gap}{content}{gap}</{self.writing.prefix}{name}>"

    def _root(self, name: str, content: str, attributes: str = "") -> bytes:
        colon = self.writing.prefix.rstrip(":")
        declared = f" xmlns:{colon}={quoteattr(_NAMESPACE)}" if colon else f" xmlns={quoteattr(_NAMESPACE)}"
        text = f'<?xml version="1.0" encoding="UTF-8"?>\n{self._tag(name, declared + attributes, content)}'
        return (b"\xef\xbb\xbf" if self.writing.bom else b"") + text.encode()

    def _location(self, path: str) -> str:
        """As a part of the document names it."""
        full = f"/{self.writing.folder}/{path}" if self.writing.absolute else path
        return full.replace("/", "\\") if self.writing.backslashes else full

    def content(self) -> bytes:
        tag, folder = self._tag, self.writing.folder
        info = tag("DocInfo", "", tag("DocID", "", "0" * 32) + tag("Title", "", escape(self.title)))
        root = f"{folder}/Document.xml"
        body = tag("DocBody", "", info + tag("DocRoot", "", f"/{root}" if self.writing.absolute else root))
        files = {"OFD.xml": self._root("OFD", body, ' Version="1.0" DocType="OFD"'), root: self._document()}
        files[f"{folder}/PublicRes.xml"] = self._resources()
        for number, page in enumerate(self._pages):
            files |= self._page_files(number, page)
        for number, (name, image) in enumerate(self._images, 1):
            files[f"{folder}/Res/{number}-{name}"] = image
        cased = {"lower": str.lower, "upper": str.upper}.get(self.writing.case, str)
        return package({cased(name): body for name, body in files.items()} | self.extra)

    def _document(self) -> bytes:
        tag = self._tag
        area = tag("PageArea", "", tag("PhysicalBox", "", self._paper((self.width, self.height))))
        common = tag("MaxUnitID", "", "99999") + area + tag("PublicRes", "", self._location("PublicRes.xml"))
        if self.writing.grouped == "template":
            for number in range(self.pages):
                location = quoteattr(self._location(f"Tpls/Tpl_{number}/Content.xml"))
                common += tag("TemplatePage", f' ID="{500 + number}" BaseLoc={location}', "")
        pages = "".join(
            tag(
                "Page",
                f' ID="{number + 1}" BaseLoc={quoteattr(self._location(f"Pages/Page_{number}/Content.xml"))}',
                "",
            )
            for number in range(self.pages)
        )
        return self._root("Document", tag("CommonData", "", common) + tag("Pages", "", pages))

    def _paper(self, size: tuple[float, float]) -> str:
        x, y = self.writing.origin
        return f"{x:g} {y:g} {size[0] * _MM:.4f} {size[1] * _MM:.4f}"

    def _resources(self) -> bytes:
        tag = self._tag
        fonts = tag("Fonts", "", tag("Font", ' ID="5" FontName="宋体" FamilyName="宋体"', ""))
        colour = tag("StrokeColor", ' Value="0 0 0"', "") + tag("FillColor", ' Value="0 0 0"', "")
        parameters = tag(
            "DrawParams",
            "",
            tag("DrawParam", ' ID="7" Relative="8"', colour) + tag("DrawParam", ' ID="8" LineWidth="0.2"', ""),
        )
        media = "".join(
            tag("MultiMedia", f' ID="{1000 + number}" Type="Image"', tag("MediaFile", "", f"{number}-{name}"))
            for number, (name, _) in enumerate(self._images, 1)
        )
        units = "".join(
            tag(
                "CompositeGraphicUnit",
                f' ID="{3000 + number}" Width="210" Height="297"',
                tag("Content", "", "".join(page.objects)),
            )
            for number, page in enumerate(self._pages)
        )
        content = fonts + parameters + tag("MultiMedias", "", media)
        if self.writing.grouped == "composite":
            content += tag("CompositeGraphicUnits", "", units)
        return self._root("Res", content, ' BaseLoc="Res"')

    def _page_files(self, number: int, page: _Page) -> dict[str, bytes]:
        tag, folder = self._tag, self.writing.folder
        objects = "".join(page.objects)
        if self.writing.grouped == "block":
            objects = tag("PageBlock", ' ID="90"', tag("PageBlock", ' ID="91"', objects))
        elif self.writing.grouped == "composite":
            whole = f"0 0 {self.width * _MM:.4f} {self.height * _MM:.4f}"
            objects = tag("CompositeObject", f' ID="92" Boundary="{whole}" ResourceID="{3000 + number}"', "")
        layer = tag("Content", "", tag("Layer", ' ID="2" Type="Body"', objects))
        area = tag("Area", "", tag("PhysicalBox", "", self._paper(page.size)))
        files: dict[str, bytes] = {}
        if self.writing.grouped == "template":
            files[f"{folder}/Tpls/Tpl_{number}/Content.xml"] = self._root("Page", layer)
            layer = tag("Template", f' TemplateID="{500 + number}" ZOrder="Background"', "")
        files[f"{folder}/Pages/Page_{number}/Content.xml"] = self._root("Page", area + layer)
        return files


def package(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in files.items():
            archive.writestr(name, body)
    return stream.getvalue()
