"""What a pass publishes besides its reports: the passes that it took over, and what it could not let in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flows.journal import PassPlan
from flows.publishing import Publication, publish
from flows.status import Status, print_status
from pipeline import warehouse
from pipeline.extraction import ExtractSettings, ExtractStore
from pipeline.warehouse import Failures, QuarantinedFile

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def test_a_killed_pass_that_another_publishes_is_called_interrupted(tmp_path: Path) -> None:
    killed = PassPlan("r1", NOW - timedelta(days=2), ())
    publication = Publication(
        plan=PassPlan("r2", NOW, ()), portals={}, outcomes={}, snapshots=(), allow_shrink=False, adopted=(killed,)
    )
    result = publish(publication, data=tmp_path, store=ExtractStore(tmp_path / "extracts", ExtractSettings("never")))
    assert (result.record.outcome, result.published_anything) == ("completed", True)
    latest, earlier = warehouse.recent_runs(tmp_path)
    assert (latest.run_id, latest.outcome) == ("r2", "completed")
    assert (earlier.run_id, earlier.outcome, earlier.finished_at) == ("r1", "interrupted", None)
    assert "r2" in earlier.message


def test_status_names_the_files_of_what_is_in_quarantine(capsys: pytest.CaptureFixture[str]) -> None:
    held = (
        QuarantinedFile("http://a/1.pdf", "a-20244", True, 1, "年度有误 / not a year", NOW, NOW),
        QuarantinedFile("http://a/2.pdf", "a-2024", False, 2, "未知指标 / no such cell", NOW, NOW),
    )
    print_status(Status("data", (), (), None, Failures((), (), held, 5), ()))
    told = capsys.readouterr().out
    assert "http://a/1.pdf: 整份年报 / whole report: 年度有误 / not a year" in told
    assert "http://a/2.pdf: 2 行 / rows: 未知指标 / no such cell" in told
    assert "2 rows more" in told
