"""Draws a fleet: which make each portal is, its government, manners and faults; and serves it."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from random import Random

from tests.support.fleet import faults, words
from tests.support.fleet.certificates import broken_context
from tests.support.fleet.makes import makes
from tests.support.fleet.makes.drawn import Gongkai
from tests.support.fleet.plan import Plan
from tests.support.fleet.robots import Rules, draw_rules
from tests.support.fleet.server import Log, listening, serving
from tests.support.fleet.truth import Member

_MOMENTARY = 4  # percent of a portal's addresses that fail at first


@dataclass
class Fleet:
    members: list[Member]
    log: Log

    @property
    def sound(self) -> list[Member]:
        return [member for member in self.members if not member.fails]

    @property
    def failing(self) -> list[Member]:
        return [member for member in self.members if member.fails]


@dataclass(frozen=True)
class Shape:
    """How many portals a fleet has, and how many of them are something special."""

    portals: int
    large: int = 0  # list to 40 pages
    failing: int = 0  # have a fault for good
    drawn: int = 0  # by scripts
    tls: int = 0  # with a broken certificate


@contextmanager
def fleet(seed: int, shape: Shape, *, network: int = 50) -> Iterator[Fleet]:
    """Served on 127.`network`.x.y."""
    hosts = [f"127.{network}.{number // 250}.{number % 250 + 1}" for number in range(shape.portals)]
    with listening(hosts) as sockets:
        members = _drawn(seed, shape, hosts, sockets[0].getsockname()[1])
        with serving(sockets, {member.host: member for member in members}, broken_context()) as log:
            yield Fleet(members, log)


def _drawn(seed: int, shape: Shape, hosts: list[str], port: int) -> list[Member]:
    """Makes go round, so that each comes as often as any other; where the round begins is the seed's choice."""
    known, names = makes(), sorted(faults.FOR_GOOD)
    members = []
    for number, host in enumerate(hosts):
        rng = Random(f"{seed} {number}")
        left = len(hosts) - number  # the special ones are the last, after the large ones
        make = Gongkai if left <= shape.drawn else known[(seed * 7 + number * 5) % len(known)]
        fault = names[(seed * 5 + left) % len(names)] if 0 < left - shape.drawn <= shape.failing else ""
        tls = 0 < left - shape.drawn - shape.failing <= shape.tls
        url = f"{'https' if tls else 'http'}://{host}:{port}/"
        name = f"{make.family}-{make.__name__}-{number}"
        member = Member(name, make.family, host, url, "", tls=tls, drawn=make is Gongkai)
        large = number < shape.large
        rules = Rules() if fault else draw_rules(rng, large=large)
        Plan(member, rng, words.government(rng), make, rules, large=large).carry_out()
        _spoil(member, rng, fault, seed)
        members.append(member)
    return members


def _spoil(member: Member, rng: Random, fault: str, seed: int) -> None:
    if fault:
        member.fails = fault
        member.misbehave = faults.FOR_GOOD[fault](member)
        return
    member.misbehave = faults.momentary(zlib.crc32(f"{seed}{member.host}".encode()), _MOMENTARY)
    if rng.random() < 0.4:
        faults.spoil_papers(member, rng)
