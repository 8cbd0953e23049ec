"""benchmarks/RESULTS.md: what was measured, each benchmark in a section of its own, which it alone writes."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

RESULTS = Path(__file__).parent / "RESULTS.md"
_HEAD = "# Measured results 性能实测\n\nWritten by the benchmarks; nobody edits the figures.\n"
_BUSY = 1.0  # processes beside the benchmark's own; more distort times


def side_by_side(
    ours: Callable[[bytes], None], theirs: Callable[[bytes], None], bodies: Sequence[bytes], rounds: int = 5
) -> tuple[float, float]:
    """Seconds of processor time over all documents, the best of some rounds, taken in turns."""
    for run in (ours, theirs):  # imports and caches
        run(bodies[0])
    times = [(_seconds(ours, bodies), _seconds(theirs, bodies)) for _ in range(rounds)]
    return min(mine for mine, _ in times), min(other for _, other in times)


def _seconds(run: Callable[[bytes], None], bodies: Sequence[bytes]) -> float:
    begin = time.process_time()
    for body in bodies:
        run(body)
    return time.process_time() - begin


def write_section(title: str, command: str, lines: Sequence[str]) -> None:
    """Put the lines below this heading, in place of those that were there."""
    text = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else _HEAD
    section = "\n".join([f"## {title}", "", f"`{command}`, {_circumstances()}.", "", *lines, ""])
    there = re.compile(rf"^## {re.escape(title)}\n.*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)
    if there.search(text):
        text = there.sub(lambda _: section + "\n", text)
    else:
        text = f"{text.rstrip()}\n\n{section}"
    RESULTS.write_text(text.rstrip() + "\n", encoding="utf-8")


def _circumstances() -> str:
    """The day and the machine, and whether others were at work on it."""
    others = os.getloadavg()[2] - 1
    busy = f", others at work beside it (load {others:.1f})" if others > _BUSY else ""
    return f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores{busy}"
