"""What is known of each host tonight, and between the crawler processes of one pass: whose turn it is there.

Whoever has a host's turn, and he alone, writes down what is known of it. Where several processes crawl, that is a small
file for each host, locked for as long as the turn lasts; a killed process leaves its turn by that alone."""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from crawlers.exchange import Trouble
from pipeline import jsonl

_LARGEST = 64 * 1024  # bytes of a host's file


@dataclass(frozen=True, slots=True)
class Left:
    """Why a host is left alone."""

    trouble: Trouble
    reason: str
    status: int | None
    url: str


@dataclass(slots=True)
class Standing:
    """Times are those of the system's monotonic clock, which all processes share."""

    due: float = 0.0  # when the next request may start
    delay: float = 0.0  # that its robots.txt asks for
    let_in: bool = False
    attempts: int = 0  # without an answer, for whatever addresses
    in_vain: int = 0  # addresses in a row
    challenges: int = 0
    left: Left | None = None
    rests_until: float = 0.0


class Standings:
    """Of a crawler that works alone: every turn is its own."""

    def __init__(self) -> None:
        self._hosts: defaultdict[str, Standing] = defaultdict(Standing)

    def of(self, host: str) -> Standing:
        """As it was known when this process last had a turn there."""
        return self._hosts[host]

    def take(self, host: str) -> bool:
        """Whether the turn at this host is ours now; then it is to be given back as often as it was taken."""
        return True

    def write(self, host: str) -> None:
        """What is known is for the others too. Only for who has the turn."""

    def give_back(self, host: str) -> None:
        """With what is known by now."""

    @contextmanager
    def noted(self, host: str) -> Iterator[Standing]:
        """For what is learned outside a turn. Where another process has it, that is told with our own next one."""
        taken = self.take(host)
        yield self.of(host)
        if taken:
            self.give_back(host)


class SharedStandings(Standings):
    """Of one of several crawlers, in a folder of theirs."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self._folder.mkdir(parents=True, exist_ok=True)
        self._held: dict[str, int] = {}  # descriptors of the files whose lock is ours
        self._times: dict[str, int] = {}  # that each was taken

    def take(self, host: str) -> bool:
        if host not in self._held:
            descriptor = os.open(self._file_of(host), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(descriptor)
                return False
            self._held[host] = descriptor
            self._learn(host, os.pread(descriptor, _LARGEST, 0))
        self._times[host] = self._times.get(host, 0) + 1
        return True

    def write(self, host: str) -> None:
        # One line, and whatever a longer one before it has left: no kill can come between the two.
        os.pwrite(self._held[host], jsonl.dumps(self.of(host)) + b"\n", 0)

    def give_back(self, host: str) -> None:
        try:
            self.write(host)
        finally:
            self._times[host] -= 1
            if not self._times[host]:
                del self._times[host]
                os.close(self._held.pop(host))

    def _learn(self, host: str, written: bytes) -> None:
        """What stands in the file goes before what we knew, but for what we learned outside a turn."""
        ours = self._hosts[host]
        try:
            theirs = jsonl.loads(Standing, written.partition(b"\n")[0])
        except ValueError:
            return  # nobody has written yet
        theirs.due, theirs.delay = max(ours.due, theirs.due), max(ours.delay, theirs.delay)
        self._hosts[host] = theirs

    def _file_of(self, host: str) -> Path:
        return self._folder / hashlib.sha256(host.encode()).hexdigest()[:32]
