"""The journal: what a kill left is gone on with, taken over or forgotten, and torn ends do no harm."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flows.journal import OpenedPass, PassPlan, new_run_id, open_pass
from pipeline import jsonl
from pipeline.model import Kind, Portal, PortalOutcome, Snapshot

NOW = datetime(2026, 11, 21, 2, 30, tzinfo=UTC)
GAJ = Portal("gaj", "石嘴山市公安局", "640200", "http://gaj.example/")
SWJ = Portal("swj", "石嘴山市水务局", "640200", "http://swj.example/")


def plan(*portals: Portal, at: datetime = NOW, crawls: bool = True) -> PassPlan:
    return PassPlan(new_run_id(at), at, portals, crawls=crawls)


def fetch(url: str, run_id: str) -> Snapshot:
    return Snapshot(url, "gaj", run_id, Kind.REPORT, NOW, 200, "text/html", 3, "abc")


def ended(portal: Portal) -> PortalOutcome:
    return PortalOutcome(portal.id, "ok", True, requests=2, pages=2, reports_found=1, failures=0)


@pytest.fixture
def killed(tmp_path: Path) -> OpenedPass:
    """A pass over GAJ that fetched one page before it was killed."""
    opened = open_pass(tmp_path, plan(GAJ), ())
    opened.journal.add_fetches([fetch("http://gaj.example/1", opened.plan.run_id)])
    return opened


def test_run_ids_sort_by_time() -> None:
    assert new_run_id(NOW) < new_run_id(NOW + timedelta(seconds=1)) < new_run_id(NOW + timedelta(days=400))


def test_the_same_work_goes_on_under_the_same_run_id(tmp_path: Path, killed: OpenedPass) -> None:
    again = open_pass(tmp_path, plan(GAJ, at=NOW + timedelta(hours=1)), ())
    assert again.resumed
    assert again.plan == killed.plan
    assert [snapshot.url for snapshot in again.journal.fetches()] == ["http://gaj.example/1"]


@pytest.mark.parametrize(
    "other",
    [
        plan(GAJ, SWJ, at=NOW + timedelta(hours=1)),
        replace(plan(GAJ, at=NOW + timedelta(hours=1)), full=True),
        replace(plan(GAJ, at=NOW + timedelta(hours=1)), years=(2024,)),
        plan(GAJ, at=NOW + timedelta(days=1)),  # the next night
    ],
)
def test_other_work_takes_the_fetches_over(tmp_path: Path, killed: OpenedPass, other: PassPlan) -> None:
    opened = open_pass(tmp_path, other, ())
    assert not opened.resumed
    assert opened.plan == other
    assert [journal.folder for journal in opened.adopted] == [killed.journal.folder]


def test_a_pass_killed_after_its_publication_leaves_nothing_to_do(tmp_path: Path, killed: OpenedPass) -> None:
    opened = open_pass(tmp_path, plan(GAJ), [killed.plan.run_id])
    assert not opened.resumed
    assert opened.adopted == ()
    assert not killed.journal.folder.exists()


def test_an_unfinished_ingest_is_forgotten_for_its_files_are_still_there(tmp_path: Path) -> None:
    ingest = open_pass(tmp_path, plan(crawls=False), ())
    opened = open_pass(tmp_path, plan(crawls=False), ())
    assert not opened.resumed
    assert opened.adopted == ()
    assert not ingest.journal.folder.exists()


def test_a_kill_before_the_plan_was_written_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "20261120T183000Z-000000").mkdir()
    (tmp_path / "20261120T183000Z-000000" / "pass.json").write_bytes(b'{"run_id":"2026')
    opened = open_pass(tmp_path, plan(GAJ), ())
    assert opened.adopted == ()
    assert [folder.name for folder in tmp_path.iterdir()] == [opened.plan.run_id]


def test_a_torn_line_is_not_there_and_harms_no_later_one(tmp_path: Path, killed: OpenedPass) -> None:
    with killed.journal.fetches_file.open("ab") as stream:
        stream.write(b'{"url":"http://gaj.exa')
    killed.journal.add_fetches([fetch("http://gaj.example/2", killed.plan.run_id)])
    assert [snapshot.url for snapshot in killed.journal.fetches()] == ["http://gaj.example/1", "http://gaj.example/2"]


def test_the_last_word_on_a_portal_counts(killed: OpenedPass) -> None:
    jsonl.append(killed.journal.portals_file, [replace(ended(GAJ), state="dead"), ended(GAJ)])
    assert killed.journal.outcomes() == {"gaj": ended(GAJ)}
