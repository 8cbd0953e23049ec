"""A lake whose files lie in S3-compatible storage, on a real server of that protocol."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from pipeline import warehouse
from pipeline.errors import WarehouseError
from pipeline.warehouse import Lake, Shared
from pipeline.warehouse.lake import storage
from tests.pipeline.warehouse.lake.machines import counts, machine
from tests.support.postgres import Server


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    with (tmp_path / "server.log").open("wb") as log, subprocess.Popen(command, stdout=log, stderr=log) as process:
        try:
            _make_bucket(f"{address}/lake")
            for name, value in (
                ("AWS_ACCESS_KEY_ID", "reader"),
                ("AWS_SECRET_ACCESS_KEY", "s3cret"),
                ("AWS_REGION", "us-east-1"),
                ("AWS_ENDPOINT_URL", address),
            ):
                monkeypatch.setenv(name, value)
            yield "s3://lake/nianbao/"
        finally:
            process.terminate()


def _make_bucket(address: str) -> None:
    """As soon as the server answers."""
    for _ in range(150):
        try:
            urllib.request.urlopen(urllib.request.Request(address, method="PUT"), timeout=5).close()
            return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    pytest.fail("the server for S3 does not answer")


@pytest.mark.slow
def test_what_is_shared_into_s3_is_read_and_gathered_from_there(bucket: str, server: Server, tmp_path: Path) -> None:
    lake = Lake(f"ducklake:postgres:{server.database(uuid4().hex)}", bucket)
    data = machine(tmp_path / "one", [1, 2])
    assert warehouse.share(data, lake) == Shared(new=2, changed=0, older=0)
    reader = Lake(lake.url)  # which knows from the catalog where the files lie
    assert counts(reader) == counts(data)
    assert warehouse.gather(reader, tmp_path / "whole") == 2
    assert counts(tmp_path / "whole") == counts(data)
    for sql in ("FROM read_text('s3://lake/other.txt')", "FROM read_csv('http://127.0.0.1:1/')"):
        with pytest.raises(WarehouseError, match="may not use files"):
            warehouse.query(reader, sql)


def test_storage_without_a_key_is_one_line() -> None:
    with pytest.raises(WarehouseError, match="AWS_ACCESS_KEY_ID"):
        storage.secret({})


def test_a_server_of_ones_own_is_asked_by_its_path_and_without_encryption_where_it_has_none() -> None:
    said = storage.secret({"AWS_ACCESS_KEY_ID": "it's", "AWS_ENDPOINT_URL": "http://127.0.0.1:9000"})
    assert "KEY_ID 'it''s'" in said
    assert "ENDPOINT '127.0.0.1:9000', URL_STYLE 'path', USE_SSL false" in said
