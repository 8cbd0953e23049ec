"""What a crawl that looked at one portal found there, for a person to read: its columns, its first reports, what kept
the crawl out, and whether the columns alone lead to all of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from crawlers.addresses import bare_host, host_of, key_of, own_hosts
from crawlers.exchange import Ask
from crawlers.frontier import Step
from crawlers.job import CrawlJob
from crawlers.judging import Row, judge_row
from crawlers.page import Link, Page
from crawlers.platforms import platforms
from crawlers.replayed import Replayed
from crawlers.trace import TracedPage
from pipeline import jsonl
from pipeline.archive import read_body
from pipeline.model import Kind, Portal, PortalOutcome, Snapshot
from pipeline.titles import is_column_label, is_report_title, year_of_title

_MOST_ELSEWHERE = 5
_MOST_TEXT = 4000
_SITE_CODE = re.compile(r"网站标识码\s*[:：]?\s*(\w{10})")
_WAYS = (Step.START, Step.COLUMN, Step.BODIES, Step.PATH)


@dataclass
class Column:
    """One listing. `entered` is false for years and bodies below another."""

    url: str
    title: str
    platform: str
    entered: bool
    by_link: bool  # or the start page; what a platform asks for by itself may be other bodies' columns next year
    pages: int = 0
    rendered: bool = False
    replayed: bool = False  # its script's own requests bring its rows without the browser
    is_report: bool = False  # itself
    is_entrance: bool = False  # of the portal
    rows: dict[str, Row] = field(default_factory=dict)  # by their key

    @property
    def reports(self) -> int:
        return sum(row is Row.REPORT for row in self.rows.values())

    @property
    def others(self) -> int:
        """Years, bodies, and rows whose titles leave it open."""
        return len(self.rows) - self.reports


@dataclass(frozen=True, slots=True)
class FirstReport:
    title: str
    url: str
    year: int | None
    listed_on: date | None
    files: tuple[Snapshot, ...]  # the page's attachments, also those that could not be had


@dataclass(frozen=True, slots=True)
class Site:
    """What the start page says of whose it is."""

    name: str = ""  # that it declares
    title: str = ""  # of its window
    code: str = ""  # 网站标识码, whose first six digits are a division
    text: str = ""


@dataclass(frozen=True, slots=True)
class Findings:
    portal: Portal
    outcome: PortalOutcome
    site: Site
    columns: tuple[Column, ...]  # in the order in which they were come upon
    reports: tuple[FirstReport, ...]
    rendered: bool  # pages that led to reports
    delay: float  # seconds between requests that were kept
    refused: tuple[Snapshot, ...]  # by the server, or by its robots.txt
    elsewhere: tuple[Link, ...]  # called annual-report columns, on hosts that are not the portal's
    starting_points: tuple[str, ...]  # columns that lead to every report that was seen; none where they do not


def findings_of(portal: Portal, job: CrawlJob) -> Findings | None:
    """None where the crawl did not get so far as to say how it ended."""
    outcomes = [one for one in jsonl.read(job.outcomes, PortalOutcome) if one.portal_id == portal.id]
    if not outcomes:
        return None
    assert job.pages is not None
    reads = (one for one in jsonl.read(job.pages, TracedPage) if one.portal_id == portal.id)
    pages = [_look_at(read, job.archive) for read in reads]
    snapshots = [one for one in jsonl.read(job.fetches, Snapshot) if one.portal_id == portal.id]
    columns = _columns(pages)
    return Findings(
        portal,
        outcomes[-1],
        next((page.site for page in reversed(pages) if page.site is not None), Site()),
        tuple(one for one in columns.values() if one.rows),
        tuple(_reports(snapshots, {page.read.snapshot.url: page.title for page in pages})),
        any(column.rows for column in columns.values()) and any(page.read.rendered for page in pages),
        max((page.read.delay for page in pages), default=0.0),
        tuple(one for one in snapshots if one.error.startswith(("blocked", "forbidden"))),
        tuple(_elsewhere(portal, pages)),
        _starting_points(columns, pages, snapshots) if outcomes[-1].complete else (),
    )


@dataclass(frozen=True, slots=True)
class _Page:
    """What is of use of one page; a look may have brought a hundred large ones."""

    read: TracedPage
    title: str
    rows: dict[str, Row]  # that may be reports or lead to some, by their key
    labelled: tuple[Link, ...]  # as columns of annual reports
    site: Site | None  # of a page that the portal is entered by


def _look_at(read: TracedPage, archive: Path) -> _Page:
    assert read.snapshot.archived is not None
    page = Page(read.snapshot.url, read_body(archive, read.snapshot.archived), charset=read.snapshot.charset)
    column = page.url if read.inside else ""
    platform = Replayed(read.replay, read.platform) if read.replay else platforms()[read.platform]
    entries = platform.entries(page)
    judged = ((link, judge_row(link, in_column=read.inside, column=column)) for link in entries)
    return _Page(
        read,
        page.title,
        {Ask(link.url).key: row for link, row in judged if row is not Row.NOT},
        tuple(link for link in page.links if is_column_label(link.text)),
        _site(page) if read.step is Step.START else None,
    )


def _site(page: Page) -> Site:
    printed = _SITE_CODE.search(page.running_text)
    code = page.meta("siteidcode") or (printed[1] if printed else "")
    return Site(page.meta("sitename"), page.window_title, code, page.running_text[:_MOST_TEXT])


def _columns(pages: Sequence[_Page]) -> dict[str, Column]:
    """By the key of their first page."""
    columns: dict[str, Column] = {}
    for page in pages:
        read = page.read
        if not read.inside or (read.report and read.step not in _WAYS):
            continue
        column = columns.get(read.listing)
        if column is None:
            title = read.title if is_column_label(read.title) else page.title or read.title
            by_link = (read.step is Step.START or bool(read.title)) and not read.ask.posts
            column = Column(read.snapshot.url, title, read.platform, read.step in _WAYS, by_link)
            columns[read.listing] = column
        column.pages += not (read.ask.by_browser and column.pages)
        column.rendered |= read.rendered
        column.replayed = read.replay is not None  # where that did not do, a browser went on
        column.is_report |= read.report
        column.is_entrance |= read.step is Step.START
        column.rows |= page.rows
    return columns


def _reports(snapshots: Sequence[Snapshot], titles: dict[str, str]) -> Iterable[FirstReport]:
    """A row may say no more than 县教育局 or 2024年: then the page's own title tells."""
    files: dict[str, list[Snapshot]] = {}
    for one in snapshots:
        if one.kind is Kind.ATTACHMENT:
            files.setdefault(one.page_url, []).append(one)
    for one in snapshots:
        if one.kind is Kind.REPORT and not one.error:
            own = titles.get(one.url, "")
            title = own if is_report_title(own) and not is_report_title(one.title) else one.title or own
            year = year_of_title(title) or year_of_title(one.title)
            yield FirstReport(title, one.url, year, one.listed_on, tuple(files.get(one.url, ())))


def _elsewhere(portal: Portal, pages: Sequence[_Page]) -> Iterable[Link]:
    own = own_hosts(portal)
    found: dict[str, Link] = {}
    for link in (link for page in pages if not page.read.report for link in page.labelled):
        if bare_host(host_of(link.url)) not in own:
            found.setdefault(key_of(link.url), link)
    return list(found.values())[:_MOST_ELSEWHERE]


def _starting_points(
    columns: dict[str, Column], pages: Sequence[_Page], snapshots: Sequence[Snapshot]
) -> tuple[str, ...]:
    """A crawl that begins in columns looks nowhere else: they stand in the registry where that loses nothing. One that
    is entered by a column itself begins there anyway."""
    chosen: list[str] = []
    reached: set[str] = set()
    for key, column in columns.items():
        news = column.rows.keys() | ({key} if column.is_report else set())
        if column.entered and column.by_link and not reached.issuperset(news):
            if column.is_entrance:
                return ()
            chosen.append(column.url)
            reached |= _below(columns, {key})
    wanted = {page.read.ask.key for page in pages if page.read.report}
    known = {page.read.snapshot.url for page in pages}
    wanted |= {key_of(one.url) for one in snapshots if one.kind is Kind.REPORT and one.url not in known}
    for page in pages:
        if not (page.read.inside or page.read.report):
            wanted |= {key for key, row in page.rows.items() if row is Row.REPORT}
    return tuple(chosen) if wanted and wanted <= reached else ()


def _below(columns: dict[str, Column], keys: set[str]) -> set[str]:
    """The addresses that these columns lead to, over years and bodies."""
    reached: set[str] = set()
    waiting = list(keys)
    while waiting:
        key = waiting.pop()
        if key not in reached:
            reached.add(key)
            waiting += columns[key].rows if key in columns else ()
    return reached
