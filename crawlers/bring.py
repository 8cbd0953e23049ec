"""Brings one address of a portal: from this run's memory, by a conditional request, or anew."""

from __future__ import annotations

from crawlers.exchange import Ask, FetchFailed, Trouble
from crawlers.fetch import Fetcher, Scope
from crawlers.memory import Memory
from crawlers.page import Page
from crawlers.record import Brought, RecalledFailure, Record
from pipeline.errors import UnreadableDocument
from pipeline.media import HTML
from pipeline.model import Portal
from pipeline.titles import column_score, is_report_title, is_unit_label, reads_like_report


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
        self._rendering_helps = False
        self.no_browser = ""  # why a page that needed a browser was taken as it came

    async def bring(self, ask: Ask, *, render: bool = False) -> Brought:
        """The address's bytes. Raises FetchFailed, also where an interrupted run of this id asked in vain."""
        try:
            recalled = self._record.recall(ask)
        except RecalledFailure as failure:
            raise Again(failure.failed) from failure
        except UnreadableDocument:
            recalled = None  # the archive lost it: ask as if for the first time
        if recalled is not None:
            return recalled
        earlier = self._memory.earlier(ask.key)
        if earlier is None:
            return self._record.keep(ask, await self._fetcher.fetch(ask, self._scope, render=render), None)
        fetched = await self._fetcher.fetch(ask, self._scope, {} if render else earlier.validators, render=render)
        try:
            return self._record.keep(ask, fetched, earlier)
        except UnreadableDocument:
            return self._record.keep(ask, await self._fetcher.fetch(ask, self._scope, render=render), None)

    async def bring_page(self, ask: Ask, *, listing: bool) -> Brought:
        """The same for a page that links on: rendered where it is empty without a browser. Where rendering helped once,
        the portal's further listings are rendered at once."""
        earlier = self._memory.earlier(ask.key)
        remembered = earlier is not None and earlier.rendered
        if ask.form or self._render == "never":
            return await self.bring(ask)
        if self._render == "always" or remembered or (listing and self._rendering_helps):
            return await self._rendered(ask) or await self.bring(ask)
        plain = await self.bring(ask)
        if plain.settled or plain.snapshot.media_type != HTML or not _is_empty(self.parse(plain)):
            return plain
        return await self._rendered(ask) or plain

    async def _rendered(self, ask: Ask) -> Brought | None:
        """None where the browser could not help; the plain page then speaks for itself."""
        try:
            brought = await self.bring(ask, render=True)
            self._rendering_helps = self._rendering_helps or not _is_empty(self.parse(brought))
            return brought
        except FetchFailed as failed:
            if failed.trouble is Trouble.NO_BROWSER:
                self.no_browser = failed.reason
            elif failed.trouble is not Trouble.DEAD:
                raise
            return None

    def parse(self, brought: Brought) -> Page:
        return Page(
            brought.snapshot.url, brought.body, charset=brought.snapshot.charset, encoding=self._portal.encoding
        )


class Again(FetchFailed):
    """A failure that this run has journaled already."""

    def __init__(self, failed: FetchFailed) -> None:
        super().__init__(failed.trouble, failed.reason, failed.status, failed.url)


def _is_empty(page: Page) -> bool:
    """No way on, no rows and no report, but scripts that may draw them."""
    if not page.has_scripts or page.refresh:
        return False
    for link in page.links:
        if column_score(link.text) or is_report_title(link.text) or link.listed_on:
            return False
        if is_unit_label(link.text) and not link.furniture:
            return False
    return not any(page.frames()) and not reads_like_report(page.running_text) and "<datastore" not in page.text
