"""Crawls that bring less than a whole portal: which visits they leave out, and what is then not expected of them."""

from __future__ import annotations

from dataclasses import dataclass

from crawlers.frontier import Step, Visit
from crawlers.job import CrawlJob, Look
from crawlers.leads import Leads
from crawlers.outcome import Tally

_FEW = 5  # reports that show what a portal's are like
_FOR_LISTINGS = 0.5  # of the requests of a look at columns: the longest listing leaves some for reports


@dataclass(slots=True)
class Looking:
    job: CrawlJob
    leads: Leads
    tally: Tally
    cut_short: str = ""  # why not all of what was looked for was read
    _listing_pages: int = 0

    @property
    def seeks_columns(self) -> bool:
        return self.job.look is not Look.DOOR

    @property
    def reads_to_the_end(self) -> bool:
        """Whether a listing that was not read to its end is a failure."""
        return self.job.look in (Look.WHOLE, Look.COLUMNS)

    def leaves_out(self, visit: Visit) -> bool:
        match self.job.look:
            case Look.WHOLE:
                return False
            case Look.COLUMNS if visit.step is Step.LISTING:
                return self._is_too_long()
            case Look.COLUMNS:
                return visit.step in (Step.REPORT, Step.MAYBE) and self.tally.reports >= _FEW
            case Look.REPORT:
                return self.tally.reports > 0 or (visit.step is Step.LISTING and self.leads.has_rows(visit.column))
            case Look.DOOR:
                return visit.step is not Step.START

    def _is_too_long(self) -> bool:
        most = int(_FOR_LISTINGS * self.job.settings.max_pages)
        self._listing_pages += 1
        if self._listing_pages > most:
            self.cut_short = f"列表只读了 {most} 页，后面还有 / only {most} pages of listings were read, there are more"
        return bool(self.cut_short)
