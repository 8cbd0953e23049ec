"""The embedded file, published from the lake."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import warehouse
from pipeline.warehouse import Lake, Shared
from tests.pipeline.warehouse.lake.machines import counts, machine

pytestmark = pytest.mark.slow


def test_the_embedded_file_is_published_from_the_lake(lake: Lake, tmp_path: Path) -> None:
    warehouse.share(machine(tmp_path / "one", [1]), lake)
    warehouse.share(machine(tmp_path / "two", [2]), lake)
    assert warehouse.gather(lake, tmp_path / "whole") == 2
    assert counts(tmp_path / "whole") == counts(lake)
    assert len(list((tmp_path / "whole" / "parquet").glob("facts/*/*/*.parquet"))) > 0
    machine(tmp_path / "whole", [3], hour=1)  # goes on as any other
    assert warehouse.share(tmp_path / "whole", lake) == Shared(new=1, changed=0, older=0)
