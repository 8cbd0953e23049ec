"""What crawlers that work at the same time know of a host: one turn for all of them, and one opinion."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from threading import Barrier

import pytest

from crawlers.breaker import Breaker, Unasked
from crawlers.exchange import FetchFailed, Trouble
from crawlers.hosts import HostGate
from crawlers.standing import SharedStandings
from pipeline.resources import ROOT
from tests.support.crawling import FAST, Crawled, job_in, portal, start
from tests.support.sites import Answer, Asked, Route, Site, listing, report, serve

HOST = "files.gov.cn"
BARRED = FetchFailed(Trouble.BLOCKED, "HTTP 403", 403, "http://files.gov.cn/1.pdf")


def gate_of(standings: SharedStandings, delay: float = 0.0) -> HostGate:
    return HostGate(delay=delay, per_host=1, concurrency=8, standings=standings)


def test_a_turn_is_one_crawlers_at_a_time(tmp_path: Path) -> None:
    one, other = SharedStandings(tmp_path), SharedStandings(tmp_path)
    assert one.take(HOST) and one.take(HOST)
    assert other.take("www.gov.cn") and not other.take(HOST)
    one.give_back(HOST)
    assert not other.take(HOST)  # it was taken twice
    one.give_back(HOST)
    assert other.take(HOST)


def test_a_crawler_waits_for_the_others_delay(tmp_path: Path) -> None:
    gates = [gate_of(SharedStandings(tmp_path), delay=0.2) for _ in range(2)]
    began: list[float] = []

    async def ask(gate: HostGate) -> None:
        async with gate.turn(HOST):
            began.append(time.monotonic())

    async def all_of_them() -> None:
        await asyncio.gather(*(ask(gate) for gate in gates * 2))

    asyncio.run(all_of_them())
    assert min(later - earlier for earlier, later in pairwise(began)) >= 0.195


def test_a_crawl_delay_and_a_rest_hold_for_those_who_never_heard_of_them(tmp_path: Path) -> None:
    gates = [gate_of(SharedStandings(tmp_path)) for _ in range(2)]

    async def waits() -> float:
        gates[0].slow_down(HOST, 0.2)
        async with gates[0].turn(HOST):
            gates[0].hold(HOST, 0.4)  # as Retry-After asks
        began = time.monotonic()
        async with gates[1].turn(HOST):
            return time.monotonic() - began

    assert asyncio.run(waits()) >= 0.395
    assert gates[1].delay(HOST) == 0.2


def test_a_host_that_one_leaves_alone_is_left_alone_by_all(tmp_path: Path) -> None:
    one, other = SharedStandings(tmp_path), SharedStandings(tmp_path)
    assert one.take(HOST)
    Breaker(one).leave(HOST, BARRED)
    one.give_back(HOST)
    assert other.take(HOST)
    with pytest.raises(Unasked, match="HTTP 403") as unasked:
        Breaker(other).enter(HOST)
    assert (unasked.value.trouble, unasked.value.status, unasked.value.url) == (Trouble.BLOCKED, 403, BARRED.url)
    Breaker(other).answered(HOST, brought=True)
    other.give_back(HOST)
    assert one.take(HOST)
    Breaker(one).enter(HOST)  # it has answered somebody since


def test_what_a_longer_line_left_behind_is_not_read(tmp_path: Path) -> None:
    standings = SharedStandings(tmp_path)
    for reason in ("很" * 300, "HTTP 500"):
        assert standings.take(HOST)
        Breaker(standings).leave(HOST, replace(BARRED, reason=reason))
        standings.give_back(HOST)
    other = SharedStandings(tmp_path)
    assert other.take(HOST)
    left = other.of(HOST).left
    assert left is not None and left.reason == "HTTP 500"


def test_a_killed_crawler_leaves_its_turn_and_the_delay_from_its_last_request(tmp_path: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from crawlers.standing import SharedStandings\n"
        "standings = SharedStandings(Path(sys.argv[1])); assert standings.take(sys.argv[2])\n"
        "standings.of(sys.argv[2]).due = 4e9; standings.write(sys.argv[2]); print('taken', flush=True); time.sleep(60)"
    )
    command = [sys.executable, "-c", code, str(tmp_path), HOST]
    standings = SharedStandings(tmp_path)
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"taken\n"
        assert not standings.take(HOST)
        other.kill()
    assert standings.take(HOST)
    assert standings.of(HOST).due == 4e9


# --- crawler processes ---------------------------------------------------------------------------------------


def together(begun: Barrier, body: str) -> Callable[[Asked, int], Answer]:
    def answer(asked: Asked, times: int) -> Answer:
        if not times:
            begun.wait(50)
        return Answer(body)

    return answer


def crawled_by_two(folder: Path, answer: Callable[[Asked, int], Answer], delay: float) -> tuple[list[Crawled], Site]:
    """Two portals, each with a process of its own, the files of whose reports lie on one host. Neither goes on before
    the other has begun."""
    begun = Barrier(2)
    with ExitStack() as stack:
        shared = stack.enter_context(serve(Site({"/file.pdf": answer}), "127.0.61.3"))
        jobs = []
        for number in range(2):
            titles = [f"某县第{number}局{year}年政府信息公开工作年度报告" for year in range(2019, 2025)]
            routes: dict[str, Route] = {
                f"/r{index}": report(title, f'<a href="{shared.url}file.pdf?id={number}{index}">附件.pdf</a>')
                for index, title in enumerate(titles)
            }
            routes["/"] = together(begun, listing(*((f"/r{n}", title, "2025-01-20") for n, title in enumerate(titles))))
            site = stack.enter_context(serve(Site(routes), f"127.0.61.{number + 1}"))
            one = portal(f"p{number}", site.url, hosts=(shared.host,))
            job = job_in(folder, [one], settings=replace(FAST, delay=delay, timeout=60))
            jobs.append(replace(job, crawlers=2, hosts=folder / "hosts"))
        processes = [start(job, f"job-{number}.json") for number, job in enumerate(jobs)]
        codes = [process.wait(120) for process in processes]
    log = (jobs[0].journal / "crawl.log").read_text()
    return [Crawled(job, code, log) for job, code in zip(jobs, codes, strict=True)], shared


def test_two_processes_keep_the_delay_at_a_host_that_both_ask(tmp_path: Path) -> None:
    pdf = Answer(b"%PDF-1.4", headers={"Content-Type": "application/pdf"})
    crawls, shared = crawled_by_two(tmp_path, lambda asked, times: pdf, 0.15)
    assert [crawl.exit_code for crawl in crawls] == [0, 0], crawls[0].log
    assert {one.state for one in crawls[0].outcomes.values()} == {"ok"}
    assert len(set(shared.paths)) == len(shared.paths) == 12
    assert min(later.at - earlier.at for earlier, later in pairwise(shared.asked)) >= 0.14


def test_a_challenge_that_one_process_met_no_other_meets(tmp_path: Path) -> None:
    crawls, shared = crawled_by_two(tmp_path, lambda asked, times: Answer("no", 412), 0.01)
    assert [crawl.exit_code for crawl in crawls] == [0, 0], crawls[0].log
    assert len(shared.paths) == 1
    unasked = [one for one in crawls[0].snapshots if "不再访问该主机" in one.error]
    assert len(unasked) == 12 - 1
