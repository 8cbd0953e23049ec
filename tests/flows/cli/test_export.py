"""`nianbao export`: a release with its version, or one line and nothing left behind."""

from __future__ import annotations

import resource
from pathlib import Path

import pytest

from flows.cli import export
from pipeline import warehouse
from tests.support.command import assert_one_line, nianbao, nianbao_process


def test_an_export_tells_its_version_and_the_next_one_what_changed(published: Path, tmp_path: Path) -> None:
    first = nianbao("export", tmp_path / "first", "--format", "csv", "--data", published)
    assert (first.returncode, first.stderr) == (0, ""), first
    assert "version 20" in first.stdout
    more = ("--province", "宁夏", "--year", "2024", "--previous", tmp_path / "first")
    second = nianbao("export", tmp_path / "second", *more, "--data", published)
    assert "added 0, " in second.stdout and "gone 0" in second.stdout
    assert list((tmp_path / "second").rglob("data/facts/province=640000/year=2024/data.parquet"))


def test_the_formats_are_those_of_the_warehouse() -> None:
    assert export.FORMATS == warehouse.FORMATS


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("--province", "999999"), "999999"),
        (("--year", "1999"), "nothing to export"),
        (("--previous", "/nowhere"), "not a release"),
    ],
)
def test_what_an_export_cannot_do_is_one_line_and_leaves_nothing(
    published: Path, tmp_path: Path, arguments: tuple[str, ...], word: str
) -> None:
    assert_one_line(nianbao("export", tmp_path / "out", *arguments, "--data", published), 1, word)
    assert list(tmp_path.iterdir()) == []


def test_an_export_needs_a_folder_of_its_own_and_a_warehouse(published: Path, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine").write_text("mine")
    assert_one_line(nianbao("export", tmp_path / "full", "--data", published), 1, "not empty", str(tmp_path / "full"))
    assert_one_line(nianbao("export", tmp_path / "full" / "mine", "--data", published), 1, "not a folder")
    assert_one_line(nianbao("export", tmp_path / "out", "--data", tmp_path / "full"), 1, "nothing has been published")
    assert [path.name for path in tmp_path.rglob("*")] == ["full", "mine"]


@pytest.mark.parametrize(
    "form", ["parquet", *(pytest.param(name, marks=pytest.mark.slow) for name in export.FORMATS[1:])]
)
def test_an_export_to_a_full_disk_is_one_line_and_leaves_nothing(published: Path, tmp_path: Path, form: str) -> None:
    def no_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4_000, 4_000))

    run = nianbao_process("export", tmp_path / "out", "--format", form, "--data", published, before=no_room)
    assert_one_line(run, 1, "the disk is full", str(tmp_path / "out"))
    assert list(tmp_path.iterdir()) == []
