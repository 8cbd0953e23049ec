"""The files that hang on a portal's report pages, brought once each. Which those are is told by `attachments.py`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from crawlers.addresses import bare_host, host_of
from crawlers.attachments import is_file_address
from crawlers.bring import Again, Bringer
from crawlers.desk import Desk, Drawer
from crawlers.exchange import Ask, FetchFailed, Trouble
from crawlers.keys import Numbers
from crawlers.later import Later
from crawlers.memory import Memory
from crawlers.outcome import Tally
from crawlers.record import Brought, Record
from crawlers.scope import Scope
from crawlers.shells import inside
from pipeline.media import HTML
from pipeline.model import Candidate, Kind
from pipeline.titles import reads_like_report

_MOST_HANGING = 200  # on one page: a book of a hundred leaves, each with its picture


class Files:
    """Every method answers whether the file is there: a page that only announces a report is none without it."""

    def __init__(
        self,
        bringer: Bringer,
        scope: Scope,
        memory: Memory,
        record: Record,
        tally: Tally,
        asks_again: Callable[[str], bool],
        later: Later,
        desk: Desk,
    ) -> None:
        self._bringer = bringer
        self._scope = scope
        self._memory = memory
        self._record = record
        self._tally = tally
        self._asks_again = asks_again
        self._later = later
        self._there = Numbers("b")  # 1 where it is there
        self._inside = Drawer(desk, tuple[Candidate, ...])  # by the address of the frame or leaf that shows it

    def holds(self, candidate: Candidate) -> bool:
        """Whether an earlier run brought it."""
        held = self._memory.earlier(Ask(candidate.url).key)
        return held is not None and not held.snapshot.error

    async def bring_unchanged(self, candidate: Candidate) -> bool:
        """The file of a page that is not asked for again; what was not to be had before is tried now and then."""
        held = self._memory.earlier(Ask(candidate.url).key)
        if held is None or not self.holds(candidate):
            return self._asks_again(Ask(candidate.url).key) and await self.bring(candidate, once=True)
        self._record.unchanged(held)
        self._tally.held += 1
        return True

    async def bring_all(self, page_url: str, hanging: tuple[Candidate, ...]) -> tuple[tuple[Candidate, ...], bool]:
        """What hangs on a report's page, and what the frames and leaves among it show in turn, as hanging on that page
        too; and whether any of it is there."""
        queue = [replace(candidate, found_on=page_url) for candidate in hanging]
        known, came = {candidate.url for candidate in queue}, False
        for candidate in queue:
            came = await self.bring(candidate) or came
            for shown in self._inside.get(Ask(candidate.url).key, ()):
                if shown.url not in known and len(queue) < _MOST_HANGING:
                    known.add(shown.url)
                    queue.append(replace(shown, found_on=page_url))
        return tuple(queue), came

    async def bring(self, candidate: Candidate, *, once: bool = False) -> bool:
        ask = Ask(candidate.url, referer=candidate.found_on)
        ask = replace(ask, once=once or ask.key in self._later.last)
        if ask.key in self._later.files:
            return False
        if ask.key not in self._there:
            there = await self._bring(candidate, ask)
            if ask.key in self._later.files:
                return False
            self._there[ask.key] = there
        return bool(self._there[ask.key])

    def lose(self, candidate: Candidate, ask: Ask, failed: FetchFailed) -> None:
        """It is not to be had tonight."""
        if not isinstance(failed, Again):
            title, page_url = candidate.title, candidate.found_on
            self._record.settle_failure(ask, Kind.ATTACHMENT, failed, title=title, page_url=page_url)
        self._tally.failure(failed, again=ask.once)
        if failed.trouble in (Trouble.DEAD, Trouble.BLOCKED):
            self._tally.owed_files.append(ask.key)

    async def _bring(self, candidate: Candidate, ask: Ask) -> bool:
        self._scope.linked_hosts.add(bare_host(host_of(ask.url)))
        title, page_url = candidate.title, candidate.found_on
        try:
            brought = await self._bringer.bring(ask)
        except FetchFailed as failed:
            if not self._later.has_file(candidate, ask, failed):
                self.lose(candidate, ask, failed)
            return False
        self._tally.success()
        framed = not candidate.title and not is_file_address(candidate.url)
        is_file = framed or brought.snapshot.media_type != HTML or self._is_written_as_page(brought)
        if framed and brought.snapshot.media_type == HTML:
            self._inside[ask.key] = inside(self._bringer.parse(brought))
        self._record.settle(
            brought,
            Kind.ATTACHMENT if is_file else Kind.OTHER,
            title=title,
            page_url=page_url,
            error="" if is_file else "附件地址给出网页 / a web page instead of the file",
        )
        return is_file

    def _is_written_as_page(self, brought: Brought) -> bool:
        """Whether a 年报.doc is a web page in truth, as Word and scripts write them: it has a report's headings."""
        return is_file_address(brought.snapshot.url) and reads_like_report(self._bringer.parse(brought).running_text)
