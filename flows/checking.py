"""What is wrong with the registry: in its files, and at the doors of its portals."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from ipaddress import ip_address
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from urllib.parse import urlsplit

from crawlers.job import Look
from crawlers.platforms import platforms
from flows.looking import looked_at
from flows.settings import load_settings
from pipeline.model import Portal
from pipeline.registry import Problem, read_portals
from pipeline.registry_checks import check_portals, place_of

_ANY_PLATFORM = "auto"
_TIMEOUT = 15.0  # of a door, beyond which nobody is at home
_MOST_REQUESTS = 10
_NAMES_TRIED = 8
_ASKED_FIRST = 8
_MANY = 40
_RESOLVES_WITHIN = 5.0


def problems_in(paths: Sequence[Path]) -> list[Problem]:
    return [*check_portals(paths), *_strange_platforms(read_portals(paths)[0])]


def _strange_platforms(portals: Sequence[Portal]) -> Iterator[Problem]:
    names = {_ANY_PLATFORM, *platforms()}
    for portal in portals:
        if portal.platform not in names:
            said = f"platform: {portal.platform!r} 不是已知平台 / is none of {', '.join(sorted(names))}"
            yield Problem(*place_of(portal), said)


@dataclass(frozen=True)
class Doors:
    answering: int
    blocked: tuple[Problem, ...]  # they answer, and let nobody in
    closed: tuple[Problem, ...]


def some_answer(portals: Sequence[Portal]) -> bool:
    """Whether it is worth asking all of many: with names and no way to the servers every door would take its time."""
    if len(portals) < _MANY:
        return True
    first = portals[:: len(portals) // _ASKED_FIRST][:_ASKED_FIRST]
    doors = ask_doors(first, lambda done: None)
    return len(doors.closed) < len(first)


def ask_doors(portals: Sequence[Portal], watch: Callable[[int], None]) -> Doors:
    """Asks every portal for the pages it is entered by, as a crawl would, though with less patience."""
    settings = load_settings().crawl
    hasty = replace(
        settings, timeout=min(settings.timeout, _TIMEOUT), retries=min(settings.retries, 1), render="never",
        max_pages=_MOST_REQUESTS,
    )  # fmt: skip
    blocked: list[Problem] = []
    closed: list[Problem] = []
    with looked_at(portals, Look.DOOR, hasty, watch) as looked:
        outcomes = looked.outcomes
    for portal in portals:
        outcome = outcomes.get(portal.id)
        if outcome is None:
            closed.append(Problem(*place_of(portal), f"{portal.id}: 抓取进程中断 / the crawler died of it"))
        elif outcome.state != "ok":
            problem = Problem(*place_of(portal), f"{portal.id}: {outcome.state}: {outcome.reason}")
            (blocked if outcome.state == "blocked" else closed).append(problem)
    return Doors(len(portals) - len(blocked) - len(closed), tuple(blocked), tuple(closed))


def has_network(portals: Sequence[Portal]) -> bool:
    """Whether any of some hosts has an address. Names that stand for none are asked for at once: without a network each
    of them may take its time."""
    hosts = list(dict.fromkeys(urlsplit(portal.url).hostname or "" for portal in portals))
    if any(_is_address(host) for host in hosts):
        return True
    tried = hosts[:: max(1, len(hosts) // _NAMES_TRIED)]
    answers: Queue[bool] = Queue()
    for host in tried:
        Thread(target=lambda name=host: answers.put(_resolves(name)), daemon=True).start()
    until = time.monotonic() + _RESOLVES_WITHIN
    for _ in tried:
        try:
            if answers.get(timeout=max(0.0, until - time.monotonic())):
                return True
        except Empty:
            return False
    return False


def _is_address(host: str) -> bool:
    try:
        return bool(ip_address(host))
    except ValueError:
        return host == "localhost"


def _resolves(host: str) -> bool:
    try:
        return bool(socket.getaddrinfo(host, None))
    except OSError:
        return False
