"""The metadata of a release before the official validators, where these are installed."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

Release = Callable[[str], Path]


def validated(folder: Path, tool: str, *arguments: str) -> str:
    command = shutil.which(tool)
    if command is None:
        pytest.skip(f"{tool} is not installed: pip install {tool}")
    done = subprocess.run([command, *arguments], cwd=folder, capture_output=True, text=True, timeout=240)
    said = done.stdout + done.stderr
    assert done.returncode == 0, said
    return said


@pytest.mark.slow
def test_frictionless_finds_the_data_as_the_package_describes_them(release: Release) -> None:
    assert "INVALID" not in validated(release("csv"), "frictionless", "validate", "datapackage.json")


@pytest.mark.slow
@pytest.mark.parametrize("format", ["csv", "parquet"])
def test_croissant_is_valid_and_lacks_nothing_that_is_recommended(release: Release, format: str) -> None:
    said = validated(release(format), "mlcroissant", "validate", "--jsonld", "croissant.json")
    assert "warning(s)" not in said
    assert "error(s)" not in said


def test_a_release_states_its_licence_wherever_a_reader_looks(release: Release) -> None:
    folder = release("csv")
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    croissant = json.loads((folder / "croissant.json").read_text("utf-8"))
    citation = yaml.safe_load((folder / "CITATION.cff").read_text("utf-8"))
    assert [one["name"] for one in package["licenses"]] == [citation["license"]] == ["CC-BY-4.0"]
    assert croissant["license"] == package["licenses"][0]["path"]
    for text in (package["description"], croissant["description"], citation["abstract"]):
        assert "claims nothing in the reports" in text
    assert "CC-BY-4.0" in (folder / "codebook.md").read_text("utf-8")
