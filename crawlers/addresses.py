"""When two addresses are one page, and which hosts belong to a portal."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from w3lib.url import safe_url_string

from pipeline.model import Portal

_SESSION_PATH = re.compile(r";(jsessionid|phpsessid|sid)=[^/?#]*", re.I)
_SESSION_QUERY = {"jsessionid", "phpsessid", "sessionid", "aspsessionid", "_t", "timestamp"}
_VIEW_QUERY = {"ismobile", "ddtab", "jump"}  # the same page for a phone, in a tab, or come upon by a jump
_MOBILE_FILE = (
    (re.compile(r"_wap(\.s?html?)$", re.I), r"\1"),
    (re.compile(r"/mpost_(\d+)"), r"/post_\1"),
    (re.compile(r"/index\.s?html?$", re.I), "/"),
)
_HOST_VARIANT = re.compile(r"^(www|m|wap|app)\.(?=.+\..+)")
_LONGEST = 2000


def absolute(base: str, href: str) -> str:
    """The address a link leads to without fragment and session, or "" if it is none that can be fetched."""
    href = href.strip().replace("\\", "/")
    if not href or href.startswith("#") or len(href) > _LONGEST:
        return ""
    try:
        parts = urlsplit(safe_url_string(urljoin(base, href)))
        host, _ = parts.hostname, parts.port  # .port raises where it is no number
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not host:
        return ""
    path = _SESSION_PATH.sub("", parts.path) or "/"
    query = parts.query
    if any(name.lower() in _SESSION_QUERY for name, _ in parse_qsl(query, keep_blank_values=True)):
        query = urlencode(
            [(name, value) for name, value in parse_qsl(query, True) if name.lower() not in _SESSION_QUERY]
        )
    return urlunsplit((parts.scheme, parts.netloc, path, query, ""))


def bare_host(host: str) -> str:
    return _HOST_VARIANT.sub("", host.lower().rstrip("."))


def host_of(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def key_of(url: str) -> str:
    """One text for all addresses of one page: no scheme, no www or m., no index.html, no view parameters."""
    parts = urlsplit(url)
    path = re.sub(r"/{2,}", "/", parts.path)
    for pattern, plain in _MOBILE_FILE:
        path = pattern.sub(plain, path)
    named = parse_qsl(parts.query, keep_blank_values=True)
    query = urlencode(sorted((name, value) for name, value in named if name.lower() not in _VIEW_QUERY))
    port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    return f"{bare_host(parts.hostname or '')}{port}{path}" + (f"?{query}" if query else "")


def own_hosts(portal: Portal) -> frozenset[str]:
    """The hosts a crawl of this portal stays on, bare: each stands for its www and m. forms too."""
    named = [host_of(url) for url in (portal.url, *portal.columns)]
    named += [host.lower().split("/")[0].split(":")[0] for host in portal.hosts]
    return frozenset(bare_host(host) for host in named if host)
