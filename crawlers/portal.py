"""One portal, from its address in the registry to its last report: the way to the annual-report columns, the columns to
their end, every report with its attachments."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from crawlers.addresses import absolute
from crawlers.attachments import attachments, expires, inner_pages
from crawlers.bring import Again, Bringer
from crawlers.exchange import Ask, FetchFailed, Trouble
from crawlers.fetch import Fetcher, Scope
from crawlers.files import Files
from crawlers.frontier import Frontier, Step, Visit
from crawlers.job import CrawlJob
from crawlers.judging import judge_page, names_column
from crawlers.leads import DEEPEST_COLUMN, WAYS, Leads
from crawlers.looking import Looking
from crawlers.memory import Memory, Remembered
from crawlers.outcome import Tally, outcome_of
from crawlers.page import Page
from crawlers.platforms import platform_of
from crawlers.record import Brought, Record
from crawlers.trace import Trace
from crawlers.traps import Answers
from pipeline.media import UNKNOWN, is_text
from pipeline.model import Candidate, Kind, Portal, PortalOutcome
from pipeline.titles import reads_like_report

_MOST_WAYS = 40  # pages of 政务公开 and its kin that are looked through
_MOST_LISTING_PAGES = 300
_GIVE_UP_AFTER = 8  # failures in a row: the server no longer wants to, or can
_LITTLE_TEXT = 300
_OTHERWISE = "服务器的回答与其平台的格式不符 / answers otherwise than its software does"


class PortalCrawl:
    def __init__(
        self, portal: Portal, job: CrawlJob, fetcher: Fetcher, scope: Scope, memory: Memory, record: Record
    ) -> None:
        self._portal = portal
        self._job = job
        self._scope = scope
        self._memory = memory
        self._record = record
        self._bringer = Bringer(portal, job.settings.render, fetcher, scope, memory, record)
        self._frontier = Frontier()
        self._leads = Leads(self._frontier, scope, job.years, lambda: self._bringer.may_render)
        self._tally = Tally()
        self._looking = Looking(job.look, self._leads, self._tally)
        self._trace = Trace(job.pages, portal.id)
        self._answers = Answers()
        self._files = Files(self._bringer, scope, memory, record, self._tally)
        self._now = datetime.now(UTC)
        self._columns = 0  # that announced something
        self._steps = dict.fromkeys(Step, 0)

    async def run(self) -> PortalOutcome:
        await self._explore(self._entrances())
        if self._lacks_columns() and self._bringer.insist():
            self._frontier = self._leads.frontier = Frontier()
            await self._explore(self._entrances())  # a menu may be drawn by script on a page not empty without it
        if self._lacks_columns():
            await self._explore(self._leads.searches.values())
        if self._looking.reads_to_the_end:
            self._note_depth()
            self._tally.unread += self._leads.unread()
        return self._outcome()

    def _entrances(self) -> list[Visit]:
        addresses, known = self._portal.columns or (self._portal.url,), bool(self._portal.columns)
        return [Visit(Ask(absolute(url, url) or url), Step.START, in_column=known) for url in addresses]

    def _lacks_columns(self) -> bool:
        missed = not self._columns and self._looking.seeks_columns
        return bool(missed and self._tally.pages and not self._tally.stopped)

    async def _explore(self, beginnings: Iterable[Visit]) -> None:
        for beginning in beginnings:
            self._frontier.add(beginning)
        while (visit := self._frontier.take()) is not None and not self._is_over(visit):
            if self._looking.leaves_out(visit):
                continue
            self._steps[visit.step] += 1
            await self._visit(visit)

    def broken(self, error: Exception) -> PortalOutcome:
        self._tally.stopped = f"程序错误 / a fault of the crawl itself: {type(error).__name__}: {error}"[:300]
        return self._outcome()

    def _outcome(self) -> PortalOutcome:
        self._tally.no_browser = self._bringer.no_browser
        expected = self._looking.seeks_columns and not self._job.years
        return outcome_of(self._portal, self._tally, self._scope.requests, every_year=expected)

    def _is_over(self, visit: Visit) -> bool:
        """Done, or given up with the reason noted."""
        if visit.step is Step.PATH and (self._columns or self._steps[Step.PATH] >= _MOST_WAYS):
            return True
        if self._scope.requests >= self._job.settings.max_pages:
            self._tally.stopped = f"超出 {self._job.settings.max_pages} 次请求 / max_pages reached before the end"
        elif self._steps[Step.LISTING] > _MOST_LISTING_PAGES:
            self._tally.stopped = f"列表超过 {_MOST_LISTING_PAGES} 页 / listings without an end"
        elif self._tally.in_a_row >= _GIVE_UP_AFTER:
            last = self._tally.failures[-1]
            self._tally.stopped = (
                f"连续失败 {_GIVE_UP_AFTER} 次 / failed {_GIVE_UP_AFTER} times in a row: {last.reason}"
            )
        return bool(self._tally.stopped)

    # --- one visit ---------------------------------------------------------------------------------------

    async def _visit(self, visit: Visit) -> None:
        if visit.step in (Step.REPORT, Step.MAYBE):
            held = self._memory.earlier(visit.ask.key)
            if held is not None and self._stands(held, visit):
                await self._take_unchanged(held, visit)
                return
        try:
            brought = await self._bring(visit)
        except FetchFailed as failed:
            self._note_failure(visit, failed)
            return
        self._tally.success()
        if is_text(brought.snapshot.media_type):
            await self._read_page(visit, brought)
        else:
            self._take_file(visit, brought)

    async def _bring(self, visit: Visit) -> Brought:
        if visit.step is Step.REPORT:
            return await self._bringer.bring(visit.ask)
        column = visit.step is Step.COLUMN or (visit.step is Step.START and visit.in_column)
        return await self._bringer.bring_page(visit.ask, listing=visit.step is not Step.MAYBE, column=column)

    def _stands(self, held: Remembered, visit: Visit) -> bool:
        """Whether what is held of a row's address need not be asked for again. Listings always are."""
        if any(expires(file.url) and not self._files.holds(file) for file in held.attachments):
            return False  # its address is no longer good, and the page names another
        known = held.snapshot.kind in (Kind.REPORT, Kind.OTHER)
        return known and held.is_announced_by(visit.title, visit.listed_on) and not held.is_due(self._now)

    async def _take_unchanged(self, held: Remembered, visit: Visit) -> None:
        if held.snapshot.kind is not Kind.REPORT:
            return
        self._record.unchanged(held)
        came = [await self._files.bring_unchanged(candidate) for candidate in held.attachments]
        self._tally.reports += not came or any(came) or self._bringer.held_text_is_report(held)

    def _take_file(self, visit: Visit, brought: Brought) -> None:
        """A listing's direct link to a file is the report itself."""
        announced = visit.step in (Step.REPORT, Step.MAYBE, Step.START) and brought.snapshot.media_type != UNKNOWN
        kind = Kind.REPORT if announced else Kind.OTHER
        self._tally.reports += announced
        self._record.settle(brought, kind, title=visit.title, listed_on=visit.listed_on)

    async def _read_page(self, visit: Visit, brought: Brought) -> None:
        page = self._bringer.parse(brought)
        platform = platform_of(page, visit.platform or self._portal.platform)
        if visit.platform and not platform.answers(page):
            self._note_failure(visit, FetchFailed(Trouble.DEAD, _OTHERWISE, url=page.url))
            return
        if missing := self._answers.missing(visit, page):
            self._note_failure(visit, FetchFailed(Trouble.MOVED, missing, url=page.url))
            return
        entries = platform.entries(page)
        told = visit.title if visit.step in (Step.REPORT, Step.MAYBE) else ""
        verdict = judge_page(page, told, entries, in_column=visit.in_column and visit.step is Step.MAYBE)
        in_column = visit.in_column or visit.step is Step.COLUMN or (visit.step is Step.START and names_column(page))
        is_report = verdict.report and visit.step is not Step.LISTING and platform.holds_report(page)
        self._trace.note(visit, brought, platform.name, report=is_report, inside=in_column or verdict.listing)
        if is_report:
            self._columns += visit.step in WAYS
            await self._take_report(visit, brought, page)
            self._leads.follow_crumbs(page)
        else:
            is_way = visit.step in (*WAYS, Step.LISTING) or verdict.listing
            self._record.settle(brought, Kind.INDEX if is_way else Kind.OTHER, title=visit.title)
        if self._answers.again(visit, page, column=in_column):
            return
        if visit.step in (*WAYS, Step.LISTING) or verdict.listing:
            self._tally.platforms[platform.name] += 1 + 3 * in_column
            inside = in_column or verdict.listing
            self._columns += self._leads.follow(visit, page, platform, entries, in_column=inside)

    async def _take_report(self, visit: Visit, brought: Brought, page: Page) -> None:
        hanging = brought.attachments or attachments(page)
        if not hanging and len(page.running_text) < _LITTLE_TEXT:
            hanging = inner_pages(page)
        if not hanging:
            hanging = tuple(Candidate(url, Kind.ATTACHMENT, title=visit.title) for url in visit.files)
        title = visit.title if visit.step in (Step.REPORT, Step.MAYBE) else page.title
        self._record.settle(brought, Kind.REPORT, title=title, listed_on=visit.listed_on, attachments=hanging)
        came = [await self._files.bring(replace(candidate, found_on=brought.snapshot.url)) for candidate in hanging]
        self._tally.reports += not came or any(came) or reads_like_report(page.running_text)

    # --- what went wrong -----------------------------------------------------------------------------------

    def _note_depth(self) -> None:
        """One line for all that lies deeper than is read."""
        unread = self._leads.too_deep()
        if unread:
            reason = f"栏目下第 {DEEPEST_COLUMN} 层以下有 {len(unread)} 个地址未读"
            reason += f" / {len(unread)} addresses lie deeper than {DEEPEST_COLUMN} levels below the column, unread"
            self._note_failure(unread[0], FetchFailed(Trouble.REFUSED, reason, url=unread[0].ask.url))

    def _note_failure(self, visit: Visit, failed: FetchFailed) -> None:
        missing = failed.trouble is Trouble.MOVED
        if (visit.ask.optional and missing) or (
            self._bringer.may_render and self._leads.leave_to_browser(visit, failed)
        ):
            self._tally.failure(failed, expected=True)
            return
        kinds = {Step.REPORT: Kind.REPORT, Step.MAYBE: Kind.OTHER}
        if not isinstance(failed, Again):
            kind = kinds.get(visit.step, Kind.INDEX)
            self._record.settle_failure(visit.ask, kind, failed, title=visit.title, page_url="")
        if visit.step is Step.START and not self._tally.pages:
            self._tally.never_started = failed
        stale = visit.step is Step.COLUMN and missing and not visit.platform  # a menu's dead link is no unread column
        listing = visit.step in (Step.START, Step.LISTING, Step.COLUMN)
        guessed = visit.step in (Step.MAYBE, Step.PATH)
        self._tally.failure(failed, unread=listing and not stale, expected=guessed and missing)
