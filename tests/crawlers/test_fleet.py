"""Whole crawls over a generated fleet, which knows its reports and logs every request: nothing is missed or mistaken,
manners are kept, and a portal that fails is told and harms no other."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from random import Random

import pytest

from crawlers.browser import chromium
from crawlers.job import CrawlSettings
from tests.support.crawling import FAST, job_in, run, start
from tests.support.fleet import Fleet, Shape, fleet
from tests.support.fleet.reckoning import Reckoning, against_robots, spent, too_soon
from tests.support.fleet.server import Logged
from tests.support.fleet.words import THIS_YEAR

SMALL, SMALL_SEED = Shape(portals=8, failing=2, tls=1), 1
WHOLE, WHOLE_SEED = Shape(portals=60, large=2, failing=18, drawn=2 if chromium() else 0, tls=3), 7
SETTINGS = replace(FAST, timeout=4, max_bytes=3_000_000, delay=0.02)
BUDGET_FIRST, BUDGET_SECOND = 2.0, 1.2  # requests per report found, and per column on an unchanged second night

_LONGEST = 850  # seconds for a night on a busy machine


@dataclass(frozen=True)
class Nights:
    """Two nights over one fleet; `asked` are the second one's requests."""

    made: Fleet
    first: Reckoning
    second: Reckoning
    log: list[Logged]
    asked: list[Logged]
    delay: float


def _two_nights(folder: Path, seed: int, shape: Shape, settings: CrawlSettings, network: int) -> Iterator[Nights]:
    with fleet(seed, shape, network=network) as made:
        portals = [member.portal for member in made.members]
        first = Reckoning.of(run(job_in(folder, portals, settings=settings), seconds=_LONGEST))
        count = len(made.log.requests)
        second = Reckoning.of(run(job_in(folder, portals, "run2", settings), seconds=_LONGEST))
        log = made.log.requests
        yield Nights(made, first, second, log[:count], log[count:], settings.delay)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nights]:
    yield from _two_nights(tmp_path_factory.mktemp("small"), SMALL_SEED, SMALL, SETTINGS, 51)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nights]:
    settings = replace(SETTINGS, render="auto", timeout=10)
    yield from _two_nights(tmp_path_factory.mktemp("whole"), WHOLE_SEED, WHOLE, settings, 52)


@pytest.fixture(params=["small", pytest.param("whole", marks=[pytest.mark.slow, pytest.mark.timeout(1800)])])
def nights(request: pytest.FixtureRequest) -> Nights:
    found: Nights = request.getfixturevalue(request.param)
    return found


def test_every_report_and_its_files_are_brought(nights: Nights) -> None:
    missed = {member.id: found for member in nights.made.sound if (found := nights.first.missed(member))}
    assert missed == {}


def test_next_to_nothing_else_is_taken_for_a_report(nights: Nights) -> None:
    mistaken = [address for member in nights.made.members for address in nights.first.mistaken(member)]
    assert len(mistaken) <= 0.01 * nights.first.reports_brought(nights.made.members), mistaken


def test_a_portal_that_fails_is_told_and_no_other_suffers(nights: Nights) -> None:
    outcomes = nights.first.crawled.outcomes
    assert nights.first.crawled.exit_code == 0
    assert [member.fails for member in nights.made.failing if outcomes[member.id].complete] == []
    told = {member.id: outcomes[member.id].reason for member in nights.made.sound}
    assert {name: reason for name, reason in told.items() if not outcomes[name].complete} == {}


def test_robots_txt_is_obeyed(nights: Nights) -> None:
    assert any(member.forbidden for member in nights.made.members)
    assert against_robots(nights.made) == []


def test_no_request_comes_sooner_than_is_allowed(nights: Nights) -> None:
    found = {}
    for member in nights.made.members:
        for log in (nights.log, nights.asked):
            mine = [one for one in log if one.host == member.host]
            if hurried := too_soon(mine, max(nights.delay, member.delay)):
                found[member.id] = hurried
    assert found == {}


def test_an_unchanged_second_night_brings_the_same_reports_and_asks_for_none(nights: Nights) -> None:
    """But for those that the first night was not given."""
    for member in nights.made.sound:
        owed, first, second = nights.first.owed(member), nights.first.found(member), nights.second.found(member)
        assert first <= second, member.id
        assert second - first <= owed, member.id
        whole = [one for one in member.obtainable if not one.spoiled]
        known = {address for one in whole for address in (one.address, *one.again, *one.files)} - owed
        asked = {one.path for one in nights.asked if one.host == member.host}
        assert not asked & known, member.id


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_few_requests_are_spent(whole: Nights) -> None:
    """Everything counts that leads to a report's page, retries and look-alikes included; of what hangs on the page one
    request for each file is none that could be spared. Where a paper is not to be had the second night asks for it
    again, which says nothing of unchanged columns."""
    sound, unspoiled = whole.made.sound, [member for member in whole.made.sound if not member.is_spoiled]
    reports = whole.first.reports_brought(sound)
    columns = sum(len(member.columns) for member in unspoiled)
    first, files = spent(sound, whole.log, files=False) / reports, spent(sound, whole.log) / reports
    second = spent(unspoiled, whole.asked) / columns
    print(f"requests per report {first:.2f}, with files {files:.2f}; the next night per column {second:.2f}")
    assert first <= BUDGET_FIRST
    assert second <= BUDGET_SECOND


def test_many_reports_of_one_day_are_all_brought_on_a_later_night(tmp_path: Path) -> None:
    """Over several pages of a listing, among which their dates tell no order."""
    with fleet(11, Shape(portals=2), network=54) as made:
        registered = [member.portal for member in made.members]
        run(job_in(tmp_path, registered, settings=SETTINGS), seconds=_LONGEST)
        for member in made.members:
            member.publish_in_bulk(date(THIS_YEAR + 1, 10, 30))
        later = Reckoning.of(run(job_in(tmp_path, registered, "run2", SETTINGS), seconds=_LONGEST))
    missed = {member.id: found for member in made.members if (found := later.missed(member))}
    assert missed == {}


@pytest.mark.parametrize("seed", [3, pytest.param(4, marks=pytest.mark.slow), pytest.param(5, marks=pytest.mark.slow)])
def test_a_crawl_that_is_killed_and_started_again_brings_the_same_reports(tmp_path: Path, seed: int) -> None:
    shape, rng = Shape(portals=2 if seed == 3 else 5), Random(seed)
    with fleet(seed, shape, network=53) as made:
        portals = [member.portal for member in made.members]
        undisturbed = Reckoning.of(run(job_in(tmp_path / "undisturbed", portals, settings=SETTINGS)))
        whole = len(made.log.requests)
        job = job_in(tmp_path / "killed", portals, settings=SETTINGS)
        for _ in range(3):
            process, enough = start(job), len(made.log.requests) + rng.randrange(2, max(3, whole // 4))
            while len(made.log.requests) < enough and process.poll() is None:
                time.sleep(0.005)
            process.kill()
            process.wait()
        resumed = Reckoning.of(run(job))
    assert resumed.reports == undisturbed.reports
    assert resumed.held == undisturbed.held
    addresses = [(one.portal_id, one.url) for one in resumed.crawled.snapshots]
    assert len(addresses) == len(set(addresses))
    assert {name: one.state for name, one in resumed.crawled.outcomes.items()} == dict.fromkeys(
        undisturbed.reports, "ok"
    )
