"""A warehouse in a folder of the test, loaded with one call."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from pipeline import warehouse
from pipeline.warehouse import LoadResult, ReportRows
from tests.pipeline.warehouse.synthetic import DIVISIONS, make_run

Load = Callable[..., LoadResult]
Sql = Callable[[str], list[tuple[Any, ...]]]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """Load reports under a run of their own; whatever else is given goes through."""
    runs = 0

    def _load(reports: Sequence[ReportRows] = (), **more: Any) -> LoadResult:
        nonlocal runs
        runs += 1
        given: dict[str, Any] = {
            "documents": (),
            "portals": (),
            "outcomes": (),
            "run": make_run(f"r{runs}"),
            "divisions": DIVISIONS,
        }
        return warehouse.load(tmp_path, reports=reports, **given | more)

    return _load


@pytest.fixture
def sql(tmp_path: Path) -> Sql:
    return lambda statement: list(warehouse.query(tmp_path, statement).rows)
