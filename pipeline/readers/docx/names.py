"""The XML names of a DOCX, and how its small values are read."""

from __future__ import annotations

from typing import Any

Element = Any  # lxml's elements

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_V = "{urn:schemas-microsoft-com:vml}"

_OFF = {"0", "false", "off", "none"}
_MOST_DIGITS = 9


def w(name: str) -> str:
    return _W + name


P, R, T, TBL, TR, TC = w("p"), w("r"), w("t"), w("tbl"), w("tr"), w("tc")
TEXT_BOX = w("txbxContent")
ALTERNATE, CHOICE, FALLBACK = _MC + "AlternateContent", _MC + "Choice", _MC + "Fallback"
MATH_TEXT = _M + "t"
WORD_ART = _V + "textpath"
BLIP, IMAGE_DATA = _A + "blip", _V + "imagedata"
EMBED, LINK_ID = _R + "embed", _R + "id"

# What a tracked change took away, and what only Word's own machinery reads.
UNSEEN = {w("del"), w("moveFrom"), w("instrText"), w("delText"), w("delInstrText"), w("rt"), w("sdtPr"), w("sdtEndPr"),
          w("pPr"), w("rPr"), w("tblPr"), w("tblGrid"), w("trPr"), w("tcPr"), w("sectPr"), FALLBACK}  # fmt: skip


def value(element: Element, path: str, default: str = "") -> str:
    """`w:val` of what stands at a path of names such as `trPr/gridBefore`; `default` where there is none."""
    found = child(element, path)
    return default if found is None else found.get(w("val"), default)


def child(element: Element | None, path: str) -> Element | None:
    for name in path.split("/"):
        if element is None:
            return None
        element = element.find(w(name))
    return element


def number(element: Element, path: str, default: int = 0) -> int:
    return whole(value(element, path), default)


def whole(text: str | None, default: int = 0) -> int:
    digits = (text or "").strip()
    plain = digits.isascii() and digits.removeprefix("-").isdigit() and len(digits) <= _MOST_DIGITS
    return int(digits) if plain else default


def is_on(element: Element, path: str) -> bool:
    """An on-off property: on when it stands there, unless it says otherwise."""
    found = child(element, path)
    return found is not None and found.get(w("val"), "true").lower() not in _OFF
