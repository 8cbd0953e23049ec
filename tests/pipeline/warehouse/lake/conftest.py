"""A real PostgreSQL for the catalogs of lakes, started once; every test has a lake of its own in it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from pipeline.warehouse import Lake
from tests.support.postgres import Server, postgres


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    pytest.importorskip("duckdb_extension_ducklake", reason="DuckDB's extension for lakes is not installed")
    with tempfile.TemporaryDirectory() as name:  # pytest's own folders are closed to other accounts
        folder = Path(name)
        folder.chmod(0o755)
        with postgres(folder) as reached:
            yield reached


@pytest.fixture
def lake(server: Server, tmp_path: Path) -> Lake:
    return Lake(f"ducklake:postgres:{server.database(uuid4().hex)}", str(tmp_path / "files"))
