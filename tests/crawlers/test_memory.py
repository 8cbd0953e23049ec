"""What is remembered of a portal is found by where its line stands, through kills and nights."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawlers.memory import Memory, Remembered
from pipeline.model import ArchiveRef, Kind, Snapshot

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def _line(key: str, run_id: str, title: str = "", error: str = "") -> Remembered:
    archived = None if error else ArchiveRef("a.warc.gz", 0, 1)
    snapshot = Snapshot(f"http://{key}", "p", run_id, Kind.REPORT, NOW, archived=archived, title=title, error=error)
    return Remembered(key, snapshot, NOW)


class Night:
    def __init__(self, folder: Path, run_id: str, *, full: bool = False) -> None:
        self.memory = Memory(folder, "p", run_id, full=full)
        self._run_id = run_id

    def learn(self, *keys: str, title: str = "", error: str = "") -> None:
        for key in keys:
            self.memory.learn(_line(key, self._run_id, title, error))

    def titles(self, keys: str) -> list[str]:
        """What is known of each: by this run, and by those before."""
        lines = [self.memory.of_this_run(key) or self.memory.earlier(key) for key in keys]
        return [f"{one.snapshot.run_id} {one.snapshot.title}".strip() if one else "" for one in lines]


def test_the_last_line_about_an_address_counts_also_behind_one_that_a_kill_tore(tmp_path: Path) -> None:
    night = Night(tmp_path, "r1")
    night.learn("a", "b", title="first")
    night.learn("a", title="second")
    with (tmp_path / "p.jsonl").open("ab") as stream:
        stream.write(b'{"key":"b","snapsh')
    again = Night(tmp_path, "r1")
    assert again.titles("abc") == ["r1 second", "r1 first", ""]
    again.learn("c", title="third")
    assert again.titles("abc") == Night(tmp_path, "r1").titles("abc") == ["r1 second", "r1 first", "r1 third"]


def test_a_finished_night_leaves_one_good_line_for_each_address(tmp_path: Path) -> None:
    first = Night(tmp_path, "r1")
    first.learn("a", "b", "c", "d", title="old")
    first.learn("e", error="dead: no answer")
    first.memory.compact()
    second = Night(tmp_path, "r2")
    assert second.titles("abcde") == ["r1 old"] * 4 + [""]
    second.learn("a", title="new")
    second.learn("b", error="dead: no answer")
    second.learn("c", error="moved: HTTP 404")
    assert second.titles("abcd") == ["r2 new", "r2", "r2", "r1 old"]
    second.memory.compact()
    third = Night(tmp_path, "r3")
    assert third.titles("abcde") == ["r2 new", "r1 old", "r1 old", "r1 old", ""]
    assert [held.deleted for key in "abcd" if (held := third.memory.earlier(key))] == [False, False, True, False]
    assert len((tmp_path / "p.jsonl").read_bytes().splitlines()) == 4


def test_a_night_that_brings_nothing_leaves_what_there_was(tmp_path: Path) -> None:
    Night(tmp_path, "r1").memory.compact()
    assert list(tmp_path.iterdir()) == []
    failed = Night(tmp_path, "r1")
    failed.learn("a", error="dead: no answer")
    failed.memory.compact()
    assert Night(tmp_path, "r1").titles("a") == ["r1"]


@pytest.mark.parametrize("full", [False, True])
def test_a_full_crawl_remembers_nothing_of_other_nights(tmp_path: Path, full: bool) -> None:
    Night(tmp_path, "r1").learn("a")
    later = Night(tmp_path, "r2", full=full)
    assert later.memory.holds("a") == (not full)
    assert (later.memory.earlier("a") is None) == full
