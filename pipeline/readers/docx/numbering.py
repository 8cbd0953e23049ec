"""Numbers that Word prints before paragraphs of lists and headings. They stand nowhere in the text: each is counted
from the definition of its list, in the order of the paragraphs."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from pipeline.readers.docx.names import Element, child, is_on, number, value, w, whole
from pipeline.readers.docx.styles import Styles

_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_PRIVATE = re.compile(r"[\ue000-\uf8ff]")


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    format: str
    text: str
    plain: bool  # every number of it in Arabic figures
    restart: int  # the level whose number starts this one anew; -1 for none


class Numbering:
    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._lists: dict[str, str] = {}  # number id -> definition id
        self._definitions: dict[str, Element] = {}
        self._overrides: dict[tuple[str, int], Element] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()  # overrides that have taken effect
        self._levels: dict[tuple[str, int], _Level | None] = {}
        if root is None:
            return
        for definition in root.iterfind(w("abstractNum")):
            self._definitions[definition.get(w("abstractNumId"), "")] = definition
        for item in root.iterfind(w("num")):
            name = item.get(w("numId"), "")
            self._lists[name] = value(item, "abstractNumId")
            for override in item.iterfind(w("lvlOverride")):
                self._overrides[name, whole(override.get(w("ilvl")))] = override

    def label(self, paragraph: Element) -> str:
        """The number that the next paragraph prints, "" for one without."""
        name, level = self._place_of(paragraph)
        definition = self._definition(name)
        if definition is None or not 0 <= level < _LEVELS:
            return ""
        how = self._level(name, level)
        if how is None:
            return ""
        counts = self._counts.setdefault(definition, [None] * _LEVELS)
        self._count(name, level, counts, how)
        text = _PLACE.sub(lambda place: self._printed(name, int(place[1]) - 1, counts, how), how.text)
        return "" if how.format == "bullet" else _PRIVATE.sub("", text)

    def _place_of(self, paragraph: Element) -> tuple[str, int]:
        """Which list and which level of it a paragraph belongs to: it says so itself, or its style does."""
        own = child(paragraph, "pPr/numPr")
        style, styled = self._styles.numbering(self._styles.paragraph_style(paragraph))
        if own is not None and own.find(w("numId")) is not None:
            return value(own, "numId"), number(own, "ilvl")
        if styled is None:
            return "", 0
        name = value(styled, "numId")
        if own is not None and own.find(w("ilvl")) is not None:
            return name, number(own, "ilvl")
        return name, self._level_of_style(name, style, number(styled, "ilvl"))

    def _level_of_style(self, name: str, style: str, default: int) -> int:
        definition = self._definitions.get(self._definition(name) or "")
        levels = [] if definition is None else definition.findall(w("lvl"))
        return next((whole(level.get(w("ilvl"))) for level in levels if value(level, "pStyle") == style), default)

    def _definition(self, name: str) -> str | None:
        """A list may be defined by a style that names another list."""
        known = self._lists.get(name)
        for _ in range(_LEVELS):
            if known is None or known not in self._definitions:
                return None
            linked = value(self._definitions[known], "numStyleLink")
            _, through = self._styles.numbering(linked) if linked else ("", None)
            if through is None:
                return known
            known = self._lists.get(value(through, "numId"))
        return None

    def _level(self, name: str, level: int) -> _Level | None:
        if (name, level) not in self._levels:
            self._levels[name, level] = self._read_level(name, level)
        return self._levels[name, level]

    def _read_level(self, name: str, level: int) -> _Level | None:
        definition = self._definitions.get(self._definition(name) or "")
        own = child(self._overrides.get((name, level)), "lvl")
        found = own if own is not None else _of_level(definition, level)
        if found is None:
            return None
        return _Level(
            start=number(found, "start", 0 if found.find(w("start")) is None else 1),
            format=value(found, "numFmt", "decimal"),
            text=value(found, "lvlText")[:64],
            plain=is_on(found, "isLgl"),
            restart=level if found.find(w("lvlRestart")) is None else number(found, "lvlRestart"),
        )

    def _count(self, name: str, level: int, counts: list[int | None], how: _Level) -> None:
        override = self._overrides.get((name, level))
        restarts = child(override, "startOverride") is not None and (name, level) not in self._begun
        held = counts[level]
        if restarts:
            self._begun.add((name, level))
            counts[level] = number(override, "startOverride", how.start)
        else:
            counts[level] = how.start if held is None else held + 1
        for deeper in range(level + 1, _LEVELS):
            below = self._level(name, deeper)
            if below is None or (below.restart and level < below.restart):
                counts[deeper] = None

    def _printed(self, name: str, level: int, counts: list[int | None], of: _Level) -> str:
        how = self._level(name, level)
        if how is None:
            return ""
        held = counts[level]
        count = how.start if held is None else held
        return str(count) if of.plain else formatted(count, how.format)


def _of_level(definition: Element | None, level: int) -> Element | None:
    if definition is None:
        return None
    return next((found for found in definition.iterfind(w("lvl")) if whole(found.get(w("ilvl"))) == level), None)


# --- how numbers are written -----------------------------------------------------------------------------

_CHINESE = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


def formatted(count: int, style: str) -> str:
    """A number in one of WordprocessingML's number formats; Arabic figures for those that no Chinese report has."""
    write = _FORMATS.get(style)
    return write(count) if write and 0 < count < 10_000 else "" if style == "none" else str(count)


def _counted(count: int, digits: str = _CHINESE, units: tuple[str, ...] = ("", "十", "百", "千")) -> str:
    text, zero = "", False
    for power in (3, 2, 1, 0):
        digit = count // 10**power % 10
        if digit:
            text += (digits[0] if zero and text else "") + digits[digit] + units[power]
            zero = False
        else:
            zero = True
    ten = digits[1] + units[1]
    return text.removeprefix(digits[1]) if units[1] == "十" and text.startswith(ten) else text


def _with_zero(count: int) -> str:
    return _counted(count).replace("〇", "零")


def _legal(count: int) -> str:
    return _counted(count, _LEGAL, ("", "拾", "佰", "仟"))


def _digit_by_digit(count: int) -> str:
    return "".join(_CHINESE[int(digit)] for digit in str(count))


def _letters(count: int) -> str:
    return chr(ord("a") + (count - 1) % 26) * min(1 + (count - 1) // 26, 10)


def _roman(count: int) -> str:
    text = ""
    for amount, letters in _ROMAN:
        text += letters * (count // amount)
        count %= amount
    return text


def _from(first: int, most: int) -> Callable[[int], str]:
    return lambda count: chr(first + count - 1) if count <= most else str(count)


def _full_width(count: int) -> str:
    return "".join(chr(ord(digit) + 0xFEE0) for digit in str(count))


_FORMATS: dict[str, Callable[[int], str]] = {
    "chineseCounting": lambda count: _digit_by_digit(count) if count > 99 else _counted(count),
    "chineseCountingThousand": _with_zero,
    "japaneseCounting": _with_zero,
    "taiwaneseCounting": _with_zero,
    "taiwaneseCountingThousand": _with_zero,
    "koreanCounting": str,
    "chineseLegalSimplified": _legal,
    "ideographLegalTraditional": _legal,
    "japaneseLegal": _legal,
    "ideographDigital": _digit_by_digit,
    "japaneseDigitalTenThousand": _digit_by_digit,
    "taiwaneseDigital": _digit_by_digit,
    "ideographTraditional": lambda count: _STEMS[(count - 1) % 10],
    "ideographZodiac": lambda count: _BRANCHES[(count - 1) % 12],
    "decimalZero": lambda count: f"{count:02d}",
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "decimalEnclosedCircle": _from(0x2460, 20),
    "decimalEnclosedCircleChinese": _from(0x2460, 20),
    "decimalEnclosedParen": _from(0x2474, 20),
    "decimalEnclosedFullstop": _from(0x2488, 20),
    "ideographEnclosedCircle": _from(0x3280, 10),
    "lowerLetter": _letters,
    "upperLetter": lambda count: _letters(count).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda count: _roman(count).upper(),
}
