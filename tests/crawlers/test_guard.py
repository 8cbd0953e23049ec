"""What one portal may reach of another's that only we could reach: nothing, by whatever name or script."""

from __future__ import annotations

import gzip
import ipaddress
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from twisted.internet.address import IPv4Address
from twisted.internet.testing import StringTransport
from twisted.python.failure import Failure
from twisted.web._newclient import Request
from twisted.web.client import HTTPConnectionPool
from twisted.web.http_headers import Headers

from crawlers.browser import chromium
from crawlers.guard import PrivateAddress
from crawlers.scope import Scope
from crawlers.wire import watch_over
from pipeline.model import Kind
from tests.support.crawling import FAST, job_in, portal, run
from tests.support.sites import Answer, Site, listing, report, serve

T2024 = "某县公安局2024年政府信息公开工作年度报告"
T2023 = "某县公安局2023年政府信息公开工作年度报告"
REFUSED = "refused: {} is a private address"
DRAWN = replace(FAST, render="always", timeout=10, retries=0)
ROW = ("/r24", T2024, "2025-01-20")
PDF = Answer(b"%PDF-1.4 x", headers={"Content-Type": "application/pdf"})


def _named(site: Site) -> str:
    """By a name: a number that only a resolver takes for an address."""
    return f"http://{int(ipaddress.ip_address(site.host))}:{site.port}/"


@contextmanager
def _sites(*routes: dict) -> Iterator[list[Site]]:
    with ExitStack() as stack:
        yield [stack.enter_context(serve(Site(one), f"127.0.16.{n}")) for n, one in enumerate(routes, start=1)]


def test_no_name_leads_a_portal_to_another_ones_private_host(tmp_path: Path) -> None:
    """Neither by a link to a file nor by a redirect; and the other portal is none the worse."""
    astray: dict = {"/far.pdf": lambda asked, times: Answer("", 302, {"Location": f"{_named(inside)}sent.pdf"})}
    with _sites(astray, {"/": listing(ROW), "/r24": report(T2024), "/own.pdf": PDF}) as (near, inside):
        there = _named(inside)
        astray["/"] = listing(ROW, (f"{there}row.pdf", T2023, "2024-01-20"))
        astray["/r24"] = report(T2024, f'<a href="{there}file.pdf">附件</a><a href="/far.pdf">附件</a>')
        crawled = run(job_in(tmp_path, [portal("near", near.url), portal("inside", there)]))
    assert set(inside.paths) == {"/", "/r24"}
    assert crawled.outcomes["inside"].complete
    errors = {path: one.error for path, one in crawled.of("near").items() if one.error}
    assert errors == dict.fromkeys(
        ("/row.pdf", "/file.pdf", "/far.pdf"), REFUSED.format(there.split("/")[2].split(":")[0])
    )


def test_what_a_portal_names_among_its_hosts_is_its_own(tmp_path: Path) -> None:
    near_routes: dict = {
        "/r24": lambda asked, times: Answer(report(T2024, f'<a href="{_named(inside)}file.pdf">附件</a>'))
    }
    with _sites({"/": listing(ROW), **near_routes}, {"/file.pdf": PDF}) as (near, inside):
        hosts = (_named(inside).removeprefix("http://"),)
        crawled = run(job_in(tmp_path, [portal("near", near.url, hosts=hosts)]))
    assert crawled.of("near", Kind.ATTACHMENT)["/file.pdf"].error == ""


def test_a_private_portals_attachments_may_be_at_another_private_address_but_no_redirect_leads_there(
    tmp_path: Path,
) -> None:
    near_routes: dict = {"/far.pdf": lambda asked, times: Answer("", 302, {"Location": f"{inside.url}sent.pdf"})}
    with _sites(near_routes, {"/file.pdf": PDF, "/sent.pdf": PDF, "/page": report(T2023)}) as (near, inside):
        files = f'<a href="{inside.url}file.pdf">附件</a><a href="/far.pdf">附件</a>'
        near_routes |= {"/": listing(ROW, (f"{inside.url}page", T2023, "2024-01-20")), "/r24": report(T2024, files)}
        crawled = run(job_in(tmp_path, [portal("near", near.url)]))
    assert set(inside.paths) == {"/file.pdf"}
    attachments = crawled.of("near", Kind.ATTACHMENT)
    assert attachments["/file.pdf"].error == ""
    assert attachments["/far.pdf"].error == REFUSED.format(inside.host)


@pytest.mark.parametrize(
    ("own", "allowed"),
    [
        ("e.gov.cn", set()),
        ("127.0.0.9", {"127.0.0.1"}),
        ("10.9.0.1", {"10.0.0.1", "192.168.1.1"}),
        ("169.254.0.9", set()),
    ],
)
def test_attachments_are_let_in_from_the_network_alone_that_the_portal_is_in(own: str, allowed: set[str]) -> None:
    inside = {"127.0.0.1", "10.0.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0"}
    scope = Scope("near", frozenset({own}), linked_hosts={*inside, "f.gov.cn"})
    assert scope.refusal("http://f.gov.cn/a.pdf") == ""
    assert {host for host in inside if not scope.refusal(f"http://{host}/a.pdf")} == allowed
    assert all(scope.refusal(f"http://{host}/a.pdf", redirected=True) for host in inside)


_WAYS_OUT = """
const there = 'THERE', socket = there.replace('http', 'ws');
const add = html => document.body.insertAdjacentHTML('beforeend', html);
const opens = name => `new WebSocket('${socket}${name}'); open('${there}${name}')`;
const works = name => URL.createObjectURL(new Blob([`fetch('${there}${name}'); new WebSocket('${socket}${name}')`]));
eval(opens('page'));
new SharedWorker(works('shared'));
new Worker(works('worker'));
new EventSource(there + 'events');
navigator.sendBeacon(there + 'beacon', 'x');
fetch(there + 'fetched', {mode: 'no-cors'});
for (const rel of ['icon', 'prefetch', 'preload', 'modulepreload', 'manifest'])
  document.head.insertAdjacentHTML('beforeend', `<link rel=${rel} as=fetch href="${there}${rel}">`);
add(`<iframe srcdoc="<script>${opens('srcdoc')}</` + `script>"></iframe>`);
add(`<iframe src="data:text/html,<script>${opens('data')}</` + `script>"></iframe>`);
add(`<iframe src="${there}frame"></iframe><object data="${there}object"></object><embed src="${there}embed">`);
add(`<form id=f target=_blank action="${there}form"></form>`);
document.getElementById('f').submit();
"""


@pytest.mark.skipif(chromium() is None, reason="no Chromium on this machine")
def test_in_the_browser_a_page_keeps_all_but_its_ways_to_another_portals_private_host(tmp_path: Path) -> None:
    """Its cookies, its encoding, its letters; but whatever its scripts do, it opens no windows, workers and sockets."""
    astray: dict = {"/r24": report(T2024)}
    headers = {"Content-Type": "text/html", "Content-Encoding": "gzip", "Set-Cookie": "seen=1; HttpOnly"}
    page = listing(ROW, after="<script>fetch('/asked')</script>").replace("utf-8", "gb18030").encode("gb18030")
    plain = {"/": Answer(gzip.compress(page), headers=headers), "/asked": "1", "/r24": report(T2024)}
    with _sites(astray, plain) as (near, inside):
        astray["/"] = listing(ROW, after=f"<script>{_WAYS_OUT.replace('THERE', inside.url)}</script>")
        crawled = run(job_in(tmp_path, [portal("near", near.url), portal("inside", inside.url)], settings=DRAWN))
    assert set(inside.paths) == {"/", "/asked", "/r24"}
    assert [one.headers["Cookie"] for one in inside.asked if one.path == "/asked"] == ["seen=1"]
    assert crawled.of("inside", Kind.REPORT)["/r24"].title == T2024
    assert crawled.outcomes["near"].complete


@pytest.mark.parametrize(("peer", "sent"), [("10.0.0.1", False), ("fd00::1", False), ("93.184.215.14", True)])
def test_what_a_name_stood_for_before_does_not_count_when_the_connection_is_there(peer: str, sent: bool) -> None:
    request = Request(b"GET", b"/", Headers({b"Host": [b"e.gov.cn"]}), None)
    transport = StringTransport(peerAddress=IPv4Address("TCP", peer, 80))
    pool, left = HTTPConnectionPool(None), list[str]()
    watch_over(pool, left.append, outside=True)
    factory: Any = pool._factory
    protocol = factory(lambda _: None, "").buildProtocol(None)
    protocol.makeConnection(transport)
    answered = protocol.request(request)
    failed: list[Failure] = []
    answered.addErrback(failed.append)
    assert [failure.type for failure in failed] == [] if sent else [PrivateAddress]
    assert transport.value().startswith(b"GET / ") is sent
    assert left == (["e.gov.cn"] if sent else [])
