"""`nianbao` as a user types it: in this process, or in one of its own where the process itself is the point."""

from __future__ import annotations

import io
import logging
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from pathlib import Path

from flows.cli import main
from pipeline.resources import ROOT, SAMPLE

SEED = next((SAMPLE / "seeds").glob("隆德*.txt"))
OTHER_SEED = next((SAMPLE / "seeds").glob("高青*.txt"))
IN_A_PROCESS = [sys.executable, "-c", "import sys; from flows.cli import main; sys.exit(main())"]

# A server that nobody serves, for passes that go wrong before they ask it: none is started for them.
NO_PREFECT = {"PREFECT_API_URL": "http://127.0.0.9:9/api"}

Run = subprocess.CompletedProcess[str]


def nianbao(*arguments: object, **environment: str) -> Run:
    typed = list(map(str, arguments))
    out, errors = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2))
    with _surroundings(environment), redirect_stdout(out), redirect_stderr(errors):
        try:
            code = main(typed)
        except SystemExit as ended:
            assert isinstance(ended.code, int)
            code = ended.code
    said = (stream.buffer.getvalue().decode() for stream in (out, errors))
    return Run(typed, code, *said)


def nianbao_process(*arguments: object, before: Callable[[], None] | None = None, **environment: str) -> Run:
    """`before` is called in the new process."""
    return subprocess.run(
        [*IN_A_PROCESS, *map(str, arguments)],
        capture_output=True,
        text=True,
        env=environment_of_user(environment),
        preexec_fn=before,
        timeout=120,
    )


def environment_of_user(more: Mapping[str, str]) -> dict[str, str]:
    """Without the settings of whoever runs the tests."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("NIANBAO_")}
    return {**inherited, "PYTHONPATH": str(ROOT), **more}


def assert_one_line(run: Run, code: int, *words: str) -> None:
    assert run.returncode == code, run
    assert len(run.stderr.strip().splitlines()) == 1, run.stderr
    assert "Traceback" not in run.stdout + run.stderr
    for word in words:
        assert word in run.stderr, run.stderr


def registry(folder: Path) -> Path:
    """Of one portal that is down."""
    path = folder / "portals.yaml"
    path.write_text('- {id: gaj, authority: 石嘴山市公安局, division: "640200", url: "http://127.0.0.9:9/"}\n')
    return path


@contextmanager
def _surroundings(environment: Mapping[str, str]) -> Iterator[None]:
    """The environment of a process of its own; afterwards everything, the log as well, is as it was."""
    before, log = dict(os.environ), logging.getLogger()
    handlers, level, raising = list(log.handlers), log.level, logging.raiseExceptions
    os.environ.clear()
    os.environ.update(environment_of_user(environment))
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
        for handler in set(log.handlers) - set(handlers):
            log.removeHandler(handler)
            with suppress(OSError):  # as a process does that ends
                handler.close()
        log.setLevel(level)
        logging.raiseExceptions = raising
