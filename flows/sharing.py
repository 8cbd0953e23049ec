"""How portals are shared out over crawler processes: whoever shares a host stays together, and none has much more to do
than another."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

from crawlers.addresses import own_hosts
from crawlers.job import CrawlSettings
from pipeline.model import Portal

_MOST = 4  # processes, unless the settings say how many: a crawl waits for hosts most of the time
_WORTH_ONE = 4  # portals, or starting it takes longer than it saves


def processes_for(portals: int, settings: CrawlSettings) -> int:
    wanted = settings.processes or min(_MOST, os.cpu_count() or 1, portals // _WORTH_ONE)
    return max(1, min(wanted, portals, settings.concurrency))


def shared_out(portals: Sequence[Portal], most: int, work: Mapping[str, float]) -> list[tuple[Portal, ...]]:
    """At most so many shares, none of them empty: the heaviest portals first, each to who has least to do. `work` is
    what there is to do for each, by its id."""
    shares: list[list[Portal]] = [[] for _ in range(most)]
    loads = [0.0] * most
    groups = [(sum(work[portal.id] for portal in group), group) for group in _groups(portals)]
    for weight, group in sorted(groups, key=lambda one: one[0], reverse=True):
        lightest = min(range(most), key=lambda number: (loads[number], len(shares[number])))
        shares[lightest] += group
        loads[lightest] += weight
    return [tuple(share) for share in shares if share]


def _groups(portals: Sequence[Portal]) -> list[list[Portal]]:
    """Portals with a host in common, be it by way of others."""
    group_of: dict[str, list[Portal]] = {}  # by host
    for portal in portals:
        hosts = own_hosts(portal)
        joined = [portal]
        for other in {id(group_of[host]): group_of[host] for host in hosts if host in group_of}.values():
            joined += other
            hosts = hosts.union(*(own_hosts(one) for one in other))
        group_of |= dict.fromkeys(hosts, joined)
    return list({id(group): group for group in group_of.values()}.values())
