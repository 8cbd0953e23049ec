"""Brings one address of a portal: from this run's memory, by a conditional request, or anew."""

from __future__ import annotations

from dataclasses import replace

from crawlers.exchange import Ask, FetchFailed, Trouble
from crawlers.fetch import Fetcher
from crawlers.judging import Row, judge_row
from crawlers.keys import Keys
from crawlers.memory import Memory, Remembered
from crawlers.page import Page
from crawlers.platforms import platform_of
from crawlers.platforms.base import Platform
from crawlers.record import Brought, RecalledFailure, Record
from crawlers.scope import Scope
from crawlers.shells import LITTLE_TEXT, hanging_on
from pipeline.errors import UnreadableDocument
from pipeline.media import HTML
from pipeline.model import Portal
from pipeline.titles import column_score, reads_like_report


class Bringer:
    def __init__(
        self, portal: Portal, render: str, fetcher: Fetcher, scope: Scope, memory: Memory, record: Record
    ) -> None:
        self._portal = portal
        self._render = portal.render if portal.render != "auto" else render
        self._fetcher = fetcher
        self._scope = scope
        self._memory = memory
        self._record = record
        self._counted = Keys()  # keys of what another process of this pass has asked for
        self._at_once = False  # rendering has helped this portal before, or nothing else has
        self._drawn_reports = False  # and so it has its reports
        self._looked_at: tuple[Brought, Page] | None = None
        self.no_browser = ""  # why a page that needed a browser was taken as it came

    async def bring(self, ask: Ask, *, render: bool = False) -> Brought:
        """The address's bytes. Raises FetchFailed, also where an interrupted run of this id asked in vain."""
        try:
            recalled = self._record.recall(ask)
        except RecalledFailure as failure:
            self._count_once(ask)
            raise Again(failure.failed) from failure
        except UnreadableDocument:
            recalled = None  # the archive lost it: ask as if for the first time
        if recalled is not None and (recalled.rendered or not render):
            self._count_once(ask)
            return recalled
        earlier = self._memory.earlier(ask.key)
        if render:
            fetched = await self._fetcher.render(ask, self._scope)
            return replace(self._record.keep(ask, fetched, earlier), heard=fetched.heard)
        if earlier is None:
            return self._record.keep(ask, await self._fetcher.fetch(ask, self._scope), None)
        fetched = await self._fetcher.fetch(ask, self._scope, earlier.validators)
        try:
            return self._record.keep(ask, fetched, earlier)
        except UnreadableDocument:
            return self._record.keep(ask, await self._fetcher.fetch(ask, self._scope), None)

    def _count_once(self, ask: Ask) -> None:
        """A request of this pass that another process of it has sent."""
        if self._memory.is_anothers(ask.key):
            self._scope.requests += self._counted.add(ask.key)

    @property
    def may_replay(self) -> bool:
        """Whether what a browser shows may be asked for without it."""
        return self._render == "auto"

    @property
    def may_render(self) -> bool:
        return self._render != "never" and not self.no_browser

    def insist(self) -> bool:
        """Render every page that links on from now; False where that is not allowed or no news."""
        news = self._render == "auto" and not self._at_once and not self.no_browser
        self._at_once = news or self._at_once
        return news

    async def bring_report(self, ask: Ask) -> Brought:
        """The same for a page that is announced as a report: rendered where a script has yet to draw it."""
        earlier = self._memory.earlier(ask.key)
        if ask.posts or self._render == "never":
            return await self.bring(ask)
        if self._drawn_reports or (earlier is not None and earlier.rendered):
            return await self._drawn(ask) or await self.bring(ask)
        plain = await self.bring(ask)
        if plain.settled or plain.snapshot.media_type != HTML or not _is_undrawn(self._look_at(plain)):
            return plain
        drawn = await self._drawn(ask)
        self._drawn_reports = drawn is not None and reads_like_report(self._look_at(drawn).running_text)
        return drawn or plain

    async def bring_page(self, ask: Ask, *, listing: bool, column: bool) -> Brought:
        """The same for a page that links on: rendered where it lacks without a browser what it must have, which for a
        `column` is rows. Where rendering helped once, the portal's further listings are rendered at once."""
        earlier = self._memory.earlier(ask.key)
        remembered = earlier is not None and earlier.rendered
        if ask.posts or self._render == "never":
            return await self.bring(ask)
        if ask.by_browser or self._render == "always" or remembered or (listing and self._at_once):
            return await self._rendered(ask) or await self.bring(ask)
        plain = await self.bring(ask)
        if plain.settled or plain.snapshot.media_type != HTML or not _lacks(self._look_at(plain), rows=column):
            return plain
        return await self._rendered(ask) or plain

    async def _rendered(self, ask: Ask) -> Brought | None:
        """None where the browser could not help; the plain page then speaks for itself."""
        brought = await self._drawn(ask)
        if brought is not None:
            self._at_once = self._at_once or not _lacks(self._look_at(brought), rows=False)
        return brought

    async def _drawn(self, ask: Ask) -> Brought | None:
        self._looked_at = None  # a portal that waits for its turn holds no page
        try:
            return await self.bring(ask, render=True)
        except FetchFailed as failed:
            if failed.trouble is Trouble.NO_BROWSER:
                self.no_browser = failed.reason
            elif failed.trouble is not Trouble.DEAD:
                raise
            return None

    def _look_at(self, brought: Brought) -> Page:
        """Parsed once for us and for who is given it."""
        page = self.parse(brought)
        self._looked_at = brought, page
        return page

    def parse(self, brought: Brought) -> Page:
        looked_at, self._looked_at = self._looked_at, None
        if looked_at is not None and looked_at[0] is brought:
            return looked_at[1]
        return Page(
            brought.snapshot.url, brought.body, charset=brought.snapshot.charset, encoding=self._portal.encoding
        )

    def held_text_is_report(self, held: Remembered) -> bool:
        """Whether a page that is not asked for again carries a report's text itself."""
        try:
            return reads_like_report(self.parse(self._record.stand_in(held)).running_text)
        except UnreadableDocument:
            return False


class Again(FetchFailed):
    """A failure that this run has journaled already."""

    def __init__(self, failed: FetchFailed) -> None:
        super().__init__(failed.trouble, failed.reason, failed.status, failed.url)


def asks_for_rows(platform: Platform, page: Page) -> bool:
    """Whether the rows of such a page come by requests of their own: more than the links of any pager do."""
    if not platform.asks_for_rows:
        return False
    ask = Ask(page.url)
    linked = {one.key for one in Platform.next_pages(platform, page, ask)}
    return any(one.key not in linked for one in platform.next_pages(page, ask))


def is_frame_of_rows(platform: Platform, page: Page) -> bool:
    """Whether a page holds nothing but the words of the request for its rows, whatever it is called."""
    return len(page.running_text) < LITTLE_TEXT and not hanging_on(page) and asks_for_rows(platform, page)


def _is_undrawn(page: Page) -> bool:
    """Whether there is nothing of a report on a page that has scripts: no words, no file, no picture, no frame."""
    if not page.has_scripts or page.refresh or len(page.running_text) >= LITTLE_TEXT:
        return False
    platform = platform_of(page)
    return not hanging_on(page) and not asks_for_rows(platform, page)


def _lacks(page: Page, *, rows: bool) -> bool:
    """No rows, no report and, unless rows are what it must have, no way on; but scripts that may draw them."""
    if not page.has_scripts or page.refresh or any(page.frames()):
        return False
    if not rows and any(column_score(link.text) for link in page.links):
        return False
    platform = platform_of(page)
    if asks_for_rows(platform, page):
        return False
    entries = platform.entries(page)
    if any(link.listed_on or judge_row(link, in_column=True) is not Row.NOT for link in entries):
        return False
    return not reads_like_report(page.running_text)
