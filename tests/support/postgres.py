"""A PostgreSQL server of the test's own, from the system's packages, on a free port of this machine."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

_FOLDERS = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
_ACCOUNT = "postgres"  # it refuses to run as root


def _program(name: str) -> str:
    found = next((str(folder / name) for folder in _FOLDERS if (folder / name).exists()), None) or shutil.which(name)
    if found is None:
        pytest.skip("PostgreSQL is not installed: apt install postgresql")
    return found


def _account() -> str | None:
    if os.geteuid() != 0:
        return None
    try:
        pwd.getpwnam(_ACCOUNT)
    except KeyError:
        pytest.skip("run as root, and there is no account postgres to run PostgreSQL as")
    return _ACCOUNT


@dataclass(frozen=True)
class Server:
    port: int

    def database(self, name: str) -> str:
        """A new one, and what a client needs to reach it."""
        subprocess.run(
            [_program("createdb"), "-h", "127.0.0.1", "-p", str(self.port), "-U", _ACCOUNT, name], check=True
        )
        return f"host=127.0.0.1 port={self.port} user={_ACCOUNT} dbname={name}"


@contextmanager
def postgres(folder: Path) -> Iterator[Server]:
    """`folder` must be one that other accounts may enter."""
    account, initdb, server = _account(), _program("initdb"), _program("pg_ctl")
    data = folder / "postgres"
    data.mkdir(mode=0o700)
    if account:
        shutil.chown(data, account)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    how = {"check": True, "user": account, "cwd": data, "stdout": subprocess.DEVNULL}
    subprocess.run([initdb, "-D", data, "-A", "trust", "-E", "UTF8", "-U", _ACCOUNT, "--no-sync"], **how)
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='{data}' -c fsync=off"
    subprocess.run([server, "-D", data, "-w", "-l", data / "log", "-o", options, "start"], **how)
    try:
        yield Server(port)
    finally:
        subprocess.run([server, "-D", data, "-m", "immediate", "-w", "stop"], **how)
