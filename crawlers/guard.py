"""Keeps the crawl off loopback, private and link-local addresses, in links as well as behind names."""

from __future__ import annotations

import ipaddress
from typing import Any

from scrapy.crawler import Crawler
from scrapy.resolver import CachingThreadedResolver
from twisted.internet.base import ReactorBase
from twisted.internet.defer import Deferred
from twisted.internet.error import DNSLookupError

from crawlers.addresses import bare_host

OWN_HOSTS = "NIANBAO_OWN_HOSTS"  # setting: bare hosts on which portals are configured

# Names that were refused. Twisted tells its callers only that a lookup failed, and that would count as a dead server.
refused_names: set[str] = set()


def is_private(address: str) -> bool:
    """Whether a literal address is one that only we could reach. Names are none and answer False."""
    try:
        parsed = ipaddress.ip_address(address.strip("[]"))
    except ValueError:
        return False
    mapped = getattr(parsed, "ipv4_mapped", None)
    return not (mapped or parsed).is_global


class GuardedResolver(CachingThreadedResolver):
    """Scrapy's resolver, refusing private answers at connect time for hosts on which no portal is configured."""

    own_hosts: frozenset[str] = frozenset()

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> GuardedResolver:
        resolver = super().from_crawler(crawler, reactor)
        resolver.own_hosts = frozenset(crawler.settings.getlist(OWN_HOSTS))
        return resolver

    def getHostByName(self, name: str, timeout: Any = ()) -> Deferred[str]:
        return super().getHostByName(name, timeout).addCallback(self._checked, name)

    def _checked(self, address: str, name: str) -> str:
        if is_private(address) and bare_host(name) not in self.own_hosts:
            refused_names.add(name.lower())
            raise DNSLookupError(f"{name} resolves to a private address")
        return address
