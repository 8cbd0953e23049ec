"""Which hosts have had enough: after some addresses in a row that were asked for in vain nobody asks a host any more,
whichever portal it is for, and a host behind a challenge is left alone at once. Told only by who has its turn."""

from __future__ import annotations

import time
from collections.abc import Callable

from crawlers.exchange import FetchFailed, Trouble
from crawlers.standing import Left, Standings

_IN_VAIN = 8  # addresses in a row
_CHALLENGES = 2  # in a row, of a host that has let us in before: a single one may be the address's own
_REST = 300.0  # seconds after which one request finds out whether a dead host lives again
_FOR_THE_NIGHT = 7 * 86_400.0  # seconds


class Unasked(FetchFailed):
    """Nothing was sent: the host is no longer asked."""


class Challenged(FetchFailed):
    """The answer is a firewall's, which would have a browser prove itself."""


class Breaker:
    def __init__(self, standings: Standings | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self._standings = standings or Standings()
        self._clock = clock

    def attempts(self, host: str, most: int) -> int:
        """How often an address may be asked for. A host in trouble is not asked again and again for each."""
        state = self._standings.of(host)
        return 1 if state.in_vain or state.attempts >= most else most

    def check(self, host: str) -> None:
        """Raises Unasked where the host is left alone."""
        state = self._standings.of(host)
        if (left := state.left) is not None and self._clock() < state.rests_until:
            said = f"不再访问该主机 / the host is not asked any more: {left.reason}"
            raise Unasked(left.trouble, said, left.status, left.url)

    def enter(self, host: str) -> None:
        """The same for whoever is about to ask. Of those that come after its rest the first alone goes."""
        self.check(host)
        state = self._standings.of(host)
        if state.left is not None:
            state.rests_until = self._clock() + _REST

    def answered(self, host: str, *, brought: bool) -> None:
        """`brought` a page or file: that nothing is there a firewall may let through as well."""
        state = self._standings.of(host)
        state.let_in = brought or state.let_in
        state.attempts = state.in_vain = state.challenges = 0
        state.left, state.rests_until = None, 0.0

    def attempted(self, host: str) -> None:
        """An attempt brought nothing."""
        self._standings.of(host).attempts += 1

    def failed(self, host: str, failed: FetchFailed) -> None:
        """An address was asked for in vain, as often as that may be tried."""
        state = self._standings.of(host)
        state.in_vain += 1
        state.challenges = state.challenges + 1 if isinstance(failed, Challenged) else 0
        challenged = state.challenges >= (_CHALLENGES if state.let_in else 1)
        if challenged or state.in_vain >= _IN_VAIN or state.left is not None:
            self.leave(host, failed)

    def leave(self, host: str, failed: FetchFailed) -> None:
        """Who blocks us is left alone for the night; who is down may come back."""
        state = self._standings.of(host)
        state.left = Left(failed.trouble, failed.reason, failed.status, failed.url)
        state.rests_until = self._clock() + (_FOR_THE_NIGHT if failed.trouble is Trouble.BLOCKED else _REST)
