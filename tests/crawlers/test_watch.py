"""What a page may do in a real Chromium: no more than the crawl itself may."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from threading import Lock

import pytest

from crawlers.browser import chromium
from tests.support.crawling import FAST, Crawled, job_in, portal, run
from tests.support.sites import Answer, Asked, Route, Site, document, listing, report, serve

pytestmark = pytest.mark.skipif(chromium() is None, reason="no Chromium on this machine")

T2024 = "某县公安局2024年政府信息公开工作年度报告"
SETTINGS = replace(FAST, render="always", timeout=10, retries=0, max_bytes=2_000_000)
ROW = ("/r24", T2024, "2025-01-20")
_PASSES = "<html><script>document.cookie='passed=1';location.reload()</script></html>"
_ASKS = "<script>{}.forEach(one => fetch(one).catch(() => 0))</script>"


def _column(script: str) -> str:
    return listing(ROW, after=script)


def _gate(status: int, mark: str) -> Callable[[Asked, int], Answer]:
    """Lets in whoever ran its script."""
    first = _PASSES.replace("passed", mark)
    return lambda asked, times: Answer(_column("")) if "Cookie" in asked.headers else Answer(first, status)


def _endless(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    for _ in range(2000):
        handler.wfile.write(b"x" * 65536)


SITES: dict[str, dict[str, Route]] = {
    "gated": {"/": _gate(412, "passed")},
    "gated-with-200": {"/": _gate(200, "acw_sc__v2")},
    "forbidding": {
        "/robots.txt": "User-agent: *\nDisallow: /api/",
        "/": _column(_ASKS.format("['/api/rows', '/open/rows']")),
        "/r24": report(T2024),
    },
    "leading-inside": {
        "/": lambda asked, times: Answer(
            _column(_ASKS.format(f"['{SITE['inside'].url}', '/out', 'http://localhost:{SITE['inside'].port}/']"))
        ),
        "/out": lambda asked, times: Answer("", 302, {"Location": SITE["inside"].url}),
    },
    "sent-inside": {"/": lambda asked, times: Answer("", 302, {"Location": SITE["inside"].url})},
    "sending-inside": {
        "/": lambda asked, times: Answer(document("x", f"<script>location = '{SITE['inside'].url}'</script>"))
    },
    "endless": {"/": _column(_ASKS.format("['/big']")), "/big": Answer(write=_endless)},
    "inside": {"/": report(T2024)},
}
SITE: dict[str, Site] = {}


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    with ExitStack() as stack:
        for number, (name, routes) in enumerate(SITES.items(), start=1):
            SITE[name] = stack.enter_context(serve(Site(routes), f"127.0.7.{number}"))
        portals = [portal(name, site.url) for name, site in SITE.items() if name != "inside"]
        yield run(job_in(tmp_path_factory.mktemp("watch"), portals, settings=SETTINGS))


@pytest.mark.parametrize(("name", "seen"), [("gated", "HTTP 412"), ("gated-with-200", "acw_sc__v2")])
def test_a_challenge_is_not_given_the_chance_to_run(crawled: Crawled, name: str, seen: str) -> None:
    assert SITE[name].paths == ["/"]
    assert crawled.outcomes[name].state == "blocked"
    assert seen in crawled.outcomes[name].reason


def test_what_robots_txt_forbids_no_script_asks_for(crawled: Crawled) -> None:
    assert "/open/rows" in SITE["forbidding"].paths
    assert "/api/rows" not in SITE["forbidding"].paths


def test_a_browsers_requests_are_counted(crawled: Crawled) -> None:
    assert crawled.outcomes["forbidding"].requests == len(SITE["forbidding"].asked)


def test_no_script_and_no_redirect_reaches_a_private_address(crawled: Crawled) -> None:
    assert "/out" in SITE["leading-inside"].paths
    assert SITE["inside"].asked == []
    for name in ("leading-inside", "sent-inside", "sending-inside"):
        assert not crawled.outcomes[name].complete, crawled.outcomes[name]


def test_a_page_that_is_sent_more_than_the_limit_is_not_kept(crawled: Crawled) -> None:
    assert crawled.of("endless")["/"].error == f"too large: more than {SETTINGS.max_bytes} bytes"


@pytest.mark.slow
def test_a_script_that_never_ends_ends_with_the_pages_time(tmp_path: Path) -> None:
    routes: dict[str, Route] = {"/": _column("<script>setTimeout(() => { while (true) {} }, 300)</script>")}
    with serve(Site(routes), "127.0.7.20") as site:
        began = time.monotonic()
        crawled = run(job_in(tmp_path, [portal("p", site.url)], settings=replace(SETTINGS, timeout=2)))
    assert time.monotonic() - began < 90
    assert crawled.exit_code == 0
    assert crawled.of("p")["/"].error == ""  # as it came without the browser


def test_a_page_asks_its_host_one_thing_at_a_time(tmp_path: Path) -> None:
    flying, most, lock = [0], [0], Lock()

    def slowly(asked: Asked, times: int) -> Answer:
        with lock:
            flying[0] += 1
            most[0] = max(most[0], flying[0])
        time.sleep(0.3)
        with lock:
            flying[0] -= 1
        return Answer("1")

    asks = _ASKS.format("['/a', '/b', '/c', '/d']")
    routes: dict[str, Route] = {
        "/": _column(asks),
        "/r24": report(T2024),
        **dict.fromkeys(("/a", "/b", "/c", "/d"), slowly),
    }
    with serve(Site(routes), "127.0.7.21") as site:
        run(job_in(tmp_path, [portal("p", site.url)], settings=SETTINGS))
    assert {"/a", "/b", "/c", "/d"} <= set(site.paths)
    assert most[0] == 1
