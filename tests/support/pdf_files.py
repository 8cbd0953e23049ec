"""PDF files written by hand, for what office programs and browsers do not print on demand."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

A4 = (595, 842)
_FONT = """<< /Type /Font /Subtype /Type3 /FontBBox [0 -120 1000 880] /FontMatrix [0.001 0 0 0.001 0 0]
/FirstChar 0 /LastChar {last} /Widths [{widths}] /Encoding << /Type /Encoding /Differences [0 {glyphs}] >>
/CharProcs << /wide {wide} 0 R /narrow {narrow} 0 R >> /Resources << >> /ToUnicode {names} 0 R >>"""
_WIDE, _NARROW = "1000 0 d0 50 -60 900 800 re f", "500 0 d0 50 0 400 700 re f"
_NAMES = """/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Hand def /CMapType 2 def
1 begincodespacerange <00> <FF> endcodespacerange
%s
endcmap end end"""
_SHOWN = re.compile(r"<([0-9a-f]+)> Tj")
_PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


@dataclass(frozen=True)
class Page:
    content: str
    size: tuple[int, int] = A4
    more: str = ""  # further entries of the page's dictionary
    forms: Mapping[str, str] = field(default_factory=dict)  # name -> the object that is drawn by `/name Do`


def pdf(pages: Sequence[Page], *, objects: Sequence[str] = (), copies: int = 1, misnamed: int = 0) -> bytes:
    """A file with these pages. `objects` are further ones, from number 7 on; `copies` repeats the list of pages. The
    font calls every character by the one `misnamed` places further on in Unicode."""
    return _file([body.encode("latin-1") for body in _bodies(pages, objects, copies, misnamed)], "")


def _bodies(pages: Sequence[Page], objects: Sequence[str] = (), copies: int = 1, misnamed: int = 0) -> list[str]:
    shown = "".join(code for part in (*(page.content for page in pages), *objects) for code in _SHOWN.findall(part))
    letters = sorted({shown[place : place + 4] for place in range(0, len(shown), 4)})
    own = {letter: f"{code:02x}" for code, letter in enumerate(letters)}
    bodies = ["<< /Type /Catalog /Pages 2 0 R >>", "", *_font(letters, misnamed)]
    bodies += [_coded(body, own) for body in objects]
    numbers = []
    for page in pages:
        bodies.append(_stream(_coded(page.content, own)))
        forms = " ".join(f"/{name} {target}" for name, target in page.forms.items())
        bodies.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {page.size[0]} {page.size[1]}] {page.more} "
            f"/Resources << /Font << /F 3 0 R >> /XObject << {forms} >> >> /Contents {len(bodies)} 0 R >>"
        )
        numbers.append(len(bodies))
    kids = " ".join(f"{number} 0 R" for number in numbers) + " "
    bodies[1] = f"<< /Type /Pages /Kids [{kids * copies}] /Count {len(numbers) * copies} >>"
    return bodies


def _font(letters: Sequence[str], misnamed: int) -> list[str]:
    """Objects 3 to 6: a font that draws ideographs as wide boxes and all else as narrow ones."""
    wide = [int(letter, 16) > 0x2E00 for letter in letters]
    font = _FONT.format(
        last=max(0, len(letters) - 1),
        widths=" ".join("1000" if is_wide else "500" for is_wide in wide),
        glyphs=" ".join("/wide" if is_wide else "/narrow" for is_wide in wide),
        names=4,
        wide=5,
        narrow=6,
    )
    entries = [f"<{code:02x}> <{int(letter, 16) + misnamed:04x}>" for code, letter in enumerate(letters)]
    blocks = []
    for first in range(0, len(entries), 100):
        part = entries[first : first + 100]
        blocks.append("\n".join([f"{len(part)} beginbfchar", *part, "endbfchar"]))
    return [font, _stream(_NAMES % "\n".join(blocks)), _stream(_WIDE), _stream(_NARROW)]


def _coded(content: str, own: Mapping[str, str]) -> str:
    """The content with its characters named by the codes of the font; a form's length goes with that."""

    def codes(match: re.Match[str]) -> str:
        shown = match[1]
        return "<" + "".join(own[shown[place : place + 4]] for place in range(0, len(shown), 4)) + "> Tj"

    coded = _SHOWN.sub(codes, content)
    _, opening, inside = coded.partition("stream\n")
    length = len(inside.removesuffix("\nendstream"))
    return re.sub(r"/Length \d+", f"/Length {length}", coded) if opening else coded


def form(content: str, more: str = "") -> str:
    """A form object, whose drawings another content may show."""
    return _stream(content, "/Type /XObject /Subtype /Form /BBox [-2000 -2000 2000 2000] " + more)


def image(width: int = 2, height: int = 2) -> str:
    """A grey picture."""
    return _stream(
        "\x90" * (width * height),
        f"/Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceGray /BitsPerComponent 8",
    )


def text(x: float, y: float, string: str, size: float = 10.5, turn: str = "1 0 0 1") -> str:
    """`turn` is the linear part of the text matrix."""
    code = string.encode("utf-16-be").hex()
    return f"BT /F {size} Tf {turn} {x} {y} Tm <{code}> Tj ET\n"


def line(x0: float, y0: float, x1: float, y1: float, width: float = 0.5) -> str:
    return f"{width} w {x0} {y0} m {x1} {y1} l S\n"


def table(rows: Sequence[Sequence[str]], x: float = 60, y: float = 700, width: float = 90, height: float = 20) -> str:
    """A ruled table whose upper left corner is at this place."""
    right, low = x + width * len(rows[0]), y - height * len(rows)
    lines = [line(x, y - height * row, right, y - height * row) for row in range(len(rows) + 1)]
    lines += [line(x + width * column, y, x + width * column, low) for column in range(len(rows[0]) + 1)]
    return "".join(lines) + words(rows, x, y, width, height)


def words(rows: Sequence[Sequence[str]], x: float = 60, y: float = 700, width: float = 90, height: float = 20) -> str:
    """The words of such a table without its lines."""
    return "".join(
        text(x + width * column + 5, y - height * row - 14, cell)
        for row, cells in enumerate(rows)
        for column, cell in enumerate(cells)
        if cell
    )


def encrypted(pages: Sequence[Page], user_password: bytes) -> bytes:
    """The file with 40-bit RC4, the oldest of PDF's encryptions."""
    owner = _rc4(hashlib.md5(_padded(b"owner")).digest()[:5], _padded(user_password))
    key = hashlib.md5(_padded(user_password) + owner + (0xFFFFFFFC).to_bytes(4, "little") + b"0123456789abcdef")
    user = _rc4(key.digest()[:5], _PADDING)
    bodies = []
    for number, body in enumerate(_bodies(pages), start=1):
        head, opening, rest = body.encode("latin-1").partition(b"stream\n")
        if opening:
            own = hashlib.md5(key.digest()[:5] + number.to_bytes(3, "little") + b"\0\0").digest()[:10]
            inside = rest.removesuffix(b"\nendstream")
            rest = _rc4(own, inside) + b"\nendstream"
        bodies.append(head + opening + rest)
    strings = f"/O <{owner.hex()}> /U <{user.hex()}>"
    encryption = f"/Encrypt << /Filter /Standard /V 1 /R 2 {strings} /P -4 >> /ID [<{b'0123456789abcdef'.hex()}> <00>]"
    return _file(bodies, encryption)


def _stream(content: str, entries: str = "") -> str:
    return f"<< {entries} /Length {len(content.encode('latin-1'))} >>\nstream\n{content}\nendstream"


def _file(bodies: Sequence[bytes], trailer: str) -> bytes:
    out = bytearray(b"%PDF-1.6\n")
    places = []
    for number, body in enumerate(bodies, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += f"trailer << /Size {len(bodies) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


def _padded(password: bytes) -> bytes:
    return (password + _PADDING)[:32]


def _rc4(key: bytes, data: bytes) -> bytes:
    state = list(range(256))
    j = 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out = bytearray()
    i = j = 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)
