"""Tells pages of a firewall from pages of the portal. Nothing here gets around one: it is recorded as blocked."""

from __future__ import annotations

import re

BLOCKING_STATUSES = frozenset({401, 403, 405, 412, 418, 429, 451, 521})
_LARGEST = 64 * 1024  # challenge pages are small; a report that mentions a firewall is not one
_MARKS = re.compile(
    rb"__jsl_clearance|acw_sc__v2|_Incapsula_Resource|cf-chl-|yunsuo_session|/waf/|WAFBlock|"
    rb"\$_ts\s*=\s*window\[|security_session_verify|"
    + "安全验证|访问被拦截|您的访问被阻断|请完成验证|访问验证|网站防火墙".encode()
)
_LINK = re.compile(rb"<a\s[^>]*href", re.I)


def challenge_in(body: bytes) -> str:
    """The mark of a challenge or block page answered with 200; "" where there is none."""
    if len(body) > _LARGEST or len(_LINK.findall(body, 0, _LARGEST)) > 5:
        return ""
    mark = _MARKS.search(body)
    return mark[0].decode("utf-8", "replace") if mark else ""
