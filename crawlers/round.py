"""One round through a portal, from where it begins to the last report: the way to the annual-report columns, or the
columns that are known; their rows to the end; every report with its attachments. Keeps the books of what came."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from crawlers.addresses import key_of
from crawlers.bodies import NEAR, unheard
from crawlers.bring import Bringer
from crawlers.columns import Row
from crawlers.desk import Desk, Drawer
from crawlers.exchange import FetchFailed, Trouble
from crawlers.failing import Failing
from crawlers.files import Files
from crawlers.frontier import Frontier, Step, Visit
from crawlers.job import CrawlJob
from crawlers.later import Later
from crawlers.leads import DEEPEST_COLUMN, Leads
from crawlers.listings import Listings
from crawlers.looking import Looking
from crawlers.memory import Memory
from crawlers.night import Night
from crawlers.outcome import Tally
from crawlers.record import Record
from crawlers.scope import Scope
from crawlers.taking import Taker
from crawlers.trace import Trace
from crawlers.visiting import Visitor
from pipeline.model import Portal
from pipeline.titles import column_score

_MOST_WAYS = 40  # pages of 政务公开 and its kin that are looked through,
_WAYS_ONCE_ARRIVED = 6  # those that are called so also where columns are known: they name bodies that have their own
_MOST_LISTING_PAGES = 300
_BODIES_IN_VAIN = 6  # that are asked before it is told that bodies have no columns here
_GIVE_UP_AFTER = 8  # failures in a row: the server no longer wants to, or can
_GIVE_UP_AT_ONCE = 2  # of known columns that are asked first: it is not there tonight


class Round:
    def __init__(
        self,
        portal: Portal,
        job: CrawlJob,
        bringer: Bringer,
        scope: Scope,
        memory: Memory,
        record: Record,
        night: Night,
        desk: Desk,
    ) -> None:
        self._portal = portal
        self._job = job
        self._bringer = bringer
        self._scope = scope
        self._memory = memory
        self._record = record
        self._night = night
        self._desk = desk
        self._frontier = Frontier(desk)
        self.listings = Listings(night.columns_by_first(), night.is_news, desk)
        doors = frozenset(key_of(url) for url in (portal.url, *portal.columns))
        self._leads = Leads(
            self._frontier, scope, job.years, lambda: bringer.may_render, doors, not night.is_short, self.listings,
            vain=night.vain,
        )  # fmt: skip
        self.onward = self._leads.onward
        self.tally = Tally(found=Drawer(desk, Row))
        self._looking = Looking(job, self._leads, self.tally)
        self._later = Later(self.tally)
        self._files = Files(bringer, scope, memory, record, self.tally, night.asks_again, self._later, desk)
        self._taker = Taker(bringer, self._files, record, self.tally, self._later)
        self._failing = Failing(bringer, self._files, memory, record, self.tally, night, self._leads, self._later)
        self._visitor = Visitor(
            portal, scope, bringer, memory, record, night, self._leads, self._files, self._taker, self._failing,
            self.tally, Trace(job.pages, portal.id),
        )  # fmt: skip
        self.shown = self._visitor.shown
        self._steps = dict.fromkeys(Step, 0)

    async def from_entrances(self, entrances: list[Visit], further: list[Visit]) -> None:
        """Look for columns; `further` are those that are known, in case that nothing leads to them any more."""
        await self.explore(entrances)
        if self._lacks_columns():
            await self.once_more()
        if self.tally.pages or self.tally.never_started is None or self.tally.never_started.trouble is Trouble.MOVED:
            await self.explore(further)
        if self._lacks_columns() and self._bringer.insist():
            self._frontier = self._leads.frontier = Frontier(self._desk)
            await self.explore(entrances)  # a menu may be drawn by script on a page not empty without it
        if self._lacks_columns():
            await self.explore(self._leads.searches.values())
        await self._ask_bodies()
        while self._lacks_columns() and (news := self._leads.detours.take_news()):
            await self.explore(news)

    async def _ask_bodies(self) -> None:
        """Bodies that pages on the way name, and of which no report has come, may have columns of their own. Not where
        the first of them have none."""
        tried = came = 0
        while self._looking.seeks_columns and (bodies := self._leads.bodies.take()):
            for visit in unheard(bodies, (row.title for row in self.tally.found.values())):
                if not came and tried >= _BODIES_IN_VAIN:
                    return
                before = self.tally.reports
                await self.explore([visit])
                tried += 1
                came += self.tally.reports > before

    async def explore(self, beginnings: Iterable[Visit]) -> None:
        for beginning in beginnings:
            self._frontier.add(beginning)
        while (visit := self._frontier.take()) is not None and not self._is_over(visit):
            if self._looking.leaves_out(visit) or self._needs_no_request(visit):
                continue
            self._steps[visit.step] += 1
            await self._visitor.visit(visit)

    def _needs_no_request(self, visit: Visit) -> bool:
        if self.onward.replays.is_awaited(visit):
            return False
        if visit.step is Step.PATH and self._visitor.arrived and column_score(visit.title) < NEAR:
            return True
        needless = self.listings.is_needless(visit) or self.onward.replays.is_needless(visit)
        return needless or self._night.needs_no_request(visit)

    async def once_more(self) -> None:
        """What a server in trouble did not give."""
        while not self.tally.stopped and any(again := self._later.take()):
            rows, pages = again
            for visit in rows:
                if not self._looking.leaves_out(visit):
                    await self._visitor.visit(visit)
            for visit in pages:
                brought = await self._bringer.bring(visit.ask)  # by now from memory
                await self._taker.take_page(visit, brought, self._bringer.parse(brought))
            self.tally.in_a_row = 0
            await self.explore(())

    def close(self) -> None:
        """What is told only when nothing more is asked."""
        self._failing.close()
        self.tally.no_browser = self._bringer.no_browser
        self.tally.stopped = self.tally.stopped or self._looking.cut_short
        if not self._looking.reads_to_the_end:
            return
        unread = self._leads.too_deep()
        if unread:  # one line for all that lies deeper than is read
            reason = f"栏目下第 {DEEPEST_COLUMN} 层以下有 {len(unread)} 个地址未读"
            reason += f" / {len(unread)} addresses lie deeper than {DEEPEST_COLUMN} levels below the column, unread"
            self._failing.note(unread[0], FetchFailed(Trouble.REFUSED, reason, url=unread[0].ask.url))
        self.tally.unread += self._leads.unread()
        self.tally.without_column = (
            not self._visitor.columns and self._looking.seeks_columns and not self._night.is_short
        )

    def has_met(self, key: str) -> bool:
        """Whether a page led to this address tonight."""
        return key in self._leads.met

    @property
    def found(self) -> Mapping[str, Row]:
        return self.tally.found

    @property
    def dead_columns(self) -> dict[str, FetchFailed]:
        return self.tally.dead_columns

    async def take_held(self, row: Row) -> None:
        """A known report that there was no reason to ask for."""
        if held := self._memory.earlier(row.key):
            await self._taker.take_held(held, row)

    def _lacks_columns(self) -> bool:
        missed = not self._visitor.columns and self._looking.seeks_columns
        return bool(missed and self.tally.pages and not self.tally.stopped)

    def _is_over(self, visit: Visit) -> bool:
        """Done, or given up with the reason noted."""
        if visit.step is Step.PATH and self._steps[Step.PATH] >= (
            _WAYS_ONCE_ARRIVED if self._visitor.arrived else _MOST_WAYS
        ):
            return True
        patience = _GIVE_UP_AT_ONCE if self._night.is_short and not self.tally.pages else _GIVE_UP_AFTER
        if self._scope.requests >= self._job.settings.max_pages:
            self.tally.stopped = f"超出 {self._job.settings.max_pages} 次请求 / max_pages reached before the end"
        elif self._steps[Step.LISTING] > _MOST_LISTING_PAGES:
            self.tally.stopped = f"列表超过 {_MOST_LISTING_PAGES} 页 / listings without an end"
        elif self.tally.in_a_row >= patience:
            last = self.tally.failures[-1]
            self.tally.stopped = f"连续失败 {patience} 次 / failed {patience} times in a row: {last.reason}"
        return bool(self.tally.stopped)
