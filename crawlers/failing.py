"""What a visit in vain means: it is tried again later, a column has moved, a report was taken down, a listing is
unread, or a row is owed for the next night."""

from __future__ import annotations

from dataclasses import dataclass

from crawlers.bring import Again, Bringer
from crawlers.exchange import Ask, FetchFailed, Trouble
from crawlers.files import Files
from crawlers.frontier import Step, Visit
from crawlers.later import Later
from crawlers.leads import Leads
from crawlers.memory import Memory
from crawlers.night import Night
from crawlers.outcome import Tally
from crawlers.record import Record
from pipeline.model import Kind

OTHERWISE = "服务器的回答与其平台的格式不符 / answers otherwise than its software does"


@dataclass
class Failing:
    _bringer: Bringer
    _files: Files
    _memory: Memory
    _record: Record
    _tally: Tally
    _night: Night
    _leads: Leads
    _later: Later

    def note(self, visit: Visit, failed: FetchFailed) -> None:
        missing = failed.trouble is Trouble.MOVED
        if self._is_had_otherwise(visit, failed):
            self._tally.failure(failed, expected=True)
            return
        kinds = {Step.REPORT: Kind.REPORT, Step.MAYBE: Kind.OTHER}
        if failed.reason != OTHERWISE and self._later.has_row(visit, failed):
            return
        if not isinstance(failed, Again):
            kind = kinds.get(visit.step, Kind.INDEX)
            self._record.settle_failure(visit.ask, kind, failed, title=visit.title, page_url="")
        if visit.step is Step.START and not self._tally.pages:
            self._tally.never_started = failed
        if self._is_column_no_more(visit, failed):
            self._tally.dead_columns[self._night.column_key(visit)] = failed
            self._tally.failure(failed, expected=True)
            return
        if visit.step in (Step.REPORT, Step.MAYBE) and failed.trouble in (Trouble.DEAD, Trouble.BLOCKED):
            self._tally.owe(visit)
        stale = visit.step is Step.COLUMN and missing and not visit.platform  # a menu's dead link is no unread column
        listing = visit.step in (Step.START, Step.LISTING, Step.COLUMN)
        expected = missing and (visit.step in (Step.MAYBE, Step.BODIES, Step.PATH) or self._is_deleted(visit))
        self._tally.failure(failed, unread=listing and not stale, expected=expected, again=visit.ask.once)

    def _is_had_otherwise(self, visit: Visit, failed: FetchFailed) -> bool:
        """Or need not be had."""
        if visit.replay is not None:
            return self._leads.onward.leave_to_page(visit, failed)
        if visit.ask.optional and failed.trouble is Trouble.MOVED:
            return True
        return self._bringer.may_render and self._leads.leave_to_browser(visit, failed)

    def _is_column_no_more(self, visit: Visit, failed: FetchFailed) -> bool:
        """A known one, whose rows may have moved: when the round is done, `night.py` tells what became of them."""
        return bool(self._night.column_key(visit)) and (failed.trouble is Trouble.MOVED or failed.reason == OTHERWISE)

    def _is_deleted(self, visit: Visit) -> bool:
        """A report that was there: authorities take pages down, and what is held of it stays."""
        held = self._memory.earlier(visit.ask.key) if visit.step is Step.REPORT else None
        return held is not None and held.snapshot.kind is Kind.REPORT

    def close(self) -> None:
        """Nothing is asked for again tonight."""
        self._later.over = True
        for visit, failed in self._later.rows.values():
            self._tally.take_back(failed)
            self.note(visit, failed)
        for candidate, failed in self._later.files.values():
            self._tally.take_back(failed)
            self._files.lose(candidate, Ask(candidate.url), failed)
        for visit in self._later.pages.values():
            self._tally.owe(visit)
