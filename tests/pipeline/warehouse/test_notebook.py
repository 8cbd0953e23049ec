"""The warehouse in a notebook: frames and labels, and nothing else can be read or written."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from pipeline.errors import WarehouseError
from pipeline.warehouse import Label, Warehouse
from tests.pipeline.warehouse.conftest import Load
from tests.pipeline.warehouse.synthetic import make_report, rows
from tests.pipeline.warehouse.test_migrations import write_older

DAY = datetime(2000, 1, 1, tzinfo=UTC)


@pytest.fixture
def opened(load: Load, tmp_path: Path) -> Iterator[Warehouse]:
    load([rows(make_report(1))])
    with Warehouse(tmp_path) as warehouse:
        yield warehouse


def test_a_question_with_parameters_gives_a_frame(opened: Warehouse) -> None:
    frame = opened.sql("SELECT report_id, year FROM reports WHERE year > $year", {"year": 2000}).df()
    assert isinstance(frame, pd.DataFrame)
    assert list(frame.columns) == ["report_id", "year"]
    assert len(frame) == 1


def test_a_table_and_a_view_come_whole(opened: Warehouse) -> None:
    assert len(opened.table("reports").df()) == 1
    assert len(opened.table("年报").df()) == 1
    assert len(opened.table("reports").arrow().read_all()) == 1


def test_columns_and_items_have_labels_in_both_languages(opened: Warehouse) -> None:
    assert opened.labels("facts")["report_id"] == Label("年报编号", "Key into reports")
    assert opened.labels("reports_wide")["year"].en
    assert opened.items("2021")["regulations.issued"].zh == "规章·本年制发件数"


def test_a_file_that_was_downloaded_can_be_opened_by_itself(load: Load, tmp_path: Path) -> None:
    load([rows(make_report(1))])
    elsewhere = tmp_path / "elsewhere" / "national.duckdb"
    elsewhere.parent.mkdir()
    (tmp_path / "nianbao.duckdb").rename(elsewhere)
    with Warehouse(str(elsewhere)) as warehouse:
        assert len(warehouse.table("reports")) == 1


def test_an_earlier_moment_is_shown_as_it_was(load: Load, tmp_path: Path) -> None:
    load([rows(make_report(1))])
    with Warehouse(tmp_path, as_of=DAY) as warehouse:
        assert len(warehouse.table("reports")) == 0


@pytest.mark.parametrize("sql", ["SELECT * FROM read_csv('/etc/passwd')", "INSTALL httpfs", "ATTACH '/tmp/x.db'"])
def test_nothing_else_is_read(opened: Warehouse, sql: str) -> None:
    with pytest.raises(duckdb.Error):
        opened.sql(sql).fetchall()


def test_nothing_is_written(opened: Warehouse) -> None:
    with pytest.raises(duckdb.Error, match="read-only"):
        opened.sql("DELETE FROM nianbao.main.facts")


def test_a_table_that_is_not_there_is_one_clear_line(opened: Warehouse) -> None:
    with pytest.raises(WarehouseError, match="no table or view of this name: nothing"):
        opened.table("nothing")


def test_a_folder_without_a_warehouse_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(WarehouseError, match="nothing has been published yet"):
        Warehouse(tmp_path)


def test_a_folder_of_an_earlier_version_is_upgraded_and_a_file_by_itself_is_not(tmp_path: Path) -> None:
    data = write_older(tmp_path, 1)
    with pytest.raises(WarehouseError):
        Warehouse(data / "nianbao.duckdb")
    with Warehouse(data) as warehouse:
        assert len(warehouse.table("facts")) > 0
