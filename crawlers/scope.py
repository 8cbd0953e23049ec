"""What one portal's requests share: where they may go, whose cookies they send, how many there were."""

from __future__ import annotations

from dataclasses import dataclass, field

from crawlers.addresses import bare_host, host_of
from crawlers.guard import is_private, network_of


@dataclass(slots=True)
class Scope:
    portal_id: str
    hosts: frozenset[str]  # bare
    legacy_tls: bool = False
    linked_hosts: set[str] = field(default_factory=set)  # of attachments that report pages link
    requests: int = 0
    delay: float = 0.0  # the longest between two of them that was kept

    def owns(self, url: str) -> bool:
        """Whether its pages are the portal's. What linked hosts have beside their files is not."""
        return bare_host(host_of(url)) in self.hosts

    def refusal(self, url: str, *, draws: bool = False, redirected: bool = False) -> str:
        """Why nothing may be asked for there; "" where it may. A browser `draws` the portal's own pages alone."""
        if self.owns(url) or (not draws and not redirected and self.links_inside(url)):
            return ""
        host = host_of(url)
        if is_private(host) or host == "localhost":
            return f"{host} is a private address"
        linked = bare_host(host) in self.linked_hosts and not draws
        return "" if linked else f"{host} does not belong to the portal"

    def links_inside(self, url: str) -> bool:
        """Whether it is an attachment's host within the network that the portal is in itself: one that has a private
        address, given as such, may keep its files at another. By a name or a redirect nobody gets there."""
        network = network_of(host_of(url))
        return bool(network) and bare_host(host_of(url)) in self.linked_hosts and network in map(network_of, self.hosts)
