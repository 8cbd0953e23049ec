"""What a crawl made of every page, written down for those who ask how it came to its reports: `pages.jsonl`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from crawlers.exchange import Ask
from crawlers.frontier import Step, Visit
from crawlers.record import Brought
from crawlers.replay import Replay
from pipeline import jsonl
from pipeline.model import Snapshot


@dataclass(frozen=True, slots=True)
class TracedPage:
    portal_id: str
    ask: Ask
    step: Step
    title: str  # of the link that led here
    platform: str
    report: bool
    inside: bool  # a column of annual reports, or a page of one
    listing: str  # key of the listing's first page
    rendered: bool
    snapshot: Snapshot  # as it was fetched
    delay: float  # between requests, as the server wants it or as the settings say
    replay: Replay | None = None  # what it answers, where a script was seen to ask


class Trace:
    """A book without a file keeps nothing."""

    def __init__(self, file: Path | None, portal_id: str) -> None:
        self._file = file
        self._portal_id = portal_id

    def note(self, visit: Visit, brought: Brought, platform: str, *, report: bool, inside: bool, delay: float) -> None:
        if self._file is None:
            return
        page = TracedPage(
            self._portal_id,
            visit.ask,
            visit.step,
            visit.title,
            platform,
            report,
            inside,
            visit.listing.plain.key,  # what a browser shows of a column is the column
            brought.rendered,
            brought.snapshot,
            delay,
            visit.replay,
        )
        jsonl.append(self._file, [page])
