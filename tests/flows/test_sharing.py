"""How portals are shared out over crawler processes."""

from __future__ import annotations

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.addresses import own_hosts
from crawlers.job import CrawlSettings
from flows.sharing import processes_for, shared_out
from pipeline.model import Portal


def portal(number: int, host: str, *hosts: str) -> Portal:
    return Portal(id=f"p{number}", authority="某县人民政府", division="640000", url=f"http://{host}/", hosts=hosts)


_HOST = st.builds("{}h{}.gov.cn".format, st.sampled_from(["", "www.", "m."]), st.integers(0, 30))
_PORTALS = st.lists(st.lists(_HOST, min_size=1, max_size=3), max_size=30).map(
    lambda named: tuple(portal(number, *hosts) for number, hosts in enumerate(named))
)


@given(_PORTALS, st.integers(1, 5), st.data())
def test_every_portal_is_in_one_share_and_no_host_in_two(
    portals: tuple[Portal, ...], most: int, data: st.DataObject
) -> None:
    work = {one.id: data.draw(st.floats(1, 1e6), label=one.id) for one in portals}
    shares = shared_out(portals, most, work)
    assert len(shares) <= most and all(shares)
    assert sorted(one.id for share in shares for one in share) == sorted(one.id for one in portals)
    hosts = [frozenset().union(*(own_hosts(one) for one in share)) for share in shares]
    assert sum(len(some) for some in hosts) == len(frozenset().union(*hosts))


@given(st.lists(st.floats(1, 1e6), min_size=1, max_size=60), st.integers(1, 5))
def test_no_share_has_more_to_do_than_another_by_more_than_one_portal(loads: list[float], most: int) -> None:
    portals = [portal(number, f"h{number}.gov.cn") for number in range(len(loads))]
    work = {one.id: load for one, load in zip(portals, loads, strict=True)}
    sums = [sum(work[one.id] for one in share) for share in shared_out(portals, most, work)]
    sums += [0.0] * (most - len(sums))
    assert max(sums) - min(sums) <= max(loads) * 1.000001


def test_portals_that_share_a_host_by_way_of_a_third_stay_together() -> None:
    chain = [
        portal(0, "a.gov.cn"),
        portal(1, "www.b.gov.cn"),
        portal(2, "m.a.gov.cn", "b.gov.cn"),
        portal(3, "c.gov.cn"),
    ]
    shares = shared_out(chain, 2, dict.fromkeys(("p0", "p1", "p2", "p3"), 1.0))
    assert sorted(sorted(one.id for one in share) for share in shares) == [["p0", "p1", "p2"], ["p3"]]


@pytest.mark.parametrize(
    ("portals", "processes", "concurrency", "expected"),
    [
        (400, 0, 32, min(4, os.cpu_count() or 1)),
        (7, 0, 32, 1),
        (3, 2, 32, 2),
        (3, 9, 32, 3),
        (400, 8, 32, 8),
        (400, 8, 1, 1),
    ],
)
def test_there_are_as_many_crawlers_as_cores_where_there_is_enough_to_do(
    portals: int, processes: int, concurrency: int, expected: int
) -> None:
    assert processes_for(portals, CrawlSettings(processes=processes, concurrency=concurrency)) == expected
