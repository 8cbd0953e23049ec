"""`python -m crawlers JOB.json`: read all portals of a job in this process, and exit 0 when it ran to its end, with
`DISK_FAULT` and one line on stderr when what it brings cannot be kept."""

from __future__ import annotations

import gc
import logging
import signal
import sys
from pathlib import Path

from crawlers.job import DISK_FAULT, CrawlJob
from pipeline.lifeline import die_with_parent

_ALLOCATIONS = 20_000  # between two looks for garbage (700): a page makes thousands of objects, hardly one in a circle


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        print("usage: python -m crawlers JOB.json", file=sys.stderr)
        return 2
    die_with_parent()
    logging.raiseExceptions = False  # a log on a full disk is no reason for a traceback about the log
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    return _crawl(Path(arguments[0]))


def _crawl(path: Path) -> int:
    # Imported here: a reactor is installed on the way, and a caller that only asks for usage needs none.
    from scrapy.crawler import CrawlerProcess

    from crawlers.disk import disk_fault
    from crawlers.hosts import HostGate
    from crawlers.settings import scrapy_settings
    from crawlers.spider import FAULT, PortalSpider
    from crawlers.standing import SharedStandings, Standings
    from pipeline import jsonl

    try:
        job = jsonl.loads(CrawlJob, path.read_bytes())
    except (OSError, ValueError) as error:
        print(f"crawl job {path}: {error}", file=sys.stderr)
        return 2
    if fault := disk_fault((job.archive, job.memory, job.journal)):
        print(fault, file=sys.stderr)
        return DISK_FAULT
    limits = job.settings
    standings = SharedStandings(job.hosts) if job.hosts else Standings()
    at_once = max(1, limits.concurrency // job.crawlers)
    gate = HostGate(delay=limits.delay, per_host=limits.per_host, concurrency=at_once, standings=standings)
    process = CrawlerProcess(scrapy_settings(job))
    logging.getLogger("scrapy").setLevel(logging.INFO)  # a line about every page would be made, and then left out
    crawler = process.create_crawler(PortalSpider)
    process.crawl(crawler, job=job, gate=gate)
    gc.freeze()  # what is loaded by now stays, and need not be looked through for garbage again and again
    gc.set_threshold(_ALLOCATIONS)
    # Signals end us at once. Scrapy's own shutdown would let portals end half read, and journal them as if they were
    # dead; a crawl that is simply gone is taken up again where it was.
    process.start(install_signal_handlers=False)
    assert crawler.stats is not None
    if fault := crawler.stats.get_value(FAULT):
        print(fault, file=sys.stderr)
        return DISK_FAULT
    return 0 if crawler.stats.get_value("finish_reason") == "finished" and not process.bootstrap_failed else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
