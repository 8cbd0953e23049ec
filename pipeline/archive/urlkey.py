"""The key under which an index lists an address: one text for addresses that differ harmlessly, host first, as replay
tools sort them (SURT, with the customary canonical form)."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import unquote_plus, unquote_to_bytes, urlencode, urlsplit

from pipeline.archive.records import Sent

_WWW = re.compile(r"^www\d*\.")
_DEFAULT_PORTS = {"http": 80, "https": 443}
_SESSION_IN_PATH = re.compile(r"(?<=/)(?:\((?:[a-z]\([0-9a-z]{24}\))+\)|\([0-9a-z]{24}\))/(?=[^?]+\.aspx)", re.I)
_SESSION_IN_QUERY = (
    re.compile(r"(?:^|(?<=&))(?:jsessionid|phpsessid|sid)=[0-9a-z]{32}(?:&|$)", re.I),
    re.compile(r"(?:^|(?<=&))aspsessionid[a-z]{8}=[a-z]{24}(?:&|$)", re.I),
    re.compile(r"(?:^|(?<=&))cfid=[^&]+&cftoken=[^&]+(?:&|$)", re.I),
)
_LONGEST_SENT = 4096
_DEEPEST = 10  # of percent signs that are themselves escaped, and of JSON


def urlkey(url: str, *, cased: bool = False) -> str:
    """Addresses without a host, as `urn:` and `file:` ones, are their own key. Keys know no letter case unless they are
    to be `cased`, which is no index's way."""
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return _escaped(url)
    if parts.scheme not in _DEFAULT_PORTS or not host:
        return _escaped(url)
    labels = _WWW.sub("", re.sub(r"\.{2,}", ".", _ascii(host).strip("."))).split(".")
    at = f":{port}" if port not in (None, _DEFAULT_PORTS[parts.scheme]) else ""
    path, query = _path(parts.path), _escaped(parts.query)
    query = _query(query if cased else query.lower())
    return f"{','.join(reversed(labels))}{at}){path if cased else path.lower()}" + (f"?{query}" if query else "")


def _ascii(host: str) -> str:
    try:
        return _escaped(host if host.isascii() else host.encode("idna").decode("ascii"))
    except UnicodeError:
        return _escaped(host)


def _path(path: str) -> str:
    kept: list[str] = []
    for part in re.sub(r"/{2,}", "/", _SESSION_IN_PATH.sub("", path)).split("/"):
        if part == ".." and len(kept) > 1:
            kept.pop()
        elif part not in (".", ".."):
            kept.append(part)
    return _escaped("/".join(kept)).rstrip("/") or "/"


def _query(query: str) -> str:
    for session in _SESSION_IN_QUERY:
        query = session.sub("", query)
    return "&".join(sorted(query.split("&"), key=lambda one: one.partition("=")))


def _escaped(text: str) -> str:
    """Percent signs undone as often as they were done, then done once for what cannot stand in an address."""
    raw = text.encode("utf-8", "surrogatepass")
    for _ in range(_DEEPEST):
        plain = unquote_to_bytes(raw)
        if plain == raw:
            break
        raw = plain
    return "".join(chr(byte) if 0x20 < byte < 0x7F and byte not in b"%#" else f"%{byte:02X}" for byte in raw)


# --- what was asked by POST ------------------------------------------------------------------------------


def with_sent(url: str, sent: Sent) -> str:
    """The address with what was sent to it, the way replay tools look such answers up."""
    said = ""
    if sent.content_type.startswith("application/x-www-form-urlencoded"):
        said = unquote_plus(sent.body.decode("utf-8", "replace"))
    elif sent.content_type.startswith("application/json"):
        said = urlencode(dict(_numbered(sent.body)))
    return f"{url}{'&' if '?' in url else '?'}__wb_method=POST" + (f"&{said[:_LONGEST_SENT]}" if said else "")


def _numbered(text: bytes) -> Iterator[tuple[str, str]]:
    """The values of a JSON text under their own names; a name that comes again is numbered."""
    try:
        found = list(_leaves("", json.loads(text), _DEEPEST))
    except (ValueError, RecursionError):
        return
    seen = Counter[str]()
    for name, value in found:
        seen[name] += 1
        yield (name if seen[name] == 1 else f"{name}.{seen[name]}_"), value


def _leaves(name: str, value: object, deeper: int) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict) and deeper:
        for key, one in value.items():
            yield from _leaves(str(key), one, deeper - 1)
    elif isinstance(value, list) and deeper:
        for one in value:
            yield from _leaves(name, one, deeper - 1)
    elif name:
        whole = isinstance(value, float) and value.is_integer()
        yield name, value if isinstance(value, str) else json.dumps(int(value) if whole else value)  # type: ignore[call-overload]
