"""One pass being worked on: the folder locked, the journal open, the worker processes at hand. Its methods are the
stages; `flows.nightly` says in what order Prefect runs them."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from flows import crawling
from flows.datafolder import DataFolder
from flows.extracting import ExtractionPool
from flows.journal import OpenedPass, PassPlan, new_run_id, open_pass
from flows.logs import open_log
from flows.progress import Progress
from flows.publishing import PassResult, Publication, publish
from flows.request import PassRequest
from flows.rereading import take_up
from flows.settings import Settings, load_settings
from flows.workers import Limits
from pipeline import warehouse
from pipeline.archive import index
from pipeline.errors import NianbaoError, WarehouseError
from pipeline.extraction import ExtractSettings
from pipeline.model import Portal, PortalOutcome, Snapshot
from pipeline.shown import with_pictures
from pipeline.unpacking import unpacked

_RUNS_LOOKED_AT = 1000  # a pass killed right after its publication is among the last ones


class Tally:
    """How many documents are through; added to by several threads."""

    def __init__(self) -> None:
        self.count = 0
        self._lock = threading.Lock()

    def add(self, count: int) -> None:
        with self._lock:
            self.count += count


@dataclass(frozen=True)
class Pass:
    data: DataFolder
    settings: Settings
    opened: OpenedPass
    lock: int
    pool: ExtractionPool
    progress: Progress
    allow_shrink: bool = False
    lost: tuple[str, ...] = ()  # what should have been worked on and cannot be, one line each
    read: Tally = field(default_factory=Tally)

    def crawl(self, batch: Sequence[Portal]) -> None:
        """What is fetched is in the journal at once, and calling again goes on from there."""
        watch = _JournalWatch(self.opened, self.progress)
        crawling.crawl(batch, crawling.Crawl(self.opened, self.data, self.settings.crawl, self.lock, watch))

    def extract(self, snapshots: Sequence[Snapshot]) -> None:
        """Documents, and what is in those that are archives; each once, even when its extract is not where it should
        be afterwards (`publish` says so)."""
        tried: set[tuple[str, str]] = set()
        while snapshots:
            self.pool.extract(snapshots, self.read.add)
            tried |= {(snapshot.url, snapshot.sha256) for snapshot in snapshots}
            unread = self.pool.store.missing(with_pictures(unpacked(snapshots, self.pool.store)))
            snapshots = [snapshot for snapshot in unread if (snapshot.url, snapshot.sha256) not in tried]

    def unread(self) -> list[Snapshot]:
        """Documents that are journaled, by this pass and those it adopted, and of which there is no extract yet."""
        return self.pool.store.missing(self.fetches())

    def fetches(self) -> list[Snapshot]:
        """The last word on each address, and the files in the archives that have been opened; pictures belong to the
        documents that show them."""
        last: dict[tuple[str | None, str, str], Snapshot] = {}
        for journal in (*reversed(self.opened.adopted), self.opened.journal):
            for snapshot in journal.fetches():
                last[(snapshot.portal_id, snapshot.url, snapshot.page_url)] = snapshot
        return with_pictures(unpacked(list(last.values()), self.pool.store))

    def outcomes(self) -> dict[str, PortalOutcome]:
        found: dict[str, PortalOutcome] = {}
        for journal in (*reversed(self.opened.adopted), self.opened.journal):
            found |= journal.outcomes()
        return found

    def publish(self) -> PassResult:
        """Load what the pass brought, publish, and forget the journals."""
        self.index_archive()
        if unread := len(self.unread()):
            # An extract is kept under the version of the readers that made it, so an update meanwhile hides it.
            raise NianbaoError(
                f"{unread} 个文件未读取，程序是否在运行中更新过？请再运行一次 / {unread} documents are unread; was the "
                "program updated meanwhile? Run again"
            )
        plans = [plan for journal in self.opened.adopted if (plan := journal.plan())]
        portals = {portal.id: portal for plan in [*plans, self.opened.plan] for portal in plan.portals}
        result = publish(
            Publication(
                plan=self.opened.plan,
                portals=portals,
                outcomes=self.outcomes(),
                snapshots=self.fetches(),
                years=() if self.opened.adopted else self.opened.plan.years,
                allow_shrink=self.allow_shrink,
                adopted=tuple(plans),
            ),
            data=self.data.root,
            store=self.pool.store,
        )
        for journal in (*self.opened.adopted, self.opened.journal):
            journal.remove()
        self.pool.store.forget_other_versions()
        self.pool.store.forget_losses()
        return replace(result, failures=(*result.failures, *self.lost), warning=result.warning or self.share())

    def share(self) -> str:
        """What is new goes into the lake, where there is one; why it could not. The next pass makes up for that."""
        lake = self.settings.warehouse.lake
        if lake is None:
            return ""
        try:
            shared = warehouse.share(self.data.root, lake)
        except WarehouseError as error:
            return str(error)
        self.progress.note(
            f"数据湖新增 {shared.new}、更新 {shared.changed} / lake: {shared.new} new, {shared.changed} changed"
        )
        return ""

    def index_archive(self) -> None:
        """List what a pass has written, be it this one or one that was killed."""
        for line in index.bring_up_to_date(self.data.archive).told():
            self.progress.note(line)


@contextmanager
def nightly_pass(request: PassRequest, progress: Progress) -> Iterator[Pass]:
    """A pass over portals, or what a kill left of one."""
    portals = tuple(sorted(request.select_portals(), key=lambda portal: portal.id))
    left_out = len(request.select_portals(unverified=True)) - len(portals)
    if left_out:
        progress.note(f"未核实的门户不抓取: {left_out} / {left_out} unverified portals are left out")
    plan = _plan(portals=portals, years=tuple(sorted(set(request.years))), full=request.full)
    with _working(request, plan, progress) as work:
        yield work


@contextmanager
def ingest_pass(request: PassRequest, progress: Progress) -> Iterator[Pass]:
    """A pass over local files."""
    with _working(request, _plan(crawls=False), progress) as work:
        yield work


@contextmanager
def archive_pass(request: PassRequest, progress: Progress) -> Iterator[Pass]:
    """A pass over what is held already. Its journal is written here, whole, before anything else; when it is killed the
    next one writes it again and finds what was read where extracts are kept."""
    plan = _plan(years=tuple(sorted(set(request.years))), crawls=False)
    with _working(request, plan, progress, adopts=False) as work:
        progress.stage("查档案 going through the archive")
        taken = take_up(request, work.data.archive, work.opened, progress)
        opened = replace(work.opened, plan=replace(plan, portals=taken.portals))
        yield replace(work, opened=opened, lost=taken.lost)


def _plan(
    *, portals: tuple[Portal, ...] = (), years: tuple[int, ...] = (), full: bool = False, crawls: bool = True
) -> PassPlan:
    now = datetime.now(UTC)
    return PassPlan(new_run_id(now), now, portals, years, full, crawls)


@contextmanager
def _working(request: PassRequest, plan: PassPlan, progress: Progress, *, adopts: bool = True) -> Iterator[Pass]:
    settings = load_settings()
    data = DataFolder(request.data)
    data.prepare()
    open_log(data.logs)
    with data.locked(wait=request.wait) as lock:
        for line in warehouse.repair(data.root):
            progress.note(line)
        finished = {run.run_id for run in warehouse.recent_runs(data.root, _RUNS_LOOKED_AT)}
        opened = open_pass(data.passes, plan, finished, adopts=adopts)
        if opened.resumed:
            progress.note(f"继续上次中断的任务 / going on with the unfinished pass {opened.plan.run_id}")
        logging.getLogger("nianbao").info("pass %s in %s", opened.plan.run_id, data.root)
        workers = request.workers or settings.extract.workers
        reading = ExtractSettings(settings.extract.ocr)
        limits = Limits(settings.extract.seconds, settings.extract.memory)
        with ExtractionPool(workers, data.archive, data.extracts, reading, limits, logs=data.logs) as pool:
            work = Pass(data, settings, opened, lock, pool, progress, request.allow_shrink)
            work.index_archive()
            yield work


class _JournalWatch:
    """Counts what the crawler has written since it was looked at last, and tells the progress."""

    def __init__(self, opened: OpenedPass, progress: Progress) -> None:
        self._lines = {opened.journal.fetches_file: 0, opened.journal.portals_file: 0}
        self._read_to = dict.fromkeys(self._lines, 0)
        self._opened = opened
        self._progress = progress

    def __call__(self) -> None:
        for path, offset in self._read_to.items():
            if path.exists():
                with path.open("rb") as stream:
                    stream.seek(offset)
                    new = stream.read()
                self._lines[path] += new.count(b"\n")
                self._read_to[path] = offset + len(new)
        pages = self._lines[self._opened.journal.fetches_file]
        self._progress.update(self._lines[self._opened.journal.portals_file], f"{pages} 页 pages")
