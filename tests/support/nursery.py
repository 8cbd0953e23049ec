"""A process that has everything imported and makes a child for each line of work: killing many costs little then."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.resources import ROOT

_POLL_SECONDS = 0.0005
_PATIENCE_SECONDS = 120

_PROGRAM = """
import os, sys
from {module} import {work}
for line in sys.stdin:
    child = os.fork()
    if child == 0:
        {work}(*line.split())
        os._exit(0)
    print(child, flush=True)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


class Nursery:
    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def killed_at(self, change: int, folder: Path, *words: object) -> bool:
        """Do the work in a child and kill -9 it as soon as the folder has changed that many times; whether it was
        still alive then."""
        seen, changes = _state(folder), 0
        child = self._begin(words)
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while changes < change and not _is_over(child):
            assert time.monotonic() < deadline, "the work does not end"
            now = _state(folder)
            changes, seen = changes + (now != seen), now
            time.sleep(_POLL_SECONDS)
        if not _is_over(child):
            os.kill(child, signal.SIGKILL)
        status = self._answer()
        assert status in (0, -signal.SIGKILL), "the work failed by itself"
        return status != 0

    def _begin(self, words: tuple[object, ...]) -> int:
        assert self._process.stdin is not None
        self._process.stdin.write(" ".join(map(str, words)) + "\n")
        self._process.stdin.flush()
        return self._answer()

    def _answer(self) -> int:
        assert self._process.stdout is not None
        return int(self._process.stdout.readline())


@contextmanager
def nursery(work: Callable[..., object]) -> Iterator[Nursery]:
    """For a function of a module that can be imported, which takes words."""
    program = _PROGRAM.format(module=work.__module__, work=work.__name__)
    with subprocess.Popen(
        [sys.executable, "-c", program], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield Nursery(process)
        process.stdin.close() if process.stdin else None


def _is_over(child: int) -> bool:
    """Dead, though its parent may not have asked yet."""
    try:
        return Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()[0] in "ZX"
    except OSError:
        return True


def _state(folder: Path) -> frozenset[tuple[str, int, int]]:
    """Which files are there, which of that name, how long."""
    found = set()
    for path, _, names in os.walk(folder):
        for name in names:
            try:
                known = os.stat(os.path.join(path, name))  # noqa: PTH116, PTH118 - a quick look is what this is for
            except FileNotFoundError:
                continue
            found.add((os.path.join(path, name), known.st_ino, known.st_size))  # noqa: PTH118
    return frozenset(found)
