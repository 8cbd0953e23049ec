"""Dates in spreadsheets: numbers of days that a format prints as a date."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

_LITERAL = re.compile(r'"[^"]*"|\\.|!.|_.|\*.|\[\$[^\]]*\]|\[(?:[<>=].*?|[^\]hmsHMS][^\]]*)\]')
_PART = re.compile(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|_.|\*.|\[[^\]]*\]|(?P<noon>AM/PM|上午/下午)|(?P<year>[yYeE]+)|(?P<month>[mM]+)'
    r"|(?P<day>[dD]+)|(?P<hour>[hH]+)|(?P<second>[sS]+)|(?P<weekday>[aA]{3,4})|(?P<other>.)",
    re.DOTALL,
)
_DAYS = "一二三四五六日"
_LAST_DAY = 2_958_465  # the end of the year 9999
NO_DATE = "its date cannot be told"


def is_date_format(code: str) -> bool:
    first = code.partition(";")[0]
    if "general" in first.lower() or "通用格式" in first:
        return False
    bare = _LITERAL.sub("", first)
    return bool(re.search(r"[yYdDhHsS]|[mM]", bare)) and not re.search(r"[0#?]", bare)


def printed_date(value: float, code: str, *, from_1904: bool) -> tuple[str, str]:
    moment = moment_of(value, from_1904=from_1904)
    if moment is None:
        return str(value), NO_DATE
    parts = [(match.lastgroup or "", match[match.lastgroup] if match.lastgroup else "") for match in
             _PART.finditer(code.partition(";")[0])]  # fmt: skip
    twelve = any(kind == "noon" for kind, _ in parts)
    text = ""
    for place, (kind, letters) in enumerate(parts):
        if kind in {"quoted", "escaped", "other"}:
            text += letters
        elif kind == "month" and _is_minute(parts, place):
            text += f"{moment.minute:0{min(len(letters), 2)}d}"
        elif kind == "noon":
            text += "上午" if moment.hour < 12 else "下午"
        elif kind:
            text += _part(moment, kind, len(letters), twelve)
    return text.strip(), ""


def moment_of(value: float, *, from_1904: bool) -> datetime | None:
    if not 0 <= value <= _LAST_DAY:
        return None
    if from_1904:
        begin = datetime(1904, 1, 1)  # noqa: DTZ001 - a date on paper has no zone
    else:
        begin = datetime(1899, 12, 30) if value >= 60 else datetime(1899, 12, 31)  # noqa: DTZ001 - Excel has a 29 February 1900
    try:
        return begin + timedelta(seconds=round(value * 86400))
    except OverflowError:
        return None


def _is_minute(parts: list[tuple[str, str]], place: int) -> bool:
    """An m behind hours or before seconds."""
    before = next((kind for kind, _ in reversed(parts[:place]) if kind not in {"quoted", "escaped", "other", ""}), "")
    after = next((kind for kind, _ in parts[place + 1 :] if kind not in {"quoted", "escaped", "other", ""}), "")
    return before == "hour" or after == "second"


def _part(moment: datetime, kind: str, width: int, twelve: bool) -> str:
    if kind == "year":
        return f"{moment.year:04d}" if width > 2 or width == 1 else f"{moment.year % 100:02d}"
    if kind == "weekday" or (kind == "day" and width > 2):
        return ("星期" if width > 3 else "") + _DAYS[moment.weekday()]
    if kind == "month" and width > 2:
        return moment.strftime("%B" if width > 3 else "%b")
    number = {"month": moment.month, "day": moment.day, "hour": moment.hour, "second": moment.second}[kind]
    if kind == "hour" and twelve:
        number = number % 12 or 12
    return f"{number:0{min(width, 2)}d}"
