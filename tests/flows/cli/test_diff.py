"""`nianbao diff`: rows for a person or for a script, and one line for a mistake."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from flows.cli import main
from pipeline import warehouse
from tests.pipeline.warehouse.synthetic import DIVISIONS, make_report, make_run, rows


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with a release of the state before its last load."""
    folder = tmp_path / "data"
    for number, reports in enumerate(([make_report(1)], [make_report(2)]), 1):
        warehouse.load(
            folder,
            reports=[rows(one) for one in reports],
            documents=(),
            portals=(),
            outcomes=(),
            run=make_run(f"r{number}"),
            divisions=DIVISIONS,
        )
        if number == 1:
            warehouse.export(folder, tmp_path / "release")
    return folder


def test_a_release_is_compared_with_what_is_published_now(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    release = str(data.parent / "release")
    assert main(["diff", release, "--data", str(data), "--format", "json"]) == 0
    assert [(row["change"], row["report_id"]) for row in json.loads(capsys.readouterr().out)] == [
        ("rechecked", "640000-00001-2024"),  # its text is the new one's too
        ("added", "640000-00002-2024"),
    ]
    assert main(["diff", release, str(data), "--province", "江苏"]) == 0
    assert "0 行 rows" in capsys.readouterr().out


def test_what_is_no_state_of_the_data_is_one_line(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", str(data.parent / "nothing"), "--data", str(data)]) == 1
    said = capsys.readouterr().err
    assert len(said.splitlines()) == 1
    assert "neither a release" in said
