"""What a person sees while a pass runs: a live line on a terminal, plain lines elsewhere, the log when nobody looks."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.progress import Progress as RichBar

_PLAIN_EVERY_SECONDS = 15


class Progress(Protocol):
    def stage(self, name: str, total: int | None = None) -> None:
        """A new stage begins; the one before is over."""

    def update(self, done: int, detail: str = "") -> None:
        """How far the stage is."""

    def note(self, line: str) -> None:
        """Something worth a line of its own."""


class PlainProgress:
    """One line per stage and note, and one now and then in between."""

    def __init__(self) -> None:
        self._stage = ""
        self._total: int | None = None
        self._said_at = 0.0

    def stage(self, name: str, total: int | None = None) -> None:
        self._stage, self._total = name, total
        self._say(name if total is None else f"{name}: {total}")

    def update(self, done: int, detail: str = "") -> None:
        if time.monotonic() - self._said_at >= _PLAIN_EVERY_SECONDS:
            of = "" if self._total is None else f"/{self._total}"
            self._say(f"{self._stage}: {done}{of} {detail}".rstrip())

    def note(self, line: str) -> None:
        self._say(line)

    def _say(self, line: str) -> None:
        self._said_at = time.monotonic()
        self.write(line)

    def write(self, line: str) -> None:
        print(line, flush=True)


class LogProgress(PlainProgress):
    """For passes that Prefect's scheduler starts."""

    def write(self, line: str) -> None:
        logging.getLogger("nianbao").info(line)


class TerminalProgress:
    """A bar for the stage, notes above it."""

    def __init__(self, bar: RichBar) -> None:
        self._bar = bar
        self._task: TaskID | None = None

    def stage(self, name: str, total: int | None = None) -> None:
        if self._task is not None:
            self._bar.remove_task(self._task)
        self._task = self._bar.add_task(name, total=total, detail="")

    def update(self, done: int, detail: str = "") -> None:
        if self._task is not None:
            self._bar.update(self._task, completed=done, detail=detail)

    def note(self, line: str) -> None:
        self._bar.console.print(line, markup=False, highlight=False)


_current: Progress = LogProgress()


def current() -> Progress:
    """Where this process reports to. The flow asks for it, since Prefect passes nothing but plain parameters."""
    return _current


@contextmanager
def shown(*, quiet: bool = False) -> Iterator[Progress]:
    """Report to standard output for as long as this lasts; `quiet` where that is for a program to read."""
    global _current
    before = _current
    try:
        if quiet:
            _current = LogProgress()
            yield _current
        elif sys.stdout.isatty():
            columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
            with RichBar(
                *columns, TextColumn("{task.fields[detail]}"), TimeElapsedColumn(), console=Console(), transient=True
            ) as bar:
                _current = TerminalProgress(bar)
                yield _current
        else:
            _current = PlainProgress()
            yield _current
    finally:
        _current = before
