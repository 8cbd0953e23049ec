"""One crawler process from its start to its end; it never outlives the command that started it."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from flows.logs import set_aside_when_long

_LOOK_SECONDS = 0.2
_STOP_SECONDS = 10


def run_crawler(job: Path, log: Path, watch: Callable[[], None], keep: Sequence[int] = ()) -> int:
    """The process's exit status. `watch` is called some times a second; it inherits the descriptors to `keep`."""
    with _crawler(job, log, keep) as process:
        while process.poll() is None:
            watch()
            time.sleep(_LOOK_SECONDS)
        watch()
    return process.returncode


@contextmanager
def _crawler(job: Path, log: Path, keep: Sequence[int]) -> Iterator[subprocess.Popen[bytes]]:
    set_aside_when_long(log)
    with log.open("ab") as out:
        process = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-m", "crawlers", str(job)],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            pass_fds=tuple(keep),
            start_new_session=True,  # Ctrl-C reaches us alone, and we end it
        )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
