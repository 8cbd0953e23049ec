"""The data folder that a command is given: in use, not to be written, or not what it should be, it stays as it is."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from flows.datafolder import DataFolder
from tests.support.command import NO_PREFECT, SEED, assert_one_line, nianbao, registry


@pytest.mark.parametrize("command", ["run", "ingest"])
def test_a_folder_in_use_is_left_alone(published: Path, tmp_path: Path, command: str) -> None:
    given = (SEED,) if command == "ingest" else ("--portals", registry(tmp_path))
    before = (published / "nianbao.duckdb").read_bytes()
    with DataFolder(published).locked():
        run = nianbao(command, *given, "--data", published, **NO_PREFECT)
        assert_one_line(run, 1, str(os.getpid()), "--wait")
    assert (published / "nianbao.duckdb").read_bytes() == before


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert_one_line(nianbao("ingest", SEED, "--data", tmp_path / "file"), 1, "cannot write")


@pytest.mark.parametrize("command", ["run", "ingest"])
@pytest.mark.parametrize("place", ["archive", "state", "state/portals", "state/extracts", "state/prefect", "logs"])
def test_a_file_where_a_folder_should_be_is_named(tmp_path: Path, command: str, place: str) -> None:
    misplaced = tmp_path / "data" / place
    misplaced.parent.mkdir(parents=True)
    misplaced.write_text("")
    given = (SEED,) if command == "ingest" else ("--portals", registry(tmp_path))
    run = nianbao(command, *given, "--data", tmp_path / "data", **NO_PREFECT)
    assert_one_line(run, 1, "not a folder", str(misplaced))


@pytest.mark.parametrize("place", ["state/lock", "state/warehouse.lock", "logs/nianbao.log", "nianbao.duckdb"])
def test_a_folder_where_a_file_should_be_is_named(tmp_path: Path, place: str) -> None:
    (tmp_path / "data" / place).mkdir(parents=True)
    run = nianbao("ingest", SEED, "--data", tmp_path / "data")
    assert_one_line(run, 1, "a folder where a file should be", place)
