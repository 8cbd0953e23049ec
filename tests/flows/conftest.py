"""One Prefect server for the passes of these tests: each would start its own, which takes longer than the pass."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping

import pytest

from flows.prefect_server import serve_prefect


@pytest.fixture(scope="session")
def prefect(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, str]]:
    """The environment of a pass that is to use it."""
    home = tmp_path_factory.mktemp("prefect")
    before = dict(os.environ)
    with serve_prefect(home, home / "prefect.log") as server:
        server.wait_until_ready()
        yield {name: value for name, value in os.environ.items() if before.get(name) != value}
