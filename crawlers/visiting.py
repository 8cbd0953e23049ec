"""One visit: what an address brought is judged, taken where it is a report, and followed where it leads on."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial

from crawlers.attachments import expires
from crawlers.bring import Bringer, asks_for_rows, is_frame_of_rows
from crawlers.columns import Row
from crawlers.exchange import FetchFailed, Trouble
from crawlers.failing import OTHERWISE, Failing
from crawlers.files import Files
from crawlers.frontier import Step, Visit
from crawlers.judging import judge_page, names_column
from crawlers.leads import WAYS, Leads, links_on
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


@dataclass
class Visitor:
    portal: Portal
    scope: Scope
    bringer: Bringer
    memory: Memory
    record: Record
    night: Night
    leads: Leads
    files: Files
    taker: Taker
    failing: Failing
    tally: Tally
    trace: Trace
    shown: list[Visit] = field(default_factory=list)  # columns that show a report
    columns: int = 0  # that announced something
    arrived: bool = False  # at one of them by a way, where the others that there are would be named too
    _answers: Answers = field(default_factory=Answers)
    _now: datetime = field(default_factory=lambda: datetime.now(UTC))

    async def visit(self, visit: Visit) -> None:
        if visit.step in (Step.REPORT, Step.MAYBE) and not self.night.doubts(visit.ask.key):
            held = self.memory.earlier(visit.ask.key)
            if held is not None and self._stands(held, visit):
                await self.taker.take_held(held, Row(visit.ask.url, visit.title))
                return
        try:
            brought = await self._bring(visit)
        except FetchFailed as failed:
            self.failing.note(visit, failed)
            return
        self.tally.success()
        if visit.replay is not None:
            self._read_answer(visit, brought)
        elif is_text(brought.snapshot.media_type):
            await self._read_page(visit, brought)
        else:
            self.taker.take_file(visit, brought)

    async def _bring(self, visit: Visit) -> Brought:
        if visit.replay is not None:
            return await self.bringer.bring(visit.ask)
        if visit.step is Step.REPORT:
            return await self.bringer.bring_report(visit.ask)
        column = visit.step is Step.COLUMN or (visit.step is Step.START and visit.in_column)
        return await self.bringer.bring_page(visit.ask, listing=links_on(visit), column=column)

    def _stands(self, held: Remembered, visit: Visit) -> bool:
        """Whether what is held of a row's address need not be asked for again. Listings always are."""
        if any(expires(file.url) and not self.files.holds(file) for file in held.attachments):
            return False  # its address is no longer good, and the page names another
        known = held.snapshot.kind in (Kind.REPORT, Kind.OTHER)
        return known and held.is_announced_by(visit.title, visit.listed_on) and not held.is_due(self._now)

    async def _read_page(self, visit: Visit, brought: Brought) -> None:
        page = self.bringer.parse(brought)
        platform = platform_of(page, visit.platform or self.portal.platform)
        if visit.platform and not platform.answers(page):
            self.failing.note(visit, FetchFailed(Trouble.DEAD, OTHERWISE, url=page.url))
            return
        if missing := self._answers.missing(visit, page):
            self.failing.note(visit, FetchFailed(Trouble.MOVED, missing, url=page.url))
            return
        entries = platform.entries(page)
        told = visit.title if visit.step in (Step.REPORT, Step.MAYBE) else ""
        verdict = judge_page(page, told, entries, in_column=visit.in_column and visit.step is Step.MAYBE)
        in_column = visit.in_column or visit.step is Step.COLUMN or (visit.step is Step.START and names_column(page))
        is_frame = visit.step is Step.REPORT and is_frame_of_rows(platform, page)  # 某局政府信息公开年报
        is_report = verdict.report and not is_frame and visit.step is not Step.LISTING and platform.holds_report(page)
        in_column = in_column or is_frame
        inside = in_column or verdict.listing
        self.trace.note(visit, brought, platform.name, report=is_report, inside=inside, delay=self.scope.delay)
        if is_report:
            self._meet(visit, visit.step in WAYS)
            if visit.step in WAYS:
                self.shown.append(visit)
            await self.taker.take_page(visit, brought, page)
            self.leads.follow_crumbs(page)
        else:
            is_way = visit.step in (*WAYS, Step.LISTING) or verdict.listing
            self.record.settle(brought, Kind.INDEX if is_way else Kind.OTHER, title=visit.title)
        if self._answers.again(visit, page, column=in_column):
            return
        rows_follow = in_column and not is_report and asks_for_rows(platform, page)  # 部门年报, as good as empty
        if visit.step in (*WAYS, Step.LISTING) or verdict.listing or rows_follow:
            self.tally.platforms[platform.name] += 1 + 3 * in_column
            passed_by = visit.step in (Step.START, Step.BODIES, Step.PATH) and verdict.in_passing
            inside = in_column or (verdict.listing and not passed_by)
            heard = brought.heard if brought.rendered and self.bringer.may_replay else None
            self._meet(visit, self.leads.follow(visit, page, platform, entries, in_column=inside, heard=heard))
            for first, answer in self.leads.onward.replays.take_at_hand():
                self._take_answer(first, answer)

    def _read_answer(self, visit: Visit, brought: Brought) -> None:
        """Of a request that a script was seen to send."""
        self.record.settle(brought, Kind.INDEX, title=visit.title)
        self.tally.platforms[visit.platform] += 4
        self._take_answer(visit, self.bringer.parse(brought))
        if not self.leads.onward.replays.is_needless(visit):
            self.trace.note(visit, brought, visit.platform, report=False, inside=True, delay=self.scope.delay)

    def _take_answer(self, visit: Visit, page: Page) -> None:
        self._meet(visit, is_column=True)
        self.leads.onward.take_answer(visit, page, partial(self.leads.follow, in_column=True))

    def _meet(self, visit: Visit, is_column: bool) -> None:
        self.columns += is_column
        self.arrived |= is_column and not visit.by_crumb
