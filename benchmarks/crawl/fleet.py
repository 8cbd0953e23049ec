"""The fleet of portals that is crawled: sixty hosts on loopback, and a server for all of them."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

from pipeline.resources import ROOT

PORTALS = 60
PORT = 18_362


def hosts() -> list[str]:
    return [f"127.0.{10 + number // 20}.{1 + number % 20}" for number in range(PORTALS)]


@contextmanager
def fleet(reports: int) -> Iterator[None]:
    """Served as long as this lasts, each portal with so many reports."""
    command = [sys.executable, "-m", "benchmarks.quick_server", str(PORT), str(reports)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as process:  # noqa: S603
        assert process.stdout is not None
        if not process.stdout.readline():  # else it answers
            raise SystemExit(f"nobody serves on port {PORT}: is another benchmark at work?")
        try:
            yield
        finally:
            process.terminate()


def counts() -> dict[str, float]:
    """What the server was asked since this was last called."""
    with urllib.request.urlopen(f"http://127.0.0.1:{PORT}/counts") as answer:
        counted: dict[str, float] = json.load(answer)
    return counted
