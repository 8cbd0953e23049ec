"""What a crawl takes for a report: a page with its files, a listing's direct link to a file, or what is held of either.
A page that only announces a report counts where its file is there."""

from __future__ import annotations

from dataclasses import replace

from crawlers.bring import Bringer
from crawlers.columns import Row
from crawlers.exchange import Ask
from crawlers.files import Files
from crawlers.frontier import Step, Visit
from crawlers.later import Later
from crawlers.memory import Remembered
from crawlers.outcome import Tally
from crawlers.page import Page
from crawlers.record import Brought, Record
from crawlers.shells import LITTLE_TEXT, hanging_on
from pipeline.media import UNKNOWN
from pipeline.model import Candidate, Kind
from pipeline.titles import reads_like_report


class Taker:
    def __init__(self, bringer: Bringer, files: Files, record: Record, tally: Tally, later: Later) -> None:
        self._bringer = bringer
        self._files = files
        self._record = record
        self._tally = tally
        self._later = later

    async def take_page(self, visit: Visit, brought: Brought, page: Page) -> None:
        hanging = brought.attachments or hanging_on(page)
        if not hanging:
            hanging = tuple(Candidate(url, Kind.ATTACHMENT, title=visit.title) for url in visit.files)
        title = visit.title if visit.step in (Step.REPORT, Step.MAYBE) else page.title
        hanging, came = await self._files.bring_all(brought.snapshot.url, hanging)
        self._later.note_page(visit, hanging)
        long = not hanging and len(page.running_text) >= LITTLE_TEXT
        written = long or reads_like_report(page.running_text)
        kind = Kind.REPORT if hanging or written else Kind.OTHER  # called a report, and nothing on it
        self._record.settle(brought, kind, title=title, listed_on=visit.listed_on, attachments=hanging)
        if came or written:
            self._tally.found[visit.ask.key] = Row(visit.ask.url, title)

    def take_file(self, visit: Visit, brought: Brought) -> None:
        """A listing's direct link to a file is the report itself."""
        announced = visit.step in (Step.REPORT, Step.MAYBE, Step.START) and brought.snapshot.media_type != UNKNOWN
        if announced:
            self._tally.found[visit.ask.key] = Row(visit.ask.url, visit.title)
        kind = Kind.REPORT if announced else Kind.OTHER
        self._record.settle(brought, kind, title=visit.title, listed_on=visit.listed_on)

    async def take_held(self, held: Remembered, row: Row) -> None:
        """What is not asked for this time. Of a page that is gone nothing is said."""
        if held.snapshot.kind is not Kind.REPORT or held.deleted:
            return
        self._record.unchanged(held)
        self._tally.held += 1
        came = [await self._files.bring_unchanged(candidate) for candidate in held.attachments]
        self._later.note_page(Visit(Ask(row.url), Step.REPORT, title=row.title), held.attachments)
        if not came or any(came) or self._bringer.held_text_is_report(held):
            self._tally.found[held.key] = replace(row, title=row.title or held.snapshot.title)
