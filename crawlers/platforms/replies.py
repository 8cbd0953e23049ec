"""Reading what portal software answers as data: nothing of it is certain to be there, or of the kind one expects."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

from crawlers.page import Page, date_in

_CHINA = timedelta(hours=8)
_MOST_MEMBERS = 2000


def inside(reply: Any, *names: str) -> Any:
    """The value at the end of a path of names; None where there is none."""
    for name in names:
        reply = reply.get(name) if isinstance(reply, dict) else None
    return reply


def members(reply: Any, *names: str) -> list[dict[str, Any]]:
    """The objects of a list; what else it may hold is left out."""
    found = inside(reply, *names)
    return [one for one in found[:_MOST_MEMBERS] if isinstance(one, dict)] if isinstance(found, list) else []


def word_in(page: Page, name: str, pattern: str = r"[\w.-]{1,60}") -> str:
    """What a page calls a word of its request: `name = '1'`, `"name": ["1"]`, `&name=1`, a hidden field of that name or
    `data-name="1"`; "" where it names none, or several."""
    value = rf"['\"]?({pattern})(?![\w.-])"
    found = re.findall(rf"(?<![\w.-]){name}['\"]?\s*[:=]\s*\[?\s*{value}", page.text, re.I)
    for field in page.root.iterfind(".//input[@value]"):
        if name.lower() in ((field.get("name") or "").lower(), (field.get("id") or "").lower()):
            found += re.findall(rf"^{pattern}$", field.get("value"))
    found += re.findall(rf"\bdata-{name}=['\"]{value}", page.text, re.I)
    named = dict.fromkeys(found)
    return next(iter(named)) if len(named) == 1 else ""


def text_in(reply: Any, *names: str) -> str:
    found = inside(reply, *names)
    return str(found).strip() if isinstance(found, str | int) and not isinstance(found, bool) else ""


def number_in(reply: Any, *names: str) -> int:
    found = text_in(reply, *names)
    return int(found) if found.isdecimal() and len(found) < 10 else 0


def day_in(reply: Any, *names: str) -> date | None:
    """A date as printed, or as seconds or milliseconds since 1970, in China."""
    found = text_in(reply, *names)
    if found.isdecimal() and len(found) in (9, 10, 12, 13):
        seconds = int(found) / (1000 if len(found) > 10 else 1)
        return (datetime.fromtimestamp(seconds, UTC) + _CHINA).date()
    return date_in(found)
