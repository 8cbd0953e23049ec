"""What a server in trouble did not give. It is asked for again when all else of the portal is read, by when the trouble
may be over, and counts as lost only then: the next night has it on its list."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from crawlers.bring import Again
from crawlers.exchange import Ask, FetchFailed, Trouble
from crawlers.frontier import Step, Visit
from crawlers.outcome import Tally
from pipeline.model import Candidate


@dataclass
class Later:
    tally: Tally
    over: bool = False  # nothing is put off any more
    rows: dict[str, tuple[Visit, FetchFailed]] = field(default_factory=dict)
    files: dict[str, tuple[Candidate, FetchFailed]] = field(default_factory=dict)
    pages: dict[str, Visit] = field(default_factory=dict)  # on which the files hang
    last: set[str] = field(default_factory=set)  # keys of what has been asked for as often as anything is
    _brought: int = -1

    def has_row(self, visit: Visit, failed: FetchFailed) -> bool:
        """Whether a visit that failed is put off."""
        if visit.step is Step.START or not self._waits(visit.ask, failed):
            return False
        self.rows[visit.ask.key] = visit, failed
        self.tally.failure(failed, unread=visit.step in (Step.LISTING, Step.COLUMN))
        return True

    def has_file(self, candidate: Candidate, ask: Ask, failed: FetchFailed) -> bool:
        """The same for a file."""
        if not self._waits(ask, failed):
            return False
        self.files[ask.key] = candidate, failed
        self.tally.failure(failed)
        return True

    def note_page(self, visit: Visit, hanging: tuple[Candidate, ...]) -> None:
        """Whoever asks for a file again asks the page first which those are that hang on it."""
        keys = {Ask(candidate.url).key for candidate in hanging}
        if keys & self.files.keys():
            self.pages[visit.ask.key] = visit
        elif not keys.isdisjoint(self.tally.owed_files):
            self.tally.owe(visit)

    def take(self) -> tuple[list[Visit], list[Visit]]:
        """Rows and pages that are to be looked at again; none of them where the last ones brought nothing. What was
        asked for less often than usual goes first, or the others would be why that happens to it again."""
        if self._brought == self.tally.pages:
            return [], []
        self._brought = self.tally.pages
        rows = sorted(self.rows.values(), key=lambda one: (not one[1].hurried, one[0].step))
        pages = list(self.pages.values())
        for _, failed in (*self.rows.values(), *self.files.values()):
            self.tally.take_back(failed)
        self.rows, self.files, self.pages = {}, {}, {}
        return [self._as_last(visit) for visit, _ in rows], pages

    def _as_last(self, visit: Visit) -> Visit:
        """One more request does for a paper that was asked for as often as any."""
        once = visit.step in (Step.REPORT, Step.MAYBE) and visit.ask.key in self.last
        return replace(visit, ask=replace(visit.ask, once=once))

    def _waits(self, ask: Ask, failed: FetchFailed) -> bool:
        passing = failed.trouble is Trouble.DEAD or failed.hurried
        if self.over or not passing or ask.once or ask.key in self.last or isinstance(failed, Again):
            return False
        if not failed.hurried:
            self.last.add(ask.key)
        return True
