"""A Prefect server of our own: one subprocess on a free loopback port that dies with us, keeps its database in the data
folder and its words in a log. Nothing here, and no caller of `serve_prefect`, may import Prefect before the environment
is set: Prefect reads it at import.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import NianbaoError
from pipeline.lifeline import die_with_parent
from pipeline.resources import CONFIG

_START_SECONDS = 120  # the first start makes the database; 10 s here, more on a slow disk
_ANSWER_SECONDS = 20  # for a server that is said to run already
_STOP_SECONDS = 5
_POLL_SECONDS = 0.1

# Telemetry off, logs to our own log instead of the terminal.
_QUIET = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
    "PREFECT_TELEMETRY_ENABLE_RESOURCE_METRICS": "false",
    "PREFECT_CLOUD_ENABLE_ORCHESTRATION_TELEMETRY": "false",
    "PREFECT_LOGGING_SETTINGS_PATH": str(CONFIG / "prefect-logging.yml"),
}

# What a server that lives for one pass does not need.
_FOR_ONE_PASS = {
    "PREFECT_UI_ENABLED": "false",
    "PREFECT_API_BLOCKS_REGISTER_ON_START": "false",
    "PREFECT_LOGGING_TO_API_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_SCHEDULER_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_LATE_RUNS_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_FOREMAN_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_TRIGGERS_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_PAUSE_EXPIRATIONS_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_CANCELLATION_CLEANUP_ENABLED": "false",
}


@dataclass(frozen=True)
class PrefectServer:
    url: str
    _process: subprocess.Popen[bytes] | None = None
    _log: Path | None = None

    def wait_until_ready(self) -> None:
        """Return when the API answers; the time until then is the caller's to use."""
        deadline = time.monotonic() + (_START_SECONDS if self._process else _ANSWER_SECONDS)
        while not self._answers():
            if self._process is not None and self._process.poll() is not None:
                raise NianbaoError(f"Prefect 服务未能启动 / the Prefect server did not start, see {self._log}")
            if time.monotonic() > deadline:
                raise NianbaoError(f"Prefect 服务没有响应 / no Prefect server answers at {self.url}")
            time.sleep(_POLL_SECONDS)

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/health", timeout=5) as response:  # noqa: S310 - http by construction
                return bool(response.status == 200)
        except OSError:
            return False


@contextmanager
def serve_prefect(home: Path, log: Path, *, lasting: bool = False, port: int = 0) -> Iterator[PrefectServer]:
    """The server to use: $PREFECT_API_URL when it is set, else a new one. `lasting` keeps the UI and the scheduler."""
    os.environ.update(_QUIET)
    if url := os.environ.get("PREFECT_API_URL"):
        yield PrefectServer(url.rstrip("/"))
        return
    home.mkdir(parents=True, exist_ok=True)
    with _listen(port) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/api"
        ours = {"PREFECT_HOME": str(home), "PREFECT_API_URL": url} | ({} if lasting else _FOR_ONE_PASS)
        os.environ.update(ours)
        process = _start(listener, log)
    try:
        yield PrefectServer(url, process, log)
    finally:
        _stop(process)
        for name in ours:
            os.environ.pop(name, None)


def _listen(port: int) -> socket.socket:
    try:
        return socket.create_server(("127.0.0.1", port), backlog=128)
    except (OSError, OverflowError) as error:
        raise NianbaoError(f"端口 {port} 不可用 / port {port} cannot be used: {error}") from error


def _start(listener: socket.socket, log: Path) -> subprocess.Popen[bytes]:
    """The child inherits the listening socket, so nobody can take the port in between."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as out:
        return subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-m", "flows.prefect_server", str(listener.fileno())],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            pass_fds=(listener.fileno(),),
            start_new_session=True,  # Ctrl-C is for us; the server must outlive our last words to it
        )


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _serve(listener: socket.socket) -> None:
    """The child's whole life."""
    die_with_parent()
    import uvicorn
    from prefect.server.api.server import create_app

    config = uvicorn.Config(create_app(), log_level="warning", lifespan="on", timeout_graceful_shutdown=1)
    uvicorn.Server(config).run(sockets=[listener])


if __name__ == "__main__":
    _serve(socket.socket(fileno=int(sys.argv[1])))
