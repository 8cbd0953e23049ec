"""The keys of a portal's entry and what each may hold; values come as YAML nodes, so that no tag is ever acted upon."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import yaml

from pipeline.divisions import divisions

_MAX_URL = 2000


class WrongValue(Exception):
    """A value that cannot stand; `pipeline.registry` knows the file and line."""


def _scalar(node: yaml.Node) -> str:
    if not isinstance(node, yaml.ScalarNode):
        raise WrongValue("应为一个值 / must be a single value")
    return str(node.value).strip()


def _text(pattern: str, hint: str) -> Callable[[yaml.Node], str]:
    def read(node: yaml.Node) -> str:
        value = _scalar(node)
        if not re.fullmatch(pattern, value):
            raise WrongValue(f"{value!r} 不合要求 / is not {hint}")
        return value

    return read


def _choice(*allowed: str) -> Callable[[yaml.Node], str]:
    return _text("|".join(map(re.escape, allowed)), f"one of {', '.join(allowed)}")


def _division(node: yaml.Node) -> str:
    value = _scalar(node)
    if divisions().get(value) is None:
        raise WrongValue(f"{value!r} 不是行政区划代码 / is no division code of GB/T 2260")
    return value


def _url(node: yaml.Node) -> str:
    value = _scalar(node)
    try:
        parts = urlsplit(value)
        sound = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:  # a port that is no number, a broken IPv6 address
        sound = False
    if not sound or "@" in urlsplit(value).netloc or len(value) > _MAX_URL or re.search(r"[\s<>\"{}]", value):
        raise WrongValue(f"{value[:80]!r} 不是 http(s) 网址 / is no http(s) address")
    return value


def _many(read: Callable[[yaml.Node], str]) -> Callable[[yaml.Node], tuple[str, ...]]:
    def read_all(node: yaml.Node) -> tuple[str, ...]:
        if isinstance(node, yaml.ScalarNode) and not node.value:
            return ()
        if not isinstance(node, yaml.SequenceNode):
            raise WrongValue("应为列表 / must be a list: [a, b]")
        return tuple(read(item) for item in node.value)

    return read_all


def _encoding(node: yaml.Node) -> str:
    value = _scalar(node)
    try:
        return value if value == "auto" else codecs.lookup(value).name
    except LookupError:
        raise WrongValue(f"{value!r} 不是编码 / is no encoding") from None


def _expect(node: yaml.Node) -> int:
    if not isinstance(node, yaml.MappingNode) or [str(key.value) for key, _ in node.value] != ["min_reports"]:
        raise WrongValue("只认 / must be {min_reports: N}")
    value = _scalar(node.value[0][1])
    if not re.fullmatch(r"\d{1,6}", value):
        raise WrongValue(f"min_reports {value!r} 不是数 / is no count")
    return int(value)


HOST = r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,62})(?:\.[A-Za-z0-9-]{1,63})*|\[[0-9a-fA-F:]+\])(?::\d{1,5})?"
READERS: dict[str, Callable[[yaml.Node], Any]] = {
    "id": _text(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}", "letters, digits, dots, dashes"),
    "authority": _text(r".{2,100}", "the name of a body"),
    "division": _division,
    "url": _url,
    "hosts": _many(_text(HOST, "a host name")),
    "platform": _text(r"[a-z0-9_-]{1,40}", "'auto' or a platform's name"),
    "columns": _many(_url),
    "render": _choice("auto", "never", "always"),
    "tls": _choice("default", "legacy"),
    "encoding": _encoding,
    "expect": _expect,
    "verified": _text(r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])", "a month such as 2026-11"),
    "evidence": _url,
}
REQUIRED = ("id", "authority", "division", "url")
