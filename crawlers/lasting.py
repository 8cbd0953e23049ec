"""Requests of a page's scripts that can be sent again another day. One with a secret, today's date or the time of
day cannot, and nothing of it is kept."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl, unquote_plus, urlsplit

from crawlers.addresses import absolute
from crawlers.exchange import Ask
from pipeline.resources import CONFIG

_LONGEST = 4000  # of a body
_KEPT_HEADERS = ("Accept", "X-Requested-With")
_LONGEST_HEADER = 200
_NAMED_IN_JSON = re.compile(r'"([^"\\]{1,60})"\s*:\s*(?!""|null)')
_CLOCK = re.compile(r"(?<![\d.])(\d{10})(?:\d{3})?(?![\d.])")
_DAY = 86_400  # seconds
_CHINA = timedelta(hours=8)


@dataclass(frozen=True, slots=True)
class RequestWords:
    """The words of `config/replay.toml`."""

    page: frozenset[str]
    offset: frozenset[str]
    size: frozenset[str]
    secret: re.Pattern[str]
    total: frozenset[str]
    pages: frozenset[str]
    state: frozenset[str]


@lru_cache(maxsize=1)
def request_words() -> RequestWords:
    data = tomllib.loads((CONFIG / "replay.toml").read_text(encoding="utf-8"))
    asked, answered = data["request"], data["answer"]
    return RequestWords(
        frozenset(asked["page"]),
        frozenset(asked["offset"]),
        frozenset(asked["size"]),
        re.compile(asked["secret"], re.I),
        frozenset(answered["total"]),
        frozenset(answered["pages"]),
        frozenset(answered["state"]),
    )


def plain_name(name: str) -> str:
    """As the words have it."""
    return re.sub(r"[-_\s]", "", name.lower())


def lasting_ask(request: Mapping[str, Any], page: str) -> Ask | None:
    """The request as the crawl would send it; `page` is the address of the page that does. `request` is as Chromium
    tells of it."""
    url, headers = absolute(page, str(request["url"])), dict(request.get("headers") or {})
    body = str(request.get("postData") or "")
    posts = request["method"] == "POST"
    if not url or (request["method"] != "GET" and not (posts and 0 < len(body) <= _LONGEST)):
        return None
    said = unquote_plus(urlsplit(url).query) + "\n" + unquote_plus(body)
    if _names_secret(url, body, headers) or _tells_the_time(said):
        return None
    kept = tuple(
        (name, value)
        for name, value in ((name, str(headers.get(name) or "")) for name in _KEPT_HEADERS)
        if 0 < len(value) <= _LONGEST_HEADER and value.isascii() and value.isprintable()
    )
    ask = Ask(url, referer=absolute(page, page), headers=kept)
    if not posts:
        return ask
    return _posting(ask, body, str(headers.get("Content-Type") or ""))


def _posting(ask: Ask, body: str, sent_as: str) -> Ask | None:
    """None for a body that is neither a form nor JSON."""
    if body.lstrip()[:1] in ("{", "["):
        try:
            json.loads(body)
        except (ValueError, RecursionError):
            return None
        return Ask(ask.url, json=body, referer=ask.referer, headers=ask.headers)
    form = tuple(parse_qsl(body, keep_blank_values=True)) if "form-urlencoded" in sent_as else ()
    return Ask(ask.url, form=form, referer=ask.referer, headers=ask.headers) if form else None


def _names_secret(url: str, body: str, headers: Mapping[str, str]) -> bool:
    return any(request_words().secret.search(plain_name(name)) for name in _names(url, body, headers))


def _names(url: str, body: str, headers: Mapping[str, str]) -> Iterator[str]:
    """Of all that has a value: headers, fields, and members of JSON wherever it stands."""
    yield from (name for name, value in headers.items() if value)
    yield from (name for name, value in parse_qsl(urlsplit(url).query))
    if body.lstrip()[:1] not in ("{", "["):
        yield from (name for name, value in parse_qsl(body))
    yield from _NAMED_IN_JSON.findall(unquote_plus(url))
    yield from _NAMED_IN_JSON.findall(body)
    yield from _NAMED_IN_JSON.findall(unquote_plus(body))


def _tells_the_time(said: str) -> bool:
    """Whether a request says today's date or the time: it would ask for another day's rows."""
    now = datetime.now(UTC)
    for day in {now.date(), (now + _CHINA).date(), now.astimezone().date()}:
        if re.search(rf"(?<!\d){day.year}\D?0?{day.month}\D?0?{day.day}(?!\d)", said):
            return True
    return any(abs(int(found) - now.timestamp()) < _DAY for found in _CLOCK.findall(said))
