"""When two addresses are one page, and which hosts belong to a portal."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from w3lib.url import safe_url_string

from pipeline.model import Portal

_SESSION_PATH = re.compile(r";(jsessionid|phpsessid|sid)=[^/?#]*", re.I)
_SESSION_QUERY = {"jsessionid", "phpsessid", "sessionid", "session_id", "sessid", "aspsessionid", "_t", "timestamp"}
_SESSION_VALUE = re.compile(r"(?=.*\d)(?=.*[A-Za-z])[0-9A-Za-z]{20,}")
_CLOCK_NAME = {"_", "_t", "t", "ts", "r", "v", "rand", "random", "rnd", "nocache", "time", "timestamp"}
_CLOCK_VALUE = re.compile(r"\d{10}|\d{13}|0\.\d{6,}")
_GATE = re.compile(r"^/gate/big5/([\w.-]+\.[a-z]{2,})(?=/|$)", re.I)  # the page in traditional characters
_VIEW_QUERY = {"ismobile", "ddtab", "jump"}  # the same page for a phone, in a tab, or come upon by a jump
_MOBILE_FILE = (
    (re.compile(r"_wap(\.s?html?)$", re.I), r"\1"),
    (re.compile(r"/mpost_(\d+)"), r"/post_\1"),
    (re.compile(r"/index\.s?html?$", re.I), "/"),
)
_HOST_VARIANT = re.compile(r"^(www|m|wap|app|3g|mobile)\.(?=.+\..+)")
_LONGEST = 2000
_ROOTED = re.compile(r"(?:https?:/)?/[\w%.-]", re.ASCII)  # what leads to the same address from all of a host's pages
_SITE = r"https?://[\w.-]+(?::[1-5]?\d{1,4})?"  # with any port but the highest, which would have to be counted
_SITE_OF = re.compile(rf"{_SITE}(?=[/?#]|$)", re.ASCII)
# What is an address as it stands, at a host of its own or at the page's.
_WHOLE = re.compile(rf"({_SITE})?((?!/gate/)(?:/[\w-]+(?:\.[\w-]+)*)+/?)", re.ASCII)
_PLAIN = re.compile(r"[\w/.?=&%:~+,;-]*", re.ASCII)  # what needs no escapes


def absolute(base: str, href: str) -> str:
    """The address a link leads to without fragment, session and gate, or "" if it is none that can be fetched."""
    if not href:
        return ""  # as most attributes are that may hold one
    href = href.strip().replace("\\", "/")
    if not _ROOTED.match(href):
        return _absolute(base, href)
    whole = _WHOLE.fullmatch(href) if len(href) <= _LONGEST else None
    if whole is None:
        return _absolute(_root_of(base), href)
    site = whole[1] or _site_of(base)
    return f"{site}{whole[2]}" if site else ""


def _site_of(base: str) -> str:
    plain = _SITE_OF.match(base)
    return plain[0] if plain else _absolute(_root_of(base), "/").removesuffix("/")


@lru_cache(maxsize=1024)
def _root_of(base: str) -> str:
    try:
        parts = urlsplit(base)
    except ValueError:
        return base
    return f"{parts.scheme}://{parts.netloc}/" if parts.scheme and parts.netloc else base


@lru_cache(maxsize=8192)  # a page's links are looked at from several sides
def _absolute(base: str, href: str) -> str:
    if not href or href.startswith("#") or len(href) > _LONGEST:
        return ""
    try:
        whole = urljoin(base, href)
        parts = urlsplit(whole if _PLAIN.fullmatch(whole) else safe_url_string(whole))
        host, _ = parts.hostname, parts.port  # .port raises where it is no number
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not host:
        return ""
    path = _SESSION_PATH.sub("", parts.path) or "/"
    gate = _GATE.match(path)
    site = parts.netloc
    if gate:
        site, path = str(gate[1]), path[gate.end() :] or "/"
    if not parts.query:
        return str(urlunsplit((parts.scheme, site, path, "", "")))
    named = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(name, value) for name, value in named if not _is_passing(name, value, alone=len(named) == 1)]
    query = parts.query if kept == named else urlencode(kept)
    return str(urlunsplit((parts.scheme, site, path, query, "")))


def _is_passing(name: str, value: str, *, alone: bool) -> bool:
    """A session's id or the time of a click: another address on every visit, and the same page. A lone `sid` may be an
    article's."""
    if name.lower() in _SESSION_QUERY or (not alone and name.lower() == "sid" and _SESSION_VALUE.fullmatch(value)):
        return True
    return name.lower() in _CLOCK_NAME and bool(_CLOCK_VALUE.fullmatch(value))


def bare_host(host: str) -> str:
    return _HOST_VARIANT.sub("", host.lower().rstrip("."))


@lru_cache(maxsize=8192)
def host_of(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


@lru_cache(maxsize=8192)
def key_of(url: str) -> str:
    """One text for all addresses of one page: no scheme, no www or m., no index.html, no view parameters."""
    parts = urlsplit(url)
    path = re.sub(r"/{2,}", "/", parts.path)
    for pattern, plain in _MOBILE_FILE:
        path = pattern.sub(plain, path)
    named = parse_qsl(parts.query, keep_blank_values=True) if parts.query else []
    query = urlencode(sorted((name, value) for name, value in named if name.lower() not in _VIEW_QUERY))
    port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    return f"{bare_host(parts.hostname or '')}{port}{path}" + (f"?{query}" if query else "")


def own_hosts(portal: Portal) -> frozenset[str]:
    """The hosts a crawl of this portal stays on, bare: each stands for its www and m. forms too."""
    named = [host_of(url) for url in (portal.url, *portal.columns)]
    named += [host.lower().split("/")[0].split(":")[0] for host in portal.hosts]
    return frozenset(bare_host(host) for host in named if host)
