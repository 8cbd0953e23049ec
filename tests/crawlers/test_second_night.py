"""What a second pass asks for, and what a pass does that was killed and started again."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from crawlers.job import DISK_FAULT
from crawlers.memory import Remembered
from pipeline import jsonl
from pipeline.archive import read_body
from pipeline.model import Kind, Snapshot
from tests.support.crawling import Crawled, job_in, portal, run, start
from tests.support.sites import Answer, Asked, Site, document, listing, report, serve

T2024, T2023 = "某县公安局2024年政府信息公开工作年度报告", "某县公安局2023年政府信息公开工作年度报告"
HOME = document("某县公安局", '<a href="/nb/">政府信息公开年报</a>')
PDF = b"%PDF-1.4\n" + b"x" * 2000


def _validated(body: str) -> object:
    def route(asked: Asked, times: int) -> Answer:
        tag = f'"{hash(body)}"'
        same = asked.headers.get("If-None-Match") == tag
        return Answer("" if same else body, 304 if same else 200, {"ETag": tag})

    return route


@pytest.fixture
def site() -> Iterator[Site]:
    routes = {
        "/": HOME,
        "/nb/": _validated(listing(("/r24", T2024, "2025-01-20"), ("/r23", T2023, "2024-01-18"))),
        "/r24": report(T2024, '<a href="/download.jsp?id=1">附件：年度报告.pdf</a>'),
        "/r23": report(T2023),
        "/download.jsp": Answer(PDF, headers={"Content-Type": "application/octet-stream"}),
    }
    with serve(Site(routes), "127.0.2.1") as served:
        yield served


def _kept(snapshots: list[Snapshot]) -> set[tuple[str, str, str]]:
    return {(one.url, one.kind, one.sha256) for one in snapshots}


def _two_nights(folder: Path, site: Site, **changes: object) -> tuple[Crawled, Crawled]:
    job = job_in(folder, [portal("p", site.url)])
    first = run(job)
    site.asked.clear()
    return first, run(replace(job_in(folder, [portal("p", site.url)], "run2"), **changes))  # type: ignore[arg-type]


def test_an_unchanged_second_night_asks_for_no_known_report(tmp_path: Path, site: Site) -> None:
    first, second = _two_nights(tmp_path, site)
    assert site.paths == ["/nb/"]
    assert site.asked[-1].headers["If-None-Match"]
    assert _kept(second.snapshots) == {one for one in _kept(first.snapshots) if one[0] != site.url}
    assert all(one.unchanged and one.run_id == "run2" for one in second.snapshots)
    assert second.outcomes["p"].reports_found == 2


def test_the_same_bytes_are_archived_once(tmp_path: Path, site: Site) -> None:
    first, second = _two_nights(tmp_path, site)
    places = {one.url: one.archived for one in first.snapshots if one.url != site.url}
    assert {one.url: one.archived for one in second.snapshots} == places
    assert len(list((tmp_path / "archive").glob("*.warc.gz"))) == 1


def test_an_attachment_keeps_its_page_and_is_typed_by_its_bytes(tmp_path: Path, site: Site) -> None:
    for crawled in _two_nights(tmp_path, site):
        attachment = crawled.of("p", Kind.ATTACHMENT)["/download.jsp?id=1"]
        assert attachment.page_url == f"{site.url}r24"
        assert attachment.media_type == "application/pdf"
        assert read_body(crawled.job.archive, attachment.archived) == PDF  # type: ignore[arg-type]


def test_a_report_whose_row_changed_is_fetched_again(tmp_path: Path, site: Site) -> None:
    run(job_in(tmp_path, [portal("p", site.url)]))
    site.asked.clear()
    site.routes["/nb/"] = listing(("/r24", T2024, "2025-03-02"), ("/r23", T2023, "2024-01-18"))
    site.routes["/r24"] = report(T2024, "<p>更正</p>")
    second = run(job_in(tmp_path, [portal("p", site.url)], "run2"))
    assert site.paths == ["/nb/", "/r24"]
    reports = second.of("p", Kind.REPORT)
    assert {path: one.unchanged for path, one in reports.items()} == {"/r24": False, "/r23": True}


def test_a_report_is_looked_at_again_when_it_is_due(tmp_path: Path, site: Site) -> None:
    job = job_in(tmp_path, [portal("p", site.url)])
    run(job)
    memory = job.memory / "p.jsonl"
    lines = list(jsonl.read(memory, Remembered))
    memory.unlink()
    jsonl.append(memory, [replace(line, checked_at=line.checked_at.replace(year=2024)) for line in lines])
    site.asked.clear()
    first = run(job).of("p", Kind.REPORT)
    site.routes["/r23"] = report(T2023).replace("</h1>", "</h1><p>浏览次数：7</p>")
    second = run(job_in(tmp_path, [portal("p", site.url)], "run2")).of("p", Kind.REPORT)
    assert {"/r24", "/r23"} <= set(site.paths)
    assert all(one.unchanged for one in second.values())  # a visit counter is no correction
    assert {path: one.sha256 for path, one in second.items()} == {path: one.sha256 for path, one in first.items()}


def test_a_full_crawl_asks_for_everything(tmp_path: Path, site: Site) -> None:
    first, second = _two_nights(tmp_path, site, full=True)
    assert len(site.paths) == len(first.snapshots)
    assert not any("If-None-Match" in one.headers for one in site.asked)
    assert not any(one.unchanged for one in second.snapshots)


def test_only_the_years_asked_for_are_fetched(tmp_path: Path, site: Site) -> None:
    crawled = run(job_in(tmp_path, [portal("p", site.url, min_reports=2)]), years=(2023,))
    assert set(crawled.of("p", Kind.REPORT)) == {"/r23"}
    assert crawled.outcomes["p"].state == "ok"


@pytest.mark.parametrize("asked_before_kill", [1, 2, 3, 5])
def test_a_killed_crawl_goes_on_and_ends_with_the_same_snapshots(
    tmp_path: Path, site: Site, asked_before_kill: int
) -> None:
    undisturbed = run(job_in(tmp_path / "whole", [portal("p", site.url)]))
    site.asked.clear()

    job = job_in(tmp_path / "killed", [portal("p", site.url)])
    held = dict(site.routes)
    for path, route in held.items():
        site.routes[path] = _delayed(route)
    process = start(job)
    while len(site.asked) <= asked_before_kill:
        time.sleep(0.02)
    process.kill()
    process.wait()
    site.routes.update(held)
    site.asked.clear()
    resumed = run(job)

    assert _kept(resumed.snapshots) == _kept(undisturbed.snapshots)
    urls = [one.url for one in resumed.snapshots]
    assert len(urls) == len(set(urls))
    assert len(site.paths) <= len(urls) - asked_before_kill + 1  # at most the one in flight is asked for twice
    assert resumed.outcomes["p"].reports_found == 2
    asked_in_all = undisturbed.outcomes["p"].requests - 1  # robots.txt was read by the one that was killed
    assert asked_in_all <= resumed.outcomes["p"].requests <= asked_in_all + 1  # the one in flight may count twice


@pytest.mark.slow
@pytest.mark.parametrize("asked_before_kill", [1, 2, 4])
def test_a_killed_second_night_finds_the_moved_column_all_the_same(
    tmp_path: Path, site: Site, asked_before_kill: int
) -> None:
    run(job_in(tmp_path, [portal("p", site.url)]))
    rows = [("/new/24", T2024, "2025-01-20"), ("/new/23", T2023, "2024-01-18")]
    moved = {"/": HOME.replace("/nb/", "/new/"), "/new/": listing(*rows), "/new/24": report(T2024)}
    moved |= {"/new/23": report(T2023), "/nb/": Answer("none", 404)}
    site.routes.update({path: _delayed(route) for path, route in moved.items()})
    site.asked.clear()
    process = start(job_in(tmp_path, [portal("p", site.url)], "run2"))
    while len(site.paths) < asked_before_kill:
        time.sleep(0.02)
    process.kill()
    process.wait()
    resumed = run(job_in(tmp_path, [portal("p", site.url)], "run2"))
    assert resumed.outcomes["p"].state == "ok", resumed.outcomes["p"].reason
    assert "was found again" in resumed.outcomes["p"].reason
    assert {"/new/24", "/new/23"} <= set(resumed.of("p", Kind.REPORT))
    assert len(site.paths) - len(set(site.paths)) <= 1  # the one in flight


def _delayed(route: object) -> object:
    def answer(asked: Asked, times: int) -> Answer:
        time.sleep(0.15)
        told = route(asked, times) if callable(route) else route
        return told if isinstance(told, Answer) else Answer(told)  # type: ignore[arg-type]

    return answer


def test_a_finished_portal_is_not_read_again_in_the_same_run(tmp_path: Path, site: Site) -> None:
    job = job_in(tmp_path, [portal("p", site.url)])
    first = run(job)
    site.asked.clear()
    second = run(job)
    assert site.asked == []
    assert second.exit_code == 0
    assert second.snapshots == first.snapshots
    assert len(list(jsonl.read(job.outcomes, type(first.outcomes["p"])))) == 1


@pytest.mark.parametrize("folder", ["archive", "memory"])
def test_a_crawl_that_cannot_write_asks_for_nothing_and_says_so_in_one_line(
    tmp_path: Path, site: Site, folder: str
) -> None:
    job = job_in(tmp_path, [portal("p", site.url), portal("q", "http://127.0.2.9:9/")])
    getattr(job, folder).write_text("a file where a folder should be")
    crawled = run(job)
    assert crawled.exit_code == DISK_FAULT
    assert crawled.log == f"无法写入 / cannot write: {getattr(job, folder)}: Not a directory\n"
    assert crawled.outcomes == {}
    assert site.asked == []


def test_a_disk_that_fails_on_the_way_ends_the_crawl_and_says_nothing_of_its_portals(
    tmp_path: Path, site: Site
) -> None:
    job = job_in(tmp_path, [portal("p", site.url), portal("q", "http://127.0.2.9:9/")])

    def fail_from_now_on(asked: Asked, times: int) -> Answer:
        (job.memory / "p.jsonl").mkdir(parents=True, exist_ok=True)
        return Answer(HOME)

    site.routes["/"] = fail_from_now_on
    crawled = run(job)
    assert crawled.exit_code == DISK_FAULT
    assert "p" not in crawled.outcomes
    assert crawled.log.splitlines()[-1] == f"无法写入 / cannot write: {job.memory / 'p.jsonl'}: Is a directory"
    assert "Traceback" not in crawled.log
