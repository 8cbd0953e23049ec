"""A file that is not what was loaded is not published."""

from __future__ import annotations

import importlib
from pathlib import Path

import duckdb
import pytest

from pipeline.errors import WarehouseError
from pipeline.warehouse import verifying
from pipeline.warehouse.database import Connection
from tests.pipeline.warehouse.conftest import Load
from tests.pipeline.warehouse.synthetic import make_report, rows


def test_a_row_that_is_lost_on_the_way_to_the_disk_is_noticed(
    load: Load, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def losing(db: Connection) -> None:
        verifying.close(db)
        with duckdb.connect(str(tmp_path / "nianbao.duckdb.next")) as other:
            other.execute("DELETE FROM facts WHERE item = 'fees.amount'; DROP TABLE mentions")

    monkeypatch.setattr(importlib.import_module("pipeline.warehouse.load"), "close", losing)
    with pytest.raises(WarehouseError, match="facts 207 → 206, mentions 1 → None"):
        load([rows(make_report(1))])
    assert [path.name for path in tmp_path.iterdir()] == ["state"]


def test_a_key_that_stands_twice_is_not_published(load: Load, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def doubling(db: Connection) -> dict[str, int]:
        db.execute("INSERT INTO reports FROM reports")
        return verifying.counts(db)

    monkeypatch.setattr(importlib.import_module("pipeline.warehouse.load"), "counts", doubling)
    with pytest.raises(WarehouseError, match="a key stands twice: reports, 1"):
        load([rows(make_report(1))])
    assert [path.name for path in tmp_path.iterdir()] == ["state"]
