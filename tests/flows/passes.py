"""Whole passes over the sample portals, started as a user starts them, and what they left in the warehouse."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from flows.datafolder import DataFolder
from pipeline import warehouse
from pipeline.resources import ROOT

_NIANBAO = [sys.executable, "-c", "import sys; from flows.cli import main; sys.exit(main())"]
_SETTINGS = {"NIANBAO_CRAWL_DELAY": "0.02", "NIANBAO_CRAWL_PROCESSES": "2"}  # two, as for many portals
_POLL_SECONDS = 0.002
_PATIENCE_SECONDS = 400  # the machine may have other work

# What two passes over the same portals may differ in: when it was.
_TABLES = {
    "reports": "SELECT * EXCLUDE (fetched_at) FROM reports ORDER BY ALL",
    "facts": "FROM facts ORDER BY ALL",
    "sections": "FROM sections ORDER BY ALL",
    "checks": "FROM checks ORDER BY ALL",
    "mentions": "FROM mentions ORDER BY ALL",
    "portals": "SELECT id, state FROM portals ORDER BY ALL",
}


def begin(registry: Path, data: Path, prefect: Mapping[str, str] | None = None, *options: str) -> subprocess.Popen[str]:
    """`nianbao run` in a process group of its own, with the Prefect server named or, as users do, one of its own."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("NIANBAO_", "PREFECT_"))}
    return subprocess.Popen(
        [*_NIANBAO, "run", "--portals", str(registry), "--data", str(data), *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**environment, **(prefect or {}), "PYTHONPATH": str(ROOT), **_SETTINGS},
        start_new_session=True,
    )


def run_to_end(registry: Path, data: Path, prefect: Mapping[str, str] | None = None, *options: str) -> str:
    """The output of a pass that went well."""
    process = begin(registry, data, prefect, *options)
    output, errors = process.communicate(timeout=_PATIENCE_SECONDS)
    assert process.returncode == 0, output + errors
    assert errors == ""
    return output


def kill_when(process: subprocess.Popen[str], moment: Callable[[], bool]) -> None:
    """kill -9 of the whole process group as soon as `moment` has come."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while not moment():
        assert process.poll() is None, f"the pass ended before the moment came: {process.communicate()}"
        assert time.monotonic() < deadline, "the moment never came"
        time.sleep(_POLL_SECONDS)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def wait_until_free(data: Path) -> None:
    """Until no process of a killed pass holds its folder any more."""
    deadline = time.monotonic() + 10
    while processes_at_work(data):
        assert time.monotonic() < deadline, f"left over: {processes_at_work(data)}"
        time.sleep(0.1)
    with DataFolder(data).locked():
        pass


def processes_at_work(data: Path) -> list[str]:
    """The command lines of processes that name the data folder or have a file of it open."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
            opened = [str(link.readlink()) for link in (folder / "fd").iterdir()]
        except OSError:
            continue  # it has just ended
        if folder.name != str(os.getpid()) and (
            str(data) in command or any(name.startswith(str(data)) for name in opened)
        ):
            found.append(command)
    return found


def contents(data: Path) -> dict[str, tuple[tuple[Any, ...], ...]]:
    return {name: warehouse.query(data, sql).rows for name, sql in _TABLES.items()}
