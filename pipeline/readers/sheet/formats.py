"""What a spreadsheet prints for a value: the number format applied, as Excel does it. A format that is not understood
prints the plain number, and says so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation, localcontext
from functools import lru_cache

from pipeline.readers.sheet.dates import is_date_format, printed_date

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|!(?P<national>.)|_.|\*.|\[\$(?P<currency>[^\]-]*)[^\]]*\]'
    r"|\[(?P<condition>[<>=]{1,2}-?[\d.]+)\]|\[(?P<bracketed>[^\]]*)\]|(?P<general>General|G/通用格式)"
    r"|(?P<exponent>[Ee][+-])|(?P<place>[0#?])|(?P<point>\.)|(?P<comma>,)|(?P<percent>%)|(?P<text>@)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_COLOURS = re.compile(
    r"black|blue|cyan|green|magenta|red|white|yellow|colou?r\s?\d+|黑色|蓝色|青色|绿色|洋红|红色|白色|黄色|颜色\d+",
    re.IGNORECASE,
)
_PLAIN = set(" -+():：（）$¥￥€%、，。;") | {chr(code) for code in range(0x2E80, 0xFFEF)}
_LONGEST = 255
_MOST_DIGITS = 11  # that the format General shows
NOT_UNDERSTOOD = "its number format is not understood"


@dataclass(frozen=True, slots=True)
class _Section:
    tokens: tuple[tuple[str, str], ...]  # kind and text
    condition: str = ""
    understood: bool = True

    def has(self, kind: str) -> bool:
        return any(found == kind for found, _ in self.tokens)


def printed_number(value: float, code: str, *, from_1904: bool = False) -> tuple[str, str]:
    """The print of a number, and what is doubtful about it."""
    code = code[:_LONGEST]
    if is_date_format(code):
        return printed_date(value, code, from_1904=from_1904)
    try:
        exact = Decimal(f"{value:.15g}")  # as many digits as Excel keeps
        sections = _sections(code)
        section, magnitude, sign = _choose(sections, exact)
        if not section.understood:
            return general(exact), NOT_UNDERSTOOD
        text = _render(section, magnitude)
        return (sign + text if re.search("[1-9]", text) else text).strip(), ""
    except (InvalidOperation, ValueError, OverflowError):
        return str(value), NOT_UNDERSTOOD


def printed_text(text: str, code: str) -> str:
    """A text cell prints its text, with what a format adds to it."""
    sections = _sections(code[:_LONGEST])
    section = sections[3] if len(sections) > 3 else sections[-1]
    if not section.understood or not (section.has("text") or len(sections) > 3):
        return text
    tokens = [token for token in section.tokens if token[0] in {"text", "literal"}]
    return "".join(text if kind == "text" else literal for kind, literal in tokens)


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[_Section, ...]:
    sections: list[_Section] = []
    tokens: list[tuple[str, str]] = []
    condition, understood = "", True
    for match in _TOKEN.finditer(code):
        kind = match.lastgroup or "space"
        text = match[kind] if match.lastgroup else ""
        if kind == "other" and text == ";":
            sections.append(_Section(tuple(tokens), condition, understood))
            tokens, condition, understood = [], "", True
        elif kind in {"quoted", "escaped", "national", "currency"}:
            tokens.append(("literal", text))
        elif kind == "condition":
            condition = text
        elif kind == "bracketed":
            understood = understood and bool(_COLOURS.fullmatch(text))
        elif kind == "other":
            understood = understood and text in _PLAIN
            tokens.append(("literal", text))
        elif kind != "space":
            tokens.append((kind, text))
    return (*sections, _Section(tuple(tokens), condition, understood))


def _choose(sections: tuple[_Section, ...], value: Decimal) -> tuple[_Section, Decimal, str]:
    """The section for a value, the amount that it prints, and the sign that it leaves to us."""
    minus = "-" if value < 0 else ""
    if any(section.condition for section in sections):
        for section in sections[:3]:
            if not section.condition or _holds(section.condition, value):
                return section, abs(value), minus
        return _Section((("literal", "######"),)), value, ""
    numeric = sections[:3]
    if value < 0 and len(numeric) > 1:
        return numeric[1], -value, ""
    if value == 0 and len(numeric) > 2:
        return numeric[2], value, ""
    return numeric[0], abs(value), minus


def _holds(condition: str, value: Decimal) -> bool:
    operator = condition.rstrip("-.0123456789")
    limit = Decimal(condition[len(operator) :])
    return {
        "<": value < limit,
        "<=": value <= limit,
        ">": value > limit,
        ">=": value >= limit,
        "=": value == limit,
        "<>": value != limit,
    }.get(operator, False)


def _render(section: _Section, value: Decimal) -> str:
    if not section.has("place"):
        return "".join(
            general(value) if kind in {"general", "text"} else text
            for kind, text in section.tokens
            if kind in {"general", "text", "literal", "percent"}
        )
    if section.has("exponent"):
        decimals = sum(kind == "place" for kind, _ in section.tokens[_index(section, "point") :]) - 2
        return f"{value:.{max(0, decimals)}E}"
    return _placed(section, value)


def _index(section: _Section, kind: str) -> int:
    return next((place for place, (found, _) in enumerate(section.tokens) if found == kind), len(section.tokens))


def _placed(section: _Section, value: Decimal) -> str:
    """Digits put into their places, what stands between the places kept where it is."""
    tokens = section.tokens
    last_place = max(place for place, (kind, _) in enumerate(tokens) if kind == "place")
    point = min(_index(section, "point"), len(tokens))
    scale = 0
    for kind, _ in tokens[min(last_place, point - 1) + 1 :]:
        if kind != "comma":
            break
        scale += 1  # each comma behind the places divides by a thousand
    first_place = _index(section, "place")
    grouped = any(kind == "comma" for kind, _ in tokens[first_place : min(last_place, point)])
    percents = sum(kind == "percent" for kind, _ in tokens)
    decimals = [text for kind, text in tokens[point:] if kind == "place"]
    with localcontext() as context:
        context.prec = 60
        scaled = value * Decimal(100) ** percents / Decimal(1000) ** scale
        rounded = scaled.quantize(Decimal(1).scaleb(-len(decimals)), rounding=ROUND_HALF_UP)
    whole, _, fraction = f"{rounded:f}".partition(".")
    before = _whole_part(tokens[:point], whole.lstrip("0"), grouped)
    return before + _fraction_part(tokens[point:], fraction)


def _whole_part(tokens: tuple[tuple[str, str], ...], digits: str, grouped: bool) -> str:
    pieces: list[str] = []
    written = 0
    left = digits
    places = sum(kind == "place" for kind, _ in tokens)
    for kind, text in reversed(tokens):
        if kind == "place":
            places -= 1
            taken = left if places == 0 else left[-1:]  # the first place holds all that is left
            left = left[: len(left) - len(taken)]
            for digit in reversed(taken or ("0" if text == "0" else "")):
                pieces.append(digit + ("," if grouped and written and written % 3 == 0 else ""))
                written += 1
        elif kind in {"literal", "percent"}:
            pieces.append(text)
    return "".join(reversed(pieces))


def _fraction_part(tokens: tuple[tuple[str, str], ...], fraction: str) -> str:
    """A `#` prints no zero at the end."""
    places = [text for kind, text in tokens if kind == "place"]
    keep = len(places)
    while keep and places[keep - 1] != "0" and fraction[keep - 1] == "0":
        keep -= 1
    text, used = "", 0
    for kind, literal in tokens:
        if kind == "point":
            text += "."
        elif kind == "place":
            text += fraction[used] if used < keep else ""
            used += 1
        elif kind in {"literal", "percent"}:
            text += literal
    return text


def general(value: Decimal) -> str:
    """The format General: no more digits than fit, no zeros at the end."""
    if value == value.to_integral_value() and abs(value) < Decimal(10) ** _MOST_DIGITS:
        return str(int(value))
    if abs(value) >= Decimal(10) ** _MOST_DIGITS or 0 < abs(value) < Decimal("0.0001"):
        mantissa, _, exponent = f"{value:.5E}".partition("E")
        return f"{mantissa.rstrip('0').rstrip('.')}E{exponent}"
    room = _MOST_DIGITS - 1 - len(str(int(abs(value))))
    return f"{value.quantize(Decimal(1).scaleb(-room), rounding=ROUND_HALF_UP):f}".rstrip("0").rstrip(".")
