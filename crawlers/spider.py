"""The one spider: a coroutine for every portal of the job, in one Scrapy process.

Scrapy's engine carries out requests and its middlewares stay in force; what to ask next is each portal's own affair
(`portal.py`), because a portal is read as a story with an end, not as a heap of callbacks."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import AsyncIterator
from typing import Any

from scrapy import Spider

from crawlers.addresses import own_hosts
from crawlers.desk import Desk
from crawlers.disk import fault_of
from crawlers.fetch import Fetcher
from crawlers.hosts import HostGate
from crawlers.job import CrawlJob
from crawlers.keys import Keys
from crawlers.memory import Memory
from crawlers.portal import PortalCrawl
from crawlers.record import Record
from crawlers.robots_kept import KeptRobots
from crawlers.scope import Scope
from crawlers.tls import portal_finished
from pipeline import jsonl
from pipeline.archive import ArchiveWriter, Harvest
from pipeline.model import Portal, PortalOutcome, Snapshot

logger = logging.getLogger(__name__)

FAULT = "nianbao/disk_fault"  # stat: why what was fetched could not be kept
_PORTALS_AT_ONCE = 4  # times the requests in flight: most portals wait for their host's delay, not for an answer


class PortalSpider(Spider):
    name = "portals"

    def __init__(self, job: CrawlJob, gate: HostGate, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._job = job
        self._gate = gate

    async def start(self) -> AsyncIterator[Any]:
        """Reads all portals; there is nothing to schedule, so nothing is yielded."""
        try:
            await self._read_all()
        except* OSError as errors:
            assert self.crawler.stats is not None
            error = _first(errors)
            self.crawler.stats.set_value(FAULT, fault_of(error, error.filename or self._job.archive))
        return
        yield  # what makes it the generator that Scrapy asks for

    async def _read_all(self) -> None:
        finished = {outcome.portal_id for outcome in jsonl.read(self._job.outcomes, PortalOutcome)}
        journaled = self._journaled()
        kept = KeptRobots(self._job.robots, ignored=self._job.full)
        fetcher = Fetcher(self.crawler, self._job.settings, self._gate, kept, self._job.crawlers)
        at_once = asyncio.Semaphore(max(1, self._job.settings.concurrency * _PORTALS_AT_ONCE // self._job.crawlers))
        harvest = Harvest(self._job.settings.user_agent, self._job.settings.obey_robots)
        with ArchiveWriter(self._job.archive, self._job.run_id, harvest) as writer:

            async def read(portal: Portal) -> None:
                async with at_once:
                    with Desk(self._job.journal) as desk:
                        await self._read(portal, fetcher, writer, desk, journaled.pop(portal.id, Keys()))

            # A disk that is full ends all portals at once: none of them may journal how it ended.
            async with asyncio.TaskGroup() as reading:
                for portal in self._job.portals:
                    if portal.id not in finished:
                        reading.create_task(read(portal))

    async def _read(self, portal: Portal, fetcher: Fetcher, writer: ArchiveWriter, desk: Desk, journaled: Keys) -> None:
        """One portal to its end. What goes wrong here is this portal's outcome, never the pass's."""
        job = self._job
        memory = Memory(job.memory, portal.id, job.run_id, full=job.full)
        record = Record(portal, job.run_id, memory, job.archive, writer, job.fetches, journaled)
        scope = Scope(portal.id, own_hosts(portal), legacy_tls=portal.tls == "legacy")
        crawl = PortalCrawl(portal, job, fetcher, scope, memory, record, desk)
        try:
            outcome = await crawl.run()
        except OSError:
            raise  # the disk is full or gone: no portal's affair
        except Exception as error:
            logger.exception("%s: the crawl of this portal broke", portal.id)
            outcome = crawl.broken(error)
        await self.crawler.signals.send_catch_log_async(portal_finished, portal_id=portal.id)
        jsonl.append(job.outcomes, [outcome])
        crawl.remember()
        memory.compact()
        logger.info(
            "%s: %s, %d reports, %s", portal.id, outcome.state, outcome.reports_found, outcome.reason or "whole"
        )

    def _journaled(self) -> dict[str, Keys]:
        by_portal: dict[str, Keys] = defaultdict(Keys)
        ours = {portal.id for portal in self._job.portals}
        for snapshot in jsonl.read(self._job.fetches, Snapshot):
            if snapshot.portal_id in ours:
                by_portal[snapshot.portal_id].add(snapshot.url)
        return by_portal


def _first(errors: BaseExceptionGroup[OSError]) -> OSError:
    first = errors.exceptions[0]
    return _first(first) if isinstance(first, BaseExceptionGroup) else first
