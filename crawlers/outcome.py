"""How a portal's crawl ended: complete, or failed with the reason told. A crawl that brought half is no success."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from crawlers.exchange import FetchFailed, Trouble
from pipeline.model import Portal, PortalOutcome

_TOLERATED_FAILURES = 0.15
_TOLERATED_ROWS = 0.9  # rows without an address of their own are counted by the server and not by us
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
class Listing:
    """The rows of one listing against what it promises."""

    url: str
    promised: int = 0
    rows: set[str] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)  # addresses of all links on its pages
    barren: str = ""  # one of its numbered pages that gave nothing new

    def read(self, promised: int, rows: list[str]) -> None:
        self.promised = max(self.promised, promised)
        if self.promised:  # before, the links are a menu's around rows that come by requests of their own
            self.rows.update(rows)

    def shortfall(self) -> FetchFailed | None:
        if len(self.rows) < _TOLERATED_ROWS * self.promised:
            read = len(self.rows)
            reason = f"应有 {self.promised} 行，读到 {read} 行 / promises {self.promised} rows, gave {read}"
            return FetchFailed(Trouble.DEAD, reason, url=self.url)
        if self.barren:
            return FetchFailed(
                Trouble.DEAD, "列表的这一页没有新内容 / this page of a listing has no rows of its own", url=self.barren
            )
        return None


@dataclass
class Tally:
    """What is counted while a portal is read."""

    asked: int = 0  # addresses, whatever it took to get them
    pages: int = 0  # of them brought
    reports: int = 0
    failures: list[FetchFailed] = field(default_factory=list)
    unread: list[FetchFailed] = field(default_factory=list)  # start pages, columns and listing pages among the failures
    never_started: FetchFailed | None = None
    stopped: str = ""  # why it was given up before its end
    no_browser: str = ""
    platforms: Counter[str] = field(default_factory=Counter)
    in_a_row: int = 0  # failures since something was last brought

    def success(self) -> None:
        self.asked += 1
        self.pages += 1
        self.in_a_row = 0

    def failure(self, failed: FetchFailed, *, unread: bool = False, expected: bool = False) -> None:
        """What robots.txt or our own rules keep us from is told in the journal, but is no failure of the server; nor
        is what could be `expected` to be missing. An `unread` listing counts for whatever reason."""
        self.asked += 1
        if unread:
            self.unread.append(failed)
        if expected or failed.trouble in (Trouble.FORBIDDEN, Trouble.REFUSED, Trouble.TOO_LARGE):
            return
        self.failures.append(failed)
        self.in_a_row += 1


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
        reason=reason,
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
    if len(tally.failures) > _TOLERATED_FAILURES * tally.asked:
        count, first = len(tally.failures), tally.failures[0]
        said = f"{tally.asked} 个地址失败 {count} 个 / {count} of {tally.asked} addresses failed"
        return _state_of(tally.failures), f"{said}: {first.url} {first.reason}"
    if tally.reports < portal.min_reports and every_year:
        found = f"只找到 {tally.reports} 份，应有 {portal.min_reports} 份 / found {tally.reports} reports"
        return "empty", f"{found}, expected {portal.min_reports}"
    return "ok", ""


def _state_of(failures: list[FetchFailed]) -> str:
    if not failures:
        return "empty"
    return _STATES[Counter(failed.trouble for failed in failures).most_common(1)[0][0]]
