"""What `nianbao status` shows and what checks look back at."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from pipeline import warehouse
from pipeline.model import Outcome
from tests.pipeline.warehouse.conftest import Load
from tests.pipeline.warehouse.synthetic import (
    make_document,
    make_outcome,
    make_portal,
    make_report,
    make_run,
    rows,
)


def test_before_the_first_pass_there_is_nothing_to_show(tmp_path: Path) -> None:
    assert warehouse.coverage(tmp_path) == ()
    assert warehouse.recent_runs(tmp_path) == ()
    assert warehouse.failures(tmp_path) == warehouse.Failures((), ())
    assert list(tmp_path.iterdir()) == []


def test_runs_come_latest_first_with_the_counts_of_the_load(load: Load, tmp_path: Path) -> None:
    for day in (1, 2, 3):
        load([rows(make_report(1))], run=make_run(f"r{day}", datetime(2026, 3, day, tzinfo=UTC)))
    runs = warehouse.recent_runs(tmp_path, 2)
    assert [(run.run_id, run.new, run.unchanged, run.checks_failed) for run in runs] == [
        ("r3", 0, 1, 1),
        ("r2", 0, 1, 1),
    ]
    assert runs[0].started_at == datetime(2026, 3, 3, tzinfo=UTC)


def test_coverage_names_the_provinces(load: Load, tmp_path: Path) -> None:
    load([rows(make_report(1, 2025))])
    (row,) = warehouse.coverage(tmp_path)  # and none where nothing is known but that governments have to report
    assert (row.province, row.province_name, row.year, row.reports_held) == ("640000", "宁夏回族自治区", 2025, 1)
    assert (row.authorities_known, row.share) == (3, 0.3333)
    assert (row.authorities_traced, row.share_of_traced) == (1, 1.0)


def test_the_national_gap_is_that_of_the_latest_year_on_which_governments_are_due(load: Load, tmp_path: Path) -> None:
    assert warehouse.national(tmp_path) is None
    load([rows(make_report(1, 2025))], portals=[make_portal(authority="南京市人民政府", division="320100")])
    assert warehouse.national(tmp_path) == warehouse.NationalRow(2024, 4, 0, 3)  # on 1 March 2026
    load(run=make_run("r2", datetime(2026, 4, 1, tzinfo=UTC)))
    found = warehouse.national(tmp_path)
    assert found is not None
    assert found.year == 2025


def test_failures_are_portals_that_are_not_well_and_what_the_latest_run_could_not_read(
    load: Load, tmp_path: Path
) -> None:
    broken = make_document("http://portal.example/x.pdf", "r1", Outcome.FAILED, error="加密")
    load(documents=[broken], portals=[make_portal()], outcomes=[make_outcome("dead", "连接超时")])
    found = warehouse.failures(tmp_path)
    assert [(one.portal_id, one.state, one.reason) for one in found.portals] == [("shizuishan", "dead", "连接超时")]
    assert [(one.url, one.reason) for one in found.documents] == [("http://portal.example/x.pdf", "加密")]
    load(run=make_run("r2", datetime(2026, 4, 1, tzinfo=UTC)), portals=[make_portal()], outcomes=[make_outcome()])
    assert warehouse.failures(tmp_path) == warehouse.Failures((), ())
