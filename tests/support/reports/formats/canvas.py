"""A small PDF writer: text in a Chinese font that is named but not embedded, digits in Times, lines and filled boxes.

Offices' older programs write such files, and hundreds of them cost nothing.
"""

from __future__ import annotations

import itertools
import zlib
from collections.abc import Iterator
from typing import Protocol

_FONTS = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
    b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /FontDescriptor 5 0 R "
    b"/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>",
    b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 "
    b"/Ascent 857 /Descent -143 /CapHeight 857 /StemV 93 >>",
    b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >>",
)
_NARROW = {" ": 0.25, ".": 0.25, ",": 0.25, "-": 0.333, "/": 0.278, "%": 0.833, ":": 0.278, "(": 0.333, ")": 0.333}


def width_of(text: str, size: float) -> float:
    return sum((_NARROW.get(letter, 0.5) if letter.isascii() else 1) * size for letter in text)


class Paper(Protocol):
    """What reports are drawn on, in points from the top left; every format of printed pages has its own."""

    width: float
    height: float

    @property
    def pages(self) -> int: ...

    def new_page(self) -> None: ...

    def text(self, x: float, baseline: float, size: float, text: str) -> None: ...

    def line(self, x0: float, y0: float, x1: float, y1: float, *, thick: float = 0.5, dots: bool = False) -> None: ...

    def box(self, x0: float, y0: float, x1: float, y1: float) -> None: ...


class Canvas:
    """Pages of `width` by `height` points, the origin at the top left. `turned` pages lie on their side in the file and
    are shown upright by /Rotate."""

    def __init__(self, width: float = 595, height: float = 842, *, turned: bool = False) -> None:
        self.width, self.height = width, height
        self._turned = turned
        self._pages: list[list[bytes]] = []

    @property
    def pages(self) -> int:
        return len(self._pages)

    def new_page(self) -> None:
        self._pages.append([b"0 1 -1 0 %g 0 cm" % self.height] if self._turned else [])

    def text(self, x: float, baseline: float, size: float, text: str) -> None:
        y = self.height - baseline
        for ascii_, run in _runs(text):
            if run.strip():
                shown = b"(%s)" % _escaped(run) if ascii_ else b"<%s>" % run.encode("utf-16-be").hex().encode()
                font = b"/F2" if ascii_ else b"/F1"
                self._put(b"BT %s %g Tf %.2f %.2f Td %s Tj ET" % (font, size, x, y, shown))
            x += width_of(run, size)

    def line(self, x0: float, y0: float, x1: float, y1: float, *, thick: float = 0.5, dots: bool = False) -> None:
        dash = b"[1 2] 0 d" if dots else b"[] 0 d"
        ends = (x0, self.height - y0, x1, self.height - y1)
        self._put(b"%s %g w %.2f %.2f m %.2f %.2f l S" % (dash, thick, *ends))

    def box(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self._put(b"%.2f %.2f %.2f %.2f re f" % (x0, self.height - y1, x1 - x0, y1 - y0))

    def _put(self, operators: bytes) -> None:
        self._pages[-1].append(operators)

    def content(self) -> bytes:
        first = 7
        kids = b" ".join(b"%d 0 R" % (first + 2 * n) for n in range(self.pages))
        objects = [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, self.pages),
        ]
        objects += _FONTS
        box = (self.height, self.width) if self._turned else (self.width, self.height)
        rotate = b" /Rotate 90" if self._turned else b""
        for n, operators in enumerate(self._pages):
            stream = zlib.compress(b"\n".join(operators))
            objects.append(
                b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %g %g]%s /Contents %d 0 R "
                b"/Resources << /Font << /F1 3 0 R /F2 6 0 R >> >> >>" % (*box, rotate, first + 2 * n + 1)
            )
            objects.append(b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(stream), stream))
        return _file(objects)


def _runs(text: str) -> Iterator[tuple[bool, str]]:
    for ascii_, letters in itertools.groupby(text.replace("\u00a0", " "), key=str.isascii):
        yield ascii_, "".join(letters)


def _escaped(text: str) -> bytes:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)").encode("ascii")


def _file(objects: list[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")
    offsets = []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)
