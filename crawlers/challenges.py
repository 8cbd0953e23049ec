"""Tells pages of a firewall from pages of the portal. Nothing here gets around one: it is recorded as blocked."""

from __future__ import annotations

import re

from pipeline.media import HTML, sniff

BLOCKING_STATUSES = frozenset({401, 403, 405, 412, 418, 429, 451, 521})
_LARGEST = 64 * 1024  # challenge pages are small,
_LARGEST_IN_WORDS = 8 * 1024  # and those that say so in words smaller still: a report may speak of a firewall
_FEW_LINKS = 5
_MARKS = re.compile(
    rb"__jsl_clearance|acw_sc__v2|_Incapsula_Resource|cf-chl-|yunsuo_session|WAFBlock|"
    rb"\$_ts\s*=\s*window\[|security_session_verify"
)
_WORDS = re.compile("安全验证|访问被拦截|您的访问被阻断|请完成验证|访问验证|网站防火墙".encode())
_LINK = re.compile(rb"<a\s[^>]{0,500}href", re.I)


def challenge_in(body: bytes) -> str:
    """The mark of a challenge or block page answered with 200; "" where there is none."""
    if len(body) > _LARGEST or sniff(body) != HTML or len(_LINK.findall(body)) > _FEW_LINKS:
        return ""
    mark = _MARKS.search(body) or (_WORDS.search(body) if len(body) <= _LARGEST_IN_WORDS else None)
    return mark[0].decode("utf-8", "replace") if mark else ""
