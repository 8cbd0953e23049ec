"""Which hosts have had enough: after some addresses in a row that were asked for in vain nobody asks a host any more,
whichever portal it is for, and a host behind a challenge is left alone at once."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from crawlers.exchange import FetchFailed, Trouble

_IN_VAIN = 8  # addresses in a row
_CHALLENGES = 2  # in a row, of a host that has let us in before: a single one may be the address's own
_REST = 300.0  # seconds after which one request finds out whether a dead host lives again


class Unasked(FetchFailed):
    """Nothing was sent: the host is no longer asked."""


class Challenged(FetchFailed):
    """The answer is a firewall's, which would have a browser prove itself."""


@dataclass(slots=True)
class _Host:
    let_in: bool = False
    attempts: int = 0  # without an answer, for whatever addresses
    in_vain: int = 0
    challenges: int = 0
    left_for: FetchFailed | None = None
    rests_until: float = 0.0


class Breaker:
    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._hosts: dict[str, _Host] = defaultdict(_Host)

    def attempts(self, host: str, most: int) -> int:
        """How often an address may be asked for. A host in trouble is not asked again and again for each."""
        state = self._hosts[host]
        return 1 if state.in_vain or state.attempts >= most else most

    def check(self, host: str) -> None:
        """Raises Unasked where the host is left alone."""
        state = self._hosts[host]
        if state.left_for is not None and self._clock() < state.rests_until:
            said = f"不再访问该主机 / the host is not asked any more: {state.left_for.reason}"
            raise Unasked(state.left_for.trouble, said, state.left_for.status, state.left_for.url)

    def enter(self, host: str) -> None:
        """The same for whoever is about to ask. Of those that come after its rest the first alone goes."""
        self.check(host)
        if self._hosts[host].left_for is not None:
            self._hosts[host].rests_until = self._clock() + _REST

    def answered(self, host: str, *, brought: bool) -> None:
        """`brought` a page or file: that nothing is there a firewall may let through as well."""
        self._hosts[host] = _Host(let_in=brought or self._hosts[host].let_in)

    def attempted(self, host: str) -> None:
        """An attempt brought nothing."""
        self._hosts[host].attempts += 1

    def failed(self, host: str, failed: FetchFailed) -> None:
        """An address was asked for in vain, as often as that may be tried."""
        state = self._hosts[host]
        state.in_vain += 1
        state.challenges = state.challenges + 1 if isinstance(failed, Challenged) else 0
        challenged = state.challenges >= (_CHALLENGES if state.let_in else 1)
        if challenged or state.in_vain >= _IN_VAIN or state.left_for is not None:
            self.leave(host, failed)

    def leave(self, host: str, failed: FetchFailed) -> None:
        """Who blocks us is left alone for the night; who is down may come back."""
        state = self._hosts[host]
        state.left_for = failed
        state.rests_until = self._clock() + (float("inf") if failed.trouble is Trouble.BLOCKED else _REST)
