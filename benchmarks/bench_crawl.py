"""How fast the crawl reads sixty portals on loopback: without a delay beside a bare Scrapy spider that only downloads
the same addresses, with a delay of a second beside what that allows, and what its memory does over 100,000 pages.

    .venv/bin/python -m benchmarks.bench_crawl [speed] [delay] [memory] [--reports N] [--write]

Ours is everything up to the journal: discovery, judging, archive, memory, by as many processes as a pass has. The
bound is 70 % of the bare spider's pages a second, and that memory stays flat. Times are the server's: from the first
request to the last."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import linear_regression

from benchmarks.crawl.fleet import PORTALS, counts, fleet
from benchmarks.crawl.ours import ours, pages_read
from benchmarks.results import write_section
from crawlers.job import CrawlSettings
from pipeline.resources import ROOT

_ROUNDS = 2
_BOUND = 0.7
_FLAT = 0.05  # of its memory is what a crawl may take more, for nine times as many pages
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


def measured(command: list[str], watch: Callable[[int], None] = lambda pid: None) -> Run:
    """Run a crawl in a process of its own; `watch` looks at it meanwhile."""
    counts()  # of what was asked before it
    before = os.times()
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL) as process:  # noqa: S603
        while process.poll() is None:
            watch(process.pid)
            time.sleep(0.1)
    if process.returncode:
        raise SystemExit(f"{command} ended with {process.returncode}")
    after, asked = os.times(), counts()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return Run(int(asked["requests"]), asked["seconds"], used, asked["closest"])


# --- what is measured ----------------------------------------------------------------------------------------


def speed(reports: int) -> list[str]:
    scrapy_alone = [sys.executable, "-m", "benchmarks.crawl.bare", str(reports)]
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
    last = 0.0

    def look(pid: int) -> None:
        nonlocal last
        if time.monotonic() - last >= _LOOK_SECONDS:
            last = time.monotonic()
            looks.append((pages_read(Path(command[-1])), _resident(pid)))

    with fleet(reports), ours(CrawlSettings(delay=0, render="never")) as command:
        run = measured(command, look)
    total = run.requests
    steady = [(pages, held) for pages, held in looks if 0.1 * total <= pages <= 0.9 * total]
    fitted = linear_regression(*zip(*steady, strict=True))
    begun = fitted.slope * 0.1 * total + fitted.intercept
    share = fitted.slope * 0.8 * total / begun
    lines = ["| pages | memory |", "| ---: | ---: |"]
    for part in (0.1, 0.25, 0.5, 0.75, 1.0):
        pages, held = max((one for one in looks if one[0] <= part * total), default=(0, 0.0))
        lines.append(f"| {pages:,} | {held:.0f} MB |")
    return [
        *lines,
        "",
        f"{total:,} requests in {run.seconds:.0f} s. From a tenth of the pages to nine tenths memory grows by "
        f"{share:.1%}, {1024 * 1024 * fitted.slope:.0f} bytes a page, since every address must be known again until "
        f"its portal is done; flat, which is to say by less than {_FLAT:.0%}, is "
        f"{'met' if share < _FLAT else 'not met'}.",
    ]


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
    arguments = parser.parse_args()
    for name in arguments.parts or _PARTS:
        reports = arguments.reports or _REPORTS[name]
        lines = _PARTS[name](reports)
        print("\n".join(lines), flush=True)
        if arguments.write:
            command = f"python -m benchmarks.bench_crawl {name} --reports {reports} --write"
            write_section(f"Crawl: {name}", command, lines)


if __name__ == "__main__":
    main()
