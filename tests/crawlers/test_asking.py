"""What one host has to bear: how often it is asked again, when all portals on it leave it alone, and that nothing gets
around a challenge."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise
from pathlib import Path
from threading import Lock

import pytest

from crawlers.asking import retry_after
from pipeline.model import Kind
from tests.support.crawling import FAST, Crawled, job_in, portal, run
from tests.support.sites import Answer, Asked, Route, Site, document, listing, report, serve

T2024, T2023 = "某县公安局2024年政府信息公开工作年度报告", "某县公安局2023年政府信息公开工作年度报告"
NO_ROBOTS = {"/robots.txt": Answer("none", 404)}


def _crawled(folder: Path, routes: dict[str, Route], *paths: str, **settings: object) -> tuple[Crawled, Site]:
    """Portals on one host, at these paths."""
    with serve(Site(routes), "127.0.6.1") as site:
        portals = [portal(f"p{number}", site.url + path.lstrip("/")) for number, path in enumerate(paths)]
        limits = replace(FAST, **settings)  # type: ignore[arg-type]
        return run(job_in(folder, portals, settings=limits)), site


# --- waiting -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "least", "most"),
    [
        ("120", 120, 120),
        (" 7 ", 7, 7),
        (format_datetime(datetime.now(UTC) + timedelta(hours=9), usegmt=True), 7 * 3600, 9 * 3600),
        (format_datetime(datetime.now(UTC) - timedelta(days=1), usegmt=True), 0, 0),
        ("Fri, 31 Dec 9999 23:59:59 -2359", 0, float("inf")),
        ("-5", 0, 0),
        ("²", 0, 0),
        ("soon", 0, 0),
        ("", 0, 0),
    ],
)
def test_retry_after_is_seconds_or_a_date(said: str, least: float, most: float) -> None:
    assert least <= retry_after(said) <= most


def test_a_date_to_come_back_is_kept(tmp_path: Path) -> None:
    def busy(asked: Asked, times: int) -> Answer:
        at = datetime.now(UTC) + timedelta(seconds=2)
        return (
            Answer(report(T2024)) if times else Answer("busy", 503, {"Retry-After": format_datetime(at, usegmt=True)})
        )

    crawled, site = _crawled(tmp_path, {"/": busy}, "/", retries=1)
    first, second = (one.at for one in site.asked if one.path == "/")
    assert second - first >= 0.9  # a date has no parts of seconds
    assert crawled.outcomes["p0"].state == "ok"


def test_who_asks_to_be_left_alone_for_long_is(tmp_path: Path) -> None:
    busy = Answer("busy", 503, {"Retry-After": "3600"})
    crawled, site = _crawled(tmp_path, {"/a": busy, "/b": busy, **NO_ROBOTS}, "/a", "/b")
    assert len(site.paths) == 1
    assert [one.state for one in crawled.outcomes.values()] == ["blocked", "blocked"]
    assert all("asks to wait 3600 s" in one.reason for one in crawled.outcomes.values())


@pytest.mark.parametrize(("status", "times"), [(500, 3), (503, 3), (504, 3), (429, 3), (403, 1), (404, 1), (451, 1)])
def test_only_what_may_pass_is_asked_for_again(tmp_path: Path, status: int, times: int) -> None:
    _, site = _crawled(tmp_path, {"/": Answer("no", status)}, "/", retries=2)
    assert site.paths == ["/"] * times


def test_attempts_are_ever_further_apart(tmp_path: Path) -> None:
    _, site = _crawled(tmp_path, {"/": Answer("no", 500)}, "/", retries=3)
    times = [one.at for one in site.asked if one.path == "/"]
    gaps = [later - earlier for earlier, later in pairwise(times)]
    assert gaps[0] >= 0.09 and gaps[1] >= 0.19 and gaps[2] >= 0.39


# --- a host that has had enough ----------------------------------------------------------------------------


def test_portals_on_one_host_leave_it_alone_together(tmp_path: Path) -> None:
    paths = [f"/p{number}/" for number in range(14)]
    routes: dict[str, Route] = {path: Answer("oops", 500) for path in paths}
    crawled, site = _crawled(tmp_path, routes, *paths, retries=1)
    assert len(site.paths) <= 2 + 8  # two attempts tell that it is in trouble
    assert {one.state for one in crawled.outcomes.values()} == {"dead"}
    told = [one for one in crawled.outcomes.values() if "not asked any more" in one.reason]
    assert len(told) >= 14 - len(set(site.paths))
    assert all("HTTP 500" in one.reason for one in told)


def test_a_portal_that_is_barred_half_way_stops_there(tmp_path: Path) -> None:
    rows = [(f"/r{number}", f"某县第{number}局2024年政府信息公开工作年度报告", "2025-01-20") for number in range(30)]
    routes: dict[str, Route] = {"/": listing(*rows), **{url: Answer("no", 403) for url, _, _ in rows}}
    routes |= {url: report(title) for url, title, _ in rows[:5]}
    crawled, site = _crawled(tmp_path, routes, "/")
    assert len(site.paths) <= 1 + 5 + 8
    assert crawled.outcomes["p0"].state == "blocked"
    assert crawled.outcomes["p0"].reports_found == 5
    assert len([one for one in crawled.snapshots if one.archived]) == 6


# --- challenges --------------------------------------------------------------------------------------------

_SCRIPT = "<script>document.cookie='{}=1';location.reload()</script>"
CHALLENGES = {
    "412 with a script": (Answer(f"<html>{_SCRIPT.format('x')}</html>", 412), "HTTP 412"),
    "412 with nothing": (Answer("", 412), "HTTP 412"),
    "521 with a script": (Answer(f"<html>{_SCRIPT.format('__jsl_clearance_s')}</html>", 521), "__jsl_clearance"),
    "200 with a script": (Answer(f"<html><head>{_SCRIPT.format('acw_sc__v2')}</head></html>"), "acw_sc__v2"),
    "503 with a script": (Answer("<html><script src='/cdn-cgi/challenge-platform/x.js'></script></html>", 503),
                          "challenge-platform"),
    "a captcha": (Answer(document("访问验证", "<p>请输入验证码：<input><img src='/code.jpg'></p>")), "访问验证"),
    "a firewall's page": (Answer(document("提示", "<p>您的访问被阻断</p>").encode("gb18030")), "访问被阻断"),
}  # fmt: skip


@pytest.mark.parametrize("name", CHALLENGES)
def test_a_challenge_is_met_once_and_told(tmp_path: Path, name: str) -> None:
    answer, seen = CHALLENGES[name]
    routes: dict[str, Route] = dict.fromkeys(("/a", "/b", "/c"), answer) | NO_ROBOTS
    crawled, site = _crawled(tmp_path, routes, "/a", "/b", "/c", render="auto")
    assert len(site.asked) == 2  # robots.txt was there to be read
    for outcome in crawled.outcomes.values():
        assert outcome.state == "blocked"
        assert seen in outcome.reason


def test_a_challenge_in_place_of_robots_txt_is_enough(tmp_path: Path) -> None:
    challenge = Answer(f"<html>{_SCRIPT.format('x')}</html>", 412)
    crawled, site = _crawled(tmp_path, {"/": challenge, "/robots.txt": challenge}, "/")
    assert [one.path for one in site.asked] == ["/robots.txt"]
    assert crawled.outcomes["p0"].state == "blocked"


def test_a_single_challenged_address_is_not_the_portal(tmp_path: Path) -> None:
    rows = [("/r24", T2024, "2025-01-20"), ("/r23", T2023, "2024-01-20")]
    routes: dict[str, Route] = {"/": listing(*rows), "/r24": Answer("", 412), "/r23": report(T2023)}
    crawled, site = _crawled(tmp_path, routes, "/")
    assert site.paths.count("/r24") == 1
    assert crawled.of("p0")["/r24"].error.startswith("blocked: a challenge (HTTP 412)")
    assert set(crawled.of("p0", Kind.REPORT)) == {"/r23", "/r24"}
    assert crawled.of("p0")["/r23"].error == ""


def test_a_report_that_speaks_of_firewalls_is_no_challenge(tmp_path: Path) -> None:
    text = "<p>部署应用防火墙，疑似攻击的请求被拦截，后台登录须请完成验证。</p>"
    crawled, _ = _crawled(tmp_path, {"/": report(T2024, text + "<p>全年主动公开政府信息一千二百条。</p>" * 20)}, "/")
    assert crawled.outcomes["p0"].state == "ok"


# --- one at a time, and whose cookies ----------------------------------------------------------------------


def test_a_host_is_asked_one_thing_at_a_time_whichever_portal_and_file_it_is(tmp_path: Path) -> None:
    flying, most, lock = [0], [0], Lock()

    def slowly(body: str | bytes) -> Callable[[Asked, int], Answer]:
        def route(asked: Asked, times: int) -> Answer:
            with lock:
                flying[0] += 1
                most[0] = max(most[0], flying[0])
            time.sleep(0.03)
            with lock:
                flying[0] -= 1
            return Answer(body)

        return route

    files = "".join(f'<a href="/f{number}.pdf">附件{number}.pdf</a>' for number in range(3))
    routes: dict[str, Route] = {f"/f{number}.pdf": slowly(b"%PDF-1.4 x") for number in range(3)}
    routes |= {f"/{name}/": slowly(listing((f"/{name}/r", T2024, "2025-01-20"))) for name in "abcd"}
    routes |= {f"/{name}/r": slowly(report(T2024, files)) for name in "abcd"}
    crawled, _ = _crawled(tmp_path, routes, "/a/", "/b/", "/c/", "/d/")
    assert {one.state for one in crawled.outcomes.values()} == {"ok"}
    assert most[0] == 1


def test_two_requests_at_once_where_the_settings_allow_two(tmp_path: Path) -> None:
    flying, most, lock = [0], [0], Lock()

    def slowly(asked: Asked, times: int) -> Answer:
        with lock:
            flying[0] += 1
            most[0] = max(most[0], flying[0])
        time.sleep(0.2)
        with lock:
            flying[0] -= 1
        return Answer(report(T2024))

    paths = [f"/{name}" for name in "abcdef"]
    _crawled(tmp_path, dict.fromkeys(paths, slowly), *paths, per_host=2)
    assert most[0] == 2


def test_no_more_requests_fly_over_all_hosts_than_the_settings_allow(tmp_path: Path) -> None:
    flying, most, lock = [0], [0], Lock()

    def slowly(asked: Asked, times: int) -> Answer:
        with lock:
            flying[0] += 1
            most[0] = max(most[0], flying[0])
        time.sleep(0.1)
        with lock:
            flying[0] -= 1
        return Answer(report(T2024))

    with serve(Site({"/": slowly}), "0.0.0.0") as site:
        portals = [portal(f"p{number}", f"http://127.0.6.{number}:{site.port}/") for number in range(1, 9)]
        run(job_in(tmp_path, portals, settings=replace(FAST, concurrency=3)))
    assert most[0] == 3


def test_portals_on_one_host_have_cookies_of_their_own(tmp_path: Path) -> None:
    def gives(name: str) -> Callable[[Asked, int], Answer]:
        return lambda asked, times: Answer(
            listing((f"/{name}/r", T2024, "2025-01-20")), headers={"Set-Cookie": f"who={name}; Path=/"}
        )

    routes: dict[str, Route] = {f"/{name}/": gives(name) for name in "ab"}
    routes |= {f"/{name}/r": report(T2024) for name in "ab"}
    _, site = _crawled(tmp_path, routes, "/a/", "/b/")
    sent = {one.path: one.headers.get("Cookie") for one in site.asked if one.path.endswith("r")}
    assert sent == {"/a/r": "who=a", "/b/r": "who=b"}
