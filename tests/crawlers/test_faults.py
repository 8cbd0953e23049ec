"""One crawl over a fleet of loopback sites, each wrong in its own way: what is one portal's trouble is told in its
outcome and is nobody else's."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler
from itertools import pairwise
from pathlib import Path

import pytest

from pipeline.archive import read_body
from pipeline.model import Kind
from tests.support.crawling import FAST, Crawled, job_in, portal, run
from tests.support.sites import REPORT_TEXT, Answer, Asked, Site, document, listing, report, serve

T2024, T2023 = "某县公安局2024年政府信息公开工作年度报告", "某县公安局2023年政府信息公开工作年度报告"
HOME = document("某县公安局", '<a href="/zwgk/">政务公开</a><a href="/nb/">政府信息公开年报</a>')


def _slow(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    for _ in range(40):
        handler.wfile.write(b"x")
        handler.wfile.flush()
        time.sleep(0.2)


def _endless(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "application/pdf")
    handler.end_headers()
    for _ in range(4000):
        handler.wfile.write(b"%PDF-1.4 " + b"x" * 65536)


def _failing_once(body: str, status: int, **headers: str) -> object:
    def route(asked: Asked, times: int) -> Answer:
        return (
            Answer(body)
            if times
            else Answer("busy", status, {name.replace("_", "-"): v for name, v in headers.items()})
        )

    return route


def _with_rows(*rows: tuple[str, str, str], after: str = "") -> dict[str, object]:
    return {"/": HOME, "/nb/": listing(*rows, after=after), "/r24": report(T2024), "/r23": report(T2023)}


ROW24, ROW23 = ("/r24", T2024, "2025-01-20"), ("/r23", T2023, "2024-01-18")


def _links_inside() -> str:
    """One private address as it is, as a number that only a resolver understands, and by a name of this machine."""
    inside = SITE["inside"]
    number = int.from_bytes(bytes(int(part) for part in inside.host.split(".")))
    hosts = (inside.host, str(number), "localhost")
    return "".join(f'<a href="http://{host}:{inside.port}/{n}.pdf">附件</a>' for n, host in enumerate(hosts))


def _hanweb_rows(first: int, last: int) -> str:
    link = '<a href="/art/2025/1/{0}/art_9_{0}.html">某县第{0}局2024年政府信息公开工作年度报告</a>'
    record = f"<record><![CDATA[<li>{link}</li>]]></record>"
    rows = "".join(record.format(number) for number in range(first, last + 1))
    return f"<datastore><totalrecord>20</totalrecord><recordset>{rows}</recordset></datastore>"


def _hanweb(*, obeys: bool) -> dict[str, object]:
    """A column of twenty rows, five of them inlined, the others by POST in portions of fifteen."""
    script = "<script>var p = {perPage: 5, params: {columnid: '9', unitid: '7'}}</script>"

    def proxy(asked: Asked, times: int) -> Answer:
        assert "columnid=9" in asked.form
        bounds = [int(part.split("=")[1]) for part in asked.path.split("?")[1].split("&")[:2]]
        return Answer(_hanweb_rows(*bounds) if obeys else _hanweb_rows(1, 5), headers={"Content-Type": "text/xml"})

    column = document("政府信息公开年报", f'<script type="text/xml">{_hanweb_rows(1, 5)}</script>{script}')
    articles = {
        f"/art/2025/1/{n}/art_9_{n}.html": report(f"某县第{n}局2024年政府信息公开工作年度报告") for n in range(1, 21)
    }
    return {"/": HOME, "/nb/": column, "/module/web/jpage/dataproxy.jsp": proxy, **articles}


SITES: dict[str, dict] = {
    "posted": _hanweb(obeys=True),
    "stubborn": _hanweb(obeys=False),
    "sound": _with_rows(ROW24, ROW23),
    "flaky": {
        **_with_rows(ROW24, ROW23),
        "/nb/": _failing_once(listing(ROW24, ROW23), 500),
        "/r24": _failing_once(report(T2024), 429, Retry_After="1"),
    },
    "robots": {
        **_with_rows(ROW24, ("/secret/r23", T2023, "2024-01-18")),
        "/robots.txt": Answer(
            "User-agent: *\nCrawl-delay: 0.5\nDisallow: /secret/\n", headers={"Content-Type": "text/plain"}
        ),
        "/secret/r23": report(T2023),
    },
    "astray": {
        **_with_rows(ROW24, ("/leave", T2023, "2024-01-18")),
        "/leave": lambda asked, times: Answer("", 302, {"Location": SITE["inside"].url}),
        "/r24": lambda asked, times: Answer(report(T2024, _links_inside())),
    },
    "slow": {**_with_rows(ROW24, ROW23), "/r23": Answer(write=_slow)},
    "huge": {
        **_with_rows(ROW24),
        "/r24": report(T2024, '<a href="/big.pdf">附件.pdf</a>'),
        "/big.pdf": Answer(write=_endless),
    },
    "swollen": {"/": Answer(write=_endless)},
    "barred": {"/": Answer("no", 403)},
    "challenged": {"/": "<html><script>document.cookie='__jsl_clearance=1';location.reload()</script></html>"},
    "gone": {},
    "down": {"/": Answer("oops", 500), "/robots.txt": Answer("oops", 500)},
    "half": {**_with_rows(ROW24, after='<a href="/nb/2">下一页</a>'), "/nb/2": Answer("oops", 500)},
    "hollow": {"/": HOME, "/nb/": listing(), "/zwgk/": document("政务公开", "")},
    "itself": {"/": report(T2024)},
    "column": {"/": listing(ROW24, ROW23), "/r24": report(T2024), "/r23": report(T2023)},
    "mislabelled": {
        "/": Answer(HOME.replace('<meta charset="utf-8">', "").encode("gb18030")),
        "/nb/": Answer(listing(ROW24).encode("gb18030")),
        "/r24": report(T2024),
    },
    "endless": {
        **_with_rows(ROW24, after='<a href="/nb/p?n=1">下一页</a>'),
        "/nb/p": lambda asked, times: Answer(
            listing(ROW24, after=f'<a href="/nb/p?n={int(asked.path.split("=")[1]) + 1}">下一页</a>')
        ),
    },
    "doubled": {
        **_with_rows(ROW24, ("/r24?isMobile=true", T2024, "2025-01-20"), ("//r24#top", T2024, "2025-01-20")),
    },
    "inside": {f"/{n}.pdf": Answer(b"%PDF-1.4") for n in range(3)},
}
SITE: dict[str, Site] = {}


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    with ExitStack() as stack:
        for number, (name, routes) in enumerate(SITES.items(), start=1):
            SITE[name] = stack.enter_context(serve(Site(routes), f"127.0.1.{number}"))
        portals = [portal(name, site.url) for name, site in SITE.items() if name != "inside"]
        portals.append(portal("dead", "http://127.0.1.250:9/"))
        folder: Path = tmp_path_factory.mktemp("faults")
        yield run(job_in(folder, portals))


def test_the_process_runs_to_its_end_whatever_single_portals_did(crawled: Crawled) -> None:
    assert crawled.exit_code == 0, crawled.log
    assert set(crawled.outcomes) == {*SITES, "dead"} - {"inside"}
    assert "Traceback" not in crawled.log


@pytest.mark.parametrize("name", ["sound", "flaky", "column", "doubled", "mislabelled", "endless", "itself", "posted"])
def test_a_portal_that_was_read_to_its_end_is_complete(crawled: Crawled, name: str) -> None:
    outcome = crawled.outcomes[name]
    assert (outcome.state, outcome.complete, outcome.reason) == ("ok", True, "")


@pytest.mark.parametrize(
    ("name", "state", "reason"),
    [
        ("barred", "blocked", "HTTP 403"),
        ("challenged", "blocked", "__jsl_clearance"),
        ("gone", "moved", "HTTP 404"),
        ("dead", "dead", "refused"),
        ("swollen", "empty", "more than"),
        ("down", "dead", "HTTP 500"),
        ("half", "dead", "列表页未读到"),
        ("hollow", "empty", "只找到 0 份"),
        ("slow", "empty", "Timeout"),
        ("stubborn", "dead", "应有 20 行，读到 5 行"),
    ],
)
def test_a_portal_that_was_not_says_why(crawled: Crawled, name: str, state: str, reason: str) -> None:
    outcome = crawled.outcomes[name]
    assert (outcome.state, outcome.complete) == (state, False)
    assert reason in outcome.reason


def test_reports_are_journaled_with_the_links_text_and_the_rows_date(crawled: Crawled) -> None:
    reports = crawled.of("sound", Kind.REPORT)
    assert {path: (one.title, str(one.listed_on)) for path, one in reports.items()} == {
        "/r24": (T2024, "2025-01-20"),
        "/r23": (T2023, "2024-01-18"),
    }
    one = reports["/r24"]
    assert one.archived is not None
    assert read_body(crawled.job.archive, one.archived) == report(T2024).encode()
    assert (one.http_status, one.media_type, one.unchanged) == (200, "text/html", False)


def test_an_overloaded_server_is_asked_again_when_it_said(crawled: Crawled) -> None:
    times = [one.at for one in SITE["flaky"].asked if one.path == "/r24"]
    assert len(times) == 2
    assert times[1] - times[0] >= 1
    assert crawled.outcomes["flaky"].reports_found == 2


def test_robots_txt_is_kept_with_its_crawl_delay(crawled: Crawled) -> None:
    times = [one.at for one in SITE["robots"].asked]
    assert times[-1] - times[0] >= 0.5 * (len(times) - 1) - 0.1
    assert min(later - earlier for earlier, later in pairwise(times)) >= 0.25  # arrivals, on a busy machine
    assert "/secret/r23" not in SITE["robots"].paths
    assert "robots.txt" in crawled.of("robots")["/secret/r23"].error
    assert crawled.outcomes["robots"].state == "ok"  # it is no failure of the server


def test_a_portals_requests_are_those_its_server_was_asked(crawled: Crawled) -> None:
    for name in ("robots", "flaky", "down"):
        assert crawled.outcomes[name].requests == len(SITE[name].asked), name


def test_nothing_is_fetched_from_a_server_whose_robots_txt_fails(crawled: Crawled) -> None:
    assert {one.path for one in SITE["down"].asked} == {"/robots.txt"}


def test_neither_redirects_nor_names_lead_to_a_private_address_that_is_not_the_portals(crawled: Crawled) -> None:
    """A portal at a private address may keep a file at another of that network, given as it is."""
    assert SITE["inside"].paths == ["/0.pdf"]
    assert "private address" in crawled.of("astray")["/leave"].error
    attached = crawled.of("astray", Kind.ATTACHMENT)
    assert ["private address" in attached[f"/{n}.pdf"].error for n in range(3)] == [False, True, True], attached
    assert crawled.outcomes["astray"].reports_found == 1


def test_a_body_that_never_comes_is_given_up_and_the_rest_is_brought(crawled: Crawled) -> None:
    assert crawled.of("slow")["/r23"].error.startswith("dead")
    assert crawled.of("slow")["/r24"].archived is not None


def test_a_body_beyond_the_limit_is_not_read_to_its_end(crawled: Crawled) -> None:
    attachment = crawled.of("huge", Kind.ATTACHMENT)["/big.pdf"]
    assert attachment.error == f"too large: more than {FAST.max_bytes} bytes"
    assert attachment.archived is None
    assert crawled.outcomes["huge"].reports_found == 1


def test_what_was_read_before_a_listing_broke_is_kept(crawled: Crawled) -> None:
    assert crawled.outcomes["half"].reports_found == 1
    assert crawled.of("half")["/r24"].archived is not None


def test_one_page_under_several_addresses_is_asked_for_once(crawled: Crawled) -> None:
    assert [path for path in SITE["doubled"].paths if "r24" in path] == ["/r24"]


def test_a_listing_that_repeats_itself_is_left(crawled: Crawled) -> None:
    assert len([path for path in SITE["endless"].paths if "/nb/p" in path]) <= 2


def test_a_portals_address_may_be_the_report_itself(crawled: Crawled) -> None:
    only = crawled.of("itself", Kind.REPORT)["/"]
    assert only.title == T2024
    assert REPORT_TEXT in read_body(crawled.job.archive, only.archived).decode()  # type: ignore[arg-type]


def test_a_listing_continued_by_post_is_read_to_its_end(crawled: Crawled) -> None:
    assert crawled.outcomes["posted"].platform == "hanweb"
    assert crawled.outcomes["posted"].reports_found == 20
    assert len([path for path in SITE["posted"].paths if "dataproxy" in path]) == 1
