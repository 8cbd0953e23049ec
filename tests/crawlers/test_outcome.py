"""When a portal counts as read."""

from __future__ import annotations

import pytest

from crawlers.columns import Row
from crawlers.exchange import FetchFailed, Trouble
from crawlers.outcome import Tally, outcome_of
from tests.support.crawling import portal

PORTAL = portal("p", "http://e.gov.cn/", min_reports=3)


def _failed(trouble: Trouble, count: int = 1) -> list[FetchFailed]:
    return [FetchFailed(trouble, "why", url="http://e.gov.cn/x") for _ in range(count)]


def _found(count: int) -> dict[str, Row]:
    return {str(number): Row(f"http://e.gov.cn/{number}", "x") for number in range(count)}


@pytest.mark.parametrize(
    ("tally", "state"),
    [
        (Tally(asked=20, pages=20, found=_found(3)), "ok"),
        (Tally(asked=20, pages=17, found=_found(3), failures=_failed(Trouble.DEAD, 3)), "ok"),
        (Tally(asked=20, pages=16, found=_found(3), failures=_failed(Trouble.DEAD, 4)), "empty"),
        (Tally(asked=20, pages=9, found=_found(3), failures=_failed(Trouble.DEAD, 11)), "dead"),
        (Tally(asked=20, pages=16, found=_found(3), failures=_failed(Trouble.BLOCKED, 4)), "blocked"),
        (
            Tally(asked=20, found=_found(9), unread=_failed(Trouble.BLOCKED), failures=_failed(Trouble.BLOCKED)),
            "blocked",
        ),
        (Tally(asked=20, found=_found(2)), "empty"),
        (Tally(asked=20, found=_found(9), stopped="max_pages reached"), "empty"),
        (Tally(asked=20, found=_found(9), shrunk=("moved", "a column is gone")), "moved"),
        (Tally(never_started=_failed(Trouble.MOVED)[0]), "moved"),
    ],
)
def test_half_a_portal_is_no_success(tally: Tally, state: str) -> None:
    outcome = outcome_of(PORTAL, tally, 20, every_year=True)
    assert (outcome.state, outcome.complete, bool(outcome.reason)) == (state, state == "ok", state != "ok")


def test_fewer_reports_than_expected_are_enough_where_only_some_years_were_wanted() -> None:
    assert outcome_of(PORTAL, Tally(asked=5, found=_found(1)), 5, every_year=False).state == "ok"


def test_what_has_changed_and_is_no_failure_is_told_beside_it() -> None:
    outcome = outcome_of(PORTAL, Tally(asked=5, found=_found(3), notes=["one", "two"]), 5, every_year=True)
    assert (outcome.state, outcome.reason) == ("ok", "one; two")


@pytest.mark.parametrize(
    "tally",
    [
        Tally(asked=1),
        Tally(asked=9, found=_found(9), unread=_failed(Trouble.DEAD)),
        Tally(asked=9, found=_found(9), failures=_failed(Trouble.DEAD, 9)),
        Tally(asked=9, found=_found(9), stopped="given up"),
    ],
)
def test_a_missing_browser_is_told_whatever_the_portal_failed_of(tally: Tally) -> None:
    tally.no_browser = "no browser starts"
    assert outcome_of(PORTAL, tally, 1, every_year=True).reason.endswith("; no browser starts")
