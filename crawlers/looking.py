"""Crawls that bring less than a whole portal: which visits they leave out, and what is then not expected of them."""

from __future__ import annotations

from dataclasses import dataclass

from crawlers.frontier import Step, Visit
from crawlers.job import Look
from crawlers.leads import Leads
from crawlers.outcome import Tally

_FEW = 5  # reports that show what a portal's are like


@dataclass(frozen=True, slots=True)
class Looking:
    look: Look
    leads: Leads
    tally: Tally

    @property
    def seeks_columns(self) -> bool:
        return self.look is not Look.DOOR

    @property
    def reads_to_the_end(self) -> bool:
        """Whether a listing that was not read to its end is a failure."""
        return self.look in (Look.WHOLE, Look.COLUMNS)

    def leaves_out(self, visit: Visit) -> bool:
        match self.look:
            case Look.WHOLE:
                return False
            case Look.COLUMNS:
                return visit.step in (Step.REPORT, Step.MAYBE) and self.tally.reports >= _FEW
            case Look.REPORT:
                return self.tally.reports > 0 or (visit.step is Step.LISTING and self.leads.has_rows(visit.column))
            case Look.DOOR:
                return visit.step is not Step.START
