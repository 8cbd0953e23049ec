"""One round through a portal, from where it begins to the last report: the way to the annual-report columns, or the
columns that are known; their rows to the end; every report with its attachments. Keeps the books of what came."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import partial

from crawlers.addresses import key_of
from crawlers.attachments import expires
from crawlers.bodies import unheard
from crawlers.bring import Bringer, asks_for_rows, is_frame_of_rows
from crawlers.columns import Row
from crawlers.desk import Desk, Drawer
from crawlers.exchange import FetchFailed, Trouble
from crawlers.failing import OTHERWISE, Failing
from crawlers.files import Files
from crawlers.frontier import Frontier, Step, Visit
from crawlers.job import CrawlJob
from crawlers.judging import judge_page, names_column
from crawlers.later import Later
from crawlers.leads import DEEPEST_COLUMN, WAYS, Leads, links_on
from crawlers.listings import Listings
from crawlers.looking import Looking
from crawlers.memory import Memory, Remembered
from crawlers.night import Night
from crawlers.outcome import Tally
from crawlers.page import Page
from crawlers.platforms import platform_of
from crawlers.record import Brought, Record
from crawlers.scope import Scope
from crawlers.taking import Taker
from crawlers.trace import Trace
from crawlers.traps import Answers
from pipeline.media import is_text
from pipeline.model import Kind, Portal

_MOST_WAYS = 40  # pages of 政务公开 and its kin that are looked through,
_WAYS_ONCE_ARRIVED = 6  # the nearest of them also where columns are known: they name bodies that have their own
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
        self._trace = Trace(job.pages, portal.id)
        self._answers = Answers()
        self._later = Later(self.tally)
        self._files = Files(bringer, scope, memory, record, self.tally, night.asks_again, self._later, desk)
        self._taker = Taker(bringer, self._files, record, self.tally, self._later)
        self._failing = Failing(bringer, self._files, memory, record, self.tally, night, self._leads, self._later)
        self._now = datetime.now(UTC)
        self.shown: list[Visit] = []  # columns that show a report
        self._columns = 0  # that announced something
        self._arrived = False  # at one of them by a way, where the others that there are would be named too
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
            await self._visit(visit)

    def _needs_no_request(self, visit: Visit) -> bool:
        if self.onward.replays.is_awaited(visit):
            return False
        needless = self.listings.is_needless(visit) or self.onward.replays.is_needless(visit)
        return needless or self._night.needs_no_request(visit)

    async def once_more(self) -> None:
        """What a server in trouble did not give."""
        while not self.tally.stopped and any(again := self._later.take()):
            rows, pages = again
            for visit in rows:
                if not self._looking.leaves_out(visit):
                    await self._visit(visit)
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
        self.tally.without_column = not self._columns and self._looking.seeks_columns and not self._night.is_short

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
        missed = not self._columns and self._looking.seeks_columns
        return bool(missed and self.tally.pages and not self.tally.stopped)

    def _is_over(self, visit: Visit) -> bool:
        """Done, or given up with the reason noted."""
        if visit.step is Step.PATH and self._steps[Step.PATH] >= (_WAYS_ONCE_ARRIVED if self._arrived else _MOST_WAYS):
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

    # --- one visit ---------------------------------------------------------------------------------------

    async def _visit(self, visit: Visit) -> None:
        if visit.step in (Step.REPORT, Step.MAYBE) and not self._night.doubts(visit.ask.key):
            held = self._memory.earlier(visit.ask.key)
            if held is not None and self._stands(held, visit):
                await self._taker.take_held(held, Row(visit.ask.url, visit.title))
                return
        try:
            brought = await self._bring(visit)
        except FetchFailed as failed:
            self._failing.note(visit, failed)
            return
        self.tally.success()
        if visit.replay is not None:
            self._read_answer(visit, brought)
        elif is_text(brought.snapshot.media_type):
            await self._read_page(visit, brought)
        else:
            self._taker.take_file(visit, brought)

    async def _bring(self, visit: Visit) -> Brought:
        if visit.replay is not None:
            return await self._bringer.bring(visit.ask)
        if visit.step is Step.REPORT:
            return await self._bringer.bring_report(visit.ask)
        column = visit.step is Step.COLUMN or (visit.step is Step.START and visit.in_column)
        return await self._bringer.bring_page(visit.ask, listing=links_on(visit), column=column)

    def _stands(self, held: Remembered, visit: Visit) -> bool:
        """Whether what is held of a row's address need not be asked for again. Listings always are."""
        if any(expires(file.url) and not self._files.holds(file) for file in held.attachments):
            return False  # its address is no longer good, and the page names another
        known = held.snapshot.kind in (Kind.REPORT, Kind.OTHER)
        return known and held.is_announced_by(visit.title, visit.listed_on) and not held.is_due(self._now)

    async def _read_page(self, visit: Visit, brought: Brought) -> None:
        page = self._bringer.parse(brought)
        platform = platform_of(page, visit.platform or self._portal.platform)
        if visit.platform and not platform.answers(page):
            self._failing.note(visit, FetchFailed(Trouble.DEAD, OTHERWISE, url=page.url))
            return
        if missing := self._answers.missing(visit, page):
            self._failing.note(visit, FetchFailed(Trouble.MOVED, missing, url=page.url))
            return
        entries = platform.entries(page)
        told = visit.title if visit.step in (Step.REPORT, Step.MAYBE) else ""
        verdict = judge_page(page, told, entries, in_column=visit.in_column and visit.step is Step.MAYBE)
        in_column = visit.in_column or visit.step is Step.COLUMN or (visit.step is Step.START and names_column(page))
        is_frame = visit.step is Step.REPORT and is_frame_of_rows(platform, page)  # 某局政府信息公开年报
        is_report = verdict.report and not is_frame and visit.step is not Step.LISTING and platform.holds_report(page)
        in_column = in_column or is_frame
        inside = in_column or verdict.listing
        self._trace.note(visit, brought, platform.name, report=is_report, inside=inside, delay=self._scope.delay)
        if is_report:
            self._meet(visit, visit.step in WAYS)
            if visit.step in WAYS:
                self.shown.append(visit)
            await self._taker.take_page(visit, brought, page)
            self._leads.follow_crumbs(page)
        else:
            is_way = visit.step in (*WAYS, Step.LISTING) or verdict.listing
            self._record.settle(brought, Kind.INDEX if is_way else Kind.OTHER, title=visit.title)
        if self._answers.again(visit, page, column=in_column):
            return
        rows_follow = in_column and not is_report and asks_for_rows(platform, page)  # 部门年报, as good as empty
        if visit.step in (*WAYS, Step.LISTING) or verdict.listing or rows_follow:
            self.tally.platforms[platform.name] += 1 + 3 * in_column
            passed_by = visit.step in (Step.START, Step.BODIES, Step.PATH) and verdict.in_passing
            inside = in_column or (verdict.listing and not passed_by)
            heard = brought.heard if brought.rendered and self._bringer.may_replay else None
            self._meet(visit, self._leads.follow(visit, page, platform, entries, in_column=inside, heard=heard))
            for first, answer in self.onward.replays.take_at_hand():
                self._take_answer(first, answer)

    def _read_answer(self, visit: Visit, brought: Brought) -> None:
        """Of a request that a script was seen to send."""
        self._record.settle(brought, Kind.INDEX, title=visit.title)
        self.tally.platforms[visit.platform] += 4
        self._take_answer(visit, self._bringer.parse(brought))
        if not self.onward.replays.is_needless(visit):
            self._trace.note(visit, brought, visit.platform, report=False, inside=True, delay=self._scope.delay)

    def _take_answer(self, visit: Visit, page: Page) -> None:
        self._meet(visit, is_column=True)
        self.onward.take_answer(visit, page, partial(self._leads.follow, in_column=True))

    def _meet(self, visit: Visit, is_column: bool) -> None:
        self._columns += is_column
        self._arrived |= is_column and not visit.by_crumb
