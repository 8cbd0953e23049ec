"""Servers that break the protocol, each in its own way, in one crawl: what came whole is kept, what did not is told."""

from __future__ import annotations

import gzip
import socket
import struct
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from http.server import BaseHTTPRequestHandler

import pytest

from tests.support.crawling import FAST, Crawled, job_in, portal, run
from tests.support.sites import Answer, Site, document, listing, report, serve

TITLE = "某县公安局2024年政府信息公开工作年度报告"
BODY = report(TITLE).encode()
HTML = b"Content-Type: text/html\r\n"
Write = Callable[[BaseHTTPRequestHandler], None]


def _raw(*parts: bytes, torn: bool = False) -> Write:
    def write(handler: BaseHTTPRequestHandler) -> None:
        for part in parts:
            handler.wfile.write(part)
            handler.wfile.flush()
        if torn:
            time.sleep(0.2)  # for what was sent to be read
            handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            handler.connection.close()

    return write


def _again_and_again(head: bytes, part: bytes, pause: float = 0.0) -> Write:
    def write(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(head)
        for _ in range(20_000):
            handler.wfile.write(part)
            handler.wfile.flush()
            time.sleep(pause)

    return write


def _sized(body: bytes, *, off: int = 0, more: bytes = b"") -> bytes:
    return b"HTTP/1.1 200 OK\r\n" + HTML + more + b"Content-Length: %d\r\n\r\n" % (len(body) + off) + body


def _chunk(body: bytes) -> bytes:
    return b"%x\r\n%s\r\n" % (len(body), body)


CHUNKED = b"HTTP/1.1 200 OK\r\n" + HTML + b"Transfer-Encoding: chunked\r\n\r\n"
GZIPPED = b"Content-Encoding: gzip\r\n"
BOMB = gzip.compress(bytes(3_000_000))

WHOLE: dict[str, Write] = {
    "old": _raw(b"HTTP/1.0 200 OK\r\n" + HTML + b"\r\n", BODY),
    "bare": _raw(b"HTTP/1.1 200\nContent-Type:text/html\nno colon here\n\n", BODY),
    "chunks": _raw(CHUNKED, _chunk(BODY[:50]), _chunk(BODY[50:]), b"0\r\n\r\n"),
    "chatty": _raw(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\n", _sized(BODY)),
    "longer": _raw(_sized(BODY) + b"rubbish"),
    "liar": _raw(_sized(BODY, more=GZIPPED)),
    "zipped": _raw(_sized(gzip.compress(BODY), more=GZIPPED)),
}
BROKEN: dict[str, tuple[Write, str]] = {
    "torn": (_raw(b"HTTP/1.0 200 OK\r\n" + HTML + b"\r\n", BODY[:200], torn=True), "dead"),
    "shorter": (_raw(_sized(BODY, off=500)), "dead"),
    "cut chunks": (_raw(CHUNKED, _chunk(BODY)), "dead"),
    "cut zip": (_raw(_sized(gzip.compress(BODY)[:-40], more=GZIPPED)), "dead: CutShort"),
    "bomb": (_raw(_sized(BOMB, more=GZIPPED)), "too large"),
    "twice a bomb": (_raw(_sized(gzip.compress(BOMB), more=b"Content-Encoding: gzip, gzip\r\n")), "too large"),
    "endless chunks": (_again_and_again(CHUNKED, _chunk(b"x" * 20_000)), "too large"),
    "huge by its own word": (_raw(_sized(b"", off=10**12)), "too large"),
    "drips": (_again_and_again(CHUNKED, _chunk(b"x"), 0.1), "dead: DownloadTimeoutError"),
    "slow headers": (_again_and_again(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n", 0.1), "dead: DownloadTimeoutError"),
    "headers without end": (_again_and_again(b"HTTP/1.1 200 OK\r\n", b"X-A: " + b"b" * 2000 + b"\r\n"), "dead"),
    "a header without end": (_again_and_again(b"HTTP/1.1 200 OK\r\nX-A: ", b"b" * 2000), "dead"),
    "hints without end": (_again_and_again(b"", b"HTTP/1.1 103 Early Hints\r\nX-A: b\r\n\r\n"), "dead"),
    "no http": (_raw(b"220 ftp.example.cn ready\r\n"), "dead"),
    "mute": (_raw(), "dead"),
}
REDIRECTS = {
    "to a file": ("file:///etc/passwd", "refused: redirects to no address of the web: 'file:///etc/passwd'"),
    "to data": ("data:text/html,<h1>x</h1>", "refused: redirects to no address"),
    "to a script": ("javascript:location='/x'", "refused: redirects to no address"),
    "to an absurd length": ("/" + "x" * 9000, "refused: redirects to no address"),
    "to nothing": ("", "refused: HTTP 302 to nowhere"),
    "to itself": ("/r", "refused: too many redirects"),
    "to a port that is none": ("http://127.0.5.1:99999/", "refused: redirects to no address"),
    "to the cloud's own": ("http://169.254.169.254/latest/", "refused: 169.254.169.254 is a private address"),
    "to itself in ipv6": ("http://[::1]/", "refused: ::1 is a private address"),
    "to a mapped address": ("http://[::ffff:10.0.0.1]/", "refused: ::ffff:10.0.0.1 is a private address"),
    "elsewhere": ("http://www.example.org/", "moved: www.example.org does not belong"),
}


def _site(answer: Answer) -> Site:
    return Site(
        {"/": listing(("/r", TITLE, "2025-01-20"), ("/s", TITLE, "2025-01-21")), "/r": answer, "/s": report(TITLE)}
    )


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Crawled, dict[str, Site]]]:
    answers = {name: Answer(write=write) for name, write in WHOLE.items()}
    answers |= {name: Answer(write=write) for name, (write, _) in BROKEN.items()}
    answers |= {
        name: Answer(document("", ""), 302, {"Location": to} if to else {}) for name, (to, _) in REDIRECTS.items()
    }
    with ExitStack() as stack:
        sites = {
            name: stack.enter_context(serve(_site(answer), f"127.0.5.{number}"))
            for number, (name, answer) in enumerate(answers.items(), start=1)
        }
        portals = [portal(name.replace(" ", "-"), site.url) for name, site in sites.items()]
        job = job_in(tmp_path_factory.mktemp("wire"), portals, settings=replace(FAST, retries=0))
        began = time.monotonic()
        told = run(job)
        assert time.monotonic() - began < 60
        yield told, sites


def _error(crawled: tuple[Crawled, dict[str, Site]], name: str) -> str:
    return crawled[0].of(name.replace(" ", "-"))["/r"].error


@pytest.mark.parametrize("name", WHOLE)
def test_a_body_that_came_whole_is_kept(crawled: tuple[Crawled, dict[str, Site]], name: str) -> None:
    assert _error(crawled, name) == ""
    assert crawled[0].of(name)["/r"].bytes == len(BODY)


@pytest.mark.parametrize("name", BROKEN)
def test_an_answer_that_did_not_come_whole_is_none(crawled: tuple[Crawled, dict[str, Site]], name: str) -> None:
    assert _error(crawled, name).startswith(BROKEN[name][1])


@pytest.mark.parametrize("name", REDIRECTS)
def test_a_redirect_that_leads_nowhere_is_not_followed(crawled: tuple[Crawled, dict[str, Site]], name: str) -> None:
    assert _error(crawled, name).startswith(REDIRECTS[name][1])


def test_a_loop_of_redirects_is_left_after_six(crawled: tuple[Crawled, dict[str, Site]]) -> None:
    assert crawled[1]["to itself"].paths.count("/r") == 6


def test_a_request_that_is_not_to_be_tried_again_leaves_once(crawled: tuple[Crawled, dict[str, Site]]) -> None:
    """Also on a connection that was kept open, of which nobody knows whether the server was about to close it."""
    assert crawled[1]["mute"].paths == ["/", "/r", "/s", "/r"], "once more when all else is read"


@pytest.mark.parametrize("name", [*BROKEN, *REDIRECTS])
def test_the_rest_of_the_portal_is_read(crawled: tuple[Crawled, dict[str, Site]], name: str) -> None:
    assert crawled[0].of(name.replace(" ", "-"))["/s"].error == ""


def test_nothing_of_it_is_a_fault_of_the_crawl(crawled: tuple[Crawled, dict[str, Site]]) -> None:
    assert crawled[0].exit_code == 0
    assert "Traceback" not in crawled[0].log
