"""Keeps the crawl off loopback, private and link-local addresses that are not the portal's own, in links as well as
behind names: what one portal's entry in the registry allows is allowed to no other portal."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING, cast

from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.error import DNSLookupError

if TYPE_CHECKING:
    from twisted.internet.base import ReactorBase

OUTSIDE = "outside"  # in a request's meta: it goes to a host that is not the portal's


class PrivateAddress(Exception):
    """A host that is not the portal's has turned out to be one that only we could reach."""

    def __init__(self, host: str) -> None:
        super().__init__(f"{host} is a private address")


def is_private(address: str) -> bool:
    """Whether a literal address is one that only we could reach. Names are none and answer False."""
    try:
        parsed = ipaddress.ip_address(address.strip("[]"))
    except ValueError:
        return False
    mapped = getattr(parsed, "ipv4_mapped", None)
    return not (mapped or parsed).is_global


def network_of(address: str) -> str:
    """Of a literal address: this machine, or the network it stands in; "" where it is no such address, and for those
    at which machines keep what is theirs alone (link-local)."""
    try:
        parsed = ipaddress.ip_address(address.strip("[]"))
    except ValueError:
        return ""
    if parsed.is_loopback:
        return "loopback"
    return "private" if parsed.is_private and not parsed.is_link_local and not parsed.is_unspecified else ""


async def leads_inside(host: str) -> bool:
    """Whether a name stands for such an address. One that cannot be looked up does not: whoever asks there will fail.
    What it stands for when the connection is made is looked at again (`wire.py`)."""
    from twisted.internet import reactor  # installed by now

    try:
        return is_private(await maybe_deferred_to_future(cast("ReactorBase", reactor).resolve(host)))
    except (DNSLookupError, UnicodeError):
        return False
