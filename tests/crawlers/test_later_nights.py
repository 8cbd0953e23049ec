"""Two nights over a fleet of columns, each of which changes in its own way in between, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from crawlers.columns import read_known, write_known
from pipeline.model import Kind
from tests.support.crawling import Crawled, job_in, portal, run
from tests.support.nights import ALL, LATE, NEW, STORIES
from tests.support.sites import Site, serve


@dataclass(frozen=True)
class Nights:
    folder: Path
    sites: dict[str, Site]
    first: Crawled
    second: Crawled
    asked: dict[str, list[str]]  # on the second night

    def titles(self, name: str) -> list[str]:
        return sorted(one.title for one in self.second.of(name, Kind.REPORT).values() if not one.error)

    def again(self, name: str, run_id: str, **changes: object) -> Crawled:
        """One portal on a further night."""
        self.sites[name].asked.clear()
        return run(job_in(self.folder, [portal(name, self.sites[name].url)], run_id), **changes)


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nights]:
    folder: Path = tmp_path_factory.mktemp("nights")
    with ExitStack() as stack:
        sites = {
            name: stack.enter_context(serve(Site(dict(story.before)), f"127.0.9.{number}"))
            for number, (name, story) in enumerate(STORIES.items(), 1)
        }
        portals = [portal(name, site.url) for name, site in sites.items()]
        first = run(job_in(folder, portals))
        for name, site in sites.items():
            site.routes.update(STORIES[name].after)
            site.asked.clear()
        second = run(job_in(folder, portals, "run2"))
        asked = {name: list(site.paths) for name, site in sites.items()}
        yield Nights(folder, sites, first, second, asked)


def test_on_the_first_night_all_are_whole_but_the_one_with_a_failure(nights: Nights) -> None:
    states = {name: outcome.state for name, outcome in nights.first.outcomes.items()}
    assert states.pop("one failed") == "empty"
    assert set(states.values()) == {"ok"}


@pytest.mark.parametrize("name", [name for name, story in STORIES.items() if story.asked is not None])
def test_on_the_second_night_only_what_may_have_news_is_asked(nights: Nights, name: str) -> None:
    assert nights.asked[name] == STORIES[name].asked


def test_an_interface_is_asked_without_the_page_around_it(nights: Nights) -> None:
    assert len(nights.asked["interface"]) == 1
    assert "/common/search/" in nights.asked["interface"][0]


@pytest.mark.parametrize(
    ("name", "count"),
    [("same", 9), ("grown", 10), ("oldest first", 10), ("undated", 10), ("counted", 9), ("recounted", 10),
     ("by years", 12), ("inserted", 9), ("interface", 10), ("years", 6), ("corrected", 9), ("moved", 9),
     ("corrected elsewhere", 3),
     ("moved with its reports", 9), ("deleted", 3), ("unlisted", 4), ("one failed", 3)],
)  # fmt: skip
def test_every_report_that_is_there_is_found_and_the_portal_is_whole(nights: Nights, name: str, count: int) -> None:
    outcome = nights.second.outcomes[name]
    assert (outcome.state, outcome.reports_found) == ("ok", count), outcome.reason


def test_reports_that_were_not_asked_for_are_journaled_as_unchanged(nights: Nights) -> None:
    reports = nights.second.of("same", Kind.REPORT).values()
    assert sorted(one.title for one in reports) == sorted(title for _, title, _ in ALL)
    assert all(one.unchanged and one.run_id == "run2" for one in reports)


def test_a_row_put_in_among_old_ones_is_found_when_everything_is_looked_at(nights: Nights) -> None:
    path = nights.folder / "memory" / "inserted.columns.json"
    known = read_known(path)
    assert known is not None
    write_known(path, replace(known, looked_on=known.looked_on - timedelta(days=7)))
    found = nights.again("inserted", "run3").of("inserted", Kind.REPORT)
    assert found[LATE[0]].title == LATE[1]
    asked = nights.sites["inserted"].paths
    assert asked[0] == "/"
    assert [path for path in asked if path.startswith("/r/")] == [LATE[0]]


@pytest.mark.parametrize("name", ["moved", "moved with its reports"])
def test_a_column_that_moved_is_found_again_and_told(nights: Nights, name: str) -> None:
    reason = nights.second.outcomes[name].reason
    assert f"a column has moved and was found again: {nights.sites[name].url}nb/" in reason
    known = read_known(nights.folder / "memory" / f"{name}.columns.json")
    assert known is not None
    assert [one.visit.ask.url for one in known.columns] == [f"{nights.sites[name].url}new/"]


@pytest.mark.parametrize(
    ("name", "state", "reason"),
    [
        ("gone", "moved", "/nb/ HTTP 404; 上次 9 份年报，现缺 9 份"),
        ("emptied", "empty", "has no more of its rows; 上次 9 份年报，现缺 9 份"),
        ("redirected", "moved", "9 of 9 known reports are missing"),
        ("fewer", "empty", "has no more of its rows; 上次 6 份年报，现缺 3 份"),
        ("down", "dead", "HTTP 500"),
    ],
)
def test_a_column_that_lacks_what_it_had_is_a_failure_with_numbers(
    nights: Nights, name: str, state: str, reason: str
) -> None:
    outcome = nights.second.outcomes[name]
    assert (outcome.state, outcome.complete) == (state, False)
    assert reason in outcome.reason


@pytest.mark.slow
def test_what_was_lost_is_missed_every_night_until_it_is_accepted(nights: Nights) -> None:
    assert nights.again("fewer", "run3").outcomes["fewer"].state == "empty"
    assert nights.again("fewer", "run4", full=True).outcomes["fewer"].state == "ok"
    last = nights.again("fewer", "run5")
    assert (last.outcomes["fewer"].state, last.outcomes["fewer"].reports_found) == ("ok", 3)
    assert nights.sites["fewer"].paths == ["/nb/"]


def test_a_deleted_report_is_told_and_a_merely_unlisted_one_is_kept(nights: Nights) -> None:
    deleted = nights.second.outcomes["deleted"]
    assert (
        f"1 reports are gone from the portal, their data stays: {nights.sites['deleted'].url}r/9.html" in deleted.reason
    )
    assert nights.second.of("deleted")["/r/9.html"].error == "moved: HTTP 404"
    assert nights.second.outcomes["unlisted"].reason == ""
    assert "/r/9.html" in nights.second.of("unlisted", Kind.REPORT)


def test_a_report_that_a_server_did_not_give_fails_the_portal_and_is_asked_for_again(nights: Nights) -> None:
    outcome = nights.first.outcomes["one failed"]
    assert (outcome.state, outcome.reports_found) == ("empty", 2)
    assert "1 of 5 addresses failed" in outcome.reason
    assert nights.second.outcomes["one failed"].state == "ok"


def test_a_corrected_report_is_brought_anew(nights: Nights) -> None:
    one = nights.second.of("corrected", Kind.REPORT)["/r/9.html"]
    assert str(one.listed_on) == "2025-03-01"
    assert NEW[0] in nights.second.of("grown", Kind.REPORT)


def test_a_server_that_is_down_is_asked_little(nights: Nights) -> None:
    assert set(nights.asked["down"]) == {"/nb/"}
