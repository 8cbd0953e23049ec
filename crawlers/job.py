"""The order a crawl process is given and the limits it keeps."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from pipeline.model import Portal

DISK_FAULT = os.EX_IOERR  # the exit status of a crawl process whose catch cannot be kept


@dataclass(frozen=True, slots=True)
class CrawlSettings:
    delay: float = 1.0  # seconds between requests to one host
    concurrency: int = 32  # requests in flight over all hosts
    per_host: int = 1  # requests in flight to one host
    timeout: float = 30  # seconds for one request
    retries: int = 3
    obey_robots: bool = True
    max_pages: int = 2000  # per portal and pass
    max_bytes: int = 104_857_600  # per response
    user_agent: str = "nianbao/0.1 (archive of government disclosure reports for research; contact: nianbao@localhost)"
    render: str = "auto"  # auto | never | always
    processes: int = 0  # crawlers that share the portals; 0: one per core, four at most


class Look(StrEnum):
    """How much of a portal is brought."""

    WHOLE = "whole"
    COLUMNS = "columns"  # its columns to their ends, and of their reports the first few
    REPORT = "report"  # no more than leads to one report
    DOOR = "door"  # the pages it is entered by


@dataclass(frozen=True, slots=True)
class CrawlJob:
    run_id: str
    portals: tuple[Portal, ...]
    settings: CrawlSettings
    archive: Path  # folder of WARC files
    memory: Path  # folder of what is remembered per portal
    journal: Path  # folder of fetches.jsonl and portals.jsonl
    full: bool = False  # ignore what earlier passes remember
    years: tuple[int, ...] = field(default=())  # only reports about these years; none means all
    look: Look = Look.WHOLE
    crawlers: int = 1  # that work at the same time, and share what may be in flight
    hosts: Path | None = None  # folder of what they know of hosts; None where one works alone

    @property
    def fetches(self) -> Path:
        return self.journal / "fetches.jsonl"

    @property
    def outcomes(self) -> Path:
        return self.journal / "portals.jsonl"

    @property
    def robots(self) -> Path:
        """What is remembered of hosts lies beside what is of portals."""
        return self.memory.parent / "robots.jsonl"

    @property
    def pages(self) -> Path | None:
        """Where is told what was made of every page; a pass needs no such book."""
        return None if self.look is Look.WHOLE else self.journal / "pages.jsonl"
