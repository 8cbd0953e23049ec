"""Turns at a host and robots.txt, without a network."""

from __future__ import annotations

import asyncio
import time
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from crawlers import robots_kept
from crawlers.challenges import challenge_in
from crawlers.exchange import FetchFailed, Trouble
from crawlers.hosts import HostGate
from crawlers.robots import Answer, Robots
from crawlers.robots_kept import KeptRobots

AGENT = "nianbao/0.1 (contact: x@y.z)"


def _starts(gate: HostGate, hosts: list[str], busy: float = 0.0) -> dict[str, list[float]]:
    began: dict[str, list[float]] = {host: [] for host in hosts}

    async def ask(host: str) -> None:
        async with gate.turn(host):
            began[host].append(time.monotonic())
            gate.left(host)
            await asyncio.sleep(busy)

    async def all_of_them() -> None:
        await asyncio.gather(*(ask(host) for host in hosts))

    asyncio.run(all_of_them())
    return began


def test_requests_to_one_host_start_a_delay_apart_and_other_hosts_do_not_wait() -> None:
    starts = _starts(HostGate(delay=0.1, per_host=1, concurrency=8), ["a", "a", "a", "b"])
    assert starts["a"][2] - starts["a"][0] >= 0.195
    assert starts["b"][0] < starts["a"][1]


def test_a_host_is_asked_one_thing_at_a_time() -> None:
    starts = _starts(HostGate(delay=0, per_host=1, concurrency=8), ["a", "a"], busy=0.1)
    assert starts["a"][1] - starts["a"][0] >= 0.095


def test_a_request_that_starts_late_is_followed_a_delay_after_its_own_start() -> None:
    async def starts() -> list[float]:
        gate = HostGate(delay=0.1, per_host=3, concurrency=8)
        asyncio.get_running_loop().call_later(0.05, time.sleep, 0.2)  # a loop that is busy when the second is due
        began: list[float] = []

        async def ask() -> None:
            async with gate.turn("a"):
                began.append(time.monotonic())

        await asyncio.gather(*(ask() for _ in range(4)))
        return began

    began = asyncio.run(starts())
    assert began[1] - began[0] >= 0.2
    assert min(later - earlier for earlier, later in pairwise(began)) >= 0.095


@pytest.mark.parametrize(("busy", "apart"), [(0.05, 0.55), (0.6, 1.0)])
def test_the_delay_counts_from_the_answer_where_that_comes_soon(busy: float, apart: float) -> None:
    first, second = _starts(HostGate(delay=0.5, per_host=1, concurrency=1), ["a", "a"], busy)["a"]
    assert apart - 0.005 <= second - first <= apart + 0.25


def test_the_delay_counts_from_a_requests_leaving_however_late_that_is() -> None:
    async def apart() -> float:
        gate = HostGate(delay=0.1, per_host=1, concurrency=1)
        async with gate.turn("a"):
            await asyncio.sleep(0.6)  # a machine with much else to do
            gate.left("a")
            left = asyncio.get_running_loop().time()
        async with gate.turn("a"):
            return asyncio.get_running_loop().time() - left

    assert asyncio.run(apart()) >= 0.095


def test_the_delay_is_kept_by_requests_that_waited_for_their_place_among_all() -> None:
    async def starts() -> list[float]:
        gate = HostGate(delay=0.1, per_host=2, concurrency=2)
        began: list[float] = []

        async def ask(host: str, busy: float) -> None:
            async with gate.turn(host):
                if host == "a":
                    began.append(time.monotonic())
                await asyncio.sleep(busy)

        others = [asyncio.ensure_future(ask(host, 0.3)) for host in "bc"]
        await asyncio.sleep(0.05)
        await asyncio.gather(ask("a", 0), ask("a", 0), *others)
        return began

    first, second = asyncio.run(starts())
    assert second - first >= 0.095


def test_a_hold_keeps_everything_from_the_host() -> None:
    async def held() -> float:
        gate = HostGate(delay=0, per_host=1, concurrency=1)
        gate.hold("a", 0.15)
        began = time.monotonic()
        async with gate.turn("a"):
            return time.monotonic() - began

    assert asyncio.run(held()) >= 0.145


ROBOTS = "http://e.gov.cn/robots.txt"


def _refusal(answers: dict[str, Answer], url: str = "http://e.gov.cn/nb/1.html") -> tuple[str, dict[str, float]]:
    slowed: dict[str, float] = {}

    async def read(address: str) -> Answer:
        return answers[address]

    return asyncio.run(Robots(AGENT, slowed.__setitem__).refusal(url, read)), slowed


@pytest.mark.parametrize(
    ("status", "body", "refused"),
    [
        (200, "User-agent: *\nDisallow: /nb/", True),
        (200, "\ufeffUser-agent: *\nDisallow: /nb/", True),
        (200, "User-agent: *\nDisallow: /*.html$", True),
        (200, "User-agent: *\nDisallow: /\nAllow: /nb/", False),
        (200, "User-agent: nianbao\nDisallow: /\n\nUser-agent: *\nAllow: /", True),
        (200, "User-agent: Baiduspider\nDisallow: /", False),
        (200, "User-agent: *\nCrawl-delay: 3600", True),
        (200, "<!DOCTYPE html><html>User-agent: *\nDisallow: /</html>", False),
        (404, "User-agent: *\nDisallow: /", False),
        (403, "", False),
    ],
)
def test_robots_txt_is_obeyed(status: int, body: str, refused: bool) -> None:
    refusal, _ = _refusal({ROBOTS: Answer(status, body.encode())})
    assert bool(refusal) is refused


def test_a_server_error_for_robots_txt_is_a_dead_server_and_no_rule() -> None:
    with pytest.raises(FetchFailed, match="HTTP 503") as failure:
        _refusal({ROBOTS: Answer(503, b"")})
    assert failure.value.trouble is Trouble.DEAD


def test_a_crawl_delay_is_told_to_the_host_gate() -> None:
    slow = Answer(200, b"User-agent: *\nCrawl-delay: 7")
    assert _refusal({ROBOTS: slow})[1] == {"e.gov.cn": 7.0}


def test_rules_are_kept_where_robots_txt_is_redirected() -> None:
    moved = {
        ROBOTS: Answer(301, b"", "https://e.gov.cn/robots.txt"),
        "https://e.gov.cn/robots.txt": Answer(302, b"", "https://www.e.gov.cn/robots.txt"),
        "https://www.e.gov.cn/robots.txt": Answer(200, b"User-agent: *\nDisallow: /nb/\nCrawl-delay: 3"),
    }
    assert _refusal(moved) == ("robots.txt does not allow it", {"e.gov.cn": 3.0})


def test_a_robots_txt_that_only_redirects_has_no_rules() -> None:
    assert _refusal({ROBOTS: Answer(302, b"", ROBOTS)})[0] == ""


def _asked_for(answer: Answer, kept: KeptRobots) -> int:
    asked = []

    async def read(address: str) -> Answer:
        asked.append(address)
        return answer

    asyncio.run(Robots(AGENT, lambda host, delay: None, kept).refusal("http://e.gov.cn/nb/1.html", read))
    return len(asked)


def test_robots_txt_is_good_for_a_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, rules = tmp_path / "robots.jsonl", Answer(200, b"User-agent: *\nDisallow: /nb/")
    assert [_asked_for(rules, KeptRobots(path)) for _ in range(2)] == [1, 0]
    assert KeptRobots(path).get("http://e.gov.cn") == "User-agent: *\nDisallow: /nb/"
    assert KeptRobots(path).get("https://e.gov.cn") is None
    monkeypatch.setattr(robots_kept, "_GOOD_FOR", timedelta(0))
    assert _asked_for(rules, KeptRobots(path)) == 1
    assert len(path.read_text().splitlines()) == 1  # the outdated line has gone


def test_a_full_crawl_goes_by_no_robots_txt_of_earlier_nights(tmp_path: Path) -> None:
    path, rules = tmp_path / "robots.jsonl", Answer(200, b"")
    assert [_asked_for(rules, KeptRobots(path, ignored=True)) for _ in range(2)] == [1, 1]


@pytest.mark.parametrize("status", [403, 412])
def test_that_robots_txt_was_refused_is_not_remembered(tmp_path: Path, status: int) -> None:
    path = tmp_path / "robots.jsonl"
    assert [_asked_for(Answer(status, b""), KeptRobots(path)) for _ in range(2)] == [1, 1]


@pytest.mark.parametrize(
    ("body", "mark"),
    [
        ("<html><script>var x='__jsl_clearance_s=1'</script></html>", "__jsl_clearance"),
        ("<html><body><p>您的访问被阻断</p></body></html>", "您的访问被阻断"),
        ("<html><body>" + "<p>总体情况</p>" * 1000 + "部署了网站防火墙</body></html>", ""),
        ("<html>" + "<a href='/nb/'>年报</a>" * 9 + "访问验证</html>", ""),
        ("%PDF-1.4 __jsl_clearance", ""),
    ],
)
def test_a_challenge_is_told_from_a_page_that_speaks_of_one(body: str, mark: str) -> None:
    assert challenge_in(body.encode()) == mark
