"""The text that a paragraph prints: what fields show, symbols and breaks included, what is hidden, deleted or struck
left out. Text boxes and pictures that hang on the paragraph are handed on unread."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from pipeline.readers.docx import names
from pipeline.readers.docx.names import Element, child, value, w
from pipeline.readers.docx.numbering import Numbering
from pipeline.readers.docx.styles import Styles

STRUCK = "struck-through text beside it was left out"

_CHARACTERS = {w("tab"): "\t", w("ptab"): "\t", w("br"): "\n", w("cr"): "\n", w("noBreakHyphen"): "-"}
_TODAY = {"DATE", "TIME"}  # fields that print the day on which they are printed
_DRAWN = {"EQ"}  # fields that draw characters and keep no text of it
_UNREADABLE = "□"
_RAISED = {
    "superscript": str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"),
    "subscript": str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"),
}
_SYMBOL_FONT = "symbol"
_CIRCLED = {0x80 + count: chr(0x245F + count) for count in range(1, 11)}  # in Wingdings


@dataclass(frozen=True, slots=True)
class Printed:
    text: str
    doubt: str = ""
    boxes: tuple[Element, ...] = ()  # contents of text boxes
    pictures: tuple[str, ...] = ()  # ids of relations


@dataclass(slots=True)
class _Field:
    instruction: str = ""
    shows: bool = False  # past its instruction

    @property
    def name(self) -> str:
        return (self.instruction.split() or [""])[0].upper()


@dataclass(slots=True)
class _Collected:
    style: str
    pieces: list[tuple[str, str]] = field(default_factory=list)  # text, and where it is raised or lowered
    fields: list[_Field] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    struck: bool = False


class TextReader:
    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self._styles = styles
        self._numbering = numbering

    def read(self, paragraph: Element) -> Printed:
        collected = _Collected(self._styles.paragraph_style(paragraph))
        label = self._numbering.label(paragraph)
        self._collect(paragraph, None, collected)
        text = _labelled(label, _joined(collected.pieces).strip())
        doubt = STRUCK if collected.struck else ""
        return Printed(text, doubt, tuple(collected.boxes), tuple(collected.pictures))

    def _collect(self, element: Element, run: Element | None, into: _Collected) -> None:
        for part in element.iterchildren():
            tag = part.tag
            if tag == names.R:
                self._collect(part, part, into)
            elif tag == w("instrText"):
                _instruct(part, into)
            elif tag in names.UNSEEN:
                continue
            elif tag == names.TEXT_BOX:
                into.boxes.append(part)
            elif tag == names.ALTERNATE:
                self._collect(_one_of(part), run, into)
            elif tag == w("fldChar"):
                self._field(part, run, into)
            elif tag == w("fldSimple"):
                if _Field(part.get(w("instr"), "")).name not in _TODAY:
                    self._collect(part, run, into)
            else:
                for text in _text_of(part):
                    self._take(text, run, into)
                _keep_picture(part, into)
                self._collect(part, run, into)

    def _field(self, mark: Element, run: Element | None, into: _Collected) -> None:
        kind = mark.get(w("fldCharType"))
        if kind == "begin":
            into.fields.append(_Field())
        elif kind == "separate" and into.fields:
            into.fields[-1].shows = True
        elif kind == "end" and into.fields:
            ended = into.fields.pop()
            if not ended.shows and ended.name in _DRAWN:
                self._take(_UNREADABLE, run, into)

    def _take(self, text: str, run: Element | None, into: _Collected) -> None:
        if any(not field.shows or field.name in _TODAY for field in into.fields):
            return
        if run is None:
            into.pieces.append((text, ""))
            return
        if self._styles.is_set(run, "vanish", into.style):
            return
        if any(self._styles.is_set(run, flag, into.style) for flag in ("strike", "dstrike")):
            into.struck = into.struck or bool(text.strip())
            return
        properties = child(run, "rPr")
        into.pieces.append((text, "" if properties is None else value(properties, "vertAlign")))


def _instruct(part: Element, into: _Collected) -> None:
    if into.fields and not into.fields[-1].shows:
        into.fields[-1].instruction += part.text or ""


def _one_of(alternate: Element) -> Element:
    """Newer programs draw the choice, older ones the fallback; they print the same."""
    choice = alternate.find(names.CHOICE)
    fallback = alternate.find(names.FALLBACK)
    return choice if choice is not None else fallback if fallback is not None else alternate


def _text_of(part: Element) -> Iterator[str]:
    if part.tag in (names.T, names.MATH_TEXT):
        yield part.text or ""
    elif part.tag in _CHARACTERS:
        yield _CHARACTERS[part.tag]
    elif part.tag == w("sym"):
        yield _symbol(part.get(w("font"), ""), part.get(w("char"), ""))
    elif part.tag == names.WORD_ART:
        yield part.get("string", "")


def _symbol(font: str, code: str) -> str:
    """Symbol fonts keep their characters in the private area; the Symbol font has its figures and signs there as
    ASCII."""
    try:
        point = int(code, 16)
    except ValueError:
        return _UNREADABLE
    if not 0xE000 <= point <= 0xF8FF:
        return chr(point) if 0x20 <= point < 0xD800 else _UNREADABLE
    low = point & 0xFF
    if font.lower() == _SYMBOL_FONT:
        return "-" if low == 0x2D else chr(low) if 0x20 <= low <= 0x3F else _UNREADABLE
    return _CIRCLED.get(low, _UNREADABLE) if font.lower() == "wingdings" else _UNREADABLE


def _keep_picture(part: Element, into: _Collected) -> None:
    if part.tag == names.BLIP:
        into.pictures.append(part.get(names.EMBED, ""))
    elif part.tag == names.IMAGE_DATA:
        into.pictures.append(part.get(names.LINK_ID, ""))


def _joined(pieces: list[tuple[str, str]]) -> str:
    """Raised figures are notes or exponents, not digits of the number before them."""
    has_level_text = any(text.strip() and where not in _RAISED for text, where in pieces)
    return "".join(
        text.translate(_RAISED[where]) if has_level_text and where in _RAISED else text for text, where in pieces
    )


def _labelled(label: str, text: str) -> str:
    if not label or not text:
        return label or text
    gap = " " if label[-1].isascii() and label[-1].isalnum() else ""
    return f"{label}{gap}{text}"
