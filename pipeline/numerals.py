"""Printed numbers become Decimals: digits of any width, thousands separators, 万 and 亿, Chinese numerals.

The table matcher (`parse_cell`) and the narrative (`find_numbers`) share it. What a number is about is left to them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from pipeline.model import ValueKind

MAX_CELL = 64  # a longer cell is prose, not a number
MAX_DIGITS = 16  # what DECIMAL(20,4) holds before the point

# Full-width forms and odd blanks, one character for one: offsets in the result are offsets in the text. Not NFKC,
# which would make a 1 of ① and of ¹.
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20, 0x2212: 0x2D}
# In running text a full-width comma parts clauses and brackets belong to document numbers, so they stay as they are.
_NARROW_DIGITS = {code: _NARROW[code] for code in _NARROW if chr(code) in "０１２３４５６７８９．％　\u00a0"}

_CHINESE_DIGITS = ("零〇", "一壹", "二两贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
_DIGIT_OF = {character: str(digit) for digit, characters in enumerate(_CHINESE_DIGITS) for character in characters}
# 二〇二四, also with the rings, letters and zeros that stand in print for 〇
CHINESE_YEAR = "二[〇○零Ｏ０O0][〇○零Ｏ０O0一二三四五六七八九]{2}"
_YEAR_DIGITS = str.maketrans("〇○零Ｏ０O一二三四五六七八九", "000000123456789")
_FORMAL = str.maketrans("拾佰仟", "十百千")
_POWER_OF = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}

_DIGITS = (
    rf"(?:[0-9]{{1,3}}(?:[,，][0-9]{{3}}){{1,5}}(?![0-9])|[0-9]{{1,{MAX_DIGITS}}}(?![0-9]))"
    r"(?:\.[0-9]{1,8}(?![0-9.]))?"
)
_MAGNITUDE = "(?:万亿|[十百千]?万|亿|千|百)"
_CHINESE = "[零〇一二两三四五六七八九十百千万亿]{1,20}"


# --- A whole string is a number ------------------------------------------------------------------------

_BELOW_WAN = re.compile(
    r"(?:(?P<qian>[0-9])千)?(?:(?P<zero_bai>0)?(?P<bai>[0-9])百)?(?:(?P<zero_shi>0)?(?P<shi>[0-9])?(?P<ten>十))?(?:(?P<zero>0)?(?P<ge>[0-9]))?"
)
_DIGIT_BY_DIGIT = re.compile(r"[0-9]{4,16}|[0-9]*0[0-9]*")


def parse_chinese(text: str) -> Decimal | None:
    """The value of Chinese numerals: 二十 20, 一百零三 103, 三万五 35000, 二〇二四 2024; None for anything else."""
    if not 0 < len(text) <= 20 or not set(text := text.translate(_FORMAL)) <= _DIGIT_OF.keys() | _POWER_OF.keys():
        return None
    digits = "".join(_DIGIT_OF.get(character, character) for character in text)
    if _DIGIT_BY_DIGIT.fullmatch(digits):
        return Decimal(int(digits))
    value = _above_wan(digits)
    return None if value is None else Decimal(value)


def _above_wan(digits: str) -> int | None:
    for character, magnitude in (("亿", 10**8), ("万", 10**4)):
        high, found, low = digits.rpartition(character)
        if not found:
            continue
        upper = _above_wan(high)
        if not upper or upper >= magnitude:  # 一万亿 is one number, 二万三万 are two
            return None
        if len(low) == 1 and low.isdigit():  # 三万五 is 35000
            return upper * magnitude + int(low) * magnitude // 10
        lower = _above_wan(low.removeprefix("0")) if low else 0
        if lower is None or lower >= magnitude:
            return None
        return upper * magnitude + lower
    return _below_wan(digits)


def _below_wan(digits: str) -> int | None:
    match = _BELOW_WAN.fullmatch(digits)
    if not match or not digits:
        return None
    qian, bai, shi, ge = (match[name] for name in ("qian", "bai", "shi", "ge"))
    last_place = 1
    if not match["ten"] and not match["zero"] and (qian or bai):  # 一百二 is 120, 一百零二 is 102
        last_place = 10 if bai else 100
    tens = int(shi or 1) * 10 if match["ten"] else 0
    return int(qian or 0) * 1000 + int(bai or 0) * 100 + tens + int(ge or 0) * last_place


def year_in_digits(year: str) -> str:
    """Of what `CHINESE_YEAR` finds: 2024."""
    return year.translate(_YEAR_DIGITS)


_NUMBER = re.compile(rf"(?P<sign>[+-]?)(?P<digits>{_DIGITS})\s*(?P<magnitude>{_MAGNITUDE}?)")


def parse_number(text: str) -> Decimal | None:
    """The value of a string that is one number and nothing else: 3,119, １２, 1.2万, -5, 二十."""
    text = text.translate(_NARROW).strip()
    if len(text) > MAX_CELL:
        return None
    match = _NUMBER.fullmatch(text)
    if match is None:
        return parse_chinese(text)
    plain = match["digits"].replace(",", "")
    if re.match(r"0[0-9]", plain):  # 00 is two cells run together
        return None
    value = Decimal(plain) * Decimal(10) ** sum(_POWER_OF[character] for character in match["magnitude"])
    if value >= 10**MAX_DIGITS:
        return None
    return -value if match["sign"] == "-" and value else value


# --- A table's cell ------------------------------------------------------------------------------------

_DASHES = frozenset("-‐‑‒–—―─━﹣ー/\\")
_NONE = frozenset({"无", "没有", "暂无"})
_INSTEAD = frozenset(
    {"不涉及", "未涉及", "不适用", "未统计", "无数据", "暂无数据", "见附件", "详见附件", "见附表", "详见附表"}
)
_INVISIBLE = re.compile(r"[\u200b-\u200f\u2060\ufeff]|\[bookmark:[^\]]{0,60}\]")
# A footnote's mark behind a figure: 12¹, 12①, 12[1], 12*, 12(注), 12(见注1). A number in plain brackets may be another.
_NOTE = re.compile(
    r"(?<=[0-9])(?:[\u2070\u00b9\u00b2\u00b3\u2074-\u2079]{1,2}|\s?(?:[\u2460-\u2473]|\[[0-9]{1,2}\]|[*※]{1,3}"
    r"|[(\[]见?(?:备?注|说明)[0-9一二三四五六七八九十]{0,2}[)\]]))$"
)
_YUAN = {"元": 1, "万元": 10**4, "亿元": 10**8}
_COUNTED = ("人次", "件次", *"件项条份个次人篇户起宗例场期名家部批")
_CHANGE = re.compile(r"(?P<way>增加?|减少?)\s*(?=[0-9])")
_MONEY = re.compile(r"(?:人民币|[¥￥])?(?P<number>[^元()]*?)\s*[(]?(?P<yuan>[万亿]?元|)[)]?")


def stands_for_figure(text: str) -> bool:
    """Whether words are printed where a figure belongs, that say there is none or that it stands elsewhere."""
    return text.strip() in _INSTEAD


def parse_cell(raw: str, unit: str) -> tuple[ValueKind, Decimal | None]:
    """What a cell prints, its value in `unit`. Whatever is not clearly one exact number is text: nothing is guessed.

    So 500余 is text, as are a lone 一 (more often a dash than a one), a lone O and digits parted by a blank, which
    may be two cells run together.
    """
    if len(raw) > MAX_CELL * 4:
        return ValueKind.TEXT, None
    text = _NOTE.sub("", _INVISIBLE.sub("", raw).translate(_NARROW).strip())
    if not text:
        return ValueKind.BLANK, None
    bare = "".join(text.split())
    if set(bare) <= _DASHES:
        return ValueKind.DASH, None
    if bare.strip("。()") in _NONE:
        return ValueKind.NONE, None
    value = _cell_value(text, unit) if len(text) <= MAX_CELL else None
    return (ValueKind.TEXT, None) if value is None else (ValueKind.NUMBER, value)


def prints_minus(raw: str) -> bool:
    """Whether what is printed says that the number is below zero: -5, 减5."""
    return not {"-", "减"}.isdisjoint(raw.translate(_NARROW))


def _cell_value(text: str, unit: str) -> Decimal | None:
    change = _CHANGE.match(text)  # the columns 本年增/减 of form 2019
    if change:
        value = _cell_value(text[change.end() :], unit)
        return -value if value is not None and change["way"].startswith("减") else value
    if unit in _YUAN:
        return _money(text, unit)
    suffix = next((counted for counted in (unit, *_COUNTED) if text.endswith(counted)), "")
    return None if text == "一" else parse_number(text.removesuffix(suffix))


def _money(text: str, unit: str) -> Decimal | None:
    match = _MONEY.fullmatch(text)
    if match is None or match["number"] == "一":
        return None
    value, printed = parse_number(match["number"]), match["yuan"] or unit
    if not match["yuan"] and match["number"].rstrip().endswith(("万", "亿")):  # 1.2万 in a column of money: 元 left out
        printed = "元"
    return None if value is None else value * _YUAN[printed] / _YUAN[unit]


# --- Numbers in running text ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PrintedNumber:
    value: Decimal
    start: int
    stop: int  # after 万 or 亿, before 余
    unit_at: int  # where the unit would stand, after 余, 多 and blanks
    approximate: bool
    chinese: bool  # written in Chinese numerals, which are often no count at all: 一窗通办
    share: bool = False  # 百分之 stands before it


_PARTED = r"(?<![0-9] )(?:[0-9]{1,3}(?: [0-9]{3}){1,4}|[0-9](?: [0-9]){1,5})(?! ?[0-9])"  # 12 345 and, set wide, 1 5
_MIXED = r"[0-9]{1,4}万(?:[0-9]千(?:[0-9]{3})?|[0-9]{3,4})(?![0-9])"  # 3万5千, 1万2345
_SHARE = rf"百分之(?:[0-9]{{1,4}}(?:\.[0-9]{{1,4}})?|{_CHINESE}(?:点[零〇一二三四五六七八九]{{1,4}})?)"
_IN_TEXT = re.compile(
    rf"(?<![0-9A-Za-z.])(?:(?P<share>{_SHARE})|(?P<mixed>{_MIXED})|(?P<parted>{_PARTED})|(?P<digits>{_DIGITS})(?:\s{{0,4}}(?P<inner>[余多])?\s{{0,4}}(?P<magnitude>{_MAGNITUDE})(?!分))?"
    rf"|(?<!第)(?P<chinese>{_CHINESE}))(?P<after>\s{{0,4}}[余多](?!方|种|样|元化|年))?\s{{0,4}}"
)
_BEFORE = re.compile(r"(?:约|约[为有计]|(?<![最附])近|将近|超|超过|逾|突破|不足|不到|至少|最多)\s*$")
_BEHIND = re.compile(r"[^0-9，。；、！？,;]{0,4}?(?:以上|左右|上下)")


def _lower_of_two(chinese: str) -> Decimal | None:
    """十二三 and 两三 say twelve or thirteen, two or three: two digits that follow each other."""
    one, two = (_DIGIT_OF.get(digit, "") for digit in chinese.rjust(2)[-2:])
    return parse_chinese(chinese[:-1]) if one and two and int(one) + 1 == int(two) else None


def find_numbers(text: str) -> Iterator[PrintedNumber]:
    """Every number in running text from left to right, dates and ordinals in digits included."""
    same = text.translate(_NARROW_DIGITS)
    for match in _IN_TEXT.finditer(same):
        chinese = match["chinese"]
        value = _value_in_text(match)
        between = _lower_of_two(chinese) if chinese and value is None else None
        value = between if value is None else value
        if value is None:
            continue
        stop = max(map(match.end, ("share", "mixed", "parted", "digits", "magnitude", "chinese")))
        approximate = bool(
            between is not None
            or match["inner"]
            or match["after"]
            or _BEFORE.search(same, max(0, match.start() - 4), match.start())
            or _BEHIND.match(same, match.end(), match.end() + 6)
        )
        yield PrintedNumber(value, match.start(), stop, match.end(), approximate, bool(chinese), bool(match["share"]))


def _value_in_text(match: re.Match[str]) -> Decimal | None:
    if match["chinese"]:
        return parse_chinese(match["chinese"])
    if match["share"]:
        return _share(match["share"].removeprefix("百分之"))
    if match["parted"]:
        return parse_number(match["parted"].replace(" ", ""))
    if match["mixed"]:
        wan, rest = match["mixed"].split("万")
        thousands, _, below = rest.rpartition("千")
        return Decimal(int(wan) * 10_000 + int(thousands or 0) * 1000 + int(below or 0))
    return parse_number(match["digits"] + (match["magnitude"] or ""))


def _share(number: str) -> Decimal | None:
    """百, 98.5 and 九十八点五 of a hundred."""
    whole, _, rest = number.partition("点")
    value = parse_number("一百" if whole == "百" else whole)
    digits = "".join(_DIGIT_OF[digit] for digit in rest)
    return value if value is None or not digits else value + Decimal(f"0.{digits}")
