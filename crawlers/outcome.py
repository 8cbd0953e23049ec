"""How a portal's crawl ended: complete, or failed with the reason told. A crawl that brought half is no success."""

from __future__ import annotations

from collections import Counter
from collections.abc import MutableMapping
from dataclasses import dataclass, field

from crawlers.columns import Row
from crawlers.exchange import FetchFailed, Trouble
from crawlers.frontier import Visit
from pipeline.model import Portal, PortalOutcome

_TOLERATED_FAILURES = 0.15
_STATES = {
    Trouble.DEAD: "dead",
    Trouble.BLOCKED: "blocked",
    Trouble.FORBIDDEN: "blocked",
    Trouble.MOVED: "moved",
    Trouble.REFUSED: "moved",
    Trouble.TOO_LARGE: "empty",  # it is there, and we take nothing of it
    Trouble.NO_BROWSER: "empty",
}


@dataclass
class Tally:
    """What is counted while a portal is looked at."""

    asked: int = 0  # addresses, whatever it took to get them
    pages: int = 0  # of them brought
    held: int = 0  # that were not asked for, because they are known
    found: MutableMapping[str, Row] = field(default_factory=dict)  # reports, by the key of their address
    failures: list[FetchFailed] = field(default_factory=list)
    unread: list[FetchFailed] = field(default_factory=list)  # start pages, columns and listing pages among the failures
    dead_columns: dict[str, FetchFailed] = field(default_factory=dict)  # known ones, by the key of their address
    owed: dict[str, Visit] = field(default_factory=dict)  # rows that a server in trouble did not give, or their files
    owed_files: list[str] = field(default_factory=list)  # and keys of files
    never_started: FetchFailed | None = None
    stopped: str = ""  # why it was given up before its end
    shrunk: tuple[str, str] | None = None  # state and reason: less is there than was known
    notes: list[str] = field(default_factory=list)  # what has changed and is no failure
    no_browser: str = ""
    without_column: bool = False  # no page lists reports; what was found was announced in passing
    platforms: Counter[str] = field(default_factory=Counter)
    in_a_row: int = 0  # failures since something was last brought

    @property
    def reports(self) -> int:
        return len(self.found)

    @property
    def read_whole(self) -> bool:
        """Whether all listings were read, so that what is not there is gone."""
        return not (self.never_started or self.stopped or self.unread)

    def success(self) -> None:
        self.asked += 1
        self.pages += 1
        self.in_a_row = 0

    def owe(self, visit: Visit) -> None:
        self.owed[visit.ask.key] = visit

    def take_back(self, failed: FetchFailed) -> None:
        """What failed is asked for once more."""
        self.asked -= 1
        for some in (self.failures, self.unread):
            some[:] = [one for one in some if one is not failed]

    def failure(
        self, failed: FetchFailed, *, unread: bool = False, expected: bool = False, again: bool = False
    ) -> None:
        """What robots.txt or our own rules keep us from is told in the journal, but is no failure of the server; nor
        is what could be `expected` to be missing. An `unread` listing counts for whatever reason. What fails `again`
        after an earlier night says nothing of the server tonight."""
        self.asked += 1
        failed.__traceback__ = failed.__context__ = failed.__cause__ = None  # they hold on to all that was in hand then
        if unread:
            self.unread.append(failed)
        if expected or failed.trouble in (Trouble.FORBIDDEN, Trouble.REFUSED, Trouble.TOO_LARGE):
            return
        self.failures.append(failed)
        self.in_a_row += not again


def outcome_of(portal: Portal, tally: Tally, requests: int, *, every_year: bool) -> PortalOutcome:
    state, reason = _verdict(portal, tally, every_year)
    if state != "ok" and tally.no_browser:
        reason = f"{reason}; {tally.no_browser}"
    return PortalOutcome(
        portal_id=portal.id,
        state=state,
        complete=state == "ok",
        requests=requests,
        pages=tally.pages,
        reports_found=tally.reports,
        failures=len(tally.failures),
        platform=tally.platforms.most_common(1)[0][0] if tally.platforms else "",
        reason="; ".join(filter(None, (reason, *tally.notes))),
    )


def _verdict(portal: Portal, tally: Tally, every_year: bool) -> tuple[str, str]:
    if tally.never_started is not None:
        failed = tally.never_started
        return _STATES[failed.trouble], f"入口打不开 / the start page cannot be read: {failed.url} {failed.reason}"
    if tally.stopped:
        return _state_of(tally.failures), tally.stopped
    if tally.unread:
        first = tally.unread[0]
        said = f"{len(tally.unread)} 个列表页未读到 / listing pages unread: {first.url} {first.reason}"
        return _state_of(tally.unread), said
    if tally.shrunk is not None:
        return tally.shrunk
    addresses = tally.asked + tally.held
    if len(tally.failures) > _TOLERATED_FAILURES * addresses:
        count, first = len(tally.failures), tally.failures[0]
        said = f"{addresses} 个地址失败 {count} 个 / {count} of {addresses} addresses failed"
        # A portal of which most was read is there: what the others say of themselves is not what it is, unless it is
        # that we are no longer let in.
        state = _state_of(tally.failures)
        if state != "blocked" and count <= tally.pages + tally.held:
            state = "empty"
        return state, f"{said}: {first.url} {first.reason}"
    found = tally.reports
    if found and tally.without_column and every_year:
        said = f"没有找到年报栏目，只零星见到 {found} 份 / no column of annual reports was found"
        return "empty", f"{said}, {found} reports are announced elsewhere"
    if found < portal.min_reports and every_year:
        said = f"只找到 {found} 份，应有 {portal.min_reports} 份 / found {found} reports"
        return "empty", f"{said}, expected {portal.min_reports}"
    return "ok", ""


def _state_of(failures: list[FetchFailed]) -> str:
    if not failures:
        return "empty"
    return _STATES[Counter(failed.trouble for failed in failures).most_common(1)[0][0]]
