"""When a host is left alone, and for how long."""

from __future__ import annotations

import pytest

from crawlers.breaker import Breaker, Challenged, Unasked
from crawlers.exchange import FetchFailed, Trouble

DEAD = FetchFailed(Trouble.DEAD, "HTTP 503", 503, "http://e.gov.cn/")
BARRED = FetchFailed(Trouble.BLOCKED, "HTTP 403", 403, "http://e.gov.cn/")
CHALLENGE = Challenged(Trouble.BLOCKED, "a challenge (HTTP 412)", 412, "http://e.gov.cn/")


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def _is_asked(breaker: Breaker, host: str = "e.gov.cn") -> bool:
    try:
        breaker.enter(host)
    except Unasked:
        return False
    return True


def _failing(breaker: Breaker, failed: FetchFailed, times: int) -> None:
    for _ in range(times):
        breaker.failed("e.gov.cn", failed)


@pytest.mark.parametrize("failed", [DEAD, BARRED])
def test_a_host_is_left_alone_after_eight_addresses_in_vain(failed: FetchFailed) -> None:
    breaker = Breaker()
    _failing(breaker, failed, 7)
    assert _is_asked(breaker)
    _failing(breaker, failed, 1)
    assert not _is_asked(breaker)
    assert _is_asked(breaker, "other.gov.cn")


def test_whoever_comes_later_is_told_why() -> None:
    breaker = Breaker()
    _failing(breaker, BARRED, 8)
    with pytest.raises(Unasked, match="HTTP 403") as told:
        breaker.check("e.gov.cn")
    assert told.value.trouble is Trouble.BLOCKED


def test_an_answer_begins_the_count_anew() -> None:
    breaker = Breaker()
    _failing(breaker, DEAD, 7)
    breaker.answered("e.gov.cn", brought=True)
    _failing(breaker, DEAD, 7)
    assert _is_asked(breaker)


def test_after_an_address_in_vain_the_next_ones_are_asked_for_once() -> None:
    breaker = Breaker()
    assert breaker.attempts("e.gov.cn", 4) == 4
    breaker.failed("e.gov.cn", DEAD)
    assert breaker.attempts("e.gov.cn", 4) == 1
    breaker.answered("e.gov.cn", brought=True)
    assert breaker.attempts("e.gov.cn", 4) == 4


def test_attempts_for_several_addresses_at_the_same_time_tell_that_a_host_is_in_trouble() -> None:
    breaker = Breaker()
    for _ in range(4):
        breaker.attempted("e.gov.cn")
    assert breaker.attempts("e.gov.cn", 4) == 1
    breaker.answered("e.gov.cn", brought=True)
    assert breaker.attempts("e.gov.cn", 4) == 4


def test_a_challenge_closes_a_host_that_never_answered_at_once() -> None:
    breaker = Breaker()
    breaker.failed("e.gov.cn", CHALLENGE)
    assert not _is_asked(breaker)


def test_that_there_is_no_robots_txt_is_no_sign_of_being_let_in() -> None:
    breaker = Breaker()
    breaker.answered("e.gov.cn", brought=False)
    breaker.failed("e.gov.cn", CHALLENGE)
    assert not _is_asked(breaker)


def test_of_a_host_that_answers_a_single_challenge_is_the_addresss_own() -> None:
    breaker = Breaker()
    breaker.answered("e.gov.cn", brought=True)
    breaker.failed("e.gov.cn", CHALLENGE)
    assert _is_asked(breaker)
    breaker.failed("e.gov.cn", CHALLENGE)
    assert not _is_asked(breaker)


def test_a_dead_host_is_tried_by_one_request_after_a_rest() -> None:
    clock = Clock()
    breaker = Breaker(clock=clock)
    _failing(breaker, DEAD, 8)
    clock.now = 299
    assert not _is_asked(breaker)
    clock.now = 301
    assert _is_asked(breaker)
    assert not _is_asked(breaker)  # the others wait for how it went
    breaker.answered("e.gov.cn", brought=True)
    assert _is_asked(breaker)


def test_a_trial_in_vain_closes_it_again() -> None:
    clock = Clock()
    breaker = Breaker(clock=clock)
    _failing(breaker, DEAD, 8)
    clock.now = 301
    assert _is_asked(breaker)
    breaker.failed("e.gov.cn", DEAD)
    clock.now = 599
    assert not _is_asked(breaker)


@pytest.mark.parametrize("failed", [BARRED, CHALLENGE])
def test_who_blocks_is_left_alone_for_the_night(failed: FetchFailed) -> None:
    clock = Clock()
    breaker = Breaker(clock=clock)
    _failing(breaker, failed, 8)
    clock.now = 86_400
    assert not _is_asked(breaker)
