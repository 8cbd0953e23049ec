"""How fast the crawl reads sixty portals on loopback: without a delay beside a bare Scrapy spider that only downloads
the same addresses, with a delay of a second beside what that allows, and what its memory does over 100,000 pages.

    .venv/bin/python -m benchmarks.bench_crawl [speed] [delay] [memory] [--reports N] [--write]

Ours is everything up to the journal: discovery, judging, archive, memory, by as many processes as a pass has. The
bound is 70 % of the bare spider's pages a second. Times are the server's: from the first request to the last."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import linear_regression

import scrapy
from scrapy.crawler import CrawlerProcess

from benchmarks.quick_server import addresses
from benchmarks.results import write_section
from crawlers.job import CrawlSettings
from flows.crawling import Crawl, batches, crawl
from flows.datafolder import DataFolder
from flows.journal import PassPlan, open_pass
from pipeline import jsonl
from pipeline.model import Portal, PortalOutcome
from pipeline.resources import ROOT

PORTALS = 60
PORT = 18_362
RUN = "run"
_ROUNDS = 2
_BOUND = 0.7
_REPORTS = {"speed": 100, "delay": 25, "memory": 1600}  # of each portal
_LOOK_SECONDS = 2.0


@dataclass(frozen=True)
class Run:
    requests: int
    seconds: float
    processor: float  # seconds, of all processes of the crawl
    closest: float = 0.0  # seconds between two requests to one host

    @property
    def rate(self) -> float:
        return self.requests / self.seconds


def hosts() -> list[str]:
    return [f"127.0.{10 + number // 20}.{1 + number % 20}" for number in range(PORTALS)]


@contextmanager
def fleet(reports: int) -> Iterator[None]:
    command = [sys.executable, "-m", "benchmarks.quick_server", str(PORT), str(reports)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as process:  # noqa: S603
        assert process.stdout is not None
        if not process.stdout.readline():  # else it answers
            raise SystemExit(f"nobody serves on port {PORT}: is another benchmark at work?")
        try:
            yield
        finally:
            process.terminate()


def measured(command: list[str], watch: Callable[[int], None] = lambda pid: None) -> Run:
    """Run a crawl in a process of its own; `watch` looks at it meanwhile."""
    _counts()
    before = os.times()
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL) as process:  # noqa: S603
        while process.poll() is None:
            watch(process.pid)
            time.sleep(0.1)
    if process.returncode:
        raise SystemExit(f"{command} ended with {process.returncode}")
    after, counts = os.times(), _counts()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return Run(int(counts["requests"]), counts["seconds"], used, counts["closest"])


def _counts() -> dict[str, float]:
    with urllib.request.urlopen(f"http://127.0.0.1:{PORT}/counts") as answer:
        counts: dict[str, float] = json.load(answer)
    return counts


@contextmanager
def ours(settings: CrawlSettings) -> Iterator[list[str]]:
    """The command of a crawl over the whole fleet, as a pass has it; afterwards every portal must be complete."""
    with tempfile.TemporaryDirectory() as named:
        folder = Path(named)
        (folder / "settings.json").write_bytes(jsonl.dumps(settings))
        yield [sys.executable, "-m", "benchmarks.bench_crawl", "--ours", named]
        outcomes = list(jsonl.read(folder / "state" / "passes" / RUN / "portals.jsonl", PortalOutcome))
        bad = [one for one in outcomes if not one.complete]
        if bad or len(outcomes) != PORTALS:
            raise SystemExit(f"not read to its end: {bad[:1]}, {len(outcomes)} portals")


def crawl_as_a_pass(folder: Path) -> None:
    data = DataFolder(folder)
    data.prepare()
    portals = tuple(
        Portal(id=f"p{number}", authority="某县人民政府", division="640000", url=f"http://{host}:{PORT}/")
        for number, host in enumerate(hosts())
    )
    opened = open_pass(data.passes, PassPlan(RUN, datetime.now(UTC), portals), finished=())
    settings = jsonl.loads(CrawlSettings, (folder / "settings.json").read_bytes())
    with data.locked() as lock:
        for batch in batches(opened):
            crawl(batch, Crawl(opened, data, settings, lock, watch=lambda: None))


class Bare(scrapy.Spider):
    """Downloads and forgets."""

    name = "bare"

    def __init__(self, reports: int) -> None:
        super().__init__()
        # Address by address, as a crawl of many hosts would have it: one request at a time to each.
        self.start_urls = [f"http://{host}:{PORT}{path}" for path in addresses(reports) for host in hosts()]

    def parse(self, response: scrapy.http.Response) -> None:
        return None


def bare(reports: int) -> None:
    """As Scrapy comes, but for the limits that the crawl has too."""
    limits = CrawlSettings()
    process = CrawlerProcess(
        {
            "LOG_LEVEL": "INFO",
            "CONCURRENT_REQUESTS": limits.concurrency,
            "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
            "DOWNLOAD_DELAY": 0,
            "TELNETCONSOLE_ENABLED": False,
            "ROBOTSTXT_OBEY": False,
        }
    )
    process.crawl(Bare, reports=reports)
    process.start()


# --- what is measured ----------------------------------------------------------------------------------------


def speed(reports: int) -> list[str]:
    scrapy_alone = [sys.executable, "-m", "benchmarks.bench_crawl", "--bare", str(reports)]
    pairs: list[tuple[Run, Run]] = []
    with fleet(reports):
        for _ in range(_ROUNDS):
            with ours(CrawlSettings(delay=0, render="never")) as command:
                mine = measured(command)
            pairs.append((mine, measured(scrapy_alone)))
    mine, theirs = (max((pair[side] for pair in pairs), key=lambda run: run.rate) for side in (0, 1))
    share = mine.rate / theirs.rate
    row = "| {} | {:,} | {:.0f} | {:.2f} ms |"
    return [
        "| delay 0 | pages | pages/s | processor time a page |",
        "| --- | ---: | ---: | ---: |",
        row.format("nianbao", mine.requests, mine.rate, 1000 * mine.processor / mine.requests),
        row.format("a bare Scrapy spider", theirs.requests, theirs.rate, 1000 * theirs.processor / theirs.requests),
        "",
        f"{share:.0%} of the bare spider's pages a second (the best of {_ROUNDS} rounds each); the bound "
        f"of {_BOUND:.0%} is {'met' if share >= _BOUND else 'not met'}.",
    ]


def delay(reports: int) -> list[str]:
    with fleet(reports), ours(CrawlSettings(delay=1.0, render="never")) as command:
        run = measured(command)
    return [
        f"Delay 1 s, {PORTALS} hosts: {run.rate:.1f} requests/s, no two to one host closer than {run.closest:.2f} s.",
    ]


def memory(reports: int) -> list[str]:
    looks: list[tuple[int, float]] = []
    journal: list[Path] = []
    last = 0.0

    def look(pid: int) -> None:
        nonlocal last
        if time.monotonic() - last >= _LOOK_SECONDS:
            last = time.monotonic()
            pages = journal[0].read_bytes().count(b"\n") if journal[0].exists() else 0
            looks.append((pages, _resident(pid)))

    with fleet(reports), ours(CrawlSettings(delay=0, render="never")) as command:
        journal.append(Path(command[-1]) / "state" / "passes" / RUN / "fetches.jsonl")
        run = measured(command, look)
    total = run.requests
    steady = [(pages, held) for pages, held in looks if 0.1 * total <= pages <= 0.9 * total]
    growth = 1024 * 1024 * linear_regression(*zip(*steady, strict=True)).slope
    lines = ["| pages | memory |", "| ---: | ---: |"]
    for part in (0.1, 0.25, 0.5, 0.75, 1.0):
        pages, held = max((one for one in looks if one[0] <= part * total), default=(0, 0.0))
        lines.append(f"| {pages:,} | {held:.0f} MB |")
    told = f"{growth:.0f} bytes a page, from a tenth of the pages to nine tenths"
    return [*lines, "", f"{total:,} requests in {run.seconds:.0f} s; {told}."]


def _resident(pid: int) -> float:
    """Megabytes of a process and all below it."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return 0.0
    own = next((int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS")), 0.0)
    return own + sum(_resident(int(child)) for child in children)


_PARTS = {"speed": speed, "delay": delay, "memory": memory}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", metavar="|".join(_PARTS), help="what to measure; everything by default")
    parser.add_argument("--reports", type=int, help="of each portal")
    parser.add_argument("--write", action="store_true", help="into benchmarks/RESULTS.md")
    parser.add_argument("--bare", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--ours", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.bare:
        bare(arguments.bare)
        return
    if arguments.ours:
        crawl_as_a_pass(arguments.ours)
        return
    for name in arguments.parts or _PARTS:
        reports = arguments.reports or _REPORTS[name]
        lines = _PARTS[name](reports)
        print("\n".join(lines), flush=True)
        if arguments.write:
            command = f"python -m benchmarks.bench_crawl {name} --reports {reports} --write"
            write_section(f"Crawl: {name}", command, lines)


if __name__ == "__main__":
    main()
