"""Our crawl of the fleet, as a pass has it: in a process that loads what a pass loads for it and nothing else.

python -m benchmarks.crawl.ours DIR
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.crawl.fleet import PORT, PORTALS, hosts
from crawlers.job import CrawlSettings
from flows.crawling import Crawl, batches, crawl
from flows.datafolder import DataFolder
from flows.journal import PassPlan, open_pass
from pipeline import jsonl
from pipeline.model import Portal, PortalOutcome

_RUN = "run"
_SETTINGS = "settings.json"


@contextmanager
def ours(settings: CrawlSettings) -> Iterator[list[str]]:
    """The command of a crawl over the whole fleet; its last word is the data folder. Afterwards every portal must be
    complete."""
    with tempfile.TemporaryDirectory() as named:
        folder = Path(named)
        (folder / _SETTINGS).write_bytes(jsonl.dumps(settings))
        yield [sys.executable, "-m", "benchmarks.crawl.ours", named]
        outcomes = list(jsonl.read(_journal(folder) / "portals.jsonl", PortalOutcome))
        bad = [one for one in outcomes if not one.complete]
        if bad or len(outcomes) != PORTALS:
            raise SystemExit(f"not read to its end: {bad[:1]}, {len(outcomes)} portals")


def pages_read(folder: Path) -> int:
    """By a crawl that is at work there."""
    fetches = _journal(folder) / "fetches.jsonl"
    return fetches.read_bytes().count(b"\n") if fetches.exists() else 0


def _journal(folder: Path) -> Path:
    return folder / "state" / "passes" / _RUN


def _crawl_as_a_pass(folder: Path) -> None:
    data = DataFolder(folder)
    data.prepare()
    portals = tuple(
        Portal(id=f"p{number}", authority="某县人民政府", division="640000", url=f"http://{host}:{PORT}/")
        for number, host in enumerate(hosts())
    )
    opened = open_pass(data.passes, PassPlan(_RUN, datetime.now(UTC), portals), finished=())
    settings = jsonl.loads(CrawlSettings, (folder / _SETTINGS).read_bytes())
    with data.locked() as lock:
        for batch in batches(opened):
            crawl(batch, Crawl(opened, data, settings, lock, watch=lambda: None))


if __name__ == "__main__":
    _crawl_as_a_pass(Path(sys.argv[1]))
