"""What the commands are tried on: a data folder with one report, which some only look at and others change."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.support.command import SEED, nianbao


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """To be looked at."""
    data = tmp_path_factory.mktemp("published")
    assert nianbao("ingest", SEED, "--data", data).returncode == 0
    return data


@pytest.fixture
def held(published: Path, tmp_path: Path) -> Path:
    """The same, to be written to."""
    return Path(shutil.copytree(published, tmp_path / "held"))
