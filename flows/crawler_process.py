"""Crawler processes from their start to their end; none outlives the command that started it."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType

from flows.logs import set_aside_when_long

LOOK_SECONDS = 0.2
_STOP_SECONDS = 10


class Crawlers:
    """Those that are at work, under the paths of their jobs. They inherit the descriptors to `keep`."""

    def __init__(self, log: Path, keep: Sequence[int] = ()) -> None:
        self._log = log
        self._keep = tuple(keep)
        self._working: dict[Path, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> Crawlers:
        set_aside_when_long(self._log)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        for process in self._working.values():
            process.terminate()
        until = time.monotonic() + _STOP_SECONDS
        for process in self._working.values():
            try:
                process.wait(max(0.0, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def __len__(self) -> int:
        return len(self._working)

    def start(self, job: Path) -> None:
        with self._log.open("ab") as out:
            self._working[job] = subprocess.Popen(  # noqa: S603 - our own module
                [sys.executable, "-m", "crawlers", str(job)],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                pass_fds=self._keep,
                start_new_session=True,  # Ctrl-C reaches us alone, and we end it
            )

    def ended(self) -> dict[Path, int]:
        """Those that have ended since the last look, with their exit status."""
        found = {job: status for job, process in self._working.items() if (status := process.poll()) is not None}
        for job in found:
            del self._working[job]
        return found


def run_crawler(job: Path, log: Path, watch: Callable[[], None]) -> int:
    """One alone; its exit status. `watch` is called some times a second."""
    with Crawlers(log) as crawlers:
        crawlers.start(job)
        while not (ended := crawlers.ended()):
            watch()
            time.sleep(LOOK_SECONDS)
        watch()
    return ended[job]
