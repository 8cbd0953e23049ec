from __future__ import annotations

import json
from pathlib import Path

from tests.support.command import nianbao


def test_status_tells_runs_and_coverage(published: Path) -> None:
    status = json.loads(nianbao("status", "--json", "--data", published).stdout)
    assert status["runs"][-1]["new"] == 1
    assert {(row["province"], row["year"]) for row in status["coverage"]} >= {("640000", 2024)}
    assert "640000" in nianbao("status", "--data", published).stdout
